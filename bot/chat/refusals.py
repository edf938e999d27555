"""A rule that cannot be understood: the reason, the place, and corrected rules to tap."""

from __future__ import annotations

from bot.chat.commands import parse, whole_number
from bot.chat.context import Context
from bot.chat.replies import Choice, Part, Reply, Say, reply, say, say_of
from bot.messages import Run
from rules.language import EXAMPLES, RuleError, Way, label
from storage.rows import StoredRule

_AROUND = 40  # characters that are shown on either side of the place
_NOT_RULES = frozenset({"command", "unsubscribes"})  # no rule would be what was meant


def refused(context: Context, text: str, error: RuleError, command: str) -> Reply:
    """The reason, the place marked inside the text (no caret: fonts vary), and a way out.

    ``command`` is what was asked, such as ``sub`` or ``test``: its buttons ask it again, corrected.
    """
    parts: list[Part] = [_reason(error.explain(context.chat.lang), command), *_place(text, error)]
    if error.key == "unsubscribes":
        return reply(*parts, choices=_ending(context, text))
    if error.key in _NOT_RULES or not error.ways:
        return reply(*parts)
    best = error.ways[0]
    if best.example:
        rule = EXAMPLES[context.chat.lang] if best.rule in EXAMPLES.values() else best.rule
        return reply(*parts, say("sub.example", example=rule, command=command))
    if len(error.ways) == 1:
        parts.append(say("sub.corrected", example=best.rule, command=command))
    lang = context.chat.lang
    return reply(
        *parts, choices=[[_again(_shown(text, error, w, lang), w, command)] for w in error.ways]
    )


def _reason(reason: str, command: str) -> Say:
    if command in {"search", "latest"}:
        return say("search.refused", reason=reason)
    if command == "test":
        return say("test.refused", reason=reason)
    return say("sub.refused", reason=reason)


def _place(text: str, error: RuleError) -> list[Part]:
    """The place inside the text, unless it is all of it."""
    start, stop = error.position, error.position + error.length
    before, part, after = text[:start], text[start:stop], text[stop:]
    if not before.strip() and not after.strip():
        return []
    marked = Run(part or "　", bold=True)
    return [say("sub.place", before=before[-_AROUND:], part=marked, after=after[:_AROUND])]


def _shown(text: str, error: RuleError, way: Way, lang: str) -> str:
    """A corrected rule as a person knows it: a company by its name and code."""
    if way.company is None:
        return way.rule
    start, stop = error.position, error.position + error.length
    return f"{text[:start]}{label(way.company, lang)}{text[stop:]}"


def _again(shown: str, way: Way, command: str) -> Choice:
    offer = "search" if command == "latest" else command  # its button says what is looked for
    return Choice(say_of("chat", f"offer_{offer}", rule=shown), command, {"text": way.rule})


def cancelled(context: Context, text: str) -> StoredRule | None:
    """The subscription that ``text`` asks to end, as in 取消 台積電 or 刪除 2; None without one."""
    command = parse(text)
    if command is None or command.name != "unsub" or not command.argument:
        return None
    kept = context.store.rules.of_chat(context.chat.id)
    number = whole_number(command.argument)
    if number and number <= len(kept):
        return kept[number - 1]
    return next((rule for rule in kept if _is(context, rule, command.argument)), None)


def no_cancelling(context: Context, text: str, command: str) -> Reply:
    """What to answer where a subscription is to be ended by the command that begins one."""
    return refused(context, text, RuleError("unsubscribes", 0, len(text)), command)


def _ending(context: Context, text: str) -> list[list[Choice]]:
    rule = cancelled(context, text)
    if rule is None:
        return []
    ids = [kept.id for kept in context.store.rules.of_chat(context.chat.id)]
    label_ = say("unsub.button", number=ids.index(rule.id) + 1, rule=rule.typed)
    return [[Choice(label_, "unsub", {"rule": str(rule.id)})]]


def _is(context: Context, rule: StoredRule, text: str) -> bool:
    try:
        return text == rule.typed or context.engine.parse(text).canonical == rule.canonical
    except RuleError:
        return False
