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
from storage.rows import Mute, OutboxRow, StoredQuiet, StoredRule, Verdict

Grounds = Mapping[int, Mapping[str, tuple[Span, ...]]]
"""The ids of the rules that held, each with the words on which it did."""


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


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a chat has muted or put off, and its quiet hours: all that is asked of the database."""

    mutes: tuple[Mute, ...] = ()
    quiet: StoredQuiet | None = None


class Holds:
    """Looks into the database; used on its thread."""

    def __init__(self, store: Store, parse: Callable[[str], Rule]) -> None:
        self._store = store
        self._parse = parse

    def wishes(self, chat: int, now: datetime) -> Wishes:
        """What the chat wishes by now."""
        return Wishes(self._store.mutes.active(chat, now), self._store.quiet.of(chat))

    def is_loud(self, wishes: Wishes, analysis: Analysis, rules: Iterable[StoredRule]) -> bool:
        """Whether the article is among what the chat wants to hear also in its quiet hours."""
        quiet = wishes.quiet
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

    def gate(self, row: OutboxRow, now: datetime) -> bool:
        """Whether the row may go out now. Where not, that is written down and it waits.

        What tells of an article is collected; all else is only put off. A message that perhaps
        arrived already is put off too: collected it would lose the mark that it is repeated.
        """
        wishes = self.wishes(row.chat.id, now)
        verdict = None
        if row.article is not None and row.kind in TELLING:
            verdict = self._store.decisions.of(row.chat.id, row.article)
        hold = of_article(wishes, verdict, row, now) if verdict else of_everything(wishes, now)
        if hold is None:
            return True
        if verdict is None or row.repeat:
            self._store.outbox.defer(row.id, hold.until, hold.slot)
            return False
        with self._store.transaction():
            self._store.outbox.drop(row.id, hold.outcome.value, now)
            held = self._store.outbox.collect(row.chat.id, hold.slot, hold.until, now)
            article = verdict.article.id
            self._store.decisions.defer(row.chat.id, article, hold.outcome, hold.detail, held)
        return False


def of_everything(wishes: Wishes, now: datetime) -> Hold | None:
    """Why nothing at all goes to the chat now, whatever it is; the longest-lasting reason."""
    return _longest([*_paused(wishes), *_night(wishes, now)])


def hold_of(
    wishes: Wishes, reading: Reading, grounds: Grounds, now: datetime, *, loud: bool
) -> Hold | None:
    """Why an article is not sent to the chat now; of several the longest-lasting reason.

    ``loud`` says that it is to be heard also at night (``Holds.is_loud``).
    """
    held = [*_paused(wishes), *_snoozed(wishes.mutes, reading, grounds)]
    return _longest(held if loud else [*held, *_night(wishes, now)])


def of_article(wishes: Wishes, verdict: Verdict, row: OutboxRow, now: datetime) -> Hold | None:
    """The same of an article that was decided on, whose message is to go out."""
    grounds = {rule.id: verdict.by_rule.get(rule.id, {}) for rule in verdict.rules}
    loud = row.payload.get("loud") is True
    return hold_of(wishes, verdict.article.reading, grounds, now, loud=loud)


TELLING = frozenset({"alert", "update"})
"""Kinds of rows that tell of an article."""


def _paused(wishes: Wishes) -> list[Hold]:
    return [_put_off(Outcome.PAUSED, mute) for mute in wishes.mutes if mute.kind == PAUSE]


def _night(wishes: Wishes, now: datetime) -> list[Hold]:
    quiet = wishes.quiet
    if quiet is None:
        return []
    hours = QuietHours(quiet.start, quiet.end)
    around = hours.around(now, ZoneInfo(quiet.zone))
    return [Hold(Outcome.QUIET, str(hours), QUIET, around[1])] if around else []


def _put_off(outcome: Outcome, mute: Mute) -> Hold:
    return Hold(outcome, mute.label, slot_of(mute), mute.until)


def _snoozed(mutes: Iterable[Mute], reading: Reading, grounds: Grounds) -> list[Hold]:
    """The snoozes behind an article of which every rule, or all that it is about, is snoozed."""
    by_rule = {m.value: m for m in mutes if m.kind == RULE}
    by_company = {m.value: m for m in mutes if m.kind == COMPANY}
    found: list[Mute] = []
    if not by_rule and not by_company:
        return []
    for id_, evidence in grounds.items():
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
