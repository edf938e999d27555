"""Which of the numbered atoms an article has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from rules.evaluate import Evaluator
from rules.index.atoms import ALWAYS, ANYBODY, Atoms, Owner
from rules.index.columns import Ints, Rows
from rules.index.ladders import Measures
from rules.index.standing import standing, stands
from rules.model import Event, LangTerm, PromoTerm
from rules.words import words


def present(atoms: Atoms, evaluator: Evaluator) -> Rows:
    """The numbers of every atom that holds, rising; ``ALWAYS``, which every article has, first."""
    found = {ALWAYS}
    reading = evaluator.reading
    if others := atoms.others:
        for other in (LangTerm(reading.lang), PromoTerm(reading.promotion.flagged)):
            if other in others:
                found.add(others[other])
    owned: dict[str, tuple[Owner, ...]] = {
        symbol: ((symbol, False), (symbol, True)) if mention.about else ((symbol, False),)
        for symbol, mention in evaluator.mentions.items()
    }
    companies = atoms.companies
    for owners in owned.values():
        found.update([companies[owner] for owner in owners if owner in companies])
    _events(atoms, evaluator.events, owned, found)
    if atoms.sources:
        found.update([number for _, _, number in atoms.sources.find(evaluator.source)])
    if atoms.literals or atoms.unfiled:
        _regexes(atoms, evaluator, found)
    parts = [np.fromiter(found, np.intp, len(found)), *_words(atoms, evaluator)]
    return np.sort(np.concatenate(parts))


def _events(
    atoms: Atoms, events: Iterable[Event], owned: Mapping[str, tuple[Owner, ...]], found: set[int]
) -> None:
    """Add what happened to whom, with the limits that figures pass."""
    # Nobody's event belongs to the company that the article is about.
    subjects = [owner for owners in owned.values() if len(owners) > 1 for owner in owners]
    owners_of: dict[tuple[str, ...], tuple[Owner, ...]] = {(): (ANYBODY, *subjects)}
    tables, ladders = atoms.events, atoms.ladders
    for event in events:
        if event.background:
            continue
        owners = owners_of.get(event.companies)
        if owners is None:
            theirs = [owner for symbol in event.companies for owner in owned.get(symbol, ())]
            owners = owners_of[event.companies] = (ANYBODY, *theirs)
        if table := tables.get(event.kind):
            found.update([table[owner] for owner in owners if owner in table])
        if event.figures and (asked := ladders.get(event.kind)):
            measures = Measures(event)
            for owner in owners:
                if owner in asked:
                    asked[owner].passed(measures, found)


def _words(atoms: Atoms, evaluator: Evaluator) -> Iterator[Ints | list[int]]:
    """The keywords that stand in the article; no number twice."""
    text = evaluator.document.text
    seams = words().seams(text) if evaluator.boundary is None else None
    for level in atoms.keywords.levels:
        places = standing(level, evaluator, seams)
        yield level.numbers.take(np.fromiter(places, np.intp, len(places)))
    loose = {
        number
        for start, end, number in atoms.keywords.loose(text)
        if stands(evaluator, start, end, atoms.word(number).manner)
    }
    if loose:
        yield [*loose]


def _regexes(atoms: Atoms, evaluator: Evaluator, found: set[int]) -> None:
    """Add the regular expressions that are found in the article; each is tried once, if at all."""
    possible = {number for _, _, number in atoms.literals.find(evaluator.document.text)}
    for number in (*atoms.unfiled, *possible):
        if evaluator.atom(atoms.atom(number)) is not None:
            found.add(number)
