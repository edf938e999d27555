"""Telegram's updates as what somebody wrote or pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Message, Update
from telegram.constants import ChatType

from bot.messages import Incoming, Pressed

PLATFORM = "telegram"
# What is asked of Telegram; other kinds of updates are not delivered at all.
ALLOWED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
]

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
    """The text of a message; None where there is nothing to answer, or it calls another bot.

    A picture without words is heard in private chats, an album of them once.
    """
    forwarded = message.forward_origin is not None
    passed_on = forwarded and not is_group(message.chat)
    words = words_of(message) if passed_on else message.text or message.caption or ""
    text = words if passed_on else _own_text(words, username)
    if not text and (words or not _is_wordless(message)):
        return None
    album = message.media_group_id if not text else None
    answered = message.reply_to_message
    if answered is not None and answered.forum_topic_created is not None:
        answered = None  # every message of a topic "answers" the one that opened it
    return Incoming(
        platform=PLATFORM,
        address=address_of(message),
        user=author_of(message).user,
        text=text,
        update=f"album:{album}" if album else str(update.update_id),
        reply_to=str(answered.message_id) if answered else "",
        chat_title=message.chat.effective_name or "",
        is_group=is_group(message.chat),
        is_admin=is_admin,
        quoted=_quoted(message, answered),
        quotes_us=_is_ours(answered, username),
        forwarded=forwarded,
        wordless=not text,
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


def _is_wordless(message: Message) -> bool:
    """Whether somebody sent the bot itself something that could have held words."""
    shown = message.photo or message.video or message.animation or message.document
    return not is_group(message.chat) and bool(shown or message.voice or message.audio)


def _quoted(message: Message, answered: Message | None) -> str:
    """The words of the message that is answered, which may stand in another chat."""
    if answered is not None:
        return words_of(answered)
    return message.quote.text if message.quote else ""


def _is_ours(message: Message | None, username: str) -> bool:
    author = message.from_user if message is not None else None
    return bool(author and author.is_bot and (author.username or "").lower() == username.lower())


def words_of(message: Message) -> str:
    """The text of a message that is to be judged, with the links behind its words and buttons."""
    text = message.text or message.caption or ""
    links = [e.url for e in (*message.entities, *message.caption_entities) if e.url]
    if message.reply_markup is not None:
        links += [b.url for row in message.reply_markup.inline_keyboard for b in row if b.url]
    hidden = (link for link in dict.fromkeys(links) if link not in text)
    return "\n".join(filter(None, (text, *hidden)))


def _own_text(text: str, username: str) -> str:
    """The text with ``/command@us`` as ``/command``; empty where it calls another bot."""
    call = _COMMAND.match(text)
    if call is None:
        return text
    own = call[2].lower() == username.lower()
    return call[1] + text[call.end() :] if own else ""
