"""What people's own verdicts on articles say about another article. Pure: counts in, log odds out.

    text, fired signals, contacts ─► features (hashed) ─► counts of lessons that have them
      ─► log odds of each ─► mean = how alike ─► shift of the detector's log odds ─► Promotion

A naive Bayes filter over character n-grams after Robinson, on top of the explained signals. Every
number is in ``rules/data/promotion/feedback.toml`` with its source. Counts are whole numbers that a
lesson adds to and its withdrawal takes away again, so that a changed mind restores every score.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from math import exp, fsum, log
from typing import Any, NamedTuple
from zlib import crc32

from rules.model import Promotion
from rules.promotion.learned import edges

ADVERT, HONEST = "advert", "honest"
LABELS = (ADVERT, HONEST)
_FINEST = 0.00005


class Tally(NamedTuple):
    """Points of lessons with each label."""

    adverts: int = 0
    honest: int = 0


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Memory:
    """What was taught: points of all ``lessons``, and of those that have each feature.

    ``unit`` points are one lesson. Features that no lesson has are not needed in ``of``.
    """

    lessons: Tally = NOTHING
    of: Mapping[int, Tally] = field(default_factory=dict)
    unit: int = 1

    def __bool__(self) -> bool:
        return any(self.lessons)


@dataclass(frozen=True, slots=True)
class Policy:
    """See ``feedback.toml``, which says what each of these means."""

    runs: tuple[int, ...]
    signal_runs: int
    contact_runs: int
    fewest: int
    strength: float
    background: float
    rare: float
    signal_rate: float
    silent: float
    slope: float
    most: float
    bounds: tuple[float, float]
    sure: float
    lessons: int
    shared: Mapping[str, int]


def features(text: str, promotion: Promotion) -> frozenset[int]:
    """What a lesson about folded ``text`` remembers of it: 32-bit hashes, never words.

    ``promotion`` is the detector's own answer, before anything that was taught.
    """
    rules = policy()
    read = edges(text)
    found = {_hashed(gram) for gram in _grams(read, rules.runs)}
    found.update(_signals(promotion))
    for contact in promotion.contacts:
        found.update(_hashed(f"contact\n{contact}\n{n}") for n in range(rules.contact_runs))
    return frozenset(found)


def alike(found: Iterable[int], memory: Memory) -> float:
    """How alike a text with these features is to what was taught: above 0 to adverts.

    The mean of its features' log odds, 0 where nothing was taught. 1.5 is a text that was taught.
    """
    if not memory:
        return 0.0
    known = set(found)
    # fsum: a set has no order, and the same text always gets the same score.
    total = fsum(_log_odds(f, memory.of[f], memory) for f in known & memory.of.keys())
    return total / max(len(known), policy().fewest)


def shift(likeness: float) -> float:
    """The log odds to add to the detector's for a text that is so much alike."""
    rules = policy()
    size = min(rules.most, rules.slope * max(0.0, abs(likeness) - rules.silent))
    return size if likeness > 0 else -size


def shifted(promotion: Promotion, by: float) -> Promotion:
    """``promotion`` with what was taught: exactly itself where ``by`` is 0."""
    if not by:
        return promotion
    odds = log_odds(promotion) + by
    return replace(
        promotion,
        score=round(1 / (1 + exp(-odds)), 4),
        flagged=odds >= 0,
        taught=promotion.taught + by,
    )


def log_odds(promotion: Promotion) -> float:
    """The verdict as log odds within the policy's bounds; at or above 0 where it is flagged."""
    least, most = policy().bounds
    return min(most, max(least, _logit(promotion.score)))


def teaches(promotion: Promotion, label: str) -> bool:
    """Whether the label says anything that the detector did not say by itself, and surely.

    What was taught before is left out, so that it does not matter in which order people speak.
    """
    odds = _logit(promotion.score) - promotion.taught
    return odds < policy().sure if label == ADVERT else odds > -policy().sure


def overlap(found: frozenset[int], lesson: Iterable[int]) -> float:
    """How much of the smaller of two texts' features both have, 0 to 1."""
    other = frozenset(lesson)
    return len(found & other) / max(1, min(len(found), len(other)))


def _logit(score: float) -> float:
    """The log odds of a score, which is kept to four digits: finite for 0 and 1 too."""
    inside = min(1 - _FINEST, max(_FINEST, score))
    return log(inside / (1 - inside))


def _log_odds(feature: int, tally: Tally, memory: Memory) -> float:
    rules, unit = policy(), memory.unit
    rate = _rates().get(feature, rules.rare) * rules.background
    adverts, honest = tally.adverts / unit, tally.honest / unit
    in_adverts = (adverts + rate) / (memory.lessons.adverts / unit + rules.background)
    in_honest = (honest + rate) / (memory.lessons.honest / unit + rules.background)
    seen = adverts + honest
    share = in_adverts / (in_adverts + in_honest)
    belief = (rules.strength * 0.5 + seen * share) / (rules.strength + seen)
    return log(belief / (1 - belief))


def _grams(text: str, runs: Iterable[int]) -> Iterator[str]:
    for length in runs:
        yield from (text[at : at + length] for at in range(len(text) - length + 1))


def _signals(promotion: Promotion) -> Iterator[int]:
    for signal in promotion.signals:
        if signal.fired:
            yield from _copies(signal.name)


def _copies(signal: str) -> Iterator[int]:
    return (_hashed(f"signal\n{signal}\n{n}") for n in range(policy().signal_runs))


def _hashed(feature: str) -> int:
    """The same number in every process and on every machine, unlike ``hash``."""
    return crc32(feature.encode())


@lru_cache(maxsize=1)
def policy() -> Policy:
    """The packaged numbers."""
    source = resources.files("rules.data.promotion").joinpath("feedback.toml")
    return build(tomllib.loads(source.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Policy:
    """A policy from its file's content. Raises ValueError where others could teach everybody."""
    if data["shared"]["other"] != 0:
        raise ValueError("feedback.toml: nobody but the owner and admins may teach other chats")
    least, most = data["bounds"]
    return Policy(**(dict(data) | {"runs": tuple(data["runs"]), "bounds": (least, most)}))


@lru_cache(maxsize=1)
def _rates() -> Mapping[int, float]:
    """How many texts at large have a feature, where that is many."""
    from rules.promotion.vocabulary import records  # the catalogue needs no feedback

    source = resources.files("rules.data.promotion").joinpath("background.tsv")
    rates = {copy: policy().signal_rate for record in records() for copy in _copies(record.name)}
    for line in source.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            rate, _, gram = line.partition("\t")
            rates[_hashed(gram.replace("␣", " "))] = int(rate) / 1000
    return rates
