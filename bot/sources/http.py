"""One polite, bounded GET: conditional, at most five redirects, a size and a time that it keeps.

The client comes from outside; what it can do wrong is turned into ``SourceError`` here, by the
tables below, and nowhere else.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from bot.ports import Cursor, SourceError
from bot.sources import body, errors

USER_AGENT = "TickerBell/0.1 (self-hosted news alerts)"
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visit may cost: bytes after decompression, seconds in all, redirects."""

    body: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered. ``moved_to`` is set where it moved for good, ``body`` unpacked.

    ``unchanged``: the server says that what the cursor stands for is still so.
    """

    url: str
    body: bytes
    content_type: str
    etag: str
    last_modified: str
    unchanged: bool = False
    moved_to: str = ""


async def get(
    client: httpx.AsyncClient,
    address: str,
    cursor: Cursor,
    now: datetime,
    *,
    limits: Limits | None = None,
    user_agent: str = USER_AGENT,
) -> Page:
    """Fetch ``address``, conditionally on the cursor's validators.

    Raises SourceError for everything that is not a page or a 304, with ``retry_after`` where the
    server asks for a wait and ``gone`` where it says that there will never be anything again.
    """
    limits = limits or Limits()
    host = checked(address).host
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(client, address, _headers(cursor, user_agent), now, limits)
    except TimeoutError as late:
        raise errors.error("source.timeout", host=host, seconds=f"{limits.seconds:g}") from late
    except httpx.HTTPError as failure:
        raise _translated(failure, host, limits) from failure
    except httpx.InvalidURL as failure:
        raise errors.error("source.bad_address", address=address) from failure


def checked(address: str) -> httpx.URL:
    """The address as a URL; refuses what is no plain http(s) address.

    User names and backslashes are refused because programs disagree on the host they lead to.
    """
    bad = errors.error("source.bad_address", address=address[:200])
    if "\\" in address or any(char.isspace() or not char.isprintable() for char in address):
        raise bad
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as failure:
        raise bad from failure
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise bad
    return url


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (seconds or a date), 0 to 24 hours; None if none."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST_WAIT)


async def _follow(
    client: httpx.AsyncClient,
    address: str,
    headers: dict[bytes, bytes],
    now: datetime,
    limits: Limits,
) -> Page:
    url, permanent = checked(address), True
    for _ in range(limits.redirects + 1):
        request = client.build_request("GET", url, headers=headers)
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                moved = str(url) if permanent and str(url) != address else ""
                return await _page(response, str(url), moved, now, limits)
            permanent = permanent and response.status_code in _PERMANENT
            url = checked(str(url.join(response.headers["location"])))
        finally:
            await response.aclose()
    host = checked(address).host
    raise errors.error("source.redirects", host=host, limit=str(limits.redirects))


async def _page(
    response: httpx.Response, url: str, moved: str, now: datetime, limits: Limits
) -> Page:
    response.headers.encoding = "iso-8859-1"  # so that validators go back byte by byte
    unchanged = response.status_code == 304
    if not unchanged:
        _refuse_failure(response, url, now)
    return Page(
        url=url,
        body=b"" if unchanged else await body.read(response, url, limits.body),
        content_type=response.headers.get("content-type", ""),
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
        unchanged=unchanged,
        moved_to=moved,
    )


def _headers(cursor: Cursor, user_agent: str) -> dict[bytes, bytes]:
    headers = {
        b"User-Agent": user_agent.encode(),
        b"Accept": _ACCEPT.encode(),
        b"Accept-Encoding": b"gzip",
    }
    if cursor.etag:
        headers[b"If-None-Match"] = cursor.etag.encode("iso-8859-1", "replace")
    if cursor.last_modified:
        headers[b"If-Modified-Since"] = cursor.last_modified.encode("iso-8859-1", "replace")
    return headers


def _refuse_failure(response: httpx.Response, url: str, now: datetime) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    wait = retry_after(response.headers.get("retry-after", ""), now)
    host = response.request.url.host
    if status == 404:
        raise errors.error("source.not_found", address=url, retry_after=wait)
    if status == 410:
        raise errors.error("source.gone", address=url, gone=True)
    if status in {401, 403, 407, 451}:
        raise errors.error("source.forbidden", address=url, status=str(status), retry_after=wait)
    if status == 429:
        raise errors.error("source.rate_limited", host=host, retry_after=wait)
    if status >= 500:
        raise errors.error("source.server_error", host=host, status=str(status), retry_after=wait)
    raise errors.error("source.status", address=url, status=str(status), retry_after=wait)


def _translated(failure: httpx.HTTPError, host: str, limits: Limits) -> SourceError:
    causes = list(_causes(failure))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return errors.error("source.dns", host=host)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or str(cause)
            return errors.error("source.tls", host=host, reason=str(reason)[:200])
    if isinstance(failure, httpx.TimeoutException):
        return errors.error("source.timeout", host=host, seconds=f"{limits.seconds:g}")
    if isinstance(failure, httpx.ConnectError):
        return errors.error("source.unreachable", host=host)
    if isinstance(failure, httpx.UnsupportedProtocol):
        return errors.error("source.bad_address", address=host)
    return errors.error("source.cut_off", host=host)


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__
