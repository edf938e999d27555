"""From what somebody typed to a ``Command``, and from a slip to the command that was meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources

from rules.text import Folded, fold, folded

_AFTER_WORD = re.compile(r"@(?P<bot>\w+)|[\s:,?!。、]|$")
_SEPARATORS = " \n:,"
_MOST_DIGITS = 6
_ONLY_MARKS = re.compile(r"[\s?!。.、~]*")


@dataclass(frozen=True, slots=True)
class Command:
    """A command as typed. ``argument`` is what follows it, unchanged but for outer spaces.

    ``bot`` is the name after ``@``, lower case (``/sub@TickerBell``), empty without one.
    ``everyday`` is true for a word that may as well have been said to somebody else.
    """

    name: str
    argument: str = ""
    bot: str = ""
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word for a command, folded, and where it counts."""

    text: str
    command: str
    latin: bool
    everyday: bool
    argument: bool


def parse(text: str, *, is_group: bool = False) -> Command | None:
    """The command that ``text`` is, or None if it is none.

    Slash or no slash, full or half width, traditional or simplified, ``/sub@Bot`` or not. In a
    group a Latin word needs its slash and nothing may be glued to a Chinese one.
    """
    original = fold(text.strip())
    body = original.text.removeprefix("/").lstrip()
    slash = original.text.startswith("/")
    for word in _words():
        after = _AFTER_WORD.match(body, len(word.text)) if body.startswith(word.text) else None
        if after is None and not _may_be_glued(word, body, is_group):
            continue
        if word.latin and is_group and not slash:
            continue
        bot = (after["bot"] or "") if after else ""
        rest = body[len(word.text) :].removeprefix(f"@{bot}" if bot else "").lstrip(_SEPARATORS)
        argument = "" if _ONLY_MARKS.fullmatch(rest) else _last(original, len(rest))
        return Command(word.command, argument, bot, word.everyday and not slash)
    return None


def nearest(text: str) -> str | None:
    """The command whose word is nearest to the first word of ``text``, or None if none is near."""
    head = re.split(r"[\s@:]", folded(text.strip()).removeprefix("/"), maxsplit=1)[0]
    words = {word.text: word.command for word in _words()}
    close = get_close_matches(head, words, n=1, cutoff=0.6)
    return words[close[0]] if close else None


def whole_number(text: str) -> int | None:
    """The number that ``text`` is, in any script's digits, at most six; None if it is none."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def names() -> tuple[str, ...]:
    """Every command's name, in the order of ``commands.toml``."""
    return tuple(_table())


def _may_be_glued(word: _Word, body: str, is_group: bool) -> bool:
    """Whether an argument may follow ``word`` without a blank: 訂閱台積電, but 試用 is no 試.

    After a sign nothing is mistaken: /sub!2330.
    """
    if not word.text[-1].isalnum():
        return body.startswith(word.text)
    glueable = word.argument and not word.latin and len(word.text) > 1
    return glueable and not is_group and body.startswith(word.text)


def _last(text: Folded, length: int) -> str:
    """The original of the last ``length`` folded characters."""
    return text.original[text.origins[-length] :].strip() if length else ""


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, object]]:
    file = resources.files("bot.chat").joinpath("commands.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> tuple[_Word, ...]:
    """Every word, longest first, so that 靜音清單 is not taken for 靜音."""
    return tuple(sorted(_read_words(), key=lambda word: (-len(word.text), word.text)))


def _read_words() -> Iterator[_Word]:
    for command, entry in _table().items():
        takes_argument = bool(entry.get("argument"))
        for kind in ("slash", "words", "everyday"):
            listed = entry.get(kind, [])
            assert isinstance(listed, list)
            for text in listed:
                yield _Word(
                    folded(text), command, kind == "slash", kind == "everyday", takes_argument
                )
