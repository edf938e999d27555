"""Is this article the same story as that one?

Two outlets tell one happening in different words, but it is the same company, the same act and the
same amounts. So a fingerprint holds who, what and how much, taken from the headline and the lead
(side remarks would tie unrelated stories together), and beside them a sketch of the wording for
stories without a company. Two articles are the same story when

* their wording is nearly the same, or
* they share a main act (layoff at AMZN) and either an amount or some of their wording,

and never when their main acts carry amounts that contradict each other (16,000 and 30,000 people).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import timedelta

from rules.model import Article, Event, Figure, Fingerprint, Part, Reading, Salience
from rules.text import folded

WINDOW = timedelta(hours=48)
"""Articles further apart than this are never the same story."""

_SKETCH = 128  # smallest hashes kept: the Jaccard estimate is then right within about .09
_KEYS = 8  # of them used for looking up candidates; two copies share one with near certainty
_WORDING = 400  # characters of the body that the sketch covers
_LEAD = 160  # characters of the body that count as lead for main acts
_SAME_WORDING = 0.5
_SAME_ACT_WORDING = 0.12
_SAME_SUBJECT_WORDING = 0.3
_TOLERANCE = 1.1  # 「約1.6萬」 and 16,200 are one amount
_FLEETING = frozenset({"price_move", "rating"})  # happen anew every day


def fingerprint(article: Article, reading: Reading) -> Fingerprint:
    """Who, what, how much and in which words, and the keys to look candidates up by."""
    main = [e for e in reading.events if not e.background and _is_prominent(e)]
    acts = frozenset((e.kind, symbol) for e in main for symbol in e.companies or ("",))
    subjects = frozenset(
        m.company.symbol for m in reading.mentions if m.about and m.salience is not Salience.PASSING
    )
    amounts = frozenset(
        text for e in main for figure in e.figures for text in _amounts(e.kind, e.company, figure)
    )
    sketch = _sketch(f"{article.title}\n{article.text[:_WORDING]}")
    keys = {f"act:{kind}:{symbol}" for kind, symbol in acts if symbol}
    keys |= {f"words:{number}" for number in sorted(sketch)[:_KEYS]}
    return Fingerprint(article.at, subjects, acts, amounts, sketch, frozenset(keys))


def same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both tell the same story. Symmetric; every article is the same story as itself."""
    if abs(one.at - other.at) > WINDOW:
        return False
    likeness = _likeness(one.shingles, other.shingles)
    if _contradict(one.amounts, other.amounts):
        return False
    if likeness >= _SAME_WORDING:
        return True
    shared = {act for act in one.acts & other.acts if act[1]}
    lasting = {act for act in shared if act[0] not in _FLEETING}
    if lasting and (_agree(one.amounts, other.amounts) or likeness >= _SAME_ACT_WORDING):
        return True
    return bool((shared or one.subjects & other.subjects) and likeness >= _SAME_SUBJECT_WORDING)


def _is_prominent(event: Event) -> bool:
    return event.span.part is Part.TITLE or event.span.start < _LEAD


def _amounts(kind: str, symbol: str, figure: Figure) -> Iterable[str]:
    if figure.unit in {"money", "people", "per_share"}:
        for value in (figure.value, figure.high):
            if value is not None and value > 0:
                yield f"{kind}:{symbol}:{figure.unit}:{figure.currency}:{value.normalize():f}"


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(_close(a, b) for a in one for b in other if _measure(a) == _measure(b))


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both measure the same thing, and not one of their values agrees."""
    measures = {_measure(a) for a in one} & {_measure(b) for b in other}
    return bool(measures) and not any(
        _close(a, b) for a in one for b in other if _measure(a) == _measure(b)
    )


def _measure(amount: str) -> str:
    return amount.rpartition(":")[0]


def _close(one: str, other: str) -> bool:
    a, b = (float(x.rpartition(":")[2]) for x in (one, other))
    return max(a, b) <= min(a, b) * _TOLERANCE


def _sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the folded character trigrams (a bottom-k sketch, Broder 1997)."""
    squeezed = "".join(c for c in folded(text) if c.isalnum())
    grams = {squeezed[i : i + 3] for i in range(max(1, len(squeezed) - 2))}
    return frozenset(sorted(zlib.crc32(g.encode()) for g in grams)[:_SKETCH])


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard coefficient of the two texts' trigrams, estimated from their sketches."""
    smallest = sorted(one | other)[:_SKETCH]
    return sum(n in one and n in other for n in smallest) / max(1, len(smallest))
