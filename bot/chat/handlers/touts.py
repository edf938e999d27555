"""/spam 3481: how often a stock is touted in adverts, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.chat.articles import outlet
from bot.chat.context import Context
from bot.chat.defang import contact, defang
from bot.chat.handlers.held import spam as held_back
from bot.chat.handlers.subscriptions import LONGEST_RULE
from bot.chat.links import link_in
from bot.chat.refusals import refused
from bot.chat.replies import Choice, Filling, Part, Reply, Say, listed, reply, say, short
from bot.chat.wording import ago, at
from rules.language import RuleError
from rules.model import And, CompanyTerm, Or, Term
from storage.feedback import HONEST
from storage.rows import StoredArticle

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
_MOST = 3  # of each: sources, contacts, adverts
_HEADLINE = 50  # characters


def spam(context: Context, argument: str) -> Reply:
    """With a company, how often adverts tout it; else as ``held.spam`` does."""
    if argument and not link_in(argument):
        return touts(context, argument)
    return held_back(context, argument)


def touts(context: Context, argument: str) -> Reply:
    """How often adverts of the last 7 and 30 days tout the company, from where, with which ids."""
    typed = " ".join(argument.split())
    if len(typed) > LONGEST_RULE:
        return reply(say("touts.no_company", text=short(typed)))
    try:
        term = context.engine.parse(typed).term
    except RuleError as error:
        if any(way.company for way in error.ways):
            return refused(context, typed, error, "spam")
        return reply(say("touts.no_company", text=short(typed)))
    companies = list(_companies(term))
    if not companies:
        return reply(say("touts.no_company", text=short(typed)))
    if len(companies) > 1:
        return reply(say("touts.one_only"))
    return _told(context, companies[0], context.engine.name(term, typed, context.chat.lang))


def _companies(term: Term) -> Iterable[CompanyTerm]:
    match term:
        case CompanyTerm():
            yield term
        case And(parts) | Or(parts):
            for part in parts:
                yield from _companies(part)


def _told(context: Context, company: CompanyTerm, name: str) -> Reply:
    found = context.store.sightings.touting(company.symbol, context.now - _MONTH)
    said = context.store.feedback.word
    month = [stored for stored in found if said(context.chat.id, stored.id) != HONEST]
    if not month:
        return _none(context, name)
    week = [stored for stored in month if stored.article.at >= context.now - _WEEK]
    sources = Counter(outlet(stored) for stored in month)
    ids = Counter(value for stored in month for value in stored.reading.promotion.contacts)
    buttons = [
        Choice(say("why.button", number=number), "why", {"article": str(stored.id)})
        for number, stored in enumerate(month[:_MOST], 1)
    ]
    return reply(
        say("touts.title", company=name),
        say("touts.count", week=len(week), month=len(month)),
        *_young(context),
        say("touts.sources", sources=_counted(sources)),
        *([say("touts.contacts", contacts=_counted(ids, ids=True))] if ids else []),
        None,
        say("touts.latest"),
        *_latest(context, month),
        None,
        say("touts.note"),
        choices=[buttons],
    )


def _none(context: Context, name: str) -> Reply:
    began = context.store.search.began()
    if began is None:
        return reply(say("touts.nothing_read"))
    return reply(say("touts.none", company=name), *_young(context))


def _young(context: Context) -> list[Part]:
    """Since when articles are read, where that is less than the month that is spoken of."""
    began = context.store.search.began()
    if began is None or context.now - began >= _MONTH:
        return []
    return [say("touts.young", time=at(began, context.now, context.chat.zone))]


def _counted(found: Counter[str], *, ids: bool = False) -> Filling:
    items = [
        say("touts.counted", name=contact(name) if ids else defang(name), count=count)
        for name, count in found.most_common(_MOST)
    ]
    rest = len(found) - _MOST
    return listed([*items, *([say("touts.more", count=rest)] if rest > 0 else [])])


def _latest(context: Context, adverts: Sequence[StoredArticle]) -> list[Say]:
    return [
        say(
            "touts.item",
            number=number,
            headline=defang(short(stored.article.title.strip() or stored.article.text, _HEADLINE)),
            outlet=outlet(stored),
            ago=ago(stored.article.at, context.now),
        )
        for number, stored in enumerate(adverts[:_MOST], 1)
    ]
