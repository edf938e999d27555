"""Has a feed parsed in a child process that can be killed, so that no feed can stop the bot."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import structlog

from bot.sources import errors

MAX_ENTRIES = 500
WALL_SECONDS = 10.0
AT_ONCE = 4  # children, each with up to 512 MB; dozens of feeds fall due together
_log = structlog.get_logger(__name__)


async def parse(
    body: bytes,
    *,
    name: str,
    content_type: str = "",
    address: str = "",
    seconds: float = WALL_SECONDS,
    places: asyncio.Semaphore | None = None,
) -> dict[str, Any]:
    """What ``body`` is, as ``bot.sources.parse_worker`` describes it.

    ``name`` is what people call it, for errors; ``places`` bounds how many children there are at
    once (None: no bound), and waiting for one is not counted. Raises SourceError where the parser
    failed, or took more than ``seconds`` or more memory than it may.
    """
    order = {"content_type": content_type, "address": address, "items": MAX_ENTRIES}
    async with places or nullcontext():
        return await _parsed(order, body, name, seconds)


async def _parsed(
    order: Mapping[str, object], body: bytes, name: str, seconds: float
) -> dict[str, Any]:
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sources.parse_worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )
    too_complex = errors.error("source.too_complex", name=name, seconds=f"{seconds:g}")
    try:
        async with asyncio.timeout(seconds):
            output, complaint = await worker.communicate(json.dumps(order).encode() + b"\n" + body)
    except TimeoutError as late:
        raise too_complex from late
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode == 0:
        return dict(json.loads(output))
    _log.warning(
        "feed_parser_failed", feed=name, code=worker.returncode, last=_last_line(complaint)
    )
    if (worker.returncode or 0) < 0 or b"MemoryError" in complaint:
        raise too_complex
    raise errors.error("source.broken_feed", name=name)


def _environment() -> dict[str, str]:
    """Enough to start Python with our packages, and none of our secrets."""
    kept = {key: value for key in ("PATH", "SYSTEMROOT") if (value := os.environ.get(key))}
    return kept | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
