"""A chat in this terminal, for ``ingest`` and ``demo``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from bot.app import App
from bot.channels.console import ADDRESS, PLATFORM
from bot.messages import Incoming


async def subscribe(app: App, rules: Sequence[str], out: TextIO) -> None:
    """Subscribe the terminal to ``rules``, printing what each is answered."""
    for rule in rules:
        text = Incoming(PLATFORM, ADDRESS, user="", text=f"/sub {rule}")
        for message in await app.on_incoming(text):
            print(message.plain, file=out)
