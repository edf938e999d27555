"""What one article means to the chats: pushed, held back, or another outlet of a story told.

    matched ─► decide ─► push           a message, after a short hold for better articles
                     ├─► same story     may lead a message that waits; what it changes is an update
                     └─► held back      why is kept with the decision
    any article of a told story ─► spread ─► the messages about it are edited

Everything here happens in the transaction that records the article.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.holds import Hold, Holds, Wishes, hold_of
from bot.ports import Clock
from bot.reputations import see_to
from bot.rulebook import ChatMatch
from bot.slots import STORY
from bot.verdicts import ChatVerdict, Verdicts
from rules import stories
from rules.decision import decide
from rules.engine import Analysis
from rules.events.news import news
from rules.model import DEFERRED, Article, Fingerprint, Outcome, Span
from rules.origins import Origin, origins
from storage import Store
from storage.rows import Mute, StoredArticle, ToldMessage

ALERT, UPDATE = "alert", "update"
"""The kinds of an outbox row that tells a chat of a story, and of what changed in it."""

URGENT = "urgent"
_REMEMBERED = 256  # articles that chats were told by lately


@dataclass(frozen=True, slots=True)
class Pace:
    """How long messages wait for others: the first of a story, and an edit.

    ``gap`` lies between two edits of one message.
    """

    hold: timedelta = timedelta(0)
    settle: timedelta = timedelta(seconds=15)
    gap: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Read:
    """An article with all that was thought of it before the database is asked."""

    article: Article
    keys: tuple[str, ...]
    analysis: Analysis
    fingerprint: Fingerprint
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one article for one chat.

    ``instead_of`` is the article of a waiting message that it leads now.
    """

    article: int
    title: str
    chat: int
    outcome: Outcome
    detail: str
    rules: tuple[str, ...]
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """One article before one chat, with what the chat was told of its story."""

    one: Read
    chat: int
    matches: tuple[ChatMatch, ...]
    article: int
    story: int
    verdict: ChatVerdict
    told: tuple[StoredArticle, ...]
    messages: tuple[ToldMessage, ...]
    wishes: Wishes
    loud: bool

    @property
    def evidence(self) -> Mapping[str, tuple[Span, ...]]:
        return {key: spans for m in self.matches for key, spans in m.match.evidence.items()}

    @property
    def urgent(self) -> bool:
        return any(match.rule.bell == URGENT for match in self.matches)

    @property
    def waiting(self) -> ToldMessage | None:
        """The first message on the story, where it has not gone out and may have another lead."""
        last = self.messages[-1] if self.messages else None
        return last if last and last.kind == ALERT and last.state == "queued" else None


class Decider:
    """Decides and writes down; used on the database's thread, inside a transaction."""

    def __init__(self, store: Store, clock: Clock, pace: Pace, holds: Holds) -> None:
        self._store = store
        self._holds = holds
        self._clock = clock
        self._pace = pace
        self._verdicts = Verdicts(store)
        self._articles: dict[int, StoredArticle] = {}

    def begin(self) -> None:
        """A transaction begins: what another one that came to nothing recorded is forgotten."""
        self._articles.clear()

    def decide(
        self,
        one: Read,
        chat: int,
        matches: tuple[ChatMatch, ...],
        article: int,
        story: int,
        *,
        backlog: bool,
    ) -> Decided:
        """What becomes of the article for a chat whose rules hold; the chat is owed its message."""
        case = self._case(one, chat, matches, article, story)
        changed = self._changes(case)
        hold = self._hold(case)
        decision = decide(
            one.article,
            replace(one.analysis.reading, promotion=case.verdict.promotion),
            [m.match for m in matches],
            backlog=backlog,
            muted=_muted(case.wishes.mutes, one.origins, story),
            alerted=_headline(case.told[0].article) if case.told and not changed else "",
            later=hold.decision if hold else None,
        )
        outcome, detail, instead_of = decision.outcome, decision.detail, None
        if outcome is Outcome.PUSH and case.waiting:
            outcome, detail = Outcome.SAME_STORY, _headline(case.told[0].article)
        outbox = self._push(case) if outcome is Outcome.PUSH else None
        if outcome in DEFERRED and hold:
            now = self._clock()
            outbox = self._store.outbox.collect(chat, hold.slot, hold.until, now)
        self._record(case, outcome, detail, outbox)
        if outcome is Outcome.SAME_STORY and (waiting := case.waiting):
            instead_of = self._take_lead(case, waiting, changed=bool(changed))
        if outcome is Outcome.PROMOTION:
            found = origins(one.article, case.verdict.promotion)
            see_to(self._store, chat, found, self._clock())
        if instead_of is not None:
            outcome, detail = Outcome.PUSH, ""
        typed = tuple(m.rule.typed for m in matches)
        title = _headline(one.article)
        return Decided(article, title, chat, outcome, detail, typed, instead_of)

    def spread(self, one: Read, article: int, story: int, without: Container[int]) -> None:
        """Have the chats' latest messages on the story name this outlet too.

        ``without`` are the chats that held the article back as an advert or as muted.
        """
        latest = {m.chat: m for m in self._store.outbox.of_story(story)}
        if not latest:
            return
        names = self._store.stories.names(story)
        own = names.pop(article)
        for message in latest.values():
            since = (message.article or 0) if message.kind == UPDATE else 0
            said = {name for id_, name in names.items() if id_ >= since}
            if message.article == article or message.chat in without or own in said:
                continue
            now = self._clock()
            if not _muted(self._store.mutes.active(message.chat, now), one.origins, story):
                self._store.outbox.edit(message.id, now, now + self._pace.settle, self._pace.gap)

    def _case(
        self, one: Read, chat: int, matches: tuple[ChatMatch, ...], article: int, story: int
    ) -> _Case:
        promotion, text = one.analysis.reading.promotion, one.analysis.document.text
        verdict = self._verdicts.of_chat(chat, one.article, promotion, text)
        ids = self._store.decisions.told(chat, story, self._clock())
        told = tuple(map(self._remembered, ids))
        messages = self._store.outbox.of_story(story, chat) if told else ()
        wishes = self._holds.wishes(chat, self._clock())
        loud = self._holds.is_loud(wishes, one.analysis, [m.rule for m in matches])
        return _Case(one, chat, matches, article, story, verdict, told, messages, wishes, loud)

    def _remembered(self, id_: int) -> StoredArticle:
        """A stored article, unpacked once for all chats that were told by it: it never changes."""
        if id_ not in self._articles:
            stored = self._store.articles.get(id_)
            assert stored is not None  # a decision points to it
            self._articles[id_] = stored
            if len(self._articles) > _REMEMBERED:
                del self._articles[next(iter(self._articles))]
        return self._articles[id_]

    def _hold(self, case: _Case) -> Hold | None:
        """Why the chat wants nothing of it now; a message that waits is asked when it is due."""
        if case.waiting:
            return None
        grounds = {m.rule.id: m.match.evidence for m in case.matches}
        reading = case.one.analysis.reading
        return hold_of(case.wishes, reading, grounds, self._clock(), loud=case.loud)

    def _changes(self, case: _Case) -> tuple[stories.Change, ...]:
        """What the article changes of what the chat was told, unless it was told often enough."""
        updates = sum(message.kind == UPDATE for message in case.messages)
        if not case.told or updates >= stories.policy().most_updates:
            return ()
        reading = case.one.analysis.reading
        told = [stored.reading for stored in case.told]
        return stories.changes(told, case.one.article, reading, news(reading, case.evidence))

    def _push(self, case: _Case) -> int | None:
        """Owe the chat a message: the first one after the hold, one on what changed at once."""
        now = self._clock()
        first = case.messages[0].id if case.messages else None
        due = now if case.told or case.urgent else now + self._pace.hold
        kind = UPDATE if case.told else ALERT
        payload = {"loud": True} if case.loud else {}
        enqueue = self._store.outbox.enqueue
        return enqueue(case.chat, case.story, case.article, kind, payload, now, due, first)

    def _record(self, case: _Case, outcome: Outcome, detail: str, outbox: int | None) -> None:
        self._store.decisions.record(
            case.chat,
            case.article,
            case.story,
            outcome,
            detail,
            [(m.rule.id, m.match.evidence) for m in case.matches],
            outbox,
            self._clock(),
            case.verdict.taught,
            case.verdict.like,
        )

    def _take_lead(self, case: _Case, waiting: ToldMessage, *, changed: bool) -> int | None:
        """Lead the waiting message where this article tells more; the one that led it, or None."""
        before = next(stored for stored in case.told if stored.id == waiting.article)
        due = self._clock() if case.urgent else None
        new = (case.one.article, case.one.analysis.reading)
        old, lang = (before.article, before.reading), self._lang(case.chat)
        if not changed and not stories.leads(new, old, lang):
            self._store.outbox.lead(waiting.id, before.id, due)
            return None
        self._store.outbox.lead(waiting.id, case.article, due)
        self._store.decisions.give_lead(
            case.chat, before.id, case.article, _headline(case.one.article)
        )
        return before.id

    def _lang(self, chat: int) -> str | None:
        """The language that the chat reads, as readings name it."""
        known = self._store.chats.get(chat)
        return known.lang[:2] if known else None


def _muted(mutes: Iterable[Mute], found: tuple[Origin, ...], story: int) -> str:
    """What of the article's origins the chat has muted, or the story, as people call it."""
    muted = {(m.kind, m.value): m.label for m in mutes}
    keys = [(o.kind, o.value) for o in found] + [(STORY, str(story))]
    return next((muted[key] for key in keys if key in muted), "")


def _headline(article: Article) -> str:
    return article.title or article.text[:60]
