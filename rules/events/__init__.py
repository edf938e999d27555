"""What happened, to whom, how surely, which way, and whether it is news or history."""

from __future__ import annotations

from collections.abc import Iterable

from rules.document import Document
from rules.events.catalogue import EventKind, kinds, resolve, vocabulary
from rules.events.merging import merged
from rules.events.reading import statements
from rules.events.scene import scene
from rules.events.stage import stage
from rules.model import Event, Figure, Mention

__all__ = ["EventKind", "find", "kinds", "patterns", "resolve"]


def patterns() -> Iterable[str]:
    """The wording and the cues of events, for the shared scanner."""
    return vocabulary().patterns


def find(
    document: Document, mentions: tuple[Mention, ...], figures: tuple[Figure, ...]
) -> tuple[Event, ...]:
    """The events of the article in order of position, one for each kind, company and age.

    Of several statements of the same event the best is the evidence: the headline's, then the one
    with a figure. An event that happened to nobody in particular has no company.
    """
    view = stage(scene(document, mentions))
    return merged(view, statements(view, mentions, figures))
