"""The HTTP side of Telegram: our time-outs, and statuses that the library does not tell apart."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from telegram.ext import Application
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.channels.telegram_answers import StatusError, redacted

# python-telegram-bot's applications have six type parameters, none of which matters here.
BotApplication = Application[Any, Any, Any, Any, Any, Any]
_SENDS = 32  # connections; more sends than this never run at once


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. ``poll`` is how long Telegram may hold a request for updates open."""

    connect: float = 5.0
    read: float = 15.0
    write: float = 10.0
    pool: float = 5.0
    poll: float = 25.0


class Request(HTTPXRequest):
    """Tells 429 without a wait, 413 and 5xx apart; ``on_ok`` is called for every good answer."""

    def __init__(
        self, size: int, timeouts: Timeouts, on_ok: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(
            connection_pool_size=size,
            connect_timeout=timeouts.connect,
            read_timeout=timeouts.read,
            write_timeout=timeouts.write,
            pool_timeout=timeouts.pool,
        )
        self._on_ok = on_ok

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """As the library's own. Raises StatusError for a status that it would blur."""
        status, body = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if status == HTTPStatus.OK:
            self._on_ok()
        described, wait = _described(body)
        throttled = status == HTTPStatus.TOO_MANY_REQUESTS and not wait
        odd = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if throttled or odd or status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise StatusError(status, described)
        return status, body


def _described(body: bytes) -> tuple[bool, bool]:
    """Whether the body is Telegram's own JSON, and whether it says how long to wait."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False, False
    if not isinstance(answer, dict) or "ok" not in answer:
        return False, False
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return True, bool(wait)


def application(
    token: str, base_url: str, timeouts: Timeouts, on_polled: Callable[[], None]
) -> BotApplication:
    """The library's application without its job queue and without its rate limiter."""
    quiet()
    builder = Application.builder().token(token).job_queue(None).concurrent_updates(_SENDS)
    builder = builder.base_url(f"{base_url.rstrip('/')}/bot")
    builder = builder.base_file_url(f"{base_url.rstrip('/')}/file/bot")
    builder = builder.request(Request(_SENDS, timeouts))
    return builder.get_updates_request(Request(1, timeouts, on_polled)).build()


def quiet() -> None:
    """Keep addresses off the log: httpx logs each with the token in it at INFO."""
    for name in ("httpx", "httpcore"):
        if logging.getLogger(name).level < logging.WARNING:
            logging.getLogger(name).setLevel(logging.WARNING)
    library = logging.getLogger("telegram.ext.Updater")
    if not any(isinstance(old, _Redacting) for old in library.filters):
        library.addFilter(_Redacting())


class _Redacting(logging.Filter):
    """Takes tokens out of what the library logs about polling, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; always keep it."""
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            problem = record.exc_info[1]
            record.msg += redacted(f" ({type(problem).__name__}: {problem})")
            record.exc_info = None
        return True
