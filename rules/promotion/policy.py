"""From fired signals to a verdict: weights, group caps, routes, threshold. Nothing else decides."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.model import Signal


@dataclass(frozen=True, slots=True)
class Need:
    """At least ``least`` points in these groups together, and a fired signal there."""

    groups: frozenset[str]
    least: float


@dataclass(frozen=True, slots=True)
class Route:
    """A way to be an advert: open where every need is met."""

    name: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """See ``policy.toml``, which says what each of these means."""

    half: float
    threshold: float
    ceiling: float
    caps: Mapping[str, float]
    routes: tuple[Route, ...]
    weights: Mapping[str, float]

    def decide(self, signals: Iterable[Signal]) -> tuple[float, bool]:
        """The score from 0 to 1 and whether to flag."""
        points = self.points(signals)
        score = self._score(points)
        if not self._open(points):
            return round(min(score, self.ceiling), 4), False
        return round(score, 4), score >= self.threshold

    def could_flag(self, signals: Iterable[Signal], groups: Iterable[str]) -> bool:
        """Whether ``signals`` would flag if ``groups`` had all the points that they can have."""
        points = self.points(signals) | {group: self.caps[group] for group in groups}
        return self._open(points) and self._score(points) >= self.threshold

    def points(self, signals: Iterable[Signal]) -> dict[str, float]:
        """The points of each group with a fired signal, at most its cap."""
        points: dict[str, float] = {}
        for signal in signals:
            if signal.fired:
                points[signal.group] = points.get(signal.group, 0.0) + signal.weight
        return {group: min(self.caps[group], sum_) for group, sum_ in points.items()}

    def _score(self, points: Mapping[str, float]) -> float:
        total = sum(points.values())
        return total / (total + self.half)

    def _open(self, points: Mapping[str, float]) -> bool:
        return any(all(_met(need, points) for need in route.needs) for route in self.routes)


def _met(need: Need, points: Mapping[str, float]) -> bool:
    present: Collection[str] = need.groups & points.keys()
    return bool(present) and sum(points[group] for group in present) >= need.least


@lru_cache(maxsize=1)
def load() -> Policy:
    """The packaged policy."""
    source = resources.files("rules.data.promotion").joinpath("policy.toml")
    return build(tomllib.loads(source.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Policy:
    """A policy from its file's content. Raises ValueError if the ceiling reaches the threshold."""
    if data["ceiling"] >= data["threshold"]:
        raise ValueError("policy.toml: the ceiling must stay below the threshold")
    routes = tuple(
        Route(r["name"], tuple(Need(frozenset(n["groups"]), n["least"]) for n in r["needs"]))
        for r in data["route"]
    )
    return Policy(
        half=data["half"],
        threshold=data["threshold"],
        ceiling=data["ceiling"],
        caps=data["caps"],
        routes=routes,
        weights=data["weights"],
    )
