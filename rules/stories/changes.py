"""What does a later article change of what a reader was told of the story? Mostly nothing.

Compared are the events of one company and kind: is the kind new, was a rumour confirmed or denied,
did the direction flip, is the key figure another one? Each is asked of everything that was told so
far, so that nothing is told twice and a straggler with old numbers changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from rules.events.news import main_figure
from rules.model import Article, Basis, Direction, Event, Figure, Part, Reading, Span, Stance
from rules.stories import knowledge
from rules.text import folded

_SENTENCE_ENDS = "。！？!?\n"
_OPPOSITE = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}


class What(StrEnum):
    """What changed, the most telling first."""

    STANCE = "stance"
    FIGURE = "figure"
    DIRECTION = "direction"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``event`` is as it is told now, ``before`` as it was told last (or None).

    ``company`` is the symbol it is about; with ``FIGURE``, ``figures`` are the old and the new one.
    """

    what: What
    company: str
    event: Event
    before: Event | None = None
    figures: tuple[Figure, Figure] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """When something counts as a change (``rules/data/stories/changes.toml``)."""

    most_updates: int
    new_kinds: frozenset[str]
    turning_kinds: frozenset[str]
    shares: Mapping[str, Decimal]
    points: Decimal
    confirmed: re.Pattern[str]
    unconfirmed: re.Pattern[str]
    alike: tuple[frozenset[str], ...]


@lru_cache(maxsize=1)
def policy() -> Policy:
    """The packaged policy. Kinds that headlines mix up are those that stories mix up."""
    table = knowledge.table("changes")
    figures = {unit: Decimal(str(share)) for unit, share in table["figures"].items()}
    points = figures.pop("points")
    words = table["confirmed"]
    return Policy(
        table["most_updates"],
        frozenset(table["new_kinds"]),
        frozenset(table["turning_kinds"]),
        figures,
        points,
        knowledge.any_of(words["words"]),
        knowledge.any_of(words["not"]),
        tuple(map(frozenset, knowledge.table("weights")["alike"])),
    )


def changes(
    told: Sequence[Reading], article: Article, reading: Reading, events: Iterable[Event]
) -> tuple[Change, ...]:
    """What ``article`` changes of what the readings ``told`` say, as far as ``events`` go.

    ``events`` are those of ``reading`` that the reader cares about. At most one change an event.
    """
    known = [event for one in told for event in one.events]
    found: dict[tuple[str, str], Change] = {}
    for event in events:
        if event.background:
            continue
        for company in event.companies:
            change = _change(known, _About(article, reading, event, company))
            if change is not None:
                found.setdefault((event.kind, company), change)
    order = list(What)
    return tuple(sorted(found.values(), key=lambda change: order.index(change.what)))


@dataclass(frozen=True, slots=True)
class _About:
    """An event of the new article, as it concerns one of its companies."""

    article: Article
    reading: Reading
    event: Event
    company: str


def _change(known: Sequence[Event], about: _About) -> Change | None:
    of_company = [event for event in known if about.company in event.companies]
    same = [e for e in of_company if e.kind == about.event.kind and not e.background]
    if not same:
        return _new_kind(of_company, about)
    return _stance(same, about) or _figure(same, about) or _direction(same, about)


def _new_kind(of_company: Sequence[Event], about: _About) -> Change | None:
    event, rules = about.event, policy()
    told = {known.kind for known in of_company}
    mixed_up = any(event.kind in group and told & group for group in rules.alike)
    fits = event.kind in rules.new_kinds and event.kind not in told and not mixed_up
    stated = event.span.part is Part.TITLE and event.stance is Stance.CONFIRMED
    if fits and told and stated and _says_so(about.article, event.span):
        return Change(What.EVENT, about.company, event)
    return None


def _stance(same: Sequence[Event], about: _About) -> Change | None:
    event, told = about.event, {known.stance for known in same}
    if event.stance in told or event.stance is Stance.RUMOURED:
        return None
    if event.stance is Stance.CONFIRMED and not _says_so(about.article, event.span):
        return None
    return Change(What.STANCE, about.company, event, same[-1])


def _says_so(article: Article, span: Span) -> bool:
    """Whether the sentence around ``span`` says that it is settled."""
    whole = article.title if span.part is Part.TITLE else article.text
    start = max(whole.rfind(end, 0, span.start) for end in _SENTENCE_ENDS) + 1
    ends = [at for end in _SENTENCE_ENDS if (at := whole.find(end, span.end)) >= 0]
    sentence = folded(whole[start : min(ends, default=len(whole))])
    rules = policy()
    return bool(rules.confirmed.search(sentence)) and not rules.unconfirmed.search(sentence)


def _figure(same: Sequence[Event], about: _About) -> Change | None:
    """Another key figure than any told so far, said in so many words and not beside the old one."""
    new = main_figure(about.event)
    if new is None or new.aside or about.event.stance is Stance.DENIED:
        return None
    if about.event.span.part is not Part.TITLE and new.span.part is not Part.TITLE:
        return None  # what a text says further down may count something else
    told = [f for event in same for f in event.figures if _comparable(f, new)]
    keys = [f for event in same if (f := main_figure(event)) and _comparable(f, new)]
    if not keys or any(not _differ(f, new) for f in told):
        return None
    if _shares_amount(about.reading, keys):
        return None  # the old number stands too: the new one counts something else (累計, 全年)
    return Change(What.FIGURE, about.company, about.event, same[-1], (keys[-1], new))


def _shares_amount(reading: Reading, told: Sequence[Figure]) -> bool:
    """Whether one of these amounts stands in the reading, and not as what was before."""
    now = [figure for figure in reading.figures if figure.basis is not Basis.PRIOR]
    return any(
        (new.unit, new.currency) == (old.unit, old.currency) and not _differ(new, old)
        for new in now
        for old in told
    )


def _comparable(one: Figure, other: Figure) -> bool:
    same = (one.unit, one.currency, one.kind) == (other.unit, other.currency, other.kind)
    return same and (one.basis is Basis.FORECAST) == (other.basis is Basis.FORECAST)


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures are materially different; ranges differ where they lie apart."""
    low, high = sorted((one, other), key=lambda f: f.value)
    gap = low.high if low.high is not None else low.value
    difference = high.value - gap
    largest = max(abs(high.value), abs(gap))
    share = policy().shares.get(one.unit, policy().shares["count"])
    if one.unit == "percent" and difference < policy().points:
        return False
    return largest > 0 and difference > share * largest


def _direction(same: Sequence[Event], about: _About) -> Change | None:
    event, told = about.event, {known.direction for known in same}
    if event.kind not in policy().turning_kinds or event.span.part is not Part.TITLE:
        return None
    if event.direction is None or event.direction in told:
        return None
    if _OPPOSITE.get(event.direction) not in told or event.stance is Stance.DENIED:
        return None
    if _shares_amount(about.reading, [figure for known in same for figure in known.figures]):
        return None  # the same news, of which another side is told (月減, 年增)
    return Change(What.DIRECTION, about.company, event, same[-1])
