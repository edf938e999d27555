"""/mute, /unmute and /mutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.defang import name_of
from bot.chat.durations import BadDurationError, split_duration
from bot.chat.hours import described
from bot.chat.offers import named
from bot.chat.replies import Choice, Part, Reply, Say, reply, say, short
from bot.chat.wording import at, duration
from bot.slots import PAUSE, PUT_OFF, STORY, slot_of
from rules.origins import origins, typed_origin
from rules.text import folded
from storage.rows import Mute, OriginRecord

MOST_MUTES = 200
_BRACKETS = re.compile(r"^\s*[【〈《\[](.+)[】〉》\]]\s*$")  # a column as headlines show it
OFFERED = 8
OUTLET = "outlet"
_ON, _OFF = ("on", "yes", "開", "開啟", "打開", "啟用"), ("off", "no", "關", "關閉", "關掉", "停用")
_SWITCH = {folded(w): True for w in _ON} | {folded(w): False for w in _OFF}


def mute(context: Context, argument: str) -> Reply:
    """Silence an origin, named or behind the alert that is answered, for a while or for good."""
    try:
        name, length = split_duration(argument)
    except BadDurationError:
        return reply(say("mute.bad_time"))
    if name:
        found = _named(context, name)
        unknown = say("mute.unknown", name=short(name))
        return _one_of(context, found, length, unknown, say("mute.which", name=short(name)))
    if context.reply_to:
        return _mute_alert(context, length)
    recent = context.store.sources.origins(OFFERED, OUTLET)
    return _one_of(context, recent, length, say("mute.ask_empty"), say("mute.ask"), ask=True)


def _mute_alert(context: Context, length: timedelta | None) -> Reply:
    """Mute what the button under the alert would mute."""
    stored = context.answered()
    found = origins(stored.article, stored.reading.promotion) if stored else ()
    if not found:
        return reply(say("mute.no_origin"))
    return silence(context, found[0].kind, found[0].value, found[0].label, length)


def _named(context: Context, name: str) -> Sequence[OriginRecord]:
    """The outlet that is called so, else what else is, else all whose name holds it.

    A contact id or a domain may be muted before anything of it was read.
    """
    name = _BRACKETS.sub(r"\1", name)
    known = typed_origin(name)
    texts = (known.value, name, folded(name)) if known else (name, folded(name))
    found = context.store.sources.find_origin(*texts)
    if known:
        same = [o for o in found if (o.kind, o.value) == (known.kind, known.value)]
        new = OriginRecord(known.kind, known.value, known.label, 0, 0, context.now)
        return same or [new]
    exact = [o for o in found if folded(name) in (folded(o.label), folded(o.value))]
    return [o for o in exact if o.kind == OUTLET][:1] or exact or found


def silence(context: Context, kind: str, value: str, label: str, length: timedelta | None) -> Reply:
    """Mute this origin for the chat, with a button to undo it."""
    until = context.now + length if length else None
    kept = context.store.mutes.active(context.chat.id, context.now)
    if len(kept) >= MOST_MUTES and not any((m.kind, m.value) == (kind, value) for m in kept):
        return reply(say("mute.full", limit=MOST_MUTES))
    added = context.store.mutes.add(context.chat.id, kind, value, label, until, context.now)
    if kind in PUT_OFF:
        context.store.outbox.reslot(context.chat.id, slot_of(added), until)
    undo = Choice(say("mute.undo"), "undo_mute", {"mute": str(added.id)})
    after = say("mute.later" if kind in PUT_OFF else "mute.held")
    return reply(_silenced(context, added, length), after, choices=[[undo]])


def _silenced(context: Context, added: Mute, length: timedelta | None) -> Say:
    kind, label = added.kind, name_of(added.kind, added.label)
    if kind == STORY:
        return say("mute.done_story", label=label)
    if added.until is None or length is None:
        if kind == PAUSE:
            return say("pause.done")
        return say("snooze.done" if kind in PUT_OFF else "mute.done", label=label)
    time = at(added.until, context.now, context.chat.zone)
    if kind == PAUSE:
        return say("pause.done_until", duration=duration(length), time=time)
    key = "snooze.done_until" if kind in PUT_OFF else "mute.done_until"
    return Say(key, {"label": label, "duration": duration(length), "time": time})


def mutes(context: Context) -> Reply:
    """What is muted or put off, how long still, and a button each to end it."""
    kept = context.store.mutes.active(context.chat.id, context.now)
    quiet = context.store.quiet.of(context.chat.id)
    hours = [described(context, quiet)] if quiet else []
    if not kept:
        return reply(*(hours or [say("mutes.none")]))
    listed = _mute_list(context, say("mutes.title", count=len(kept)), kept)
    return Reply((*listed.parts, *hours), listed.choices)


def unmute(context: Context, argument: str) -> Reply:
    """End a mute, named by its number or label, or that of the alert which is answered."""
    kept = context.store.mutes.active(context.chat.id, context.now)
    if not kept:
        return reply(say("mutes.none"))
    if not argument:
        return _mute_list(context, say("unmute.ask"), kept)
    number = whole_number(argument)
    if number and number <= len(kept):
        return lift(context, kept[number - 1])
    named = [m for m in kept if folded(argument) in (folded(m.label), folded(m.value))]
    return lift(context, named[0]) if named else reply(say("unmute.unknown", name=short(argument)))


def lift(context: Context, muted: Mute) -> Reply:
    """End this mute of the chat, with a button to have it back for the time that was left."""
    context.store.mutes.remove(context.chat.id, muted.id, context.now)
    if muted.kind in PUT_OFF:  # what was held back comes now
        context.store.outbox.release(context.chat.id, slot_of(muted), context.now)
    left = str(int((muted.until - context.now).total_seconds())) if muted.until else ""
    args = {"kind": muted.kind, "value": muted.value, "label": muted.label, "seconds": left}
    again = Choice(say("unmute.undo"), "mute_origin", args)
    if muted.kind == PAUSE:
        return reply(say("resume.done"), choices=[[again]])
    key = "resume.done_one" if muted.kind in PUT_OFF else "unmute.done"
    return reply(Say(key, {"label": name_of(muted.kind, muted.label)}), choices=[[again]])


def _one_of(
    context: Context,
    found: Sequence[OriginRecord],
    length: timedelta | None,
    none: Say,
    several: Say,
    *,
    ask: bool = False,
) -> Reply:
    """Mute the only origin found; ask with buttons where it is several, or ``ask``."""
    if not found:
        return reply(none)
    if len(found) == 1 and not ask:
        return silence(context, found[0].kind, found[0].value, found[0].label, length)
    seconds = str(int(length.total_seconds())) if length else ""
    rows = [[mute_choice(origin, seconds)] for origin in found[:OFFERED]]
    return reply(several, choices=rows)


def mute_choice(origin: OriginRecord, seconds: str = "") -> Choice:
    """The button that mutes ``origin``, for so many seconds if any."""
    args = {"kind": origin.kind, "value": origin.value, "label": origin.label, "seconds": seconds}
    label = name_of(origin.kind, origin.label)
    return Choice(say("mute.button", label=label), "mute_origin", args)


def automute(context: Context, argument: str) -> Reply:
    """Have sources that keep advertising muted, or no longer; without a word, say which it is."""
    chats, chat = context.store.chats, context.chat.id
    word = folded(argument.strip())
    if not word:
        return reply(say("automute.is_on" if chats.automute(chat) else "automute.is_off"))
    if word not in _SWITCH:
        return reply(say("automute.ask"))
    chats.set_automute(chat, _SWITCH[word])
    return reply(say("automute.on" if _SWITCH[word] else "automute.off"))


def _mute_list(context: Context, title: Say, kept: Sequence[Mute]) -> Reply:
    shown = list(enumerate(kept, 1))[: OFFERED * 2]
    lines: list[Part] = [
        say("mutes.item", number=n, label=named(m.kind, m.label), left=_left(context, m))
        for n, m in shown
    ]
    rows = [
        [Choice(say("mutes.button", number=n, label=named(m.kind, m.label)), "undo_mute", args)]
        for n, m in shown
        for args in ({"mute": str(m.id)},)
    ]
    rest = len(kept) - len(shown)
    lines += [say("mutes.more", count=rest)] if rest else []
    return reply(title, *lines, choices=rows)


def _left(context: Context, muted: Mute) -> Say:
    if muted.until is None:
        return say("mutes.forever")
    return say("mutes.left", duration=duration(muted.until - context.now))
