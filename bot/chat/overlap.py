"""Notes beside a new subscription: what it repeats of others, and what of them it makes idle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.context import Context
from bot.chat.replies import Choice, Say, say
from rules.covers import covers
from rules.language import RuleError
from rules.model import And, Not, Or, RegexTerm, Rule, Term
from storage.rows import StoredRule

_MOST = 3  # notes of a kind: more would bury the answer


def overlaps(
    context: Context, rule: Rule, new: StoredRule, kept: Sequence[StoredRule]
) -> tuple[list[Say], list[Choice]]:
    """Sentences on the chat's ``kept`` rules that say the same or part of it, and their buttons.

    One that covers the new rule makes it superfluous; one that the new rule covers could go.
    """
    known = [(number, old, term) for number, old, term in _terms(context, kept)]
    wider = [(n, old) for n, old, term in known if covers(term, rule.term)][:1]
    narrower = [(n, old) for n, old, term in known if covers(rule.term, term)][:_MOST]
    notes = [say("sub.covered", number=n, rule=old.typed) for n, old in wider]
    if wider:
        return notes, [Choice(say("sub.drop_new"), "unsub", {"rule": str(new.id)})]
    notes += [say("sub.covers", number=n, rule=old.typed) for n, old in narrower]
    return notes, [_drop(number, old) for number, old in narrower]


def _terms(context: Context, kept: Sequence[StoredRule]) -> Iterator[tuple[int, StoredRule, Term]]:
    """Each rule with its number and what it means; none that is understood no more."""
    for number, rule in enumerate(kept, 1):
        try:
            yield number, rule, context.engine.parse(rule.canonical).term
        except RuleError:
            continue


def regexes(context: Context, kept: Sequence[StoredRule]) -> int:
    """How many of the rules hold a regular expression."""
    likely = [rule for rule in kept if "/" in rule.canonical]
    return sum(has_regex(term) for _, _, term in _terms(context, likely))


def has_regex(term: Term) -> bool:
    """Whether a regular expression is in it."""
    match term:
        case And(parts) | Or(parts):
            return any(map(has_regex, parts))
        case Not(part):
            return has_regex(part)
    return isinstance(term, RegexTerm)


def _drop(number: int, rule: StoredRule) -> Choice:
    return Choice(
        say("unsub.button", number=number, rule=rule.typed), "unsub", {"rule": str(rule.id)}
    )
