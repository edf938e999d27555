"""/sub, /unsub and /list."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from bot.chat.commands import whole_number
from bot.chat.context import Context
from bot.chat.forecast import broad, in_short
from bot.chat.overlap import has_regex, overlaps, regexes
from bot.chat.preview import preview
from bot.chat.replies import Choice, Part, Reply, Say, reply, say, say_of, short
from bot.messages import Run
from rules.language import RuleError
from rules.model import And, CompanyTerm, EventTerm, KeywordTerm, Or, RegexTerm, Rule, Term
from storage.rows import StoredRule

MOST_RULES = 200
LONGEST_RULE = 500
MOST_REGEXES = 10  # each is tried on every article that its plain words do not rule out
PAGE = 10
LONGEST_LIST = 20


def sub(context: Context, argument: str) -> Reply:
    """Subscribe to the rule in ``argument``, or to each where it is a list of lines.

    Without one, ask with examples.
    """
    lines = [line for line in map(str.strip, argument.splitlines()) if line]
    if not lines:
        return reply(say("sub.ask"))
    answers = [_take(context, line) for line in lines[:LONGEST_LIST]]
    if len(lines) == 1:
        return answers[0]
    parts: list[Part] = [part for answer in answers for part in (*answer.parts, None)][:-1]
    if (left := len(lines) - LONGEST_LIST) > 0:
        parts += [None, say("sub.list_too_long", limit=LONGEST_LIST, count=left)]
    return Reply(tuple(parts), rules_changed=any(a.rules_changed for a in answers))


def _take(context: Context, argument: str) -> Reply:
    if len(argument) > LONGEST_RULE:
        return reply(say("sub.too_long", length=len(argument), limit=LONGEST_RULE))
    try:
        rule = context.engine.parse(argument)
    except RuleError as error:
        return refused(argument, error, context.chat.lang, "sub")
    kept = context.store.rules.of_chat(context.chat.id)
    if number := number_of(rule.canonical, kept):
        return reply(say("sub.already", number=number, rule=kept[number - 1].typed))
    if len(kept) >= MOST_RULES:
        return reply(say("sub.full", limit=MOST_RULES))
    if has_regex(rule.term) and regexes(context, kept) >= MOST_REGEXES:
        return reply(say("sub.regexes", limit=MOST_REGEXES))
    stored, _ = context.store.rules.add(context.chat.id, argument, rule.canonical, context.now)
    return _taken(context, rule, stored, kept)


def _taken(context: Context, rule: Rule, stored: StoredRule, kept: Sequence[StoredRule]) -> Reply:
    """What was understood, what it would have sent, and what it repeats of the other rules."""
    notes, drops = overlaps(context, rule, stored, kept)
    undo = Choice(say("sub.undo"), "unsub", {"rule": str(stored.id)})
    rows = [(drop,) for drop in drops] or [(undo,)]
    parts: list[Part] = [*_subscribed(context, stored.typed, rule), *notes]
    seen = preview(context, rule.term)
    if seen.stored:
        parts += [in_short(seen), *broad(seen)]
        look = Choice(say("test.button"), "test", {"text": stored.typed})
        rows += [(look,)] if seen.trials else []
    return Reply(tuple(parts), tuple(rows), rules_changed=True)


def unsub(context: Context, argument: str) -> Reply:
    """End a subscription, named by number, by its text, or by the alert that is answered."""
    kept = context.store.rules.of_chat(context.chat.id)
    if not kept:
        return reply(say("unsub.none_left"))
    if not argument:
        matched = _of_alert(context)
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
        parts += [say("list.item", number=number, rule=rule.typed), *_meaning(context, rule)]
    parts += [say("list.pages", page=page, pages=pages)] if pages > 1 else []
    turn = [p for p in (page - 1, page + 1) if 1 <= p <= pages]
    row = [Choice(say("list.button", page=p), "list", {"page": str(p)}) for p in turn]
    return reply(*parts, say("list.hint"), choices=[row])


def end(context: Context, rule: StoredRule) -> Reply:
    """End this subscription of the chat, with a button to have it back."""
    if not context.store.rules.remove(context.chat.id, rule.id):
        return reply(say("unsub.gone"))
    again = Choice(say("unsub.undo"), "sub", {"text": rule.typed})
    return Reply((say("unsub.done", rule=rule.typed),), ((again,),), rules_changed=True)


def _named(context: Context, argument: str, kept: Sequence[StoredRule]) -> Reply:
    """The subscription with this number or this text; a code such as 2330 is text."""
    number = whole_number(argument)
    if number and number <= len(kept):
        return end(context, kept[number - 1])
    wanted = {argument, _canonical(context, argument)}
    for rule in kept:
        if wanted & {rule.canonical, rule.typed}:
            return end(context, rule)
    if number is not None and number <= MOST_RULES:
        return reply(say("unsub.no_number", number=number, count=len(kept)))
    return reply(say("unsub.no_rule", rule=short(argument)))


def _of_alert(context: Context) -> list[StoredRule]:
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


def only_companies(term: Term) -> bool:
    """Whether a company's name alone makes the rule hold: then passing mentions are held back."""
    match term:
        case CompanyTerm(about=about):
            return not about
        case Or(parts=parts):
            return any(only_companies(part) for part in parts)
        case And(parts=parts):
            asks_more = any(isinstance(part, EventTerm | KeywordTerm | RegexTerm) for part in parts)
            return not asks_more and any(only_companies(part) for part in parts)
        case _:
            return False


def refused(text: str, error: RuleError, lang: str, command: str) -> Reply:
    """The reason, the place marked inside the text (no caret: fonts vary), and a way out.

    ``command`` is what was asked, such as ``sub`` or ``test``: its buttons ask it again, corrected.
    """
    start, stop = error.position, error.position + error.length
    before, part, after = text[:start], text[start:stop], text[stop:]
    parts: list[Part] = [
        _not_understood(error.explain(lang), command),
        say("sub.place", before=before[-40:], part=Run(part or "　", bold=True), after=after[:40]),
    ]
    if meant := error.values.get("symbols"):
        rows = [[_instead(before + symbol + after, command)] for symbol in meant]
        return reply(*parts, choices=rows)
    if not error.suggestion:
        return reply(*parts)
    parts += [say("sub.example", example=error.suggestion, command=command)]
    return reply(*parts, choices=[[_instead(error.suggestion, command)]])


def _not_understood(reason: str, command: str) -> Say:
    if command in {"search", "latest"}:
        return say("search.refused", reason=reason)
    return say("sub.refused", reason=reason)


def _instead(text: str, command: str) -> Choice:
    offer = "search" if command == "latest" else command  # its button says what is looked for
    return Choice(say_of("chat", f"offer_{offer}", rule=text), command, {"text": text})
