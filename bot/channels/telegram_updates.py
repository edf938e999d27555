"""Telegram's updates as what somebody wrote or pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Message, Update
from telegram.constants import ChatType

from bot.messages import Incoming, Pressed

PLATFORM = "telegram"
# What is asked of Telegram; other kinds of updates are not delivered at all.
ALLOWED = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY]

_COMMAND = re.compile(r"^(/\w+)@(\w+)")


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts in a chat: ``user`` for the record; ``ask`` is whose rights must be looked up.

    Where ``ask`` is None, ``is_admin`` is known without asking.
    """

    user: str
    ask: int | None
    is_admin: bool


def address_of(message: Message) -> str:
    """``chat`` or, in a forum topic, ``chat:thread``: where an answer belongs."""
    thread = message.message_thread_id if message.is_topic_message else None
    return f"{message.chat_id}:{thread}" if thread else str(message.chat_id)


def place_of(address: str) -> tuple[int, int | None]:
    """The chat and the thread behind an address. Raises ValueError for any other text."""
    chat, _, thread = address.partition(":")
    return int(chat), int(thread) if thread else None


def author_of(message: Message) -> Author:
    """Who wrote a message.

    In groups a person may write as the group itself, which only its admins can; one who writes as
    some channel is nobody in particular. In a channel only admins can post at all.
    """
    if message.sender_chat is not None:
        own = message.sender_chat.id == message.chat_id
        return Author(str(message.sender_chat.id), None, own)
    person = message.from_user
    if person is None:
        return Author("", None, message.chat.type == ChatType.CHANNEL)
    alone = message.chat.type == ChatType.PRIVATE
    return Author(str(person.id), None if alone else person.id, alone)


def incoming(update: Update, message: Message, username: str, is_admin: bool) -> Incoming | None:
    """The text of a message; None where there is none, or where it calls another bot."""
    text = _own_text(message.text or message.caption or "", username)
    if not text:
        return None
    answered = message.reply_to_message
    if answered is not None and answered.forum_topic_created is not None:
        answered = None  # every message of a topic "answers" the one that opened it
    return Incoming(
        platform=PLATFORM,
        address=address_of(message),
        user=author_of(message).user,
        text=text,
        update=str(update.update_id),
        reply_to=str(answered.message_id) if answered else "",
        chat_title=message.chat.effective_name or "",
        is_group=is_group(message.chat),
        is_admin=is_admin,
    )


def pressed(update: Update, query: CallbackQuery, is_admin: bool) -> Pressed | None:
    """The button that was pressed; None where its message is out of reach."""
    if not isinstance(query.message, Message) or not query.data:
        return None
    return Pressed(
        platform=PLATFORM,
        address=address_of(query.message),
        user=str(query.from_user.id),
        token=query.data,
        message=str(query.message.message_id),
        update=str(update.update_id),
        is_group=is_group(query.message.chat),
        is_admin=is_admin,
    )


def is_group(chat: Chat) -> bool:
    """Whether more than one person reads here."""
    return chat.type != ChatType.PRIVATE


def _own_text(text: str, username: str) -> str:
    """The text with ``/command@us`` as ``/command``; empty where it calls another bot."""
    call = _COMMAND.match(text)
    if call is None:
        return text
    own = call[2].lower() == username.lower()
    return call[1] + text[call.end() :] if own else ""
