"""``parse``: what a person typed, as a rule, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.language import canonical, checks, parser, repair
from rules.language.errors import RuleError
from rules.language.known import Directory, Events, Known
from rules.language.prices import priced
from rules.language.resolve import Meaning, Resolver
from rules.language.tokens import MOST_CHARACTERS, Typed
from rules.model import And, CompanyTerm, KeywordTerm, LangTerm, Not, Or, PromoTerm, Rule, Term
from rules.text import fold

_TRIES = 4  # texts that are tried as a suggestion at most; a search for near names takes a while


def parse(text: str, directory: Directory | None = None, events: Events | None = None) -> Rule:
    """The rule that ``text`` says.

    ``directory`` and ``events`` say what words mean; without them, the packaged companies and
    event kinds do. Raises RuleError, which carries the place, the reason and a corrected rule.
    """
    directory = packaged_companies() if directory is None else directory
    events = packaged_events() if events is None else events
    try:
        return _parse(text, directory, events)
    except RuleError as error:
        error.suggestion = _suggestion(error, text, directory, events, iter(range(_TRIES)))
        error.example = error.suggestion in repair.EXAMPLES
        raise


def _parse(text: str, directory: Directory, events: Events) -> Rule:
    if len(text) > MOST_CHARACTERS:
        limit, count = str(MOST_CHARACTERS), str(len(text))
        raise RuleError("too_long", MOST_CHARACTERS, 0, {"limit": limit, "count": count})
    return understood(text, Known(directory, events)).rule


@dataclass(frozen=True, slots=True)
class Understood:
    """A rule, and how it was come by: ``meanings`` says what each word was taken for."""

    rule: Rule
    typed: Typed
    parsed: parser.Parsed
    meanings: Sequence[Meaning]


def understood(text: str, known: Known) -> Understood:
    """The rule that ``text`` says, and how. Raises RuleError without a suggestion."""
    typed = Typed(fold(text), lambda word: _names(word, known))
    parsed = parser.parsed(typed, known)
    resolver = Resolver(typed, parsed.lexemes, known)
    term = canonical.normal(priced(resolver.term(parsed.tree)))
    _check(term, typed, known.directory)
    return Understood(Rule(term, canonical.text(term), text), typed, parsed, resolver.meanings)


def _names(word: str, known: Known) -> bool:
    return bool(known.companies(word)) or known.kind(word) is not None


def _check(term: Term, typed: Typed, directory: Directory) -> None:
    """Raise RuleError for a rule that cannot be meant."""
    clash = checks.contradiction(term)
    if clash:
        one, other = (_shown(part, typed, directory) for part in clash)
        kept = canonical.text(canonical.normal(_without(term, clash[1])))
        raise _whole(typed, "contradiction", one=one, other=other, kept=kept)
    wide = checks.negative_branch(term)
    if wide is not None:
        branch = _shown(wide, typed, directory)
        raise _whole(typed, "negative_branch", branch=branch, kept=_joined(term))
    if not checks.selective(term):
        broad = _has(term, LangTerm) or term == PromoTerm(False)
        raise _whole(typed, "too_broad" if broad else "only_negative", kept=_joined(term))


def _whole(typed: Typed, key: str, **values: str) -> RuleError:
    """An error that is nowhere in particular."""
    return typed.error(key, 0, len(typed.text), **values)


def _shown(term: Term, typed: Typed, directory: Directory) -> str:
    """A part of a rule in an error: companies by name, words as they were typed."""
    match term:
        case Not(part):
            return f"-{_shown(part, typed, directory)}"
        case CompanyTerm(symbol, False) if company := directory.get(symbol):
            return company.label
        case KeywordTerm(text) if text in typed.text:
            start = typed.text.index(text)
            return typed.original(start, start + len(text))
    return canonical.text(term)


def _without(term: Term, part: Term) -> Term:
    """``term`` with ``part`` taken out of the ANDs that hold it beside others."""
    if isinstance(term, And | Or):
        kept = tuple(_without(p, part) for p in term.parts if p != part or isinstance(term, Or))
        return type(term)(kept or term.parts)
    return term


def _has(term: Term, kind: type) -> bool:
    if isinstance(term, And | Or):
        return any(_has(part, kind) for part in term.parts)
    return isinstance(term.part if isinstance(term, Not) else term, kind)


def _joined(term: Term) -> str:
    """``A | -B`` as ``A -B``, which is nearly always what is meant."""
    return canonical.text(canonical.normal(And(term.parts))) if isinstance(term, Or) else ""


def _suggestion(
    error: RuleError, typed: str, directory: Directory, events: Events, tries: Iterator[int]
) -> str | None:
    """The first corrected text that parses, mending further errors where there are several."""
    typed = "" if len(typed) > MOST_CHARACTERS else typed
    for candidate in repair.candidates(error, typed):
        example = candidate in repair.EXAMPLES
        if not example and next(tries, None) is None:
            continue
        try:
            _parse(candidate, directory, events)
        except RuleError as further:
            mended = None if example else _suggestion(further, candidate, directory, events, tries)
            if mended is not None and mended not in repair.EXAMPLES:
                return mended
        else:
            return candidate
    return None


def packaged_companies() -> Directory:
    """The companies that come with the project."""
    from rules import companies  # here, not above: it reads its data when first used

    return companies.directory()


def packaged_events() -> Events:
    """The event kinds that come with the project."""
    from rules import events

    return events
