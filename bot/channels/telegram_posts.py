"""What people write in Telegram's groups, with every word that others get to read."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import Message, Update
from telegram.constants import ChatType

from bot.channels.telegram_updates import PLATFORM, address_of, author_of, words_of
from bot.messages import Posted

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def moves(message: Message) -> tuple[str, str] | None:
    """The old and the new address of a group that became a supergroup. Both chats tell of it."""
    if message.migrate_to_chat_id:
        return str(message.chat_id), str(message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return str(message.migrate_from_chat_id), str(message.chat_id)
    return None


def posted(update: Update, message: Message) -> Posted | None:
    """A message of a group; None for one elsewhere, or without words or an album."""
    words = "\n".join(filter(None, _all_words(message)))
    album = message.media_group_id or ""
    if message.chat.type not in _GROUPS or not (words or album):
        return None
    author = author_of(message)
    return Posted(
        platform=PLATFORM,
        address=address_of(message),
        user=author.user,
        text=words,
        message=str(message.message_id),
        update=str(update.update_id),
        chat_title=message.chat.effective_name or "",
        album=album,
        link=message.link or "",
        # The linked channel's posts are forwarded by Telegram; who writes as the group is an admin.
        is_official=bool(message.is_automatic_forward) or author.user == str(message.chat_id),
        is_edit=update.edited_message is not None,
        is_reply=message.reply_to_message is not None,
    )


def _all_words(message: Message) -> Iterator[str]:
    """The words of the message, and what stands in a poll, a list, a card or a quotation in it.

    A quotation from another chat is the author's choice; one from this chat was judged there.
    """
    yield words_of(message)
    if poll := message.poll:
        yield from (poll.question, *(option.text for option in poll.options))
        yield from (poll.description or "", poll.explanation or "")
    if checklist := message.checklist:
        yield from (checklist.title, *(task.text for task in checklist.tasks))
    if contact := message.contact:
        yield f"{contact.first_name} {contact.last_name or ''} {contact.phone_number}"
    if venue := message.venue:
        yield from (venue.title, venue.address)
    if message.external_reply is not None and message.quote is not None:
        yield message.quote.text
    if message.reply_markup is not None:
        yield from (b.text for row in message.reply_markup.inline_keyboard for b in row)
