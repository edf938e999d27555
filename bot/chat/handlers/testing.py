"""/test: what a rule would have sent, before anybody subscribes to it."""

from __future__ import annotations

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.forecast import in_full
from bot.chat.handlers.subscriptions import LONGEST_RULE, number_of
from bot.chat.preview import Preview, preview
from bot.chat.refusals import refused
from bot.chat.remarks import remarks, said, tried
from bot.chat.replies import Choice, Part, Reply, Say, reply, say
from rules.language import RuleError
from rules.model import Not, Or, Rule
from rules.noise import Exclusion, exclusion

IRRELEVANT = "irrelevant"


def test(context: Context, argument: str) -> Reply:
    """Try a rule, or the subscription with this number, on what is stored."""
    typed = " ".join(_kept(context, argument).split())
    if not typed:
        return reply(say("test.ask"))
    if len(typed) > LONGEST_RULE:
        return reply(say("sub.too_long", length=len(typed), limit=LONGEST_RULE))
    try:
        rule = context.engine.parse(typed)
    except RuleError as error:
        return refused(context, typed, error, "test")
    return _tried(context, rule)


def _kept(context: Context, argument: str) -> str:
    """The text of the subscription that a small number stands for, else what was typed."""
    kept = context.store.rules.of_chat(context.chat.id)
    number = whole_number(argument)
    return kept[number - 1].typed if number and number <= len(kept) else argument


def _tried(context: Context, rule: Rule) -> Reply:
    seen = preview(context, rule.term)
    number = number_of(rule.canonical, context.store.rules.of_chat(context.chat.id))
    found = _exclusion(context, rule, seen)
    title = say("test.title", rule=rule.typed)
    if number:
        title = say("test.title_kept", rule=rule.typed, number=number)
    notes = remarks(context, rule)
    means = say("sub.means", meaning=_meaning(context, rule))
    parts: list[Part] = [title, means, *said(context, notes), None]
    parts += in_full(context, rule, seen)
    parts += [None, _advice(found[0])] if found else []
    rows = [[again] for again in tried(notes, "test")]
    rows += [] if number else [[_offer(say("test.subscribe"), rule.typed)]]
    if found:
        label = say("test.subscribe_without", word=found[0].word)
        rows += [[_offer(label, found[1])]]
    return reply(*parts, choices=rows)


def _meaning(context: Context, rule: Rule) -> str:
    return context.engine.explain(rule, context.chat.lang)


def _offer(label: Say, typed: str) -> Choice:
    return Choice(label, "sub", {"text": typed})


def _advice(found: Exclusion) -> Say:
    word, spared, held, good = found.word, found.spared, found.held, found.good
    if held:
        return say("test.exclude_held", word=word, spared=spared, held=held, good=good)
    return say("test.exclude", word=word, spared=spared, good=good)


def _exclusion(context: Context, rule: Rule, seen: Preview) -> tuple[Exclusion, str] | None:
    """A word worth excluding and the rule with it; None where that would be no rule."""
    unwanted = context.store.feedback.said(context.chat.id, IRRELEVANT)
    found = exclusion(rule.term, seen.trials, unwanted)
    if found is None:
        return None
    typed = f"({rule.typed})" if isinstance(rule.term, Or) else rule.typed
    text = f'{typed} -"{found.word}"'
    try:
        meant = context.engine.parse(text).term
    except RuleError:
        return None
    return (found, text) if Not(found.term) in getattr(meant, "parts", ()) else None
