"""/search and /latest: what was published, whether this chat was ever told of it or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.chat.articles import outlet
from bot.chat.context import Context
from bot.chat.handlers.subscriptions import LONGEST_RULE, number_of
from bot.chat.highlights import excerpt, linked_headline
from bot.chat.lookup import Hit, Page, Walk, as_subject, page, stories
from bot.chat.refusals import refused
from bot.chat.replies import Choice, Part, Reply, Say, listed, reply, say, short
from bot.chat.wording import ago, at
from rules.language import RuleError
from rules.model import And, Not, Rule
from storage.search import Cursor

PAGE = 5
_PARTS = 4
_TRIED = 50  # articles that are tried for one part of a rule that was not found


def search(context: Context, argument: str) -> Reply:
    """The newest articles for which the rule in ``argument`` holds; a button shows older ones."""
    return search_on(context, {"text": argument})


def search_on(context: Context, args: Mapping[str, str]) -> Reply:
    """The articles for which the rule ``text`` holds, after the place that ``before`` names.

    ``shown`` says how many were shown by then.
    """
    typed = " ".join(args["text"].split())
    if not typed:
        return reply(say("search.ask"))
    rule = _read(context, typed, "search")
    if isinstance(rule, Reply):
        return rule
    before = _place(args["before"]) if "before" in args else None
    found = page(context, rule.term, before, PAGE)
    return _shown(context, rule, found, before, int(args.get("shown", "0")))


def latest(context: Context, argument: str) -> Reply:
    """The latest stories that are about the company in ``argument``, a line each."""
    typed = " ".join(argument.split())
    if not typed:
        return reply(say("latest.ask"))
    rule = _read(context, typed, "latest")
    if isinstance(rule, Reply):
        return rule
    term = as_subject(rule.term)
    if term is None:
        offer = Choice(say("chat.offer_search", rule=typed), "search", {"text": typed})
        return reply(say("latest.no_company", text=short(typed)), choices=[[offer]])
    return _told(context, rule, stories(context, term, PAGE))


def _told(context: Context, rule: Rule, found: Page) -> Reply:
    parts: list[Part] = [say("latest.title", rule=rule.typed), None]
    outlets = context.store.stories.outlets(hit.stored.story for hit in found.hits)
    for number, hit in enumerate(found.hits, 1):
        parts += _story(context, number, hit, outlets.get(hit.stored.story, 1))
    if not found.hits and found.more:
        time = at(found.more.at, context.now, context.chat.zone)
        parts += [say("search.none_so_far", time=time)]
    elif not found.hits:
        parts += [_nothing(context, "latest")]
    more = Choice(say("latest.more"), "search", {"text": rule.typed})
    return reply(*parts, *_adverts(found.adverts), choices=[[more], _subscribe(context, rule)])


def _read(context: Context, typed: str, command: str) -> Rule | Reply:
    """The rule that was typed, or what to answer where it is none."""
    if len(typed) > LONGEST_RULE:
        return reply(say("search.too_long", length=len(typed), limit=LONGEST_RULE))
    try:
        return context.engine.parse(typed)
    except RuleError as error:
        return refused(context, typed, error, command)


def _shown(context: Context, rule: Rule, found: Page, before: Cursor | None, shown: int) -> Reply:
    first = before is None
    title = say("search.title" if first else "search.title_older", rule=rule.typed)
    parts: list[Part] = [title]
    if first:
        meaning = context.engine.explain(rule, context.chat.lang)
        parts.append(say("search.means", meaning=meaning))
    for number, hit in enumerate(found.hits, shown + 1):
        parts += _article(context, number, hit)
    rest = [*_outcome(context, rule, found, first), *_adverts(found.adverts)]
    parts += [None, *rest] if rest else []
    more = [_more(rule, found, shown)] if found.more else []
    wish = _subscribe(context, rule) if first else []
    return reply(*parts, choices=[more, wish])


def _more(rule: Rule, found: Page, shown: int) -> Choice:
    assert found.more is not None
    place = f"{found.more.at.isoformat()} {found.more.article}"
    args = {"text": rule.typed, "before": place, "shown": str(shown + len(found.hits))}
    return Choice(say("search.further" if found.cut else "search.older"), "search", args)


def _place(text: str) -> Cursor:
    when, article = text.split()
    return Cursor(datetime.fromisoformat(when), int(article))


def _outcome(context: Context, rule: Rule, found: Page, first: bool) -> list[Part]:
    """How far it was looked, where that needs saying, and what else could be done."""
    if found.more and found.cut:
        time = at(found.more.at, context.now, context.chat.zone)
        return [say("search.so_far" if found.hits else "search.none_so_far", time=time)]
    if found.hits:
        return []
    if not first:
        return [say("search.no_older")]
    if context.store.search.began() is None:
        return [say("search.nothing")]
    return [_nothing(context, "search"), *_apart(context, rule), say("search.hint")]


def _nothing(context: Context, command: str) -> Say:
    began = context.store.search.began()
    if began is None:
        return say("search.nothing")
    time = at(began, context.now, context.chat.zone)
    return say("latest.none", time=time) if command == "latest" else say("search.none", time=time)


def _apart(context: Context, rule: Rule) -> list[Part]:
    """Which of a rule's parts are found on their own, where all of them together are not."""
    parts = rule.term.parts if isinstance(rule.term, And) else ()
    said: list[Say] = []
    for part in [part for part in parts if not isinstance(part, Not)][:_PARTS]:
        name = context.engine.name(part, rule.typed, context.chat.lang)
        walk = Walk(context, part, most=_TRIED)
        if any(not hit.advert for hit in walk):
            said.append(say("search.part_found", part=name))
        elif walk.ended:
            said.append(say("search.part_missing", part=name))
    return [say("search.parts", parts=listed(said))] if len(said) > 1 else []


def _adverts(count: int) -> list[Part]:
    return [say("search.adverts", count=count)] if count else []


def _subscribe(context: Context, rule: Rule) -> list[Choice]:
    """A button that subscribes to the rule; none where the chat does already."""
    if number_of(rule.canonical, context.store.rules.of_chat(context.chat.id)):
        return []
    return [Choice(say("search.subscribe"), "sub", {"text": rule.typed})]


def _article(context: Context, number: int, hit: Hit) -> list[Part]:
    article = hit.stored.article
    time = at(article.at, context.now, context.chat.zone)
    around = excerpt(article, hit.evidence)
    return [
        None,
        _headline(number, hit),
        *([say("preview.excerpt", excerpt=around)] if around else []),
        say("preview.origin", outlet=outlet(hit.stored), time=time),
    ]


def _headline(number: int, hit: Hit) -> Say:
    spans = [span for found in hit.evidence.values() for span in found]
    runs = linked_headline(hit.stored.article, spans)
    return say("preview.item", number=number, headline=runs)


def _story(context: Context, number: int, hit: Hit, outlets: int) -> list[Part]:
    when, who = ago(hit.stored.article.at, context.now), outlet(hit.stored)
    origin = say("latest.origin", outlet=who, ago=when)
    if outlets > 1:
        origin = say("latest.origin_more", outlet=who, count=outlets, ago=when)
    return [_headline(number, hit), origin]
