"""Telegram as a channel: long polling in our own event loop, with python-telegram-bot."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

import structlog
from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import CallbackContext, TypeHandler

from bot.channels.errors import ChannelError
from bot.channels.telegram_answers import StatusError, redacted
from bot.channels.telegram_client import Client, Timeouts, connect
from bot.channels.telegram_listener import Listener
from bot.channels.telegram_moderator import GroupModerator
from bot.channels.telegram_rights import Rights
from bot.channels.telegram_sender import Sender, number_of
from bot.channels.telegram_updates import ALLOWED, PLATFORM
from bot.messages import Answer, Later, Message, Powers
from bot.ports import OnIncoming, OnMoved, OnPosted, OnPressed

log = structlog.get_logger(__name__)

API = "https://api.telegram.org"
Commands = Mapping[str, Sequence[tuple[str, str]]]

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_START_PAUSES = (1.0, 2.0, 4.0, 8.0)


class Telegram:
    """The ``Channel`` of Telegram.

    ``commands`` is the menu: for each language of the catalogue, names with descriptions; the
    first language is also for readers of all others. ``base_url`` is where the Bot API lives.
    """

    platform = PLATFORM

    def __init__(
        self,
        token: str,
        *,
        commands: Commands | None = None,
        base_url: str = API,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
        start_pauses: Sequence[float] = _START_PAUSES,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token = token.strip()
        self._commands = commands or {}
        self._base_url = base_url
        self._timeouts = timeouts
        self._start_pauses = start_pauses
        self._monotonic = monotonic
        self._client: Client | None = None
        self._sender: Sender | None = None
        self._listener: Listener | None = None
        self._moderator: GroupModerator | None = None
        self._on_posted: OnPosted | None = None
        self._on_moved: OnMoved | None = None
        self._polled_at: float | None = None

    @property
    def silent_seconds(self) -> float | None:
        """How long ago Telegram last answered our polling; None before it first did."""
        return None if self._polled_at is None else self._monotonic() - self._polled_at

    async def start(self, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        """Check the token, set the menu and begin to poll.

        Raises ChannelError where the token is missing or refused, or Telegram stays out of reach.
        """
        if not self._token:
            raise ChannelError("channel.no_token")
        if not _TOKEN.fullmatch(self._token):
            raise ChannelError("channel.token_malformed")
        client = connect(self._token, self._base_url, self._timeouts, self._polled)
        try:
            await self._log_in(client)
        except BaseException:
            await client.close()
            raise
        app, bot = client.app, cast("Bot", client.app.bot)
        self._client, self._sender, rights = client, Sender(bot), Rights(bot, self._monotonic)
        self._moderator = GroupModerator(bot, rights)
        self._listener = Listener(
            bot, self._sender, on_incoming, on_pressed, rights, self._on_posted, self._on_moved
        )
        app.add_handler(TypeHandler(Update, self._hear))
        app.add_error_handler(_report)
        await self._set_menu(bot)
        await app.start()
        assert app.updater is not None, "the builder makes one"
        await app.updater.start_polling(
            timeout=int(self._timeouts.poll),
            allowed_updates=ALLOWED,
            drop_pending_updates=False,
            bootstrap_retries=-1,
            error_callback=_polling_failed,
        )

    async def stop(self) -> None:
        """Stop polling, finish the answers under way, close the connections; within seconds."""
        client, self._client = self._client, None
        if client is None:
            return
        updater = client.app.updater
        if updater is not None and updater.running:
            await self._within(updater.stop())
        if client.app.running:
            await self._within(client.app.stop())
        await client.close()

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        """Send one message and say how that ended. Raises nothing that a network can cause."""
        if self._sender is None or self._client is None:
            return Later(1.0, "the channel is not running", chat_only=False)
        return await self._sender.send(address, message, retry_key, number_of(message.answers))

    def overhear(self, on_posted: OnPosted, on_moved: OnMoved) -> None:
        """From the start on, hand over what people in groups write, before it is answered, and

        tell of groups that became supergroups.
        """
        self._on_posted, self._on_moved = on_posted, on_moved

    async def powers(self, address: str) -> Powers | None:
        """What the bot may do in this group now; None where Telegram does not say."""
        return await self._moderator.powers(address) if self._moderator else None

    async def is_trusted(self, address: str, user: str) -> bool | None:
        """Whether this author looks after the group; None where Telegram does not say."""
        return await self._moderator.is_trusted(address, user) if self._moderator else None

    async def delete(self, address: str, message: str) -> bool:
        """Delete a message of a group; whether it is gone now."""
        return await self._moderator.delete(address, message) if self._moderator else False

    async def edit(self, address: str, provider_id: str, message: Message) -> Answer:
        """Change a message that was sent; one that says it already counts as changed."""
        if self._sender is None or self._client is None:
            return Later(1.0, "the channel is not running", chat_only=False)
        return await self._sender.edit(address, provider_id, message)

    async def _within(self, step: Awaitable[None]) -> None:
        """Await a step of the end, but not for ever: the network may be why we stop."""
        try:
            async with asyncio.timeout(self._timeouts.stop):
                await step
        except TimeoutError:
            log.warning("telegram.stop_took_too_long")
        except TelegramError as problem:
            log.warning("telegram.stopped_in_trouble", why=redacted(str(problem)))
        except Exception as bug:  # noqa: BLE001 - logged; the rest is still to be closed
            # The end of a task of the library's brings out what ended it long ago.
            log.error("telegram.stopped_in_trouble", why=redacted(f"{type(bug).__name__}: {bug}"))

    async def _log_in(self, client: Client) -> None:
        for pause in (*self._start_pauses, None):
            try:
                await client.app.initialize()
            except InvalidToken:
                raise ChannelError("channel.token_refused") from None
            except TelegramError as problem:
                reason = redacted(str(problem))
                if pause is None:
                    raise ChannelError("channel.unreachable", reason=reason) from None
                log.warning("telegram.unreachable", why=reason, again_in=pause)
                await asyncio.sleep(pause)
            else:
                return

    async def _set_menu(self, bot: Bot) -> None:
        for number, (lang, entries) in enumerate(self._commands.items()):
            menu = [BotCommand(name, text) for name, text in entries]
            codes = [lang.partition("-")[0], *([None] if number == 0 else [])]
            try:
                for code in codes:
                    await bot.set_my_commands(menu, language_code=code)
            except TelegramError as problem:  # a bot without a menu still works
                log.warning("telegram.no_menu", lang=lang, why=redacted(str(problem)))

    async def _hear(self, update: Update, _context: Any) -> None:
        if self._listener is not None:
            await self._listener.hear(update)

    def _polled(self) -> None:
        self._polled_at = self._monotonic()


async def _report(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """A handler failed: that is a bug of ours; the person was told, the log gets the trace."""
    log.error("telegram.handler_failed", exc_info=context.error)


def _polling_failed(problem: TelegramError) -> None:
    why = redacted(f"{type(problem).__name__}: {problem}")
    if isinstance(problem, Conflict):
        advice = "another program uses this token; stop it, or take a token of its own"
        log.error("telegram.polling_failed", why=why, advice=advice)
    elif isinstance(problem, StatusError) and problem.status == HTTPStatus.UNAUTHORIZED:
        advice = "the token is refused; take it anew from @BotFather and start again"
        log.error("telegram.polling_failed", why=why, advice=advice)
    else:
        log.warning("telegram.polling_failed", why=why)
