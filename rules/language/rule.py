"""``parse``: what a person typed, as a rule, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from rules.language import canonical, checks, parser, repair
from rules.language.errors import RuleError, Way
from rules.language.known import Directory, Events, Known
from rules.language.prices import priced
from rules.language.resolve import Meaning, Resolver
from rules.language.tokens import MOST_CHARACTERS, Lexeme, Typed
from rules.model import And, CompanyTerm, LangTerm, Not, Or, PromoTerm, Rule, Term
from rules.text import fold

_TRIES = 4  # texts that are tried at a time as a correction: near names take a while to find
_MOST_TRIES = 6  # of one rule with several mistakes


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
        typed = "" if len(text) > MOST_CHARACTERS else text
        corrected = _ways(error, typed, directory, events, iter(range(_MOST_TRIES)))
        most = repair.SEVERAL.get(error.key, 1)
        ways = tuple({way.rule: way for way in islice(corrected, most)}.values())
        error.ways = _typed(ways) or ways[:1] or _example(typed, directory, events)
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
    _check(term, _Places(typed, parsed.lexemes, resolver.places), known.directory)
    return Understood(Rule(term, canonical.text(term), text), typed, parsed, resolver.meanings)


def _names(word: str, known: Known) -> bool:
    return bool(known.companies(word)) or known.kind(word) is not None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in the text each part of the rule stands."""

    typed: Typed
    lexemes: Sequence[Lexeme]
    places: Sequence[tuple[Term, int, int]]

    def of(self, term: Term) -> tuple[int, int]:
        """Start and end of a part, with the sign that excludes it; of the last that says it."""
        part = term.part if isinstance(term, Not) else term
        found = [(start, end) for atom, start, end in self.places if atom == part]
        if not found:
            return 0, len(self.typed.text)
        start, end = found[-1 if isinstance(term, Not) else 0]
        signs = [x for x in self.lexemes if x.type == "NOT" and x.end <= start]
        between = self.typed.text[signs[-1].end : start] if signs else "x"
        return (signs[-1].start if isinstance(term, Not) and not between.strip() else start), end

    def said(self, term: Term, directory: Directory) -> str:
        """A part as it was typed, or as it is stored."""
        start, end = self.of(term)
        if (start, end) != (0, len(self.typed.text)):
            said = self.typed.original(start, end).strip()
            signed = any(x.type == "NOT" and x.start == start for x in self.lexemes)
            return said if signed or not isinstance(term, Not) else f"-{said}"
        match term:
            case Not(CompanyTerm(symbol, False)) if company := directory.get(symbol):
                return f"-{company.label}"
        return canonical.text(term)


def _check(term: Term, places: _Places, directory: Directory) -> None:
    """Raise RuleError for a rule that cannot be meant."""
    typed = places.typed
    clash = checks.contradiction(term)
    if clash:
        one, other = (places.said(part, directory) for part in clash)
        kept = canonical.text(canonical.normal(_without(term, clash[1])))
        start, end = places.of(clash[1])
        raise typed.error("contradiction", start, end, one=one, other=other, kept=kept)
    wide = checks.negative_branch(term)
    if wide is not None:
        branch = places.said(wide, directory)
        raise _whole(typed, "negative_branch", branch=branch, kept=_joined(term))
    if not checks.selective(term):
        broad = _has(term, LangTerm) or term == PromoTerm(False)
        raise _whole(typed, "too_broad" if broad else "only_negative", kept=_joined(term))


def _whole(typed: Typed, key: str, **values: str) -> RuleError:
    """An error that is nowhere in particular."""
    return typed.error(key, 0, len(typed.text), **values)


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


def _ways(
    error: RuleError, typed: str, directory: Directory, events: Events, tries: Iterator[int]
) -> Iterator[Way]:
    """Corrections that parse; where none does, the first that does once it is mended further."""
    failed: list[tuple[Way, RuleError]] = []
    corrections = 0
    for way, _ in zip(repair.ways(error, typed), islice(tries, _TRIES), strict=False):
        try:
            _parse(way.rule, directory, events)
        except RuleError as further:
            failed.append((way, further))
        else:
            corrections += 1
            yield way
    for way, reason in () if corrections else failed:
        mended = next(_ways(reason, way.rule, directory, events, tries), None)
        if mended is not None:
            yield Way(mended.rule, None, way.example or mended.example)
            return


def _typed(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Those that hold nothing but what was typed."""
    return tuple(way for way in ways if not way.example)


def _example(typed: str, directory: Directory, events: Events) -> tuple[Way, ...]:
    """What a rule looks like, where nothing of what was typed can be kept."""
    for text in repair.examples(typed):
        with suppress(RuleError):
            _parse(text, directory, events)
            return (Way(text, example=True),)
    return ()


def packaged_companies() -> Directory:
    """The companies that come with the project."""
    from rules import companies  # here, not above: it reads its data when first used

    return companies.directory()


def packaged_events() -> Events:
    """The event kinds that come with the project."""
    from rules import events

    return events
