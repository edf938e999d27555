"""The two or three sentences of an article that say what happened.

Extractive: every sentence is the article's own, whole, in its own order. Each gets a score from

* centrality: how much of its wording (character bigrams) recurs in the other sentences,
* agreement with the headline,
* position, since news puts the point first,
* content: the evidence of a fresh event, its figures, a company in the headline or of the reader,

less penalties for furniture, questions, teasers, and for being too long for a card or too short to
say anything. The best are taken one by one, each discounted by what is already said (maximal
marginal relevance, Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from importlib import resources
from itertools import chain
from math import fsum, log, sqrt
from operator import add
from typing import NamedTuple

from rules.document import Document
from rules.model import Event, Figure, Mention, Part, Salience, Span, Summary
from rules.text import folded

CARD_LIMIT = 160
"""Characters of summary on a card."""

# Weights found on short news with human headlines (character ROUGE-L of the one best sentence).
_CENTRALITY, _TITLE, _POSITION, _EVENT, _FIGURE, _COMPANY = 1.0, 0.8, 0.9, 1.0, 0.15, 0.25
_REDUNDANCY = 1.4
_WORTH = 0.55  # of the best sentence's score: what is worth less is left out
_MOST_SAID = 0.6  # of a sentence's wording; one that repeats more adds nothing
_MOST_SENTENCES = 150  # the point of an article is made by then
_SHORTEST, _COMFORTABLE = 8, 90  # folded characters of a sentence that says something

_REACTIONS = frozenset({"price_move", "rating"})

_DATELINE = re.compile(
    r"[\s(\[〔【](?:[^)\]〕】]{0,40}?(?:报导|电|讯|报道|整理|编译|综合))[)\]〕】]\s*"
    r"|[a-z .,]{2,40}\((?:reuters|ap|bloomberg|afp|cnbc)\)\s*[-—–]+\s*"
)
_UNSPOKEN = re.compile(r"[^\w\n]+")
_BRACKETS = "([【〔"
_SOURCE = re.compile(r"[(\[【〔][^。!?]{1,20}[)\]】〕]$")


@dataclass(frozen=True, slots=True)
class Focus:
    """What a reader asked for: companies by symbol, and kinds of events."""

    symbols: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


NO_FOCUS = Focus()


class _Candidate(NamedTuple):
    """A sentence at ``[start, end)`` of the folded text, the ``number``-th of the body."""

    number: int
    start: int
    end: int
    bigrams: frozenset[str]


def choose(
    document: Document,
    mentions: tuple[Mention, ...],
    events: tuple[Event, ...],
    figures: tuple[Figure, ...],
    *,
    limit: int = CARD_LIMIT,
    most: int = 3,
    focus: Focus = NO_FOCUS,
) -> Summary:
    """At most ``most`` whole sentences of together at most ``limit`` characters where possible.

    ``focus`` is what the reader asked for: sentences that tell of it count more. The first
    sentence is given even where it alone is longer than ``limit``: a card cuts it at a clause
    (see ``clip``), ``check`` shows it whole. Empty only for an article without any sentence.
    """
    candidates = _candidates(document)
    if not candidates:
        return Summary()
    scores = _scores(document, candidates, mentions, events, figures, focus)
    chosen = sorted(_best(candidates, scores, limit, most))
    return Summary(tuple(document.original(c.start, c.end).strip() for c in chosen))


def _best(
    candidates: list[_Candidate], scores: list[float], limit: int, most: int
) -> list[_Candidate]:
    """The best one by one, each discounted by how much of its wording is already said.

    What is said only grows, so a sentence whose discount is out of date can only be worth less: it
    is looked at again where it comes first, and most never are (Minoux 1978).
    """
    chosen: list[_Candidate] = []
    room, least = limit, _WORTH * max(scores)
    queue = [(-score, place, 0, 0.0) for place, score in enumerate(scores)]
    heapify(queue)
    while queue and len(chosen) < most:
        _, place, seen, said = heappop(queue)
        candidate, score = candidates[place], scores[place]
        if seen < len(chosen):
            said = max(said, *(_said(candidate, other) for other in chosen[seen:]))
            heappush(queue, (_REDUNDANCY * said - score, place, len(chosen), said))
            continue
        size = candidate.end - candidate.start
        if chosen and (size > room or _adds_nothing(score, said)):
            continue
        if chosen and score < least:
            break
        chosen.append(candidate)
        room -= size
    return chosen


def _said(candidate: _Candidate, other: _Candidate) -> float:
    return len(candidate.bigrams & other.bigrams) / max(1, len(candidate.bigrams))


def _candidates(document: Document) -> list[_Candidate]:
    """The body's sentences without datelines and furniture; the headline's where there is no body.

    Furniture is dropped only while something else remains.
    """
    body = [s for s in document.sentences if s.start >= document.title_end] or list(
        document.sentences
    )
    text, places, words = document.text, [], []
    for number, (start, end) in enumerate(body[:_MOST_SENTENCES]):
        if match := _DATELINE.match(text, start, end):
            start = match.end()
        if start < end:
            places.append((number, start, end))
            words.append(text[start:end])
    lines = "\n".join(words)
    found = [_Candidate(*place, b) for place, b in zip(places, _bigrams(lines), strict=True)]
    clean = not _furniture().search(lines)
    telling = [
        candidate
        for candidate, line in zip(found, words, strict=True)
        if (clean or not _furniture().search(line)) and not _is_source(line)
    ]
    return telling or found


def _is_source(line: str) -> bool:
    return line[0] in _BRACKETS and bool(_SOURCE.match(line))


def _scores(
    document: Document,
    candidates: list[_Candidate],
    mentions: tuple[Mention, ...],
    events: tuple[Event, ...],
    figures: tuple[Figure, ...],
    focus: Focus,
) -> list[float]:
    """What each candidate is worth, before anything is said."""
    (title,) = _bigrams(document.text[: document.title_end].replace("\n", " "))
    named = [
        (span, 1.0)
        for m in mentions
        if m.salience is not Salience.PASSING or m.company.symbol in focus.symbols
        for span in m.evidence
    ]
    focused = [(s, 1.0) for m in mentions if m.company.symbol in focus.symbols for s in m.evidence]
    told, amounts = _told(events, mentions, focus), [(f.span, 1.0) for f in figures]
    places = _Places.of(document, candidates)
    weighed = [places.weigh(spans) for spans in (told, amounts, named, focused)]
    total = len(candidates)
    scores = []
    for c, central, event, figure, company, asked in zip(
        candidates, _centralities(candidates), *weighed, strict=True
    ):
        score = _CENTRALITY * central + _POSITION * _position(c.number, total)
        if title:
            score += _TITLE * len(title & c.bigrams) / len(title)
        if event or figure or company:  # who is asked for is a company too
            score += _EVENT * min(3.0, event) + _FIGURE * min(3.0, figure)
            score += _COMPANY * (min(2.0, company) + min(2.0, asked))
        scores.append(score + _penalty(document.text, c.start, c.end))
    return scores


class _Places(NamedTuple):
    """Where the candidates stand in the original, in order; all are of one part."""

    part: Part
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, document: Document, candidates: list[_Candidate]) -> _Places:
        in_title = document.in_title(candidates[0].start)
        shift = 0 if in_title else len(document.article.title) + 1
        origins = document.folded.origins
        return cls(
            Part.TITLE if in_title else Part.TEXT,
            [origins[c.start] - shift for c in candidates],
            [origins[c.end - 1] + 1 - shift for c in candidates],
        )

    def weigh(self, spans: Iterable[tuple[Span, float]]) -> list[float]:
        """For each candidate the weights of the spans in it."""
        weights = [0.0] * len(self.starts)
        for span, weight in spans:
            if span.part is not self.part:
                continue
            number = bisect_left(self.starts, span.end) - 1
            while number >= 0 and self.ends[number] > span.start:
                weights[number] += weight
                number -= 1
        return weights


def _told(
    events: tuple[Event, ...], mentions: tuple[Mention, ...], focus: Focus
) -> list[tuple[Span, float]]:
    """Where fresh events are told, their figures included, by how much each is the news.

    What happened to a company that the article is about counts in full, to another one little;
    what the headline tells or the reader asked for more, a share's reaction less.
    """
    about = {m.company.symbol for m in mentions if m.about} | focus.symbols
    main = {e.kind for e in events if e.span.part is Part.TITLE} | focus.kinds
    found = []
    for event in events:
        if event.background:
            continue
        ours = not event.companies or not about.isdisjoint(event.companies)
        weight = (1.0 if ours else 0.2) * (1.4 if event.kind in main else 0.7)
        weight *= (0.4 if event.kind in _REACTIONS else 1.0) * (
            1.5 if event.kind in focus.kinds else 1
        )
        found.append((event.span, weight))
        found += [(figure.span, weight * 0.8) for figure in event.figures]
    return found


def _bigrams(lines: str) -> list[frozenset[str]]:
    """The pairs of letters of each line, marks and blanks left out."""
    letters = _UNSPOKEN.sub("", lines.replace("_", ""))
    return [frozenset(map(add, line, line[1:])) for line in letters.split("\n")]


def _centralities(candidates: list[_Candidate]) -> Iterator[float]:
    """Shared wording by length, so that a long sentence does not win by its length alone.

    A bigram tells of the article's subject by the log of how many sentences share it.
    """
    counts = Counter(chain.from_iterable([candidate.bigrams for candidate in candidates]))
    logs = [0.0, *map(log, range(1, len(candidates) + 1))]
    for candidate in candidates:
        # fsum: sets have no order, and the same article is always summarised the same way.
        shared = fsum(map(logs.__getitem__, map(counts.__getitem__, candidate.bigrams)))
        yield shared / sqrt(len(candidate.bigrams) or 1) / 4


def _position(number: int, total: int) -> float:
    """1 for the first sentence, falling fast, with a little left for a closing one."""
    return 1.0 / (1.0 + number) if number < total - 1 or total < 5 else 0.15


def _penalty(text: str, start: int, end: int) -> float:
    size = end - start
    penalty = -1.0 if size < _SHORTEST else 0.0
    if size > _COMFORTABLE:
        penalty -= min(1.0, (size - _COMFORTABLE) / 120)
    if text[end - 1] == "?":  # a sentence ends in no blank
        penalty -= 0.8
    return penalty


def _adds_nothing(score: float, said: float) -> bool:
    """``said`` is how much of a sentence's wording a chosen one has already, from 0 to 1."""
    return said > _MOST_SAID or score - _REDUNDANCY * said <= 0


@lru_cache(maxsize=1)
def _furniture() -> re.Pattern[str]:
    text = resources.files("rules.data").joinpath("summary/furniture.txt").read_text("utf-8")
    words = [folded(w) for w in text.splitlines() if w.strip() and not w.startswith("#")]
    return re.compile("|".join(map(re.escape, words)))


_CLAUSE_ENDS = "，,、;；:：。！？!?"
_PAIRS = {"“": "”", "「": "」", "『": "』", "(": ")", "（": "）", "《": "》", "【": "】"}


def clip(text: str, limit: int) -> str:
    """``text`` if it fits, else its longest run of whole clauses within ``limit``, and an ellipsis.

    Never cuts inside a figure (``16,000``), a quotation or brackets; where no clause fits, it cuts
    before the first character that does not and is not part of a Latin word or number.
    """
    if len(text) <= limit:
        return text
    cut = 0
    waiting: list[str] = []
    for i, char in enumerate(text[:limit]):
        if waiting and char == waiting[-1]:
            waiting.pop()
        elif char in _PAIRS:
            waiting.append(_PAIRS[char])
        between_digits = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        if char in _CLAUSE_ENDS and not waiting and not between_digits:
            cut = i
    if cut < limit // 3:
        cut = limit - 1
        while cut > 0 and _glued(text[cut - 1], text[cut]):
            cut -= 1
    return text[:cut].rstrip(_CLAUSE_ENDS + " ") + "…"


def _glued(left: str, right: str) -> bool:
    inside = "".join((left, right))
    return all(c.isascii() and (c.isalnum() or c in ".,%$-") for c in inside) or (
        left.isdigit() and not right.isspace()
    )
