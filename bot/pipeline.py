"""From a source to the outbox, said once:

    source.fetch ─► known? ─► Engine.analyse ─► + what was taught ─► Rulebook.match
      ─► same story? ─► decide, with what the chat itself taught (``bot.deciding``)
      ─► one transaction: articles + readings + stories + matches + decisions + outbox + cursor

The pipeline decides nothing itself: ``rules`` does. A crash anywhere repeats a visit and skips
nothing, since the source's cursor is committed together with what the visit brought.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.apart import apart
from bot.deciding import Decided, Decider, Pace, Read
from bot.holds import Holds
from bot.ports import Clock, Cursor, Fetched, Run, Source, SourceError
from bot.rulebook import Rulebook
from bot.verdicts import Verdicts
from rules import copies, stories
from rules.engine import Analysis, Engine
from rules.model import Article, Fingerprint, Outcome
from rules.origins import origins
from storage import Store

log = structlog.get_logger(__name__)

_READERS = 4  # articles that are read at the same time
_LONGEST_PAUSE = timedelta(hours=24)
_GONE_PAUSE = timedelta(days=3650)  # a server that answers 410 wants to be asked no more


@dataclass(slots=True)
class Report:
    """What one visit brought, for people: counts, decisions, and what could not be used."""

    source: str
    seen: int = 0
    new: int = 0
    flagged: list[int] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    skipped: tuple[str, ...] = ()
    unread: int = 0
    error: SourceError | None = None

    def add(self, decided: Decided) -> None:
        """Note a decision; the article whose place it takes is another outlet of the story now."""
        for number, earlier in enumerate(self.decided):
            if (earlier.chat, earlier.article) == (decided.chat, decided.instead_of):
                told = replace(earlier, outcome=Outcome.SAME_STORY, detail=decided.title)
                self.decided[number] = told
        self.decided.append(decided)


class Pipeline:
    """Takes what sources bring through to the outbox."""

    def __init__(
        self,
        store: Store,
        run: Run,
        engine: Engine,
        rulebook: Rulebook,
        clock: Clock,
        holds: Holds,
        *,
        poll: timedelta = timedelta(minutes=5),
        pace: Pace = Pace(),  # noqa: B008 - frozen
        on_queued: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._run = run
        self._engine = engine
        self._rulebook = rulebook
        self._clock = clock
        self._verdicts = Verdicts(store)
        self._decider = Decider(store, clock, pace, holds)
        self._poll = poll
        self._on_queued = on_queued
        self._readers = asyncio.Semaphore(_READERS)

    async def visit(self, source: Source, *, asked: bool = False) -> Report:
        """Fetch ``source`` and take everything new in it through. Never raises SourceError.

        A failure is noted with the source and tried again later, each time after a longer pause.
        The backlog that a live source has at its first visit alerts nobody, unless a person
        ``asked`` for this very visit.
        """
        report = Report(source.title or source.key)
        before = await self._run(lambda: self._store.sources.get(source.key))
        cursor = before and Cursor(before.etag, before.last_modified, before.title, before.url)
        try:
            fetched = await source.fetch(cursor or None, self._clock())
        except SourceError as failure:
            report.error = error = failure
            failures = before.failures if before else 0
            await self._run(lambda: self._note_failure(source, error, failures))
            log.warning("source.failed", source=source.key, why=str(error))
            return report
        report.seen, report.skipped = len(fetched.articles), fetched.skipped
        fresh = await self._run(lambda: self._unknown(fetched))
        tried = [await self._read_apart(article, keys) for article, keys in fresh]
        read = [one for one in tried if one is not None]
        report.unread = len(tried) - len(read)
        first = before is None or before.baseline_at is None
        backlog = source.live and first and not asked
        await self._run(lambda: self._record(source, fetched, read, backlog, report))
        if report.new:
            self._on_queued()
        log.info("source.visited", source=source.key, seen=report.seen, new=report.new)
        return report

    def _unknown(self, fetched: Fetched) -> list[tuple[Article, tuple[str, ...]]]:
        """The articles that no key is known of; the known ones' other keys are learned."""
        fresh: list[tuple[Article, tuple[str, ...]]] = []
        taken: set[str] = set()
        with self._store.transaction():
            for article, keys in zip(fetched.articles, fetched.keys, strict=True):
                known = self._store.articles.known(keys)
                if known is not None:
                    self._store.articles.learn_keys(known, keys)
                elif taken.isdisjoint(keys):
                    fresh.append((article, keys))
                    taken.update(keys)
        return fresh

    async def _read_apart(self, article: Article, keys: tuple[str, ...]) -> Read | None:
        """Read it beside the loop; a long article holds up its own source and few others."""
        async with self._readers:
            return await apart(lambda: self._read(article, keys))

    def _read(self, article: Article, keys: tuple[str, ...]) -> Read | None:
        """The article with all that is thought of it, or None where reading it fails.

        That is a fault of ours; it must not hold up the other articles. It is logged with its
        stack and tried again at the next visit.
        """
        try:
            analysis = self._engine.analyse(article)
        except Exception:
            log.exception("article.not_read", source=article.source, id=article.id)
            return None
        return Read(
            article,
            keys,
            analysis,
            stories.fingerprint(article, analysis.reading),
            origins(article, analysis.reading.promotion),
        )

    def _record(
        self, source: Source, fetched: Fetched, read: Sequence[Read], backlog: bool, report: Report
    ) -> None:
        """Everything that one visit brought, in one transaction with the source's cursor."""
        now = self._clock()
        kept = fetched.cursor
        if report.unread:  # with its validators the server would not send them again
            kept = replace(kept, etag="", last_modified="")
        self._decider.begin()
        with self._store.transaction():
            # Oldest first, so that the first report of a story leads it.
            for one in sorted(read, key=lambda r: r.article.at):
                if self._store.articles.known(one.keys) is None:
                    self._record_article(one, backlog, report)
            self._store.sources.visited(
                source.key,
                kept.title or source.title,
                kept.url,
                "live" if source.live else "file",
                kept.etag,
                kept.last_modified,
                now,
                now + self._poll,
                baseline=True,
            )

    def _record_article(self, one: Read, backlog: bool, report: Report) -> None:
        now, store = self._clock(), self._store
        one = self._taught(one)
        reading = one.analysis.reading
        story = self._story(one.fingerprint)
        article = store.articles.record(one.article, reading, one.keys, story, now)
        store.stories.join(story, article, one.fingerprint, now)
        document = one.analysis.document
        title, text = document.text[: document.title_end], document.text[document.title_end :]
        same = copies.sketch(document.text)
        store.search.add(article, one.article.at, reading, title, text, same)
        store.sources.note_origins(
            article,
            [(o.kind, o.value, o.label) for o in one.origins],
            reading.promotion.flagged,
            now,
        )
        report.new += 1
        if reading.promotion.flagged:
            report.flagged.append(article)
        decider, unwanted = self._decider, set()
        for chat, matches in self._rulebook.match(one.analysis).items():
            decided = decider.decide(one, chat, matches, article, story, backlog=backlog)
            report.add(decided)
            if decided.outcome in {Outcome.PROMOTION, Outcome.MUTED}:
                unwanted.add(chat)
        if not backlog and not reading.promotion.flagged:
            decider.spread(one, article, story, unwanted)

    def _taught(self, one: Read) -> Read:
        """The article with what people taught for all chats; itself where that says nothing."""
        document, reading = one.analysis.document, one.analysis.reading
        promotion = self._verdicts.shared(one.article, reading.promotion, document.text)
        if promotion is reading.promotion:
            return one
        analysis = Analysis(document, replace(reading, promotion=promotion))
        return replace(one, analysis=analysis, origins=origins(one.article, promotion))

    def _story(self, fingerprint: Fingerprint) -> int:
        """The story that it belongs to: the likeliest one in the window, or a new one."""
        found = self._store.stories.candidates(
            fingerprint.keys,
            fingerprint.at - stories.WINDOW,
            stories.CANDIDATES,
            stories.MEMBERS,
        )
        story = stories.assign(fingerprint, ((c.id, c.fingerprints) for c in found))
        return self._store.stories.create(fingerprint, self._clock()) if story is None else story

    def _note_failure(self, source: Source, error: SourceError, failures: int) -> None:
        pause = self._poll * 2 ** min(failures, 10)
        if error.retry_after is not None:
            pause = max(pause, timedelta(seconds=error.retry_after))
        now = self._clock()
        kind = "live" if source.live else "file"
        until = now + (_GONE_PAUSE if error.gone else min(pause, _LONGEST_PAUSE))
        self._store.sources.failed(source.key, source.title, "", kind, error.key, now, until)


def summary_counts(reports: Sequence[Report]) -> Mapping[str, int]:
    """How many articles were seen, new, flagged, pushed and held back, over all visits."""
    decided = [d for r in reports for d in r.decided]
    pushed = sum(d.outcome is Outcome.PUSH for d in decided)
    return {
        "seen": sum(r.seen for r in reports),
        "new": sum(r.new for r in reports),
        "flagged": sum(len(r.flagged) for r in reports),
        "pushed": pushed,
        "held": len(decided) - pushed,
    }
