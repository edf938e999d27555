"""Which of the numbered atoms an article has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.evaluate import Evaluator
from rules.index.atoms import ALWAYS, ANYBODY, Atoms, Owner
from rules.index.columns import Ints
from rules.index.ladders import Measures
from rules.index.standing import standing, stands
from rules.model import Event, LangTerm, PromoTerm
from rules.words import words


def present(atoms: Atoms, evaluator: Evaluator) -> Ints:
    """The numbers of every atom that holds, rising; ``ALWAYS``, which every article has, first."""
    found = {ALWAYS}
    reading = evaluator.reading
    for other in (LangTerm(reading.lang), PromoTerm(reading.promotion.flagged)):
        if other in atoms.others:
            found.add(atoms.others[other])
    owned: dict[str, list[Owner]] = {
        symbol: [(symbol, False), (symbol, True)] if mention.about else [(symbol, False)]
        for symbol, mention in evaluator.mentions.items()
    }
    for owners in owned.values():
        found.update(atoms.companies[owner] for owner in owners if owner in atoms.companies)
    # Nobody's event belongs to the company that the article is about.
    subjects = [owner for owners in owned.values() if len(owners) > 1 for owner in owners]
    for event in evaluator.events:
        if not event.background:
            owners = subjects
            if event.companies:
                owners = [owner for symbol in event.companies for owner in owned.get(symbol, ())]
            _happened(atoms, event, (ANYBODY, *owners), found)
    found.update(number for _, _, number in atoms.sources.find(evaluator.source))
    _words(atoms, evaluator, found)
    _regexes(atoms, evaluator, found)
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


def _words(atoms: Atoms, evaluator: Evaluator, found: set[int]) -> None:
    """Add the keywords that stand in the article."""
    text = evaluator.document.text
    seams = words().seams(text) if evaluator.boundary is None else None
    for level in atoms.keywords.levels:
        places = standing(level, evaluator, seams)
        found.update(level.numbers.take([*places]).tolist())
    for start, end, number in atoms.keywords.loose(text):
        if stands(evaluator, start, end, atoms.word(number).manner):
            found.add(number)


def _regexes(atoms: Atoms, evaluator: Evaluator, found: set[int]) -> None:
    """Add the regular expressions that are found in the article; each is tried once, if at all."""
    possible = {number for _, _, number in atoms.literals.find(evaluator.document.text)}
    for number in (*atoms.unfiled, *possible):
        if evaluator.atom(atoms.atom(number)) is not None:
            found.add(number)
