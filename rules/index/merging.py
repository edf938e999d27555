"""Putting the newest rules beside the many old ones, while articles go on being matched.

An index gives the work out as a value that holds what it needs and changes nothing. Whoever has
a thread to spare runs it; the index then takes the result in one step.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.index.batch import Batch
from rules.index.columns import Flags, joined
from rules.index.keywords import Gathering, Level
from rules.index.registry import Sorted, Sorting
from rules.index.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class Merge:
    """Work to be done: ``run`` may be called in any thread, also twice."""

    kept: tuple[Segment, ...]  # segments that stay as they are
    joined: tuple[Segment, ...]  # those that become one, with the batch
    batch: Batch | None
    alive: Flags  # a copy: what was removed by then is left out
    words: Gathering | None
    sources: Gathering | None
    ids: Sorting | None

    def run(self) -> Merged:
        """Do the work. It takes up to some seconds at a million rules."""
        ids = self.ids.run() if self.ids else None
        return Merged(
            self,
            (*self.kept, *self._segment(ids)),
            self.words.run() if self.words else None,
            self.sources.run() if self.sources else None,
            ids,
        )

    def _segment(self, ids: Sorted | None) -> tuple[Segment, ...]:
        tables = [segment.columns for segment in self.joined]
        if self.batch is not None:
            tables.append(self.batch.columns())
        if not tables:
            return ()
        columns = joined(tables, self.alive)
        if ids and ids.moved is not None:
            columns = columns._replace(rules=ids.moved[columns.rules])
        return (Segment(columns),)


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Work that was done, for ``RuleIndex.adopt``."""

    merge: Merge
    segments: tuple[Segment, ...]
    words: Level | None
    sources: Level | None
    ids: Sorted | None
