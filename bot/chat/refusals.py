"""A rule that cannot be understood: the reason, the place, and corrected rules to tap."""

from __future__ import annotations

from collections.abc import Iterator

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
        return reply(*parts, choices=[[choice] for choice in _cancellations(context, text, error)])
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


def _cancellations(context: Context, text: str, error: RuleError) -> Iterator[Choice]:
    """A button that ends each subscription which is named beside 退訂."""
    rest = (text[: error.position] + text[error.position + error.length :]).strip()
    for number, rule in enumerate(context.store.rules.of_chat(context.chat.id), 1):
        if rest and _is(context, rule, rest):
            label_ = say("unsub.button", number=number, rule=rule.typed)
            yield Choice(label_, "unsub", {"rule": str(rule.id)})


def _is(context: Context, rule: StoredRule, text: str) -> bool:
    try:
        return text == rule.typed or context.engine.parse(text).canonical == rule.canonical
    except RuleError:
        return False
