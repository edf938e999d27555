"""Who is named where, and where clauses end: what events and figures ask of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from rules.document import Document
from rules.model import Mention, Part

_CLAUSE_END = re.compile(
    r"[。!?;:\n…—|]|,(?!\d{3})"
    r"|(?<=[\u4e00-\u9fff%\"”」)]) (?=[\u4e00-\u9fff「“《]|q\d|\d+月)|\s[-–]\s"
)


class Named(NamedTuple):
    """A company's name at ``[start, end)`` of the folded text."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class Scene:
    """``named`` in order of position; ``ends`` are the positions of clause ends."""

    document: Document
    named: tuple[Named, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def clause(self, position: int) -> tuple[int, int]:
        """``[start, end)`` of the clause that holds ``position``."""
        number = bisect_right(self.ends, position)
        start = self.ends[number - 1] + 1 if number else 0
        end = self.ends[number] if number < len(self.ends) else len(self.document.text)
        return start, end

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The names that stand wholly in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return tuple(n for n in self.named[first:last] if n.end <= end)


def scene(document: Document, mentions: tuple[Mention, ...]) -> Scene:
    """Lay the names and the clauses of ``document`` out by position."""
    named = _places(document, mentions)
    ends = tuple(m.start() for m in _CLAUSE_END.finditer(document.text))
    return Scene(document, named, tuple(n.start for n in named), ends)


def _places(document: Document, mentions: tuple[Mention, ...]) -> tuple[Named, ...]:
    origins = document.folded.origins
    shift = len(document.article.title) + 1
    found: list[Named] = []
    for mention in mentions:
        for span in mention.evidence:
            offset = 0 if span.part is Part.TITLE else shift
            start = bisect_left(origins, span.start + offset)
            end = bisect_left(origins, span.end + offset)
            if start < end:
                found.append(Named(start, end, mention.company.symbol))
    return tuple(sorted(found))
