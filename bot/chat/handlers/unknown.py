"""What to say to a text that is no command."""

from __future__ import annotations

from bot.chat.commands import nearest
from bot.chat.context import Context
from bot.chat.handlers.check import check, is_suspect
from bot.chat.handlers.subscriptions import LONGEST_RULE
from bot.chat.handlers.why import why
from bot.chat.links import behind, link_in
from bot.chat.replies import Choice, Reply, reply, say, short
from rules.language import RuleError
from rules.model import And, CompanyTerm, EventTerm, Not, Or, Term

_PASTED = 60  # characters: hardly anybody types as much


def unknown(context: Context, text: str) -> Reply:
    """Explain a link; offer to subscribe to a company or event; else the nearest command.

    A long text that looks like an advert was pasted to be checked.
    """
    typed = " ".join(text.split())
    if link_in(typed) and (len(typed) < _PASTED or behind(context, typed)):
        return why(context, typed)
    if _is_topic(context, typed):
        rows = [
            [Choice(say("chat.offer_sub", rule=typed), "sub", {"text": typed})],
            [Choice(say("chat.offer_test", rule=typed), "test", {"text": typed})],
            [Choice(say("chat.offer_search", rule=typed), "search", {"text": typed})],
        ]
        return reply(say("chat.offer"), choices=rows)
    pasted = len(typed) >= _PASTED and not text.startswith("/")
    if pasted and is_suspect(context, text):
        return check(context, text)
    name = nearest(typed)
    near = [say("chat.nearest", command=name)] if name else []
    near += [say("chat.check")] if pasted else []
    return reply(say("chat.unknown", text=short(typed)), *near, say("chat.help"))


def _is_topic(context: Context, text: str) -> bool:
    if text.startswith("/") or len(text) > LONGEST_RULE:
        return False
    try:
        return _names_something(context.engine.parse(text).term)
    except RuleError:
        return False


def _names_something(term: Term) -> bool:
    match term:
        case CompanyTerm() | EventTerm():
            return True
        case And(parts=parts) | Or(parts=parts):
            return any(map(_names_something, parts))
        case Not():
            return False
        case _:
            return False
