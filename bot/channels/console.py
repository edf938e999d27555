"""A chat in the terminal: what the bot says is printed, what is typed is heard, 1 presses [1]."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count, zip_longest
from typing import TextIO

import structlog

from bot.channels.lines import read_lines
from bot.messages import Answer, Broken, Button, Incoming, Line, Message, Pressed, Run, Sent
from bot.ports import OnIncoming, OnPressed
from bot.texts import texts

log = structlog.get_logger(__name__)

PLATFORM = "console"
ADDRESS = "console"
_CHOICES = 999  # then numbers start again; four digits are a share's code
_BOLD, _NORMAL = "\x1b[1m", "\x1b[0m"


class Console:
    """The ``Channel`` of a terminal. ``ended`` is set once the input has ended.

    ``source`` None listens to nothing. ``color`` None means: bold where ``out`` is a terminal.
    """

    platform = PLATFORM

    def __init__(
        self,
        source: TextIO | None,
        out: TextIO,
        *,
        lang: str = "zh-TW",
        color: bool | None = None,
    ) -> None:
        self._source = source
        self._out = out
        self._texts = texts(lang)
        self._color = out.isatty() if color is None else color
        self._choices: dict[int, tuple[Button, str]] = {}
        self._next = 0
        self._ids = count(1)
        self._close: Callable[[], None] = lambda: None
        self._task: asyncio.Task[None] | None = None
        self.ended = asyncio.Event()

    async def start(self, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        """Begin to read lines, each a message or, if it is the number of a choice, a press."""
        if self._source is None:
            self.ended.set()
            return
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._close = read_lines(self._source, lines)
        self._task = asyncio.create_task(self._listen(lines, on_incoming, on_pressed))

    async def stop(self) -> None:
        """Stop reading; a line that is being answered is answered first."""
        self._close()
        if self._task is not None:
            await self._task

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        """Print the message. Where nobody reads the output any more, nothing can be sent."""
        number = str(next(self._ids))
        try:
            self._print(message, number)
        except OSError as closed:
            return Broken(f"the output is closed: {closed}")
        return Sent(number)

    async def _listen(
        self, lines: asyncio.Queue[str | None], on_incoming: OnIncoming, on_pressed: OnPressed
    ) -> None:
        while (line := await lines.get()) is not None:
            try:
                await self._hear(line.strip(), on_incoming, on_pressed)
            except Exception:
                log.exception("console.not_answered")
                self._print(Message(((Run(self._texts.say("channel.failed")),),)), "")
        self.ended.set()

    async def _hear(self, line: str, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        if not line:
            return
        number = int(line) if line.isascii() and line.isdigit() and len(line) <= 3 else 0
        button, message = self._choices.get(number, (None, ""))
        if button is None:
            replies = await on_incoming(Incoming(PLATFORM, ADDRESS, ADDRESS, line))
        elif button.url:
            replies = (Message(((Run(button.url),),)),)
        else:
            press = Pressed(PLATFORM, ADDRESS, ADDRESS, button.token, message)
            replies = await on_pressed(press)
        for reply in replies:
            await self.send(ADDRESS, reply, "")

    def _print(self, message: Message, number: str) -> None:
        linked = {button.url for row in message.buttons for button in row}
        lines = [self._styled(line, linked) for line in message.lines]
        lines += ["  ".join(self._choice(b, number) for b in row) for row in message.buttons]
        self._write("\n".join([*lines, "", ""]))

    def _styled(self, line: Line, linked: set[str]) -> str:
        out = ""
        for run, after in zip_longest(line, line[1:]):
            text = _harmless(run.text)
            out += f"{_BOLD}{text}{_NORMAL}" if run.bold and self._color else text
            goes_on = after is not None and after.url == run.url  # a link in several styles
            if run.url and run.url not in linked and not goes_on:
                out += f" <{_harmless(run.url)}>"
        return out

    def _choice(self, button: Button, message: str) -> str:
        self._next = self._next % _CHOICES + 1
        self._choices[self._next] = (button, message)
        label = _harmless(button.label)
        if button.url:
            url = _harmless(button.url)
            return self._texts.say("channel.console_link", number=self._next, label=label, url=url)
        return self._texts.say("channel.console_option", number=self._next, label=label)

    def _write(self, text: str) -> None:
        """Print what the terminal's encoding can show of it."""
        encoding = self._out.encoding or "utf-8"
        self._out.write(text.encode(encoding, "replace").decode(encoding))
        self._out.flush()


def _harmless(text: str) -> str:
    """Without escape sequences and other control characters: they would steer the terminal."""
    return "".join(c if c.isprintable() or c == "\u200d" else " " for c in text)
