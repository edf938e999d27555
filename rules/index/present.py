"""Which of the numbered atoms an article has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rules.evaluate import Evaluator
from rules.index.atoms import ALWAYS, ANYBODY, Atoms, Owner
from rules.index.columns import Ints
from rules.index.keywords import EXACT, TITLE
from rules.index.ladders import Measures
from rules.index.standing import Text, standing
from rules.model import Event, LangTerm, PromoTerm


def present(atoms: Atoms, evaluator: Evaluator) -> Ints:
    """The numbers of every atom that holds, rising; ``ALWAYS``, which every article has, first."""
    found = {ALWAYS}
    reading = evaluator.reading
    for other in (LangTerm(reading.lang), PromoTerm(reading.promotion.flagged)):
        if other in atoms.others:
            found.add(atoms.others[other])
    about = [(symbol, True) for symbol, mention in evaluator.mentions.items() if mention.about]
    named = [(symbol, False) for symbol in evaluator.mentions]
    found.update(atoms.companies[owner] for owner in (*named, *about) if owner in atoms.companies)
    # Nobody's event belongs to the company that the article is about.
    subjects = [*about, *((symbol, False) for symbol, _ in about)]
    for event in reading.events:
        if not event.background:
            owners = subjects
            if event.companies:
                owners = [owner for owner in (*named, *about) if owner[0] in event.companies]
            _happened(atoms, event, (ANYBODY, *owners), found)
    found.update(number for _, _, number in atoms.sources.find(evaluator.source))
    found.update(_words(atoms, evaluator))
    return np.sort(np.fromiter(found, np.int32, len(found)))


def _happened(atoms: Atoms, event: Event, owners: Sequence[Owner], found: set[int]) -> None:
    """Add ``event`` as that of each of ``owners``, with the limits that its figures pass."""
    if table := atoms.events.get(event.kind):
        found.update([table[owner] for owner in owners if owner in table])
    if event.figures and (asked := atoms.ladders.get(event.kind)):
        measures = Measures(event)
        for owner in owners:
            if ladders := asked.get(owner):
                ladders.passed(measures, found)


def _words(atoms: Atoms, evaluator: Evaluator) -> Iterator[int]:
    """The keywords that stand in the article."""
    text = Text(evaluator)
    for level in atoms.keywords.levels:
        places = standing(level, text)
        yield from level.numbers.take([*places]).tolist()
    for start, end, number in atoms.keywords.loose(evaluator.document.text):
        manner = atoms.word(number).manner
        in_reach = manner < TITLE or end <= evaluator.document.title_end
        if in_reach and evaluator.stands(start, end, bool(manner & EXACT)):
            yield number
