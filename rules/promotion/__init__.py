"""Is this an advertisement for stock picks? What it found, why, whom it touts and how to reach it.

Detection (what is there) is apart from weight and decision (what it means): signals and words are
in ``rules/data/promotion/signals.toml``, families of wording in ``frames.toml``, the learned
weights in ``learned.tsv``, points and routes to a verdict in ``policy.toml`` beside them.

    Document ─► Page (marks of words, told-about ones set apart) ─► findings of every signal
             ─► policy (capped groups, routes, threshold) ─► Promotion
"""

from collections.abc import Iterator

from rules.promotion import contacts, vocabulary
from rules.promotion.judge import judge
from rules.promotion.records import Group, Record
from rules.promotion.vocabulary import groups, records

__all__ = ["Group", "Record", "groups", "judge", "patterns", "records"]


def patterns() -> Iterator[str]:
    """Every word that the shared automaton has to look for."""
    yield from vocabulary.patterns()
    yield from contacts.anchors()
