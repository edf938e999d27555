"""What a chat does not want to hear now: a pause, a snoozed company or subscription, the night.

Asked twice: when an article is decided on, and again just before a message goes out, since a hold,
a stall or a throttled network may have carried it into the night. What is held back is collected by
one message a slot, which is due when the slot is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery.headline import matched_companies
from bot.slots import COMPANY, PAUSE, QUIET, RULE, slot_of
from rules.engine import Analysis
from rules.evaluate import Evaluator
from rules.language import RuleError
from rules.model import Decision, Outcome, Reading, Rule, Span
from rules.quiet import QuietHours
from storage import Store
from storage.rows import Chat, Mute, OutboxRow, StoredRule

Grounds = Mapping[int, tuple[StoredRule, Mapping[str, tuple[Span, ...]]]]
"""The rules that held, by id, each with the words on which it did."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing is sent now, and until when (None: until the chat says so)."""

    outcome: Outcome
    detail: str
    slot: str
    until: datetime | None

    @property
    def decision(self) -> Decision:
        """The same as a decision."""
        return Decision(self.outcome, self.detail)


class Holds:
    """Looks into the database; used on its thread."""

    def __init__(self, store: Store, parse: Callable[[str], Rule]) -> None:
        self._store = store
        self._parse = parse

    def everything(self, chat: Chat, now: datetime) -> Hold | None:
        """Why nothing at all goes to the chat now, whatever it is; the longest-lasting reason."""
        mutes = self._store.mutes.active(chat.id, now)
        paused = [_put_off(Outcome.PAUSED, m) for m in mutes if m.kind == PAUSE]
        return _longest([*paused, *self._night(chat, now)])

    def of(
        self, chat: Chat, reading: Reading, grounds: Grounds, now: datetime, *, loud: bool
    ) -> Hold | None:
        """Why an article is not sent to the chat now; of several the longest-lasting reason.

        ``loud`` says that it is to be heard also at night (``is_loud``).
        """
        mutes = self._store.mutes.active(chat.id, now)
        held = [_put_off(Outcome.PAUSED, m) for m in mutes if m.kind == PAUSE]
        held += _snoozed(mutes, reading, grounds)
        held += [] if loud else self._night(chat, now)
        return _longest(held)

    def is_loud(self, chat: int, analysis: Analysis, rules: Iterable[StoredRule]) -> bool:
        """Whether the article is among what the chat wants to hear also in its quiet hours."""
        quiet = self._store.quiet.of(chat)
        if quiet is None:
            return False
        if quiet.urgent and any(rule.bell == "urgent" for rule in rules):
            return True
        if not quiet.canonical:
            return False
        try:
            term = self._parse(quiet.canonical).term
        except RuleError:  # company data changed since: rather too quiet than too loud
            return False
        return Evaluator(analysis.document, analysis.reading).holds(term) is not None

    def _night(self, chat: Chat, now: datetime) -> list[Hold]:
        quiet = self._store.quiet.of(chat.id)
        hours = QuietHours(quiet.start, quiet.end) if quiet else None
        around = hours and hours.around(now, ZoneInfo(chat.zone))
        return [Hold(Outcome.QUIET, str(hours), QUIET, around[1])] if around else []

    def gate(self, row: OutboxRow, now: datetime) -> bool:
        """Whether the row may go out now. Where not, that is written down and it waits.

        What tells of an article is collected; all else is only put off. A message that perhaps
        arrived already is put off too: collected it would lose the mark that it is repeated.
        """
        if row.article is None or row.kind not in TELLING:
            hold = self.everything(row.chat, now)
            if hold is not None:
                self._store.outbox.defer(row.id, hold.until, hold.slot)
            return hold is None
        verdict = self._store.decisions.of(row.chat.id, row.article)
        if verdict is None:
            return True
        grounds = {r.id: (r, verdict.by_rule.get(r.id, {})) for r in verdict.rules}
        loud = row.payload.get("loud") is True
        hold = self.of(row.chat, verdict.article.reading, grounds, now, loud=loud)
        if hold is None:
            return True
        with self._store.transaction():
            if row.repeat:
                self._store.outbox.defer(row.id, hold.until, hold.slot)
            else:
                self._store.outbox.drop(row.id, hold.outcome.value, now)
                held = self._store.outbox.collect(row.chat.id, hold.slot, hold.until, now)
                self._store.decisions.defer(
                    row.chat.id, row.article, hold.outcome, hold.detail, held
                )
        return False


TELLING = frozenset({"alert", "update"})
"""Kinds of rows that tell of an article."""


def _put_off(outcome: Outcome, mute: Mute) -> Hold:
    return Hold(outcome, mute.label, slot_of(mute), mute.until)


def _snoozed(mutes: Iterable[Mute], reading: Reading, grounds: Grounds) -> list[Hold]:
    """The snoozes behind an article of which every rule, or all that it is about, is snoozed."""
    by_rule = {m.value: m for m in mutes if m.kind == RULE}
    by_company = {m.value: m for m in mutes if m.kind == COMPANY}
    found: list[Mute] = []
    for id_, (_, evidence) in grounds.items():
        symbols = [company.symbol for company in matched_companies(reading, evidence)]
        if str(id_) in by_rule:
            found.append(by_rule[str(id_)])
        elif symbols and all(symbol in by_company for symbol in symbols):
            found += [by_company[symbol] for symbol in symbols]
        else:
            return []
    # It may be told as soon as the first of its rules wakes up.
    holds = [_put_off(Outcome.SNOOZED, mute) for mute in found]
    return [min(holds, key=_ends)] if holds else []


def _longest(holds: list[Hold]) -> Hold | None:
    return max(holds, key=_ends, default=None)


def _ends(hold: Hold) -> tuple[bool, float]:
    return hold.until is None, hold.until.timestamp() if hold.until else 0.0
