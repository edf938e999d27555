"""Do the stored rules still mean what they meant? Asked at every start: company data changes.

A rule's canonical form stays in force whatever its words would mean by now. Where that would be
something else, the chat is told once, and decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.apart import apart
from bot.ports import Clock, Run
from rules.language import RuleError
from rules.model import Rule
from storage import Store
from storage.rows import StoredRule

log = structlog.get_logger(__name__)

_STEP = 100  # rules that are compared at a time
NOTICE = "notice"
"""The kind of an outbox row that tells a chat of one of its rules."""

_MOST = 5  # notices for a chat and start; further ones wait for the next
Parse = Callable[[str], Rule]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a stored rule has become.

    ``meaning`` is the canonical form of its words by now, empty where nothing is understood any
    more, None where that is what they meant. ``respelt`` is another spelling of the same meaning.
    """

    rule: StoredRule
    meaning: str | None = None
    respelt: str = ""


def compare(rules: Iterable[StoredRule], parse: Parse) -> list[Finding]:
    """What of these rules has changed. Needs no database: may be done on another thread."""
    return [found for rule in rules if (found := _compared(rule, parse)) is not None]


def _compared(rule: StoredRule, parse: Parse) -> Finding | None:
    stored, by_now = _read(rule.canonical, parse), _read(rule.typed or rule.canonical, parse)
    if stored is None:
        return Finding(rule, by_now.canonical if by_now else "")
    respelt = stored.canonical if stored.canonical != rule.canonical else ""
    # Words that are understood no more change nothing: the stored form is.
    differs = by_now is not None and by_now.term != stored.term
    meaning = by_now.canonical if by_now and differs else None
    return Finding(rule, meaning, respelt) if differs or respelt else None


def _read(text: str, parse: Parse) -> Rule | None:
    try:
        return parse(text)
    except RuleError:
        return None


async def review(store: Store, run: Run, parse: Parse, clock: Clock) -> int:
    """Compare every stored rule, a few at a time; how many chats' rules are told of."""
    told: Counter[int] = Counter()
    rules = await run(lambda: store.rules.active_after(0, _STEP))
    while rules:
        found = await apart(partial(compare, rules, parse))
        await run(partial(report, store, found, clock(), told))
        rules = await run(partial(store.rules.active_after, rules[-1].id, _STEP))
    return told.total()


def report(
    store: Store, findings: Sequence[Finding], now: datetime, told: Counter[int] | None = None
) -> None:
    """Keep new spellings, and owe the chats a word on changed meanings, counted in ``told``.

    Each is told once: a rule's later change to yet another meaning is told again.
    """
    told = Counter() if told is None else told
    with store.transaction():
        for found in findings:
            rule = found.rule
            if found.respelt:
                store.rules.respell(rule.chat, rule.id, found.respelt)
            if found.meaning is None or told[rule.chat] >= _MOST:
                continue
            if store.rules.tell(rule.id, found.meaning, now):
                told[rule.chat] += 1
                payload = {"rule": rule.id, "meaning": found.meaning}
                store.outbox.enqueue(rule.chat, None, None, NOTICE, payload, now)
                log.warning("rule.meaning_changed", rule=rule.id, text=rule.canonical)
