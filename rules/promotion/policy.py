"""From fired signals to a verdict: weights, group caps, needs, threshold. Nothing else decides."""

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
    """A flagged article has at least ``least`` points in these groups, and a fired signal."""

    name: str
    groups: frozenset[str]
    least: float


@dataclass(frozen=True, slots=True)
class Policy:
    """See ``policy.toml``, which says what each of these means."""

    half: float
    threshold: float
    ceiling: float
    caps: Mapping[str, float]
    needs: tuple[Need, ...]
    weights: Mapping[str, float]

    def decide(self, signals: Iterable[Signal]) -> tuple[float, bool]:
        """The score from 0 to 1 and whether to flag."""
        points: dict[str, float] = {}
        for signal in signals:
            if signal.fired:
                points[signal.group] = points.get(signal.group, 0.0) + signal.weight
        capped = {group: min(self.caps[group], sum_) for group, sum_ in points.items()}
        total = sum(capped.values())
        score = total / (total + self.half)
        if not all(_met(need, capped) for need in self.needs):
            return round(min(score, self.ceiling), 4), False
        return round(score, 4), score >= self.threshold


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
    needs = tuple(Need(n["name"], frozenset(n["groups"]), n["least"]) for n in data["need"])
    return Policy(
        half=data["half"],
        threshold=data["threshold"],
        ceiling=data["ceiling"],
        caps=data["caps"],
        needs=needs,
        weights=data["weights"],
    )
