"""What would a rule have sent? It is tried on articles of the past and decided as a chat's are.

The decisions are those of one rule on its own: a story counts as told once this rule has sent it.
An article counts as read when it was published, whenever the bot was really there to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rules.decision import decide
from rules.document import Document, folded_only
from rules.evaluate import Boundary, Evaluator, evidence
from rules.model import Article, Match, Outcome, Reading, Span, Term


@dataclass(frozen=True, slots=True)
class Past:
    """An article that was read before. ``muted`` is what of it the chat has muted, in words."""

    id: int
    article: Article
    reading: Reading
    story: int
    muted: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """An article for which the rule held, on which words, and what would have become of it."""

    past: Past
    document: Document
    outcome: Outcome
    evidence: Mapping[str, tuple[Span, ...]]


def backtest(
    term: Term, past: Iterable[Past], boundary: Boundary | None = None
) -> tuple[Trial, ...]:
    """The articles for which ``term`` holds, oldest first, each with its outcome.

    ``boundary`` judges where Chinese words end; without it ``rules.words`` does.
    """
    found: list[Trial] = []
    told: dict[int, str] = {}
    for one in sorted(past, key=lambda one: (one.article.at, one.id)):
        trial = _tried(term, one, told, boundary)
        if trial is not None:
            found.append(trial)
            if trial.outcome is Outcome.PUSH:
                told[one.story] = one.article.title or one.article.text[:60]
    return tuple(found)


def _tried(
    term: Term, one: Past, told: Mapping[int, str], boundary: Boundary | None
) -> Trial | None:
    document = folded_only(one.article, one.reading.lang)
    evaluator = Evaluator(document, one.reading, boundary)
    held = evaluator.holds(term)
    if held is None:
        return None
    match = Match(0, evidence(held), evaluator.passing(held))
    read_at_once = replace(one.article, fetched_at=one.article.at)
    decision = decide(
        read_at_once, one.reading, [match], muted=one.muted, alerted=told.get(one.story, "")
    )
    return Trial(one, document, decision.outcome, match.evidence)
