"""The HTTP side of Telegram: our time-outs, and statuses that the library does not tell apart."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import httpx
import structlog
from telegram import Update
from telegram.ext import Application
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.channels.telegram_answers import StatusError, redacted

log = structlog.get_logger(__name__)

# python-telegram-bot's applications have six type parameters, none of which matters here.
BotApplication = Application[Any, Any, Any, Any, Any, Any]
_SENDS = 32  # connections; more sends than this never run at once


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. ``poll`` is how long Telegram may hold a request for updates open; ``stop`` is how

    long to wait at the end for polling to be confirmed, and again for answers under way.
    """

    connect: float = 5.0
    read: float = 15.0
    write: float = 10.0
    pool: float = 5.0
    poll: float = 25.0
    stop: float = 1.0


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """The trusted certificates, which take longer to load than all the rest of a start."""
    return httpx.create_ssl_context()


class _Request(HTTPXRequest):
    """The library's client with our time-outs, and a look at every answer before the library's."""

    def __init__(self, size: int, timeouts: Timeouts) -> None:
        super().__init__(
            connection_pool_size=size,
            connect_timeout=timeouts.connect,
            read_timeout=timeouts.read,
            write_timeout=timeouts.write,
            pool_timeout=timeouts.pool,
            httpx_kwargs={"verify": _certificates()},
        )

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
        """As the library's own, looked at."""
        status, body = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        self._look(status, body)
        return status, self._passed_on(status, body)

    def _look(self, status: int, body: bytes) -> None: ...

    def _passed_on(self, status: int, body: bytes) -> bytes:
        """The body that the library gets to see."""
        return body


class SendRequest(_Request):
    """Tells 429, 413 and 5xx apart, which the library blurs: raises StatusError for them."""

    def _look(self, status: int, body: bytes) -> None:
        told_apart = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
        if told_apart or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise StatusError(status, *_described(body))


class PollRequest(_Request):
    """Tells ``on_ok`` about every good answer, so that a polling that went quiet is noticed.

    A refused token would end the library's polling for good, also where some proxy's 404 looks like
    one; as a StatusError it is tried again. Sending is what tells the owner about the token.
    """

    def __init__(self, timeouts: Timeouts, on_ok: Callable[[], None]) -> None:
        super().__init__(1, timeouts)
        self._on_ok = on_ok

    def _look(self, status: int, body: bytes) -> None:
        if status == HTTPStatus.OK:
            self._on_ok()
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise StatusError(status, *_described(body))

    def _passed_on(self, status: int, body: bytes) -> bytes:
        return _readable(body) if status == HTTPStatus.OK else body


def _readable(body: bytes) -> bytes:
    """The updates, each that the library cannot read without its content.

    One such update would end the library's polling for good; so it counts as seen and is logged.
    """
    try:
        answer = json.loads(body)
    except ValueError:
        return body  # the library says what it is
    updates = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(updates, list):
        return body
    kept = [u if _is_readable(u) else {"update_id": u["update_id"]} for u in updates]
    return body if kept == updates else json.dumps({**answer, "result": kept}).encode()


def _is_readable(update: dict[str, Any]) -> bool:
    try:
        Update.de_json(update, None)
    except Exception as problem:  # noqa: BLE001 - whatever a parser may stumble over
        why = f"{type(problem).__name__}: {problem}"
        log.warning("telegram.unreadable_update", update=update.get("update_id"), why=why)
        return False
    return True


def _described(body: bytes) -> tuple[bool, float]:
    """Whether the body is Telegram's own JSON, and how many seconds it says to wait, or 0."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False, 0
    if not isinstance(answer, dict) or "ok" not in answer:
        return False, 0
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return True, float(wait) if isinstance(wait, int | float) and wait > 0 else 0


@dataclass(frozen=True, slots=True)
class Client:
    """The library's application, and the connections behind it."""

    app: BotApplication
    requests: tuple[BaseRequest, ...]

    async def close(self) -> None:
        """Shut down, also where the application never got as far as being initialized."""
        if not self.app.running:
            await self.app.shutdown()
        for request in self.requests:
            await request.shutdown()


def connect(token: str, base_url: str, timeouts: Timeouts, on_polled: Callable[[], None]) -> Client:
    """A client without the library's job queue and without its rate limiter; nothing is sent."""
    quiet()
    send, poll = SendRequest(_SENDS, timeouts), PollRequest(timeouts, on_polled)
    base = base_url.rstrip("/")
    builder = Application.builder().token(token).job_queue(None).concurrent_updates(_SENDS)
    builder = builder.base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    return Client(builder.request(send).get_updates_request(poll).build(), (send, poll))


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
