"""A response's body, unpacked, with a bound that holds while it grows.

httpx unpacks a chunk whole before anybody can count it: 64 KB of gzip can be 67 MB. So the packed
bytes are taken, and unpacked here in pieces of bounded size.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

import httpx

from bot.ports import SourceError
from bot.sources import errors

_CHUNK = 64 * 1024
_MOST_GZIP_MEMBERS = 64  # thousands of empty ones cost time that their size does not show


async def read(response: httpx.Response, url: str, limit: int) -> bytes:
    """The body of a response that was not read yet, at most ``limit`` bytes both ways.

    Raises SourceError for more, and for a compression other than gzip, which is all we ask for.
    """
    unpack = _unpacker(response)
    body = bytearray()
    packed = 0
    try:
        async for chunk in response.aiter_raw(_CHUNK):
            packed += len(chunk)
            for piece in unpack(chunk):
                body += piece
                if max(len(body), packed) > limit:
                    size = f"{limit / 1_000_000:g} MB"
                    raise errors.error("source.too_large", name=url, limit=size)
    except zlib.error as failure:
        raise _wrong_encoding(response) from failure
    return bytes(body)


_Unpack: TypeAlias = Callable[[bytes], Iterator[bytes]]


def _unpacker(response: httpx.Response) -> _Unpack:
    encoding = _encoding(response)
    if encoding in {"", "identity"}:
        return _as_is
    if encoding in {"gzip", "x-gzip"}:
        return _Gunzip()
    raise _wrong_encoding(response)


def _encoding(response: httpx.Response) -> str:
    return str(response.headers.get("content-encoding", "")).strip().lower()


def _wrong_encoding(response: httpx.Response) -> SourceError:
    host = response.request.url.host
    return errors.error("source.encoding", host=host, encoding=_encoding(response)[:40])


def _as_is(chunk: bytes) -> Iterator[bytes]:
    yield chunk


class _Gunzip:
    """Unpacks a gzip stream in pieces of bounded size."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._members = 1

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._stream.eof:
                self._next_member(chunk)
            yield self._stream.decompress(chunk, _CHUNK)
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if self._stream.eof and not chunk.strip(b"\x00"):
                return  # padding

    def _next_member(self, chunk: bytes) -> None:
        self._members += 1
        if self._members > _MOST_GZIP_MEMBERS or not chunk.startswith(b"\x1f"):
            raise zlib.error("not one gzip stream")
        self._stream = zlib.decompressobj(wbits=31)
