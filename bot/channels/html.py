"""Messages as Telegram's HTML, their length as it counts, and messages cut to that length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from bot.messages import Line, Message, Run, is_link

LIMIT = 4096


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 code units, which is how chat networks count."""
    return len(text) + sum(char > "\uffff" for char in text)


def to_html(message: Message) -> str:
    """The message in Telegram's HTML: every text escaped, links only to http and https."""
    return "\n".join("".join(_run(run) for run in line) for line in message.lines)


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.url and is_link(run.url):
        text = f'<a href="{escape(run.url, quote=True)}">{text}</a>'
    return f"<b>{text}</b>" if run.bold and run.text else text


def split(message: Message, limit: int = LIMIT) -> tuple[Message, ...]:
    """The message in pieces whose visible text has at most ``limit`` UTF-16 units.

    Cut between lines, and inside a line only where the line alone is too long. The buttons stay
    under the last piece. Nothing visible is lost but the line breaks at the cuts.
    """
    pieces: list[list[Line]] = [[]]
    used = 0
    for line in (part for whole in message.lines for part in _fitting(whole, limit)):
        size = sum(units(run.text) for run in line)
        if pieces[-1] and used + 1 + size > limit:
            pieces.append([])
            used = 0
        used += size + (1 if pieces[-1] else 0)
        pieces[-1].append(line)
    bodies = [body for body in map(_trimmed, pieces) if body]
    last = len(bodies) - 1
    return tuple(
        replace(message, lines=body, buttons=message.buttons if number == last else ())
        for number, body in enumerate(bodies)
    )


def _trimmed(lines: list[Line]) -> tuple[Line, ...]:
    """Without empty lines at either end, which a network would strip or refuse."""
    start, end = 0, len(lines)
    while start < end and not _shown(lines[start]):
        start += 1
    while end > start and not _shown(lines[end - 1]):
        end -= 1
    return tuple(lines[start:end])


def _shown(line: Line) -> bool:
    return any(run.text.strip() for run in line)


def _fitting(line: Line, limit: int) -> Iterator[Line]:
    """The line itself, or pieces of it that fit; styles carry on over a cut."""
    if sum(units(run.text) for run in line) <= limit:
        yield line
        return
    piece: list[Run] = []
    used = 0
    for run in line:
        start = 0
        for at, char in enumerate(run.text):
            if used + units(char) > limit:
                yield (*piece, replace(run, text=run.text[start:at]))
                piece, used, start = [], 0, at
            used += units(char)
        piece.append(replace(run, text=run.text[start:]))
    yield tuple(piece)
