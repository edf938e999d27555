"""What a chat is told of a rule that would mean something else by now (see ``bot.review``)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.context import Context
from bot.chat.replies import Choice, Part, Reply, reply, say
from bot.messages import UnwantedError
from rules.language import RuleError
from rules.model import Rule
from storage.rows import StoredRule

Args = Mapping[str, str]
_REASONS = 2


class RuleGoneError(UnwantedError):
    """The rule was cancelled before the chat could be told of it."""


def notice(context: Context, payload: Mapping[str, object]) -> Reply:
    """The message of an outbox row. Raises RuleGoneError where the rule was cancelled since."""
    rule = _kept(context, str(payload["rule"]))
    if rule is None:
        raise RuleGoneError(f"rule {payload['rule']} is there no more")
    meaning = str(payload["meaning"])
    return _changed(context, rule, meaning) if meaning else _unreadable(context, rule)


def _changed(context: Context, rule: StoredRule, meaning: str) -> Reply:
    """Both meanings, and a button for each; the old one may be understood no more."""
    args = {"rule": str(rule.id), "meaning": meaning}
    take, keep = Choice(say("notice.take"), "take_meaning", args), _keep(rule)
    new = _explained(context, _read(context, meaning), rule.typed)
    old = _read(context, rule.canonical)
    if old is None:
        parts: list[Part] = [say("notice.lost", rule=rule.typed), *_why(context, rule)]
        parts += [say("notice.by_now", meaning=new)]
        return reply(*parts, say("notice.idle"), choices=[[take], [_drop(rule)]])
    return reply(
        say("notice.changed", rule=rule.typed),
        *_why(context, rule),
        say("notice.so_far", meaning=_explained(context, old, rule.typed)),
        say("notice.by_now", meaning=new),
        say("notice.in_force"),
        choices=[[take], [keep]],
    )


def _why(context: Context, rule: StoredRule) -> list[Part]:
    """What of the words has come to mean something else, a line each."""
    try:
        notes = context.engine.shifted(rule.typed, rule.canonical)
    except RuleError:  # stored by a version whose form is read no more
        return []
    lang = context.chat.lang
    return [say("notice.why", why=note.say(lang)) for note in notes[:_REASONS] if note.values]


def _unreadable(context: Context, rule: StoredRule) -> Reply:
    try:
        context.engine.parse(rule.typed)
    except RuleError as error:
        reason = error.explain(context.chat.lang)
        suggestion = None if error.example else error.suggestion
    else:  # understood again since
        return reply(say("notice.again", rule=rule.typed))
    rows = [[_drop(rule)]]
    if suggestion:
        offer = say("chat.offer_sub", rule=suggestion)
        rows.insert(0, [Choice(offer, "sub", {"text": suggestion})])
    why = say("notice.unreadable", rule=rule.typed, reason=reason)
    return reply(why, *_why(context, rule), say("notice.idle"), choices=rows)


def take_meaning(context: Context, args: Args) -> Reply:
    """From now on the rule means what its words mean by now."""
    rule = _kept(context, args["rule"])
    meant = _read(context, args["meaning"])
    if rule is None or meant is None:
        return reply(say("unsub.gone"))
    rules, chat = context.store.rules, context.chat.id
    if not rules.respell(chat, rule.id, meant.canonical):  # the chat has that rule already
        rules.remove(chat, rule.id)
    meaning = _explained(context, meant, rule.typed)
    said = (say("notice.taken", rule=rule.typed), say("sub.means", meaning=meaning))
    return Reply(said, rules_changed=True)


def keep_meaning(context: Context, args: Args) -> Reply:
    """Leave the rule as it is; nobody will ask again."""
    rule = _kept(context, args["rule"])
    return reply(say("notice.kept", rule=rule.typed) if rule else say("unsub.gone"))


def _kept(context: Context, id_: str) -> StoredRule | None:
    kept = context.store.rules.of_chat(context.chat.id)
    return next((rule for rule in kept if str(rule.id) == id_), None)


def _read(context: Context, canonical: str) -> Rule | None:
    try:
        return context.engine.parse(canonical)
    except RuleError:
        return None


def _explained(context: Context, rule: Rule | None, typed: str) -> str:
    if rule is None:
        return typed
    return context.engine.explain(Rule(rule.term, rule.canonical, typed), context.chat.lang)


def _keep(rule: StoredRule) -> Choice:
    return Choice(say("notice.keep"), "keep_meaning", {"rule": str(rule.id)})


def _drop(rule: StoredRule) -> Choice:
    return Choice(say("sub.undo"), "unsub", {"rule": str(rule.id)})
