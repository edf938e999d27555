"""Does a stored rule still mean what its words meant? Company data and event words change.

A stored canonical text keeps its meaning whatever its typed words would mean today. This says in
words what has come apart, so that the person can be told and decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.language.canonical import symbol as written
from rules.language.errors import RuleError
from rules.language.known import Directory, Events, Known
from rules.language.note import Note
from rules.language.rule import packaged_companies, packaged_events, understood
from rules.model import And, Atom, Company, CompanyTerm, EventTerm, KeywordTerm, Not, Or, Term


def shifted(
    typed: str, canonical: str, directory: Directory | None = None, events: Events | None = None
) -> tuple[Note, ...]:
    """What of ``typed`` means something else today than the stored ``canonical``; mostly nothing.

    The keys of the notes: ``code_changed``, ``company_gone``, ``other_company``, ``now_ambiguous``,
    ``no_company``, ``now_company``, ``now_event``, ``no_event``, and ``otherwise`` for what has no
    better word. Raises RuleError for a ``canonical`` that no version of the language has written.
    """
    known = Known(
        packaged_companies() if directory is None else directory,
        packaged_events() if events is None else events,
    )
    stored = understood(canonical, Known(_Trusting(known.directory), known.events)).rule.term
    old = frozenset(_atoms(stored))
    try:
        today = understood(typed, known)
    except RuleError as error:
        return tuple(_unreadable(error, old, known.directory))
    if today.rule.term == stored:
        return tuple(_gone(old, known.directory))
    new = frozenset(_atoms(today.rule.term))
    shift = _Shift(old - new, new - old, known.directory)
    words = [(today.typed.original(m.word.start, m.word.end), m.term) for m in today.meanings]
    found = [note for word, term in words for note in shift.of_word(word, term)]
    return tuple(found) or tuple(_gone(old, known.directory)) or (Note("otherwise"),)


@dataclass(frozen=True, slots=True)
class _Trusting:
    """A directory in which every symbol is a company, also of one that is gone."""

    directory: Directory

    @property
    def names(self) -> Mapping[str, object]:
        return self.directory.names

    def get(self, symbol: str) -> Company | None:
        return self.directory.get(symbol) or Company(symbol, symbol)

    def resolve(self, name: str) -> tuple[Company, ...]:
        known = self.directory.resolve(name)
        coded = name[:1].isdigit() and "." in name
        return known or ((Company(name.upper(), name.upper()),) if coded else ())

    def nearest(self, name: str) -> Sequence[str]:
        return ()


@dataclass(frozen=True, slots=True)
class _Shift:
    """The atoms that are no longer meant, and those that are instead."""

    lost: frozenset[Atom]
    added: frozenset[Atom]
    directory: Directory

    def of_word(self, word: str, term: Term) -> Iterator[Note]:
        """What has become of a typed word that means ``term`` today."""
        for atom in sorted(self.added & frozenset(_atoms(term)), key=repr):
            match atom:
                case CompanyTerm(symbol):
                    yield self._company(word, symbol)
                case EventTerm(kind) if self._lost(KeywordTerm):
                    yield Note("now_event", {"typed": word, "kind": f"event.{kind}"})
                case KeywordTerm() if company := self._lost(CompanyTerm):
                    assert isinstance(company, CompanyTerm)
                    key = "no_company" if self.directory.get(company.symbol) else "company_gone"
                    yield Note(key, {"typed": word, "company": self._label(company.symbol)})
                case KeywordTerm() if event := self._lost(EventTerm):
                    assert isinstance(event, EventTerm)
                    yield Note("no_event", {"typed": word, "kind": f"event.{event.kind}"})

    def _company(self, word: str, symbol: str) -> Note:
        new, lost = self._label(symbol), self._lost(CompanyTerm)
        if not isinstance(lost, CompanyTerm):
            return Note("now_company", {"typed": word, "new": new})
        key = "other_company" if self.directory.get(lost.symbol) else "code_changed"
        return Note(key, {"typed": word, "old": self._label(lost.symbol), "new": new})

    def _lost(self, kind: type[Atom]) -> Atom | None:
        found = sorted((atom for atom in self.lost if isinstance(atom, kind)), key=repr)
        return found[0] if found else None

    def _label(self, symbol: str) -> str | Company:
        return self.directory.get(symbol) or written(symbol)


def _unreadable(error: RuleError, old: frozenset[Atom], directory: Directory) -> Iterator[Note]:
    typed = error.values.get("typed", "")
    if error.key == "ambiguous_company":
        candidates = error.values["candidates"]
        yield Note("now_ambiguous", {"typed": typed, "candidates": candidates})
        return
    gone = tuple(_gone(old, directory))
    yield from gone or (Note("otherwise"),)


def _gone(old: frozenset[Atom], directory: Directory) -> Iterator[Note]:
    """Companies of the stored rule that are not known any more."""
    symbols = sorted({atom.symbol for atom in old if isinstance(atom, CompanyTerm)})
    for symbol in symbols:
        if directory.get(symbol) is None:
            shown = written(symbol)
            yield Note("company_gone", {"typed": shown, "company": shown})


def _atoms(term: Term) -> Iterator[Atom]:
    if isinstance(term, And | Or):
        for part in term.parts:
            yield from _atoms(part)
    elif isinstance(term, Not):
        yield from _atoms(term.part)
    else:
        yield term
