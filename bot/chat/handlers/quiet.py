"""/quiet, /snooze, /pause and /resume: not now, but later, and then in one message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.durations import BadDurationError, split_duration
from bot.chat.handlers.muting import lift, silence
from bot.chat.handlers.subscriptions import of_alert, which
from bot.chat.hours import described, split_hours
from bot.chat.replies import Choice, Part, Reply, reply, say, short
from bot.chat.wording import duration
from bot.slots import COMPANY, PAUSE, QUIET, RULE
from rules.language import RuleError
from rules.model import CompanyTerm
from rules.quiet import QuietHours
from rules.text import folded
from storage.rows import StoredQuiet, StoredRule

_OFF = {folded(word) for word in ("off", "no", "none", "關", "關閉", "取消", "停用")}
_URGENT = {folded(word) for word in ("urgent", "急", "緊急", "急件", "⚡")}
_EXCEPT = re.compile(r"^(?:except|unless|but|除了|除|例外|但是?|[,，、])\s*", re.IGNORECASE)
_OUTSIDE = re.compile(r"\s*(?:除外|以外|例外)$")
_LENGTHS = (timedelta(hours=1), timedelta(hours=8), timedelta(days=1), timedelta(days=3))


def quiet(context: Context, argument: str) -> Reply:
    """Hear nothing at these hours but what is excepted; without a word, say which they are."""
    if not argument:
        kept = context.store.quiet.of(context.chat.id)
        if kept is None:
            return reply(say("quiet.none"), say("quiet.example"))
        off = Choice(say("quiet.button_off"), "quiet", {"text": "off"})
        return reply(described(context, kept), choices=[[off]])
    if folded(argument.strip()) in _OFF:
        return _change(context, None)
    found = split_hours(argument)
    if found is None:
        return reply(say("quiet.bad"), say("quiet.example"))
    hours, rest = found
    wanted = _excepted(context, hours, rest)
    return wanted if isinstance(wanted, Reply) else _change(context, wanted)


def _excepted(context: Context, hours: QuietHours, rest: str) -> StoredQuiet | Reply:
    """The hours with what is heard all the same: urgent subscriptions, or what a rule holds for."""
    text = _OUTSIDE.sub("", _EXCEPT.sub("", rest)).strip()
    words = text.split()
    urgent = bool(words) and folded(words[0]) in _URGENT
    typed = " ".join(words[1:] if urgent else words)
    if not typed:
        return StoredQuiet(hours.start, hours.end, urgent)
    try:
        rule = context.engine.parse(typed)
    except RuleError as error:
        return reply(say("quiet.bad_except", reason=error.explain(context.chat.lang)))
    return StoredQuiet(hours.start, hours.end, urgent, typed, rule.canonical)


def set_quiet(context: Context, args: Mapping[str, str]) -> Reply:
    """The quiet hours in the arguments, as /quiet takes them."""
    return quiet(context, args["text"])


def _change(context: Context, wanted: StoredQuiet | None) -> Reply:
    """Have these hours from now on, and a button that restores the ones before.

    What was held back so far is looked at again: it comes now, or when these hours are over.
    """
    store, chat = context.store, context.chat.id
    before = store.quiet.of(chat)
    if wanted is None:
        store.quiet.clear(chat)
    else:
        store.quiet.set(chat, wanted)
    store.outbox.release(chat, QUIET, context.now)
    text = _typed(before) if before else "off"
    undo = Choice(say("quiet.undo"), "quiet", {"text": text})
    choices = [[undo]] if before != wanted else []
    if wanted is None:
        return reply(say("quiet.off"), choices=choices)
    ends = str(QuietHours(wanted.start, wanted.end)).partition("–")[2]
    return reply(described(context, wanted), say("quiet.later", time=ends), choices=choices)


def _typed(kept: StoredQuiet) -> str:
    hours = str(QuietHours(kept.start, kept.end)).replace("–", "-")
    parts = [hours, "urgent" if kept.urgent else "", kept.typed]
    return " ".join(filter(None, parts))


def snooze(context: Context, argument: str) -> Reply:
    """Put off what a company or subscription brings, for a while; ask how long where it is open."""
    try:
        name, length = split_duration(argument)
    except BadDurationError:
        return reply(say("mute.bad_time"))
    kept = context.store.rules.of_chat(context.chat.id)
    found = _named(context, name, kept) if name else _rules(of_alert(context))
    if not found:
        return reply(say("snooze.unknown", name=short(name)) if name else say("snooze.ask"))
    if length is None or len(found) > 1:
        lengths = [length] if length else list(_LENGTHS)
        rows = [
            [_choice(*each, how_long) for how_long in lengths[start : start + 2]]
            for each in found
            for start in range(0, len(lengths), 2)
        ]
        return reply(say("snooze.how_long"), choices=rows)
    return silence(context, *found[0], length)


def _named(context: Context, name: str, kept: Sequence[StoredRule]) -> list[tuple[str, str, str]]:
    number = whole_number(name)
    if number and number <= len(kept):
        return _rules([kept[number - 1]])
    try:
        term = context.engine.parse(name).term
    except RuleError:
        term = None
    if isinstance(term, CompanyTerm):
        return [(COMPANY, term.symbol, context.engine.name(term, name, context.chat.lang))]
    return _rules(which(context, name, kept))


def _rules(kept: Sequence[StoredRule]) -> list[tuple[str, str, str]]:
    return [(RULE, str(rule.id), rule.typed) for rule in kept]


def _choice(kind: str, value: str, label: str, length: timedelta) -> Choice:
    seconds = str(int(length.total_seconds()))
    args = {"kind": kind, "value": value, "label": label, "seconds": seconds}
    return Choice(say("snooze.button", label=label, length=duration(length)), "mute_origin", args)


def pause(context: Context, argument: str) -> Reply:
    """Put everything off, for a while or until /resume; something named is only snoozed."""
    try:
        name, length = split_duration(argument)
    except BadDurationError:
        return reply(say("mute.bad_time"))
    if name:
        return snooze(context, argument)
    return silence(context, PAUSE, "", "", length)


def resume(context: Context) -> Reply:
    """End the pause; where there is none, offer to end what is snoozed."""
    kept = context.store.mutes.active(context.chat.id, context.now)
    paused = next((m for m in kept if m.kind == PAUSE), None)
    if paused:
        return lift(context, paused)
    snoozed = [m for m in kept if m.kind in {COMPANY, RULE}]
    rows: list[list[Choice]] = [
        [Choice(say("resume.button", label=m.label), "undo_mute", {"mute": str(m.id)})]
        for m in snoozed
    ]
    parts: list[Part] = [say("resume.none")]
    return reply(*parts, *([say("resume.snoozed")] if rows else []), choices=rows)
