"""Are these two articles one story? The evidence weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from rules.model import Fingerprint
from rules.stories import evidence, knowledge

WINDOW = timedelta(hours=48)
"""Articles further apart than this are never the same story."""

_NEVER = -100.0


def same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both tell the same story. Symmetric; every article is the same story as itself."""
    return score(one, other) >= 0


def score(one: Fingerprint, other: Fingerprint) -> float:
    """How much more speaks for one story than against it; 0 or more means the same story.

    The weighted sum of ``rules.stories.evidence``, about the logarithm of the odds.
    """
    if abs(one.at - other.at) > WINDOW:
        return _NEVER
    weights = _weights()
    likely = weights.bias + _weighed(weights.wording, evidence.wordings(one, other))
    likely += _weighed(weights.matter, evidence.matter(one, other))
    if likely < 0:  # what follows only speaks against
        return likely
    return likely + _weighed(weights.contradictions, evidence.contradictions(one, other))


@dataclass(frozen=True, slots=True)
class _Weights:
    bias: float
    wording: Mapping[str, float]
    matter: Mapping[str, float]
    contradictions: Mapping[str, float]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    table = knowledge.table("weights")
    return _Weights(table["bias"], table["wording"], table["matter"], table["contradictions"])


def _weighed(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    return sum([weights[name] * value for name, value in found.items() if value])
