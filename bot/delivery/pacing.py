"""When a chat may be written to next. Pure: every method is told what time it is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What a network allows: seconds between two messages to a chat, messages per window.

    ``group`` holds for addresses that begin with ``-`` (Telegram's groups), ``overall`` for all
    chats together. A pair is (messages, seconds); None is no limit.
    """

    chat_gap: float = 0.0
    group: tuple[int, float] | None = None
    overall: tuple[int, float] | None = None


# Telegram's published advice, a little below its 30 a second overall.
TELEGRAM = Limits(chat_gap=1.0, group=(20, 60.0), overall=(25, 1.0))
UNLIMITED = Limits()


@dataclass(slots=True)
class _Window:
    """The last sendings of a sliding window, oldest first."""

    size: int
    seconds: float
    times: deque[datetime] = field(default_factory=deque)

    def free_at(self, now: datetime) -> datetime:
        while self.times and self.times[0] + timedelta(seconds=self.seconds) <= now:
            self.times.popleft()
        if len(self.times) < self.size:
            return now
        return self.times[-self.size] + timedelta(seconds=self.seconds)


class Pacer:
    """Remembers what was sent lately and says when the next message may go out."""

    def __init__(self, limits: Limits = TELEGRAM) -> None:
        self._limits = limits
        self._last: dict[str, datetime] = {}
        self._groups: dict[str, _Window] = {}
        self._overall = _Window(*limits.overall) if limits.overall else None
        self._now: datetime | None = None

    def next_allowed(self, address: str, now: datetime) -> datetime:
        """The earliest time, not before ``now``, at which ``address`` may be written to."""
        self._follow(now)
        chat = chat_of(address)
        times = [now]
        if chat in self._last:
            times.append(self._last[chat] + timedelta(seconds=self._limits.chat_gap))
        if chat in self._groups:
            times.append(self._groups[chat].free_at(now))
        if self._overall:
            times.append(self._overall.free_at(now))
        return max(times)

    def sent(self, address: str, now: datetime) -> None:
        """A message to ``address`` was handed to the network at ``now``."""
        self._follow(now)
        chat = chat_of(address)
        if self._limits.chat_gap:
            self._last.pop(chat, None)
            self._last[chat] = now
        if self._limits.group and chat.startswith("-"):
            window = self._groups.pop(chat, None) or _Window(*self._limits.group)
            window.times.append(now)
            self._groups[chat] = window
        if self._overall:
            self._overall.times.append(now)
        self._forget(now)

    def _follow(self, now: datetime) -> None:
        """Where the clock was set back, move what is remembered back with it.

        Otherwise a clock that is set back by a day would keep every chat waiting for a day.
        """
        if self._now is not None and now < self._now:
            back = self._now - now
            self._last = {chat: at - back for chat, at in self._last.items()}
            windows = [*self._groups.values(), *([self._overall] if self._overall else [])]
            for window in windows:
                window.times = deque(at - back for at in window.times)
        self._now = now

    def _forget(self, now: datetime) -> None:
        """Drop chats that no limit holds any more, so that memory follows the traffic.

        Both tables are kept in the order of the last sending, so the first one decides.
        """
        gap = timedelta(seconds=self._limits.chat_gap)
        while self._last and next(iter(self._last.values())) + gap < now:
            del self._last[next(iter(self._last))]
        while self._groups:
            chat, window = next(iter(self._groups.items()))
            if window.times[-1] + timedelta(seconds=window.seconds) >= now:
                return
            del self._groups[chat]


def chat_of(address: str) -> str:
    """The chat that an address belongs to: topics of one forum share the chat's limits."""
    return address.partition(":")[0]
