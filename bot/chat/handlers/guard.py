"""/guard: have a group's messages looked at for adverts, and what its admins say of the finds."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.context import Context
from bot.chat.handlers.teaching import learn_text, unlearn
from bot.chat.replies import Choice, Part, Reply, reply, say, say_of
from bot.messages import whole_of
from rules.promotion import feedback
from rules.text import folded
from storage.feedback import ADVERT, HONEST
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
    return corrected(context, found, HONEST) if found else reply(say("button.expired"))


def taken_up(context: Context, case: int) -> Reply:
    """What was learned of that message is forgotten."""
    found = context.store.guards.case(context.whole(), case)
    return corrected(context, found, ADVERT) if found else reply(say("button.expired"))


def corrected(context: Context, case: GuardCase, word: str) -> Reply:
    """What an admin says of a message that was taken for an advert: none, or one after all."""
    if not context.may_teach:
        return reply(say("judge.text_admins"))
    if word != HONEST:
        unlearn(context, case.text)
        return replace(reply(say("guard.taken_up")), instead=True)
    learn_text(context, case.text, feedback.HONEST, case.features)
    lost = [say("guard.cleared_deleted")] if case.outcome == DELETED else []
    undo = Choice(say("button.undo"), "guard_undo", {"case": str(case.id)})
    return replace(reply(say("guard.cleared"), *lost, choices=[[undo]]), instead=True)


WARNED, DELETED, TRIED = "warned", "deleted", "tried"
"""What was done about a message."""
