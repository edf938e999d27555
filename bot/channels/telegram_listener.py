"""What comes in from Telegram: who may act, what is answered, and that every press is answered."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, CallbackQuery, Message, Update, User
from telegram.error import TelegramError

from bot.channels.telegram_answers import redacted
from bot.channels.telegram_posts import moves, posted
from bot.channels.telegram_rights import Rights
from bot.channels.telegram_sender import Sender
from bot.channels.telegram_updates import (
    PLATFORM,
    Author,
    author_of,
    incoming,
    is_group,
    pressed,
)
from bot.messages import Later, Pressed, Run, Sent
from bot.messages import Message as Outgoing
from bot.ports import OnIncoming, OnMoved, OnPosted, OnPressed
from bot.texts import texts

log = structlog.get_logger(__name__)

_TOAST = 180  # characters; Telegram allows 200
_TRIES = 3
_PATIENCE = 5.0  # seconds; who waits longer for an answer has asked again


class Listener:
    """Hands updates to the callbacks, one at a time per chat, and sends what they return."""

    def __init__(
        self,
        bot: Bot,
        sender: Sender,
        on_incoming: OnIncoming,
        on_pressed: OnPressed,
        rights: Rights,
        on_posted: OnPosted | None = None,
        on_moved: OnMoved | None = None,
    ) -> None:
        self._bot = bot
        self._sender = sender
        self._on_incoming = on_incoming
        self._on_pressed = on_pressed
        self._rights = rights
        self._on_posted = on_posted
        self._on_moved = on_moved
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def hear(self, update: Update) -> None:
        """Take one update. Updates of one chat are taken in the order in which they came."""
        chat = update.effective_chat
        if chat is None:
            return
        turn = self._turns.setdefault(chat.id, asyncio.Lock())
        async with turn:
            if update.callback_query is not None:
                await self._hear_press(update, update.callback_query)
            elif (message := update.effective_message) is not None:
                await self._hear_message(update, message)

    async def _hear_message(self, update: Update, message: Message) -> None:
        """What people write in a group is looked at first; an edit is not answered any more."""
        if self._on_moved and (moved := moves(message)):
            return await self._on_moved(PLATFORM, *moved)
        post = posted(update, message) if self._on_posted else None
        if post is not None and self._on_posted is not None and not await self._on_posted(post):
            return None
        if update.edited_message is None:
            await self._hear_text(update, message)
        return None

    async def _hear_text(self, update: Update, message: Message) -> None:
        heard = incoming(update, message, self._bot.username, is_admin=True)
        if heard is None:
            return
        if not await self._may_change(message.chat_id, author_of(message)):
            heard = incoming(update, message, self._bot.username, is_admin=False) or heard
        answered = message.message_id if is_group(message.chat) else None
        try:
            replies = await self._on_incoming(heard)
        except Exception:
            await self._reply(heard.address, (_failed(message.from_user),), answered)
            raise
        await self._reply(heard.address, replies, answered)

    async def _hear_press(self, update: Update, query: CallbackQuery) -> None:
        """Answer the press first, since the button turns until then, then send the replies."""
        toast = ""
        try:
            private = not isinstance(query.message, Message) or not is_group(query.message.chat)
            author = Author(
                str(query.from_user.id), None if private else query.from_user.id, private
            )
            chat = query.message.chat.id if query.message else query.from_user.id
            press = pressed(update, query, await self._may_change(chat, author))
            replies = await self._on_pressed(press) if press else ()
            toast = _toast(replies)
        except Exception:
            toast = _failed(query.from_user).plain
            raise
        finally:
            await self._answer(query, toast)
        if press:
            answered = int(press.message) if press.is_group else None
            for reply in replies:
                if not (reply.fleeting or await self._replaced(press, reply)):
                    await self._reply(press.address, (reply,), answered)

    async def _replaced(self, press: Pressed, reply: Outgoing) -> bool:
        """Put the reply where the pressed button was, if that is its place; whether it is there."""
        if not reply.instead:
            return False
        answer = await self._sender.edit(press.address, press.message, reply)
        if not isinstance(answer, Sent):  # too old, or gone: it is said below it
            log.info("telegram.not_replaced", chat=press.address, answer=repr(answer))
        return isinstance(answer, Sent)

    async def _answer(self, query: CallbackQuery, toast: str) -> None:
        try:
            await query.answer(toast[:_TOAST])
        except TelegramError as problem:  # an old press can't be answered; its effect stands
            log.info("telegram.press_not_answered", why=redacted(str(problem)))

    async def _reply(
        self, address: str, replies: tuple[Outgoing, ...], answered: int | None
    ) -> None:
        for reply in replies:
            for _ in range(_TRIES):
                answer = await self._sender.send(address, reply, "", answered)
                if not isinstance(answer, Later) or answer.seconds > _PATIENCE:
                    break
                await asyncio.sleep(answer.seconds)
            if not isinstance(answer, Sent):
                log.warning("telegram.reply_not_sent", chat=address, answer=repr(answer))

    async def _may_change(self, chat: int, author: Author) -> bool:
        """Whether this person may change things here. Where Telegram does not say, nobody may."""
        if author.ask is None:
            return author.is_admin
        return await self._rights.is_admin(chat, author.ask) is True


def _toast(replies: tuple[Outgoing, ...]) -> str:
    """The first line of the first reply, as the short note over the chat."""
    lines = replies[0].plain.strip().split("\n") if replies else [""]
    return lines[0]


def _failed(user: User | None) -> Outgoing:
    chinese = user is None or (user.language_code or "zh").startswith("zh")
    sentence = texts("zh-TW" if chinese else "en").say("channel.failed")
    return Outgoing(((Run(sentence),),))
