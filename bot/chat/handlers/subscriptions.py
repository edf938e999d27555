"""/sub, /unsub and /list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.forecast import broad, in_short
from bot.chat.overlap import has_regex, overlaps, regexes
from bot.chat.preview import Budget, preview
from bot.chat.refusals import cancelled, no_cancelling, refused
from bot.chat.remarks import instead_of, remarks, said
from bot.chat.replies import Choice, Filling, Part, Reply, Say, reply, say, say_of, short
from rules.language import RuleError
from rules.model import And, CompanyTerm, EventTerm, KeywordTerm, Or, RegexTerm, Rule, Term
from storage.rows import StoredRule

MOST_RULES = 200
LONGEST_RULE = 500
MOST_REGEXES = 10  # each is tried on every article that its plain words do not rule out
PAGE = 10
LONGEST_LIST = 20
_LINE = 40  # characters of a line of a list that could not be understood
_MARKER = re.compile(r"\d{1,2}\s*[.、)）]\s*|[-*•·・‧]\s*")  # of a line of a list
_CORRECTIONS = frozenset({"sub", "instead"})  # kinds of buttons


def sub(context: Context, argument: str) -> Reply:
    """Subscribe to the rule in ``argument``, or to each where it is a list of lines.

    Without one, ask with examples.
    """
    lines = [line for line in map(str.strip, argument.splitlines()) if line]
    if len(lines) > 1 and all(map(_MARKER.match, lines)):
        lines = [line for line in (_MARKER.sub("", line, count=1) for line in lines) if line]
    if not lines:
        return reply(say("sub.ask"))
    if len(lines) == 1:
        return _take(context, lines[0], Budget(context.timer))
    return _take_all(context, lines)


def instead(context: Context, args: Mapping[str, str]) -> Reply:
    """Subscribe to ``text`` and end the subscription in whose place it was suggested."""
    kept = context.store.rules.of_chat(context.chat.id)
    old = next((rule for rule in kept if str(rule.id) == args["rule"]), None)
    if old is None:
        return sub(context, args["text"])
    ended = end(context, old)
    taken = _take(context, args["text"], Budget(context.timer))
    return Reply((*ended.parts, *taken.parts), taken.choices, rules_changed=True)


def _take_all(context: Context, lines: Sequence[str]) -> Reply:
    """Each line as a subscription of its own; buttons only for what should be corrected."""
    budget, taken = Budget(context.timer), lines[:LONGEST_LIST]
    answers, untested = [], 0
    for place, line in enumerate(taken):
        share = None if budget.spent else budget.share(len(taken) - place)
        answers.append(_take(context, line, share))
        untested += share is None and answers[-1].rules_changed
    parts: list[Part] = []
    for line, answer in zip(taken, answers, strict=True):
        first = answer.parts[0]
        if first is not None and first.key == "sub.refused":  # which line that was
            parts.append(say("sub.line", rule=short(line, _LINE)))
        parts += (*answer.parts, None)
    parts = parts[:-1]
    if untested:
        parts += [None, say("sub.list_untested", count=untested)]
    if (left := len(lines) - LONGEST_LIST) > 0:
        parts += [None, say("sub.list_too_long", limit=LONGEST_LIST, count=left)]
    rows = [row for answer in answers for row in answer.choices if row[0].kind in _CORRECTIONS]
    changed = any(answer.rules_changed for answer in answers)
    return Reply(tuple(parts), tuple(rows[:PAGE]), rules_changed=changed)


def _take(context: Context, argument: str, budget: Budget | None) -> Reply:
    if len(argument) > LONGEST_RULE:
        return reply(say("sub.too_long", length=len(argument), limit=LONGEST_RULE))
    if cancelled(context, argument):
        return no_cancelling(context, argument, "sub")
    try:
        rule = context.engine.parse(argument)
    except RuleError as error:
        return refused(context, argument, error, "sub")
    kept = context.store.rules.of_chat(context.chat.id)
    if number := number_of(rule.canonical, kept):
        return reply(say("sub.already", number=number, rule=kept[number - 1].typed))
    if len(kept) >= MOST_RULES:
        return reply(say("sub.full", limit=MOST_RULES))
    if has_regex(rule.term) and regexes(context, kept) >= MOST_REGEXES:
        return reply(say("sub.regexes", limit=MOST_REGEXES))
    stored, _ = context.store.rules.add(context.chat.id, argument, rule.canonical, context.now)
    taken = _taken(context, rule, stored, kept)
    return _forecast(context, rule, stored, taken, budget) if budget else taken


def _taken(context: Context, rule: Rule, stored: StoredRule, kept: Sequence[StoredRule]) -> Reply:
    """What was understood, what may be meant otherwise, what it repeats of the other rules."""
    repeats, drops = overlaps(context, rule, stored, kept)
    notes = remarks(context, rule)
    undo = Choice(say("sub.undo"), "unsub", {"rule": str(stored.id)})
    rows = [*((change,) for change in instead_of(notes, stored)), *((d,) for d in drops or [undo])]
    parts = (*_subscribed(context, stored.typed, rule), *said(context, notes), *repeats)
    return Reply(parts, tuple(rows), rules_changed=True)


def _forecast(
    context: Context, rule: Rule, stored: StoredRule, taken: Reply, budget: Budget
) -> Reply:
    """The same with what the rule would have sent."""
    seen = preview(context, rule.term, budget)
    if not seen.stored:
        return taken
    look = Choice(say("test.button"), "test", {"text": stored.typed})
    rows = (*taken.choices, (look,)) if seen.trials else taken.choices
    return replace(taken, parts=(*taken.parts, in_short(seen), *broad(seen)), choices=rows)


def unsub(context: Context, argument: str) -> Reply:
    """End a subscription, named by number, by its text, or by the alert that is answered."""
    kept = context.store.rules.of_chat(context.chat.id)
    if not kept:
        return reply(say("unsub.none_left"))
    if not argument:
        matched = of_alert(context)
        if len(matched) == 1:
            return end(context, matched[0])
        ask = say("unsub.which") if matched else say("unsub.ask")
        return _offer(ask, [(n, r) for n, r in enumerate(kept, 1) if not matched or r in matched])
    return _named(context, argument, kept)


def list_(context: Context, argument: str) -> Reply:
    """The subscriptions with their meaning in words, a page at a time."""
    kept = context.store.rules.of_chat(context.chat.id)
    if not kept:
        return reply(say("unsub.none_left"))
    pages = ceil(len(kept) / PAGE)
    page = min(whole_number(argument) or 1, pages)
    parts: list[Part] = [say("list.title", count=len(kept))]
    for number, rule in list(enumerate(kept, 1))[(page - 1) * PAGE : page * PAGE]:
        parts += [say("list.item", number=number, rule=_belled(rule)), *_meaning(context, rule)]
    parts += [say("list.pages", page=page, pages=pages)] if pages > 1 else []
    turn = [p for p in (page - 1, page + 1) if 1 <= p <= pages]
    row = [Choice(say("list.button", page=p), "list", {"page": str(p)}) for p in turn]
    return reply(*parts, say("list.hint"), choices=[row])


def _belled(rule: StoredRule) -> Filling:
    """The subscription as typed, with a mark where its bell is another than the usual one."""
    return rule.typed if rule.bell == "on" else say_of("list", rule.bell, rule=rule.typed)


def end(context: Context, rule: StoredRule) -> Reply:
    """End this subscription of the chat, with a button to have it back."""
    if not context.store.rules.remove(context.chat.id, rule.id):
        return reply(say("unsub.gone"))
    again = Choice(say("unsub.undo"), "sub", {"text": rule.typed, "bell": rule.bell})
    return Reply((say("unsub.done", rule=rule.typed),), ((again,),), rules_changed=True)


def _named(context: Context, argument: str, kept: Sequence[StoredRule]) -> Reply:
    """The subscription with this number or this text; a code such as 2330 is text."""
    number = whole_number(argument)
    if number and number <= len(kept):
        return end(context, kept[number - 1])
    if found := which(context, argument, kept):
        return end(context, found[0])
    if number is not None and number <= MOST_RULES:
        return reply(say("unsub.no_number", number=number, count=len(kept)))
    return reply(say("unsub.no_rule", rule=short(argument)))


def which(context: Context, text: str, kept: Sequence[StoredRule]) -> list[StoredRule]:
    """The subscription of this text, however it is written; nothing where there is none."""
    wanted = {text, _canonical(context, text)}
    return [rule for rule in kept if wanted & {rule.canonical, rule.typed}][:1]


def of_alert(context: Context) -> list[StoredRule]:
    """The chat's rules that led to the alert which is answered."""
    article = context.answered()
    verdict = context.store.decisions.of(context.chat.id, article.id) if article else None
    kept = context.store.rules.of_chat(context.chat.id)
    return [rule for rule in kept if verdict and rule in verdict.rules]


def _offer(ask: Say, numbered: Sequence[tuple[int, StoredRule]]) -> Reply:
    """Ask which one, with a button each, as many as a screen takes."""
    shown = numbered[: PAGE * 2]
    lines = [say("list.item", number=number, rule=rule.typed) for number, rule in shown]
    rows = [
        [Choice(say("unsub.button", number=n, rule=r.typed), "unsub", {"rule": str(r.id)})]
        for n, r in shown
    ]
    rest = len(numbered) - len(shown)
    return reply(ask, *lines, *([say("list.more", count=rest)] if rest else []), choices=rows)


def number_of(canonical: str, kept: Sequence[StoredRule]) -> int | None:
    """The number by which the chat knows its rule with this canonical form, from 1."""
    return next((n for n, rule in enumerate(kept, 1) if rule.canonical == canonical), None)


def _canonical(context: Context, text: str) -> str:
    """The canonical form of ``text``, or ``text`` itself where it is no rule."""
    try:
        return context.engine.parse(text).canonical
    except RuleError:
        return text


def _meaning(context: Context, rule: StoredRule) -> list[Part]:
    """What a kept rule means in words; nothing for one that is no longer understood."""
    for text in (rule.typed, rule.canonical):  # as typed, unless that means something else by now
        try:
            understood = context.engine.parse(text)
        except RuleError:
            continue
        if understood.canonical == rule.canonical:
            meaning = context.engine.explain(understood, context.chat.lang)
            return [say("list.meaning", meaning=meaning)]
    return []


def _subscribed(context: Context, typed: str, rule: Rule) -> tuple[Part, ...]:
    meaning = context.engine.explain(rule, context.chat.lang)
    passing = [say("sub.passing")] if only_companies(rule.term) else []
    return (say("sub.done", rule=typed), say("sub.means", meaning=meaning), *passing)


def _asks_more(term: Term) -> bool:
    if isinstance(term, Or):
        return all(map(_asks_more, term.parts))
    return isinstance(term, EventTerm | KeywordTerm | RegexTerm)


def only_companies(term: Term) -> bool:
    """Whether a company's name alone makes the rule hold: then passing mentions are held back."""
    match term:
        case CompanyTerm(about=about):
            return not about
        case Or(parts=parts):
            return any(only_companies(part) for part in parts)
        case And(parts=parts):
            return not any(map(_asks_more, parts)) and any(only_companies(part) for part in parts)
        case _:
            return False
