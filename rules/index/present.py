"""Which of the numbered atoms an article has."""

from __future__ import annotations

from collections.abc import Iterator

from rules.evaluate import Evaluator
from rules.index.atoms import ALWAYS, ANYBODY, Atoms, Owner
from rules.index.ladders import Measures
from rules.model import Event, LangTerm, PromoTerm


def present(atoms: Atoms, evaluator: Evaluator) -> set[int]:
    """The numbers of every atom that holds, the ``ALWAYS`` that every article has among them."""
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
            found.update(_happened(atoms, event, owners))
    found.update(number for _, _, number in atoms.sources.find(evaluator.source))
    _words(atoms, evaluator, found)
    return found


def _happened(atoms: Atoms, event: Event, owners: list[Owner]) -> Iterator[int]:
    """``event`` as anybody's and as that of each company it belongs to."""
    owners = [ANYBODY, *owners]
    table = atoms.events.get(event.kind, {})
    yield from [table[owner] for owner in owners if owner in table]
    if event.figures and event.kind in atoms.ladders:
        asked, measures = atoms.ladders[event.kind], Measures(event)
        for owner in owners:
            if owner in asked:
                yield from asked[owner].passed(measures)


def _words(atoms: Atoms, evaluator: Evaluator, found: set[int]) -> None:
    """Add the keywords that stand in the article; each is judged until it is found to stand."""
    title_end, stands = evaluator.document.title_end, evaluator.stands
    for start, end, number in atoms.keywords.find(evaluator.document.text):
        if number not in found:
            exact, title = atoms.manner(number)
            if not (title and end > title_end) and stands(start, end, exact):
                found.add(number)
