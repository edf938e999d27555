"""What was decided for a chat and an article, and why; the ground of ``/why`` and ``/spam``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.model import DEFERRED, Outcome, Span
from storage.articles import COLUMNS, article_of
from storage.codec import dump, load_evidence
from storage.database import Database, Value
from storage.rows import StoredRule, Verdict
from storage.rules import rule_of
from storage.times import micros, moment, moment_or_none

_VERDICTS = f"""
SELECT {COLUMNS}, d.id AS decision, d.outcome, d.detail, d.at, o.state,
    iif(o.state = 'sent', o.ended_at, NULL) AS sent_at, l.taught, l.like_article
FROM decisions AS d JOIN articles AS a ON a.id = d.article LEFT JOIN outbox AS o ON o.id = d.outbox
LEFT JOIN decision_lessons AS l ON l.decision = d.id
"""


class Decisions:
    """One decision for a chat and an article."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(
        self,
        chat: int,
        article_id: int,
        story: int,
        outcome: Outcome,
        detail: str,
        matches: Iterable[tuple[int, Mapping[str, tuple[Span, ...]]]],
        outbox_id: int | None,
        now: datetime,
        taught: float = 0.0,
        like: int | None = None,
    ) -> bool:
        """Keep a decision with the rules that held and their evidence.

        ``taught`` are the log odds that the chat's own lessons added to the verdict on promotion,
        ``like`` the article among them that is most like this one.

        The first decision for a chat and an article stays: False where there was one.
        """
        with self._db.transaction():
            new = self._db.one(
                "INSERT INTO decisions (chat, article, story, outcome, detail, outbox, at) VALUES"
                " (:chat, :article, :story, :outcome, :detail, :outbox, :now)"
                " ON CONFLICT (chat, article) DO NOTHING RETURNING id",
                chat=chat,
                article=article_id,
                story=story,
                outcome=outcome.value,
                detail=detail,
                outbox=outbox_id,
                now=micros(now),
            )
            if new is None:
                return False
            for rule, evidence in matches:
                self._db.run(
                    "INSERT INTO decision_rules (decision, rule, evidence)"
                    " VALUES (:decision, :rule, :evidence)",
                    decision=new["id"],
                    rule=rule,
                    evidence=dump(evidence),
                )
            if taught:
                self._db.run(
                    "INSERT INTO decision_lessons (decision, taught, like_article)"
                    " VALUES (:decision, :taught, :like)",
                    decision=new["id"],
                    taught=taught,
                    like=like,
                )
        return True

    def of(self, chat: int, article_id: int) -> Verdict | None:
        """The chat's decision on an article; None where no rule of the chat ever matched it."""
        found = self._verdicts(
            "WHERE d.chat = :chat AND d.article = :article", chat=chat, article=article_id
        )
        return found[0] if found else None

    def held(self, chat: int, outcomes: Iterable[Outcome], limit: int) -> tuple[Verdict, ...]:
        """The chat's latest decisions with one of these outcomes, newest first."""
        return self._verdicts(
            "WHERE d.chat = :chat AND d.outcome IN (SELECT value FROM json_each(:outcomes))"
            " ORDER BY d.at DESC, d.id DESC LIMIT :limit",
            chat=chat,
            outcomes=json.dumps([outcome.value for outcome in outcomes]),
            limit=limit,
        )

    def told(self, chat: int, story: int, now: datetime) -> tuple[int, ...]:
        """The articles by which the chat was told of this story, or is about to be, by id in order.

        What was held back for a while counts from when the message that collected it is due.
        """
        rows = self._db.all(
            "SELECT d.article FROM decisions AS d LEFT JOIN outbox AS o ON o.id = d.outbox"
            " WHERE d.chat = :chat AND d.story = :story AND (d.outcome = 'push'"
            " OR (d.outcome IN (SELECT value FROM json_each(:deferred)) AND (o.state = 'sent'"
            " OR (o.state IN ('queued', 'leased', 'retry', 'uncertain') AND o.due_at <= :now))))"
            " ORDER BY d.id",
            chat=chat,
            story=story,
            deferred=json.dumps([outcome.value for outcome in DEFERRED]),
            now=micros(now),
        )
        return tuple(row["article"] for row in rows)

    def collected(self, outbox_id: int, limit: int) -> tuple[Verdict, ...]:
        """What this message collected, the latest of it at most so many, in order."""
        found = self._verdicts(
            "WHERE d.outbox = :outbox ORDER BY d.id DESC LIMIT :limit",
            outbox=outbox_id,
            limit=limit,
        )
        return found[::-1]

    def defer(
        self, chat: int, article_id: int, outcome: Outcome, detail: str, outbox_id: int
    ) -> None:
        """What was to be pushed is held back for a while, and collected by this message."""
        self._db.run(
            "UPDATE decisions SET outcome = :outcome, detail = :detail, outbox = :outbox"
            " WHERE chat = :chat AND article = :article",
            chat=chat,
            article=article_id,
            outcome=outcome.value,
            detail=detail,
            outbox=outbox_id,
        )

    def outcomes(self, chat: int, story: int) -> Mapping[int, Outcome]:
        """What was decided for the chat on each article of the story that matched."""
        rows = self._db.all(
            "SELECT article, outcome FROM decisions WHERE chat = :chat AND story = :story",
            chat=chat,
            story=story,
        )
        return {row["article"]: Outcome(row["outcome"]) for row in rows}

    def give_lead(self, chat: int, before: int, after: int, detail: str) -> None:
        """The message of one article is led by another of the same story from now on.

        Both were decided already. ``detail`` is the new leader's headline.
        """
        with self._db.transaction():
            self._db.run(
                "UPDATE decisions SET outcome = 'push', detail = '', outbox = (SELECT o.outbox FROM"
                " decisions AS o WHERE o.chat = :chat AND o.article = :before)"
                " WHERE chat = :chat AND article = :after",
                chat=chat,
                before=before,
                after=after,
            )
            self._db.run(
                "UPDATE decisions SET outcome = 'same_story', detail = :detail, outbox = NULL"
                " WHERE chat = :chat AND article = :before",
                chat=chat,
                before=before,
                detail=detail,
            )

    def _verdicts(self, rest: str, **values: Value) -> tuple[Verdict, ...]:
        return tuple(self._verdict(row) for row in self._db.all(_VERDICTS + rest, **values))

    def _verdict(self, row: sqlite3.Row) -> Verdict:
        rules, by_rule = self._grounds(row["decision"])
        return Verdict(
            article=article_of(row),
            outcome=Outcome(row["outcome"]),
            detail=row["detail"],
            decided_at=moment(row["at"]),
            rules=rules,
            evidence={key: spans for held in by_rule.values() for key, spans in held.items()},
            outbox_state=row["state"] or "",
            sent_at=moment_or_none(row["sent_at"]),
            by_rule=by_rule,
            taught=row["taught"] or 0.0,
            like=row["like_article"],
        )

    def _grounds(
        self, decision: int
    ) -> tuple[tuple[StoredRule, ...], Mapping[int, Mapping[str, tuple[Span, ...]]]]:
        """The rules that held, and for each on which words."""
        rows = self._db.all(
            "SELECT r.*, d.evidence FROM decision_rules AS d JOIN rules AS r ON r.id = d.rule"
            " WHERE d.decision = :decision ORDER BY r.id",
            decision=decision,
        )
        by_rule = {row["id"]: load_evidence(row["evidence"]) for row in rows}
        return tuple(rule_of(row) for row in rows), by_rule
