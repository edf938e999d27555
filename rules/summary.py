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
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
from math import log, sqrt
from operator import add

from rules.document import Document
from rules.model import Event, Figure, Mention, Part, Salience, Span, Summary
from rules.sentences import Sentence
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
    r"^[\s(\[〔【](?:[^)\]〕】]{0,40}?(?:报导|电|讯|报道|整理|编译|综合))[)\]〕】]\s*"
    r"|^[a-z .,]{2,40}\((?:reuters|ap|bloomberg|afp|cnbc)\)\s*[-—–]+\s*"
)
_UNSPOKEN = re.compile(r"[\W_]+")
_QUESTION = re.compile(r"[?]\s*$")
_SOURCE_TAIL = re.compile(r"^[(\[【〔][^。!?]{1,20}[)\]】〕]$")


@dataclass(frozen=True, slots=True)
class Focus:
    """What a reader asked for: companies by symbol, and kinds of events."""

    symbols: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


NO_FOCUS = Focus()


@dataclass(frozen=True, slots=True)
class _Candidate:
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
    chosen: list[_Candidate] = []
    room = limit
    said = dict.fromkeys(scores, 0.0)
    pool = {c.number: c for c in candidates}
    top = max(scores.values())
    while pool and len(chosen) < most:
        number = max(pool, key=lambda n: (scores[n] - _REDUNDANCY * said[n], -n))
        best = pool.pop(number)
        size = best.end - best.start
        if chosen and (size > room or _adds_nothing(scores[number], said[number])):
            continue
        if chosen and scores[number] < _WORTH * top:
            break
        chosen.append(best)
        room -= size
        for n, c in pool.items():
            said[n] = max(said[n], len(c.bigrams & best.bigrams) / max(1, len(c.bigrams)))
    chosen.sort(key=lambda c: c.number)
    return Summary(tuple(document.original(c.start, c.end).strip() for c in chosen))


def _candidates(document: Document) -> list[_Candidate]:
    """The body's sentences without datelines and furniture; the headline's where there is no body.

    Furniture is dropped only while something else remains.
    """
    body = [s for s in document.sentences if s.start >= document.title_end] or list(
        document.sentences
    )
    found = []
    for number, sentence in enumerate(body[:_MOST_SENTENCES]):
        start = _after_dateline(document.text, sentence)
        if start < sentence.end:
            words = document.text[start : sentence.end]
            found.append(_Candidate(number, start, sentence.end, _bigrams(words)))
    telling = [c for c in found if not _is_furniture(document.text[c.start : c.end])]
    return telling or found


def _after_dateline(text: str, sentence: Sentence) -> int:
    match = _DATELINE.match(text[sentence.start : sentence.end])
    return sentence.start + (match.end() if match else 0)


def _scores(
    document: Document,
    candidates: list[_Candidate],
    mentions: tuple[Mention, ...],
    events: tuple[Event, ...],
    figures: tuple[Figure, ...],
    focus: Focus,
) -> dict[int, float]:
    weights = _bigram_weights(candidates)
    title = _bigrams(document.text[: document.title_end])
    told = _told(events, mentions, focus)
    amounts = [(f.span, 1.0) for f in figures]
    named = [
        (span, 1.0)
        for m in mentions
        if m.salience is not Salience.PASSING or m.company.symbol in focus.symbols
        for span in m.evidence
    ]
    focused = [(s, 1.0) for m in mentions if m.company.symbol in focus.symbols for s in m.evidence]
    places = [_Place.of(document, c) for c in candidates]
    weighed = [_weigh(places, spans) for spans in (told, amounts, named, focused)]
    total = len(candidates)
    scores = {}
    for c, event, figure, company, asked in zip(candidates, *weighed, strict=True):
        content = (
            _EVENT * min(3.0, event)
            + _FIGURE * min(3.0, figure)
            + _COMPANY * min(2.0, company)
            + _COMPANY * min(2.0, asked)
        )
        scores[c.number] = (
            _CENTRALITY * _centrality(c, weights)
            + (_TITLE * _overlap(title, c.bigrams) if title else 0.0)
            + _POSITION * _position(c.number, total)
            + content
            + _penalty(document.text[c.start : c.end])
        )
    return scores


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate's range in the original."""

    part: Part
    start: int
    end: int

    @classmethod
    def of(cls, document: Document, candidate: _Candidate) -> _Place:
        span = document.span(candidate.start, candidate.end)
        return cls(span.part, span.start, span.end)


def _weigh(places: list[_Place], spans: Iterable[tuple[Span, float]]) -> list[float]:
    """For each of the places, in order and all of one part, the weights of the spans in it."""
    weights = [0.0] * len(places)
    starts = [place.start for place in places]
    for span, weight in spans:
        number = bisect_left(starts, span.end) - 1
        if span.part is not places[0].part:
            continue
        while number >= 0 and places[number].end > span.start:
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


def _bigrams(text: str) -> frozenset[str]:
    squeezed = _UNSPOKEN.sub("", text)
    return frozenset(map(add, squeezed, squeezed[1:]))


def _bigram_weights(candidates: list[_Candidate]) -> dict[str, float]:
    """How much a bigram tells of the article's subject: the log of how many sentences share it."""
    counts = Counter(chain.from_iterable(c.bigrams for c in candidates))
    return {b: log(n) for b, n in counts.items() if n > 1}


def _centrality(candidate: _Candidate, weights: dict[str, float]) -> float:
    """Shared wording by length, so that a long sentence does not win by its length alone."""
    if not candidate.bigrams:
        return 0.0
    shared = sum(weights[b] for b in candidate.bigrams & weights.keys())
    return shared / sqrt(len(candidate.bigrams)) / 4


def _overlap(title: frozenset[str], bigrams: frozenset[str]) -> float:
    return len(title & bigrams) / len(title) if title else 0.0


def _position(number: int, total: int) -> float:
    """1 for the first sentence, falling fast, with a little left for a closing one."""
    return 1.0 / (1.0 + number) if number < total - 1 or total < 5 else 0.15


def _penalty(text: str) -> float:
    size = len(text)
    penalty = 0.0
    if size < _SHORTEST:
        penalty -= 1.0
    if size > _COMFORTABLE:
        penalty -= min(1.0, (size - _COMFORTABLE) / 120)
    if _QUESTION.search(text):
        penalty -= 0.8
    return penalty


def _is_furniture(text: str) -> bool:
    return bool(_SOURCE_TAIL.match(text)) or bool(_furniture().search(text))


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
