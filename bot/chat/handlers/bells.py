"""/sub! and /bell: how loud a subscription's alerts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.handlers.subscriptions import of_alert, sub, which
from bot.chat.replies import Choice, Reply, reply, say, say_of
from rules.text import folded
from storage.rows import StoredRule

_WORDS = {
    "urgent": ("urgent", "!", "急", "緊急", "立刻", "馬上"),
    "on": ("on", "normal", "開", "開啟", "一般", "正常"),
    "off": ("off", "silent", "mute", "關", "關閉", "靜音", "無聲"),
}
_BELLS = {folded(word): bell for bell, words in _WORDS.items() for word in words}


def urgent(context: Context, argument: str) -> Reply:
    """Make a subscription urgent, named by number, text or answered alert; or subscribe so."""
    kept = context.store.rules.of_chat(context.chat.id)
    found = _meant(context, argument, kept)
    if len(found) == 1:
        return ring(context, found[0], "urgent")
    if not argument:
        return reply(say("bell.ask_urgent"))
    known = {rule.id for rule in kept}
    answer = sub(context, argument)
    added = [r for r in context.store.rules.of_chat(context.chat.id) if r.id not in known]
    for rule in added:
        context.store.rules.set_bell(context.chat.id, rule.id, "urgent")
    if not added:
        return answer
    return Reply((*answer.parts, say("bell.added_urgent")), answer.choices, answer.rules_changed)


def bell(context: Context, argument: str) -> Reply:
    """Ring, ring not, or ring at once for a subscription: ``/bell 2 off``."""
    name, _, word = argument.rpartition(" ")
    wanted = _BELLS.get(folded(word.strip()))
    kept = context.store.rules.of_chat(context.chat.id)
    found = _meant(context, name, kept)
    if wanted is None or len(found) != 1:
        return reply(say("bell.ask"))
    return ring(context, found[0], wanted)


def ring(context: Context, rule: StoredRule, wanted: str) -> Reply:
    """Ring so for this subscription, with a button that restores what was."""
    context.store.rules.set_bell(context.chat.id, rule.id, wanted)
    args = {"rule": str(rule.id), "bell": rule.bell}
    undo = [Choice(say("bell.undo"), "bell", args)] if rule.bell != wanted else []
    done = say_of("bell", f"done_{wanted}", rule=rule.typed)
    return Reply((done,), (tuple(undo),) if undo else (), rules_changed=True)


def set_bell(context: Context, args: Mapping[str, str]) -> Reply:
    """Ring as the arguments say for the subscription in them."""
    kept = context.store.rules.of_chat(context.chat.id)
    rule = next((r for r in kept if str(r.id) == args["rule"]), None)
    return ring(context, rule, args["bell"]) if rule else reply(say("unsub.gone"))


def _meant(context: Context, name: str, kept: Sequence[StoredRule]) -> Sequence[StoredRule]:
    """The subscriptions that are named; without a name, those of the alert that is answered."""
    if not name:
        return of_alert(context)
    number = whole_number(name)
    if number and number <= len(kept):
        return [kept[number - 1]]
    return which(context, name, kept)
