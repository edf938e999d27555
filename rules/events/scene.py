"""Who is named where, and where clauses end: what events and figures ask of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from rules.document import Document
from rules.model import Mention, Part, Span
from rules.sentences import Sentence

_CLAUSE_END = re.compile(
    # The character first and what stands around it after, which most places fail at once.
    r"[。!?;:\n…—|, ](?:(?<=[。!?;:\n…—|])|(?<=,)(?!\d{3})"
    r"|(?<=[\u4e00-\u9fff%\"”」)] )(?= *(?:[\u4e00-\u9fff「“《]|q\d|\d+月))|(?<= )[-–][ \n])"
)
# A headline that sets no blank between the scripts (台積電Q3) parts its clauses with those it has.
_TIGHT = re.compile(r"[\u4e00-\u9fff][a-z]|[a-z][\u4e00-\u9fff]")
_PART = re.compile(r"(?<=[\u4e00-\u9fff%\"”」)]) (?= *(?!eps)[a-z$])")
_HEADLINE = 45  # folded characters; so short a post is a headline without a text


class Named(NamedTuple):
    """A company's name at ``[start, end)`` of the folded text; no symbol where none is listed."""

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
    sentence_starts: tuple[int, ...]
    headline_end: int

    def in_headline(self, position: int) -> bool:
        """Whether ``position`` lies in the title, or in a text that is no longer than one."""
        return position < self.headline_end

    def clause(self, position: int) -> tuple[int, int]:
        """``[start, end)`` of the clause that holds ``position``."""
        number = bisect_right(self.ends, position)
        start = self.ends[number - 1] + 1 if number else 0
        end = self.ends[number] if number < len(self.ends) else len(self.document.text)
        return start, end

    def parts_between(self, start: int, end: int) -> bool:
        """Whether a blank between ``start`` and ``end`` parts a headline, as a comma would not."""
        text = self.document.text
        first = bisect_left(self.ends, start)
        return any(text[e] == " " for e in self.ends[first : bisect_left(self.ends, end)])

    def sentence_number(self, position: int) -> int:
        """The number of the sentence that holds ``position`` (or of the last one before it)."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def sentence(self, position: int) -> Sentence:
        """The sentence that holds ``position`` (or the last one before it)."""
        return self.document.sentences[self.sentence_number(position)]

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The names that stand wholly in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        if first < last and self.named[last - 1].end > end:
            last -= 1
        return self.named[first:last]


def scene(document: Document, mentions: tuple[Mention, ...]) -> Scene:
    """Lay the names and the clauses of ``document`` out by position."""
    named = _places(document, mentions)
    ends = tuple(_clause_ends(document))
    starts = tuple([n.start for n in named])
    sentences = tuple([s.start for s in document.sentences])
    return Scene(document, named, starts, ends, sentences, _headline_end(document))


def _clause_ends(document: Document) -> list[int]:
    text, title_end = document.text, document.title_end
    ends = [m.start() for m in _CLAUSE_END.finditer(text)]
    if title_end and _TIGHT.search(text, 0, title_end):
        more = {m.start() for m in _PART.finditer(text, 0, title_end)}
        if not more.issubset(ends):
            ends = sorted(more.union(ends))
    return ends


def _headline_end(document: Document) -> int:
    if document.title_end:
        return document.title_end
    short = len(document.text) <= _HEADLINE and "。" not in document.text
    return len(document.text) if short else 0


def placed(document: Document, span: Span) -> tuple[int, int]:
    """The ``[start, end)`` of the folded text that the original words of ``span`` became."""
    shift = 0 if span.part is Part.TITLE else len(document.article.title) + 1
    origins = document.folded.origins
    if isinstance(origins, range):  # folding dropped and added nothing
        return span.start + shift, span.end + shift
    return bisect_left(origins, span.start + shift), bisect_left(origins, span.end + shift)


def _places(document: Document, mentions: tuple[Mention, ...]) -> tuple[Named, ...]:
    found: list[Named] = []
    for mention in mentions:
        for span in mention.evidence:
            start, end = placed(document, span)
            if start < end:
                found.append(Named(start, end, mention.company.symbol))
    return tuple(sorted(found))
