"""A chat network for tests: scripted answers, and everything that was sent."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque

from bot.messages import Answer, Message, Sent
from bot.ports import OnIncoming, OnPressed


class FakeChannel:
    """Answers a sending as scripted for its address, else with Sent.

    ``sent`` holds (address, text) of what arrived; ``tried`` of everything that was tried. Sending
    to an address in ``stuck`` waits until ``release`` is set.
    """

    platform = "telegram"

    def __init__(self, platform: str = "telegram") -> None:
        self.platform = platform
        self.sent: list[tuple[str, str]] = []
        self.tried: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self.stuck: set[str] = set()
        self.release = asyncio.Event()
        self._scripts: dict[str, deque[Answer | Exception]] = defaultdict(deque)
        self._changed = asyncio.Condition()

    def script(self, address: str, *answers: Answer | Exception) -> None:
        self._scripts[address].extend(answers)

    async def start(self, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        return None

    async def stop(self) -> None:
        return None

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        self.tried.append((address, message.plain))
        self.keys.append(retry_key)
        async with self._changed:
            self._changed.notify_all()
        if address in self.stuck:
            await self.release.wait()
        answer = self._scripts[address].popleft() if self._scripts[address] else None
        if isinstance(answer, Exception):
            raise answer
        if answer is None or isinstance(answer, Sent):
            self.sent.append((address, message.plain))
        return answer or Sent(str(len(self.sent)))

    async def until_tried(self, count: int) -> None:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: len(self.tried) >= count)
