"""What is wrong with a rule, where, and how it would be right."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rules.language.note import Value, worded
from rules.model import Company
from rules.wording import Catalogue

_WORDING = "rules.data.wording"
_BEFORE, _AFTER = 30, 30  # columns of a long rule that are shown on either side of the place
_PLACE = {"\n": " ", "\t": " ", "\r": " "}


@dataclass(frozen=True, slots=True)
class Way:
    """A rule that may have been meant, and is understood.

    ``company`` is whom it names in the place of the mistake. With ``example`` it holds what nobody
    typed, and merely shows what such a rule looks like.
    """

    rule: str
    company: Company | None = None
    example: bool = False


class RuleError(ValueError):
    """A rule that cannot be understood.

    ``key`` names the sentence ``error.<key>`` in the catalogue and ``values`` fill it in; a value
    that is a tuple is listed. ``[position, position + length)`` is the place in the text that the
    person typed, in code points; the length is 0 where something is missing at the end.
    ``ways`` are corrected rules, the likeliest first; several where nobody can tell which is meant.
    """

    def __init__(
        self,
        key: str,
        position: int,
        length: int,
        values: Mapping[str, Value] | None = None,
        ways: Sequence[Way] = (),
    ) -> None:
        super().__init__(key, position, length)
        self.key = key
        self.position = position
        self.length = length
        self.values = MappingProxyType(dict(values or {}))
        self.ways = tuple(ways)

    @property
    def suggestion(self) -> str | None:
        """The likeliest corrected rule."""
        return self.ways[0].rule if self.ways else None

    @property
    def example(self) -> bool:
        """Whether that merely shows what a rule looks like."""
        return bool(self.ways) and self.ways[0].example

    def explain(self, lang: str = "zh-TW") -> str:
        """The reason as a sentence. Raises KeyError for a language there is no catalogue for."""
        catalogue = Catalogue.load(_WORDING, lang)
        shown = {name: worded(value, catalogue, "comma") for name, value in self.values.items()}
        return catalogue.say(f"error.{self.key}", **shown)

    def caret(self, text: str) -> str:
        """Two lines: ``text`` (a window of it, if long) and a mark under the place.

        The columns are right where full-width characters take two.
        """
        line = "".join(_PLACE.get(char, char) for char in text)
        start, end = self.position, self.position + max(1, self.length)
        first = _reach(line, start, -_BEFORE)
        last = _reach(line, min(end, start + _AFTER), _AFTER)
        head = "…" if first else ""
        tail = "…" if last < len(line) else ""
        marked = line[start : min(end, last)]
        pad = " " * (_width(head) + _width(line[first:start]))
        return f"{head}{line[first:last]}{tail}\n{pad}{'^' * max(1, _width(marked))}"


def _reach(line: str, place: int, columns: int) -> int:
    """The place that lies ``columns`` away from ``place``, within the line."""
    step, left = (1, columns) if columns > 0 else (-1, -columns)
    while left > 0 and 0 <= place - (step < 0) < len(line):
        left -= _width(line[place - (step < 0)])
        place += step
    return place


def _width(text: str) -> int:
    """How many terminal columns ``text`` takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
