"""What was held back for a while, told in one message: by company, the weightiest first.

A story is told once, by its best report, however many came; what the chat has called an advert or
muted since is left out. What does not fit stands on further pages, behind a button.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from bot.chat.articles import headline, outlet
from bot.chat.context import Context
from bot.chat.replies import Choice, Filling, Part, Reply, reply, say, say_of
from bot.chat.wording import at
from bot.messages import Run
from rules.language.note import label
from rules.model import Event, Reading, Stance
from rules.origins import origins
from rules.stories import leads
from storage.feedback import HONEST
from storage.rows import StoredArticle, Verdict

PAGE = 12
MOST = 1000
"""Articles that are looked at for one message: a second's work."""

# What weighs most comes first: what a company does, its results, then what others make of it.
_WEIGHTY = (
    *("layoff", "mna", "capex", "guidance", "earnings", "investment", "outage", "legal"),
    *("regulation", "offering", "buyback", "dividend", "revenue", "order", "leadership", "ipo"),
    *("supply", "product", "price_move", "rating"),
)
_RANK = {kind: number for number, kind in enumerate(_WEIGHTY)}


@dataclass(frozen=True, slots=True)
class _Told:
    """A story that was held back: its best report and how many outlets tell it by now."""

    stored: StoredArticle
    outlets: int
    company: str

    @property
    def weight(self) -> tuple[int, bool, int, int]:
        """Sorts the weightiest first: by event, certainty, outlets, age."""
        events = [e for e in self.stored.reading.events if not e.background]
        rank = min((_RANK.get(event.kind, len(_RANK)) for event in events), default=len(_RANK) + 1)
        talk = all(event.stance is Stance.RUMOURED for event in events)
        return rank, talk, -self.outlets, self.stored.id


def heldback(context: Context, number: int, page: int = 1) -> Reply | None:
    """A page of what the message with this number collected; None where nothing is left of it."""
    verdicts = context.store.decisions.collected(number, MOST)
    told = _stories(context, verdicts)
    if not told:
        return None
    pages = ceil(len(told) / PAGE)
    page = min(max(page, 1), pages)
    shown = told[(page - 1) * PAGE : page * PAGE]
    title = say_of("heldback", verdicts[0].outcome.value, count=len(told))
    parts: list[Part] = [title if page == 1 else say("heldback.page", page=page, pages=pages)]
    for company, stories in _grouped(shown):
        parts += [None, say("heldback.company", company=company or say("heldback.others"))]
        parts += [_item(context, one) for one in stories]
    parts += [None, say("heldback.cut", count=MOST)] if len(verdicts) == MOST else []
    rest = len(told) - page * PAGE
    args = {"message": str(number), "page": str(page + 1)}
    more = [Choice(say("heldback.more", count=rest), "held_page", args)] if rest > 0 else []
    return reply(*parts, choices=[more])


def turn_page(context: Context, args: Mapping[str, str]) -> Reply:
    """Another page of it."""
    number = int(args["message"])
    verdicts = context.store.decisions.collected(number, MOST)
    own = verdicts and context.store.decisions.of(context.chat.id, verdicts[0].article.id)
    found = heldback(context, number, int(args["page"])) if own else None
    return found or reply(say("button.expired"))


def _item(context: Context, told: _Told) -> Part:
    time = at(told.stored.article.at, context.now, context.chat.zone)
    who = outlet(told.stored)
    line = headline(told.stored)
    if told.outlets > 1:
        return say("heldback.item_many", headline=line, outlet=who, count=told.outlets, time=time)
    return say("heldback.item", headline=line, outlet=who, time=time)


def _stories(context: Context, verdicts: Iterable[Verdict]) -> list[_Told]:
    best: dict[int, Verdict] = {}
    for verdict in verdicts:
        new, story = verdict.article, verdict.article.story
        if not _is_wanted(context, new):
            continue
        before = best[story].article if story in best else None
        if before is None or leads((new.article, new.reading), (before.article, before.reading)):
            best[story] = verdict
    outlets = context.store.stories.outlets(best)
    told = [
        _Told(verdict.article, outlets.get(story, 1), _company(verdict, context.chat.lang))
        for story, verdict in best.items()
    ]
    return _in_order(told)


def _is_wanted(context: Context, stored: StoredArticle) -> bool:
    """Whether the chat has neither called it an advert nor muted its source or story since."""
    chat = context.chat.id
    if context.store.feedback.word(chat, stored.id) not in {None, "", HONEST}:
        return False
    muted = {(m.kind, m.value) for m in context.store.mutes.active(chat, context.now)}
    found = origins(stored.article, stored.reading.promotion)
    keys = {(o.kind, o.value) for o in found} | {("story", str(stored.story))}
    return not keys & muted


def _in_order(told: Sequence[_Told]) -> list[_Told]:
    """Companies by their weightiest story, and each one's stories together."""
    first: dict[str, tuple[int, bool, int, int]] = {}
    for one in told:
        first[one.company] = min(first.get(one.company, one.weight), one.weight)
    return sorted(told, key=lambda one: (not one.company, first[one.company], one.weight))


def _grouped(told: Iterable[_Told]) -> list[tuple[Filling, list[_Told]]]:
    groups: dict[str, list[_Told]] = {}
    for one in told:
        groups.setdefault(one.company, []).append(one)
    return [(Run(name, bold=True) if name else "", found) for name, found in groups.items()]


def _company(verdict: Verdict, lang: str) -> str:
    """The company that the rules asked for, else the one that something happened to."""
    reading = verdict.article.reading
    asked = {atom.removeprefix("about:").removeprefix("$") for atom in verdict.evidence}
    news = [event for event in reading.events if not event.background]
    symbols = [
        *(m.company.symbol for m in reading.mentions if m.company.symbol in asked),
        *_happened_to(news),
        *(m.company.symbol for m in reading.mentions if m.about),
    ]
    return next(filter(None, (_label(reading, symbol, lang) for symbol in symbols)), "")


def _happened_to(events: Iterable[Event]) -> list[str]:
    return [symbol for event in events for symbol in event.companies]


def _label(reading: Reading, symbol: str, lang: str) -> str:
    mention = reading.mention(symbol)
    return label(mention.company, lang) if mention else ""
