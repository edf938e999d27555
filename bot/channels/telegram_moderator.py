"""What the bot may do in Telegram's groups about what others write there."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_answers import answer_of, redacted
from bot.channels.telegram_rights import Rights
from bot.channels.telegram_updates import place_of
from bot.messages import Later, Powers, Uncertain

log = structlog.get_logger(__name__)

_TRIES = 3
_PATIENCE = 5.0  # seconds; an advert that stands longer is answered instead
_GONE = ("message to delete not found", "message_id_invalid")


class GroupModerator:
    """Looks after groups through a bot."""

    def __init__(self, bot: Bot, rights: Rights) -> None:
        self._bot = bot
        self._rights = rights

    async def powers(self, address: str) -> Powers | None:
        """What the bot may do in the group now; None where Telegram does not say."""
        return await self._rights.powers(place_of(address)[0])

    async def is_trusted(self, address: str, user: str) -> bool | None:
        """Whether the author is an admin or the group's own channel; None where nobody knows."""
        chat, author = place_of(address)[0], int(user or 0)
        if not author:
            return None
        if author < 0:  # somebody who writes as a channel
            return await self._rights.is_linked(chat, author)
        return await self._rights.is_admin(chat, author)

    async def delete(self, address: str, message: str) -> bool:
        """Delete a message; whether it is gone. Tried again where only the network failed."""
        chat = place_of(address)[0]
        for _ in range(_TRIES):
            try:
                await self._bot.delete_message(chat, int(message))
            except TelegramError as problem:
                if isinstance(problem, BadRequest) and problem.message.lower().endswith(_GONE):
                    return True
                log.info("telegram.not_deleted", chat=chat, why=redacted(str(problem)))
                wait = _pause(problem)
                if wait is None:
                    return False
                await asyncio.sleep(wait)
            else:
                return True
        return False


def _pause(problem: TelegramError) -> float | None:
    """How long to wait before trying again; None where that is too long or no use."""
    match answer_of(problem):
        case Later(seconds) if seconds <= _PATIENCE:
            return seconds
        case Uncertain():  # it may be gone: the next answer tells
            return 0.0
    return None
