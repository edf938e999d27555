"""What makes two articles one story, and what is decided for a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What makes two articles the same story: who, what, how much, and the wording.

    ``subjects`` are the symbols it is about (and topics: ``gold``), ``acts`` pairs of kind and
    symbol, ``amounts`` the key figures as canonical text, ``shingles`` the terms of its wording
    and ``title`` those of its headline, as numbers that hold hash and weight (see
    ``rules.stories.wording``). ``marks`` say of which month or quarter it is and at which stage it
    looks at the happening. ``keys`` are the index keys under which candidates are looked up.
    """

    at: datetime
    subjects: frozenset[str]
    acts: frozenset[tuple[str, str]]
    amounts: frozenset[str]
    shingles: frozenset[int]
    keys: frozenset[str]
    title: frozenset[int] = frozenset()
    marks: frozenset[str] = frozenset()


class Outcome(StrEnum):
    """What was decided for one chat and one article that matched a rule of that chat."""

    PUSH = "push"
    PROMOTION = "promotion"
    MUTED = "muted"
    PASSING = "passing"
    SAME_STORY = "same_story"
    BACKLOG = "backlog"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    QUIET = "quiet"


DEFERRED = (Outcome.PAUSED, Outcome.SNOOZED, Outcome.QUIET)
"""What is not lost but late: it is told when the pause, the snooze or the night is over."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome and what it rests on (the mute's text, the story's first article …)."""

    outcome: Outcome
    detail: str = ""
