"""/guard: have a group's messages looked at for adverts, and what its admins say of the finds."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.context import Context
from bot.chat.handlers.judging import learn_text
from bot.chat.replies import Choice, Part, Reply, reply, say, say_of
from bot.messages import whole_of
from rules.promotion import feedback
from rules.text import folded
from storage.guards import KEPT
from storage.rows import GuardCase

OFF, TEST, WARN, DELETE = "off", "test", "warn", "delete"
MODES = (TEST, WARN, DELETE, OFF)
_WORDS = {
    OFF: ("off", "no", "stop", "關", "關閉", "關掉", "停用", "停止"),
    TEST: ("test", "try", "dry", "試", "試行", "試跑", "測試"),
    WARN: ("warn", "on", "警告", "提醒", "開", "開啟", "打開", "啟用"),
    DELETE: ("delete", "del", "remove", "刪", "刪除", "刪掉"),
}
_MODES = {folded(word): mode for mode, words in _WORDS.items() for word in words}


def guard(context: Context, argument: str) -> Reply:
    """Guard the group so from now on; without a word, say how it is guarded."""
    if not context.is_group:
        return reply(say("guard.groups_only"))
    word = folded(argument.strip())
    if not word:
        return _told(context)
    if word not in _MODES:
        return reply(say("guard.ask"), say("guard.modes"), choices=_choices())
    mode, chat = _MODES[word], context.whole()
    if mode == OFF:
        context.store.guards.end(chat)
        return reply(say("guard.set_off"))
    context.store.guards.set(chat, mode, context.user, context.now)
    limits = _limits(context, mode)
    if mode == TEST:
        named = is_person(context.user, context.chat.address)
        report = say("guard.private" if named else "guard.anonymous")
        return reply(say("guard.set_test"), *limits, report, say("guard.note_test"))
    return reply(say_of("guard", f"set_{mode}"), *limits, say("guard.note"))


def _told(context: Context) -> Reply:
    """How the group is guarded, and how it can be."""
    chat = context.whole()
    known = context.store.guards.of(chat)
    mode = known.mode if known else OFF
    days = KEPT.days
    count = context.store.guards.count(chat, context.now - KEPT)
    counted = [say("guard.count", days=days, count=count)] if count else []
    limits = _limits(context, mode)
    choices = _choices(but=mode)
    return reply(
        say_of("guard", f"is_{mode}"), *counted, say("guard.modes"), *limits, choices=choices
    )


def _limits(context: Context, mode: str) -> list[Part]:
    """What stands in the way: messages that are not seen, a right that is missing."""
    parts: list[Part] = []
    powers = context.powers
    if powers is None:
        parts.append(say("guard.unknown_powers"))
    elif not powers.reads:
        parts.append(say("guard.blind"))
    if mode == DELETE and powers is not None and not powers.deletes:
        parts.append(say("guard.no_delete"))
    return parts


def is_person(user: str, address: str) -> bool:
    """Whether somebody can be written to: who speaks as the group itself can not."""
    return user not in ("", whole_of(address))


def _choices(but: str = "") -> list[list[Choice]]:
    shown = [mode for mode in MODES if mode != but]
    return [[Choice(say_of("guard", f"button_{mode}"), "guard", {"mode": mode}) for mode in shown]]


def cleared(context: Context, case: int) -> Reply:
    """An admin says that a message was no advert: learned, for this group alone."""
    found = context.store.guards.case(context.whole(), case)
    if found is None:
        return reply(say("button.expired"))
    learn_text(context, found.text, feedback.HONEST, found.features)
    lost = [say("guard.cleared_deleted")] if found.outcome == DELETED else []
    undo = Choice(say("button.undo"), "guard_undo", {"case": str(case)})
    return replace(reply(say("guard.cleared"), *lost, choices=[[undo]]), instead=True)


def taken_up(context: Context, case: int) -> Reply:
    """What was learned of that message is forgotten."""
    found = context.store.guards.case(context.whole(), case)
    if found is None:
        return reply(say("button.expired"))
    forget(context, found)
    return replace(reply(say("guard.taken_up")), instead=True)


def forget(context: Context, case: GuardCase) -> None:
    """Take the lesson on the case's text back."""
    most = feedback.policy().lessons
    context.store.lessons.forget(context.whole(), case.text, most=most)


WARNED, DELETED, TRIED = "warned", "deleted", "tried"
"""What was done about a message."""
