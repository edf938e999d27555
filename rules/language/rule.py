"""``parse``: what a person typed, as a rule, or the reason why not."""

from __future__ import annotations

from rules.language import canonical, checks, parser, repair
from rules.language.errors import RuleError
from rules.language.resolve import Directory, Events, Resolver, kind_named
from rules.language.tokens import MOST_CHARACTERS, Typed
from rules.model import And, LangTerm, Not, Or, PromoTerm, Rule, Term
from rules.text import fold

_REPAIRS = 3  # errors in one rule that a suggestion mends at most


def parse(text: str, directory: Directory | None = None, events: Events | None = None) -> Rule:
    """The rule that ``text`` says.

    ``directory`` and ``events`` say what words mean; without them, the packaged companies and
    event kinds do. Raises RuleError, which carries the place, the reason and a corrected rule.
    """
    directory = _companies() if directory is None else directory
    events = _events() if events is None else events
    try:
        return _parse(text, directory, events)
    except RuleError as error:
        error.suggestion = _suggestion(error, text, directory, events, _REPAIRS)
        raise


def _parse(text: str, directory: Directory, events: Events) -> Rule:
    if len(text) > MOST_CHARACTERS:
        limit, count = str(MOST_CHARACTERS), str(len(text))
        raise RuleError("too_long", MOST_CHARACTERS, 0, {"limit": limit, "count": count})
    typed = Typed(fold(text), lambda word: _known(word, directory, events))
    tree, lexemes = parser.tree(typed)
    term = canonical.normal(Resolver(typed, lexemes, directory, events).term(tree))
    _check(term, len(text))
    return Rule(term, canonical.text(term), text)


def _known(word: str, directory: Directory, events: Events) -> bool:
    return bool(directory.resolve(word)) or kind_named(word, events) is not None


def _check(term: Term, length: int) -> None:
    """Raise RuleError for a rule that cannot be meant."""
    clash = checks.contradiction(term)
    if clash:
        kept, other = clash
        raise RuleError(
            "contradiction",
            0,
            length,
            {"one": canonical.text(kept), "other": canonical.text(other), "kept": canonical.text(kept)},
        )
    wide = checks.open_branch(term)
    if wide is not None:
        values = {"branch": canonical.text(wide), "positive": _with_exclusions(term)}
        raise RuleError("negative_branch", 0, length, values)
    if not checks.selective(term):
        broad = _has(term, LangTerm) or term == PromoTerm(False)
        raise RuleError("too_broad" if broad else "only_negative", 0, length)


def _has(term: Term, kind: type) -> bool:
    if isinstance(term, And | Or):
        return any(_has(part, kind) for part in term.parts)
    return isinstance(term.part if isinstance(term, Not) else term, kind)


def _with_exclusions(term: Term) -> str:
    """``A | -B`` as ``A -B``, which is nearly always what is meant."""
    if not isinstance(term, Or):
        return ""
    return canonical.text(canonical.normal(And(term.parts)))


def _suggestion(
    error: RuleError, typed: str, directory: Directory, events: Events, rounds: int
) -> str | None:
    """The first corrected text that parses, mending further errors where there are several."""
    if len(typed) > MOST_CHARACTERS:
        typed = ""
    fallback = None
    for candidate in repair.candidates(error, typed):
        if candidate == typed.strip():
            continue
        try:
            return _parse(candidate, directory, events) and candidate
        except RuleError as further:
            if rounds > 1 and fallback is None and candidate not in repair.EXAMPLES:
                fallback = _suggestion(further, candidate, directory, events, rounds - 1)
                if fallback in repair.EXAMPLES:
                    fallback = None
                if fallback is not None:
                    return fallback
    return None


def _companies() -> Directory:
    from rules import companies  # here, not above: it reads its data when first used

    return companies.directory()


def _events() -> Events:
    from rules import events

    return events
