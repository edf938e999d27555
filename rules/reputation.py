"""What a source is known for: how likely it is that too many of its articles are adverts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import comb


@dataclass(frozen=True, slots=True)
class Bound:
    """Exceeded where the share of adverts is above ``share`` with at least ``probability``."""

    share: float
    probability: float


@dataclass(frozen=True, slots=True)
class Touted:
    """From so many ``adverts`` of the latest ``days`` on, an alert on their stock says so."""

    days: int
    adverts: int


@dataclass(frozen=True, slots=True)
class Policy:
    """See ``rules/data/reputation.toml``. ``prior`` holds adverts and honest articles by kind."""

    window: int
    least: int
    offer: Bound
    automute: Bound
    prior: Mapping[str, tuple[int, int]]
    touted: Touted


def deserves_offer(kind: str, articles: int, adverts: int) -> bool:
    """Whether a chat should be offered to mute an origin of this kind with this record."""
    return _exceeds(policy().offer, kind, articles, adverts)


def deserves_automute(kind: str, articles: int, adverts: int) -> bool:
    """Whether it may be muted where the chat chose to have that done."""
    return _exceeds(policy().automute, kind, articles, adverts)


def share(kind: str, articles: int, adverts: int) -> float:
    """The expected share of adverts among the origin's next articles, 0 to 1."""
    bad, good = policy().prior.get(kind, (1, 8))
    return (bad + adverts) / (bad + good + articles)


def above(limit: float, adverts: int, honest: int) -> float:
    """The probability that a share with distribution Beta(adverts, honest) is above ``limit``.

    Exact for whole numbers from 1 on, as a sum of a binomial distribution (Abramowitz and Stegun
    26.5.24). Raises ValueError for others.
    """
    if adverts < 1 or honest < 1:
        raise ValueError("a Beta distribution with whole numbers needs both to be at least 1")
    tries = adverts + honest - 1
    return sum(comb(tries, n) * limit**n * (1 - limit) ** (tries - n) for n in range(adverts))


def _exceeds(bound: Bound, kind: str, articles: int, adverts: int) -> bool:
    prior = policy().prior.get(kind)
    if prior is None or adverts < policy().least:
        return False
    bad, good = prior
    return above(bound.share, bad + adverts, good + articles - adverts) >= bound.probability


@lru_cache(maxsize=1)
def policy() -> Policy:
    """The packaged numbers."""
    data = tomllib.loads(
        resources.files("rules.data").joinpath("reputation.toml").read_text("utf-8")
    )
    prior = {kind: (bad, good) for kind, (bad, good) in data["prior"].items()}
    return Policy(
        data["window"],
        data["least"],
        Bound(**data["offer"]),
        Bound(**data["automute"]),
        prior,
        Touted(**data["touted"]),
    )
