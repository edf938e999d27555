"""Who may do what in a group: asked of Telegram; of others believed for a minute."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog
from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram_answers import redacted
from bot.messages import Powers

log = structlog.get_logger(__name__)

K = TypeVar("K")
T = TypeVar("T")

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
_SECONDS = 60.0  # how long an answer is believed
_MEMORY = 10_000  # answers


class Rights:
    """Asks Telegram about members of groups. None is "Telegram does not say", and not believed."""

    def __init__(self, bot: Bot, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._admins: _Minute[tuple[int, int], bool] = _Minute(monotonic)
        self._linked: _Minute[int, int] = _Minute(monotonic)

    async def is_admin(self, chat: int, user: int) -> bool | None:
        """Whether a person is an admin of a group."""
        return await self._admins.get((chat, user), lambda: self._ask_admin(chat, user))

    async def is_linked(self, chat: int, sender: int) -> bool | None:
        """Whether a chat, which people may write as, is the channel that a group belongs to."""
        linked = await self._linked.get(chat, lambda: self._ask_linked(chat))
        return None if linked is None else linked == sender

    async def powers(self, chat: int) -> Powers | None:
        """What the bot itself may do in a group, asked anew each time: whoever asks has just

        changed it, in the chat or at BotFather. An admin reads everything, privacy mode or not.
        """
        try:
            me = await self._bot.get_me()
            kind = (await self._bot.get_chat(chat)).type
            member = await self._bot.get_chat_member(chat, me.id)
        except TelegramError as problem:
            _unknown(chat, problem)
            return None
        if kind == ChatType.CHANNEL:
            return None  # there only its admins write
        reads = bool(me.can_read_all_group_messages) or member.status in _ADMINS
        return Powers(reads, _may_delete(member, kind))

    async def _ask_admin(self, chat: int, user: int) -> bool | None:
        try:
            return (await self._bot.get_chat_member(chat, user)).status in _ADMINS
        except (BadRequest, Forbidden) as problem:
            # Of others a bot that is no admin may not be told; the list of admins anybody is.
            log.info("telegram.member_unknown", chat=chat, why=redacted(str(problem)))
        except TelegramError as problem:
            _unknown(chat, problem)
            return None
        try:
            admins = await self._bot.get_chat_administrators(chat)
        except TelegramError as problem:
            _unknown(chat, problem)
            return None
        return any(member.user.id == user for member in admins)

    async def _ask_linked(self, chat: int) -> int | None:
        try:
            return (await self._bot.get_chat(chat)).linked_chat_id or 0
        except TelegramError as problem:
            _unknown(chat, problem)
            return None


def _may_delete(member: ChatMember, kind: str) -> bool:
    """As deleteMessage is described: in a plain group every admin may, else by the right to it."""
    if kind == ChatType.GROUP:
        return member.status in _ADMINS
    return isinstance(member, ChatMemberAdministrator) and member.can_delete_messages


def _unknown(chat: int, problem: TelegramError) -> None:
    log.warning("telegram.rights_unknown", chat=chat, why=redacted(str(problem)))


class _Minute(Generic[K, T]):
    """Answers that are good for a minute; None is none."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._known: dict[K, tuple[float, T]] = {}

    async def get(self, key: K, ask: Callable[[], Awaitable[T | None]]) -> T | None:
        """What is known of ``key``, asked for where that is older."""
        now = self._monotonic()
        if key in self._known and self._known[key][0] > now:
            return self._known[key][1]
        answer = await ask()
        if answer is not None:
            if len(self._known) >= _MEMORY:
                self._known.clear()
            self._known[key] = (now + _SECONDS, answer)
        return answer
