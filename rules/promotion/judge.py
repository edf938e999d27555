"""The judge: runs every signal over an article and lets the policy decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rules.document import Document
from rules.model import Mention, Promotion, Signal
from rules.promotion import (
    concepts,
    contacts,
    frames,
    furniture,
    learned,
    page,
    policy,
    touting,
    vocabulary,
)
from rules.promotion.checks import CHECKS, Facts, calls, closely, read_closely
from rules.promotion.records import Finding, Record

_CLOSE = frozenset({"learned", "wording", "context"})  # groups whose tests read every word
_SPEAKING = frozenset({"contact", "solicitation", "lure", "touting", "teacher", "scarcity"})
_MESSAGE, _CALLS_IN_ARTICLE = 120, 2  # folded characters; different words
_MOST_EVIDENCE = 5
_LONGEST_EVIDENCE = 40  # characters of one piece of evidence


def judge(document: Document, mentions: Sequence[Mention]) -> Promotion:
    """Whether ``document`` advertises stock picks, with every signal's answer.

    ``document`` must have been scanned with ``patterns()`` under the owner ``promotion``. The score
    is that of ``policy.toml``; ``touted`` are symbols of ``mentions``; ``contacts`` are in the
    spelling of ``rules.promotion.contacts``. Quick where no word of the catalogue stands.
    """
    facts = _facts(document, mentions)
    rules = policy.load()
    signals = _explained(facts)
    if _worth_reading(signals, facts) and rules.could_flag(signals, _CLOSE):
        signals = _read_closely(signals, facts)
    score, flagged = rules.decide(signals)
    return Promotion(
        score=score,
        flagged=flagged,
        signals=signals,
        touted=_touted(facts, flagged=flagged),
        contacts=tuple(dict.fromkeys(c.value for c in facts.contacts)),
    )


def ideas(document: Document, mentions: Sequence[Mention]) -> set[str]:
    """What the learned model is shown of ``document`` besides its characters, for fitting it."""
    signals = _explained(_facts(document, mentions))
    return learned.ideas(concepts.features(document.text), signals).names()


def _worth_reading(signals: Sequence[Signal], facts: Facts) -> bool:
    """Whether something invites or baits already, or the reader is at least spoken to.

    A message speaks to its reader with one word, an article with several; a long one that wants
    something says so in words of the catalogue.
    """
    speaking = any(s.fired and s.group in _SPEAKING for s in signals)
    length = len(facts.page.document.text)
    if length > frames.HEAD + frames.TAIL:
        return speaking and calls(facts) > 0
    return speaking or calls(facts) >= (1 if length <= _MESSAGE else _CALLS_IN_ARTICLE)


def _facts(document: Document, mentions: Sequence[Mention]) -> Facts:
    read = page.read(document)
    own, footers = furniture.without(read)
    where = touting.places(read, mentions)
    codes = {m.company.code: m.company.symbol for m in mentions}
    return Facts(
        page=own,
        footers=footers,
        named=where,
        contacts=contacts.find(document),
        listing=touting.listing(read, where, codes),
        row=touting.row(read, where),
    )


def _explained(facts: Facts) -> tuple[Signal, ...]:
    """Every signal's answer but those that take close reading, which stay silent."""
    signals = list(_passed())
    for number, record in _asked():
        if record.test or record.name in facts.page.marks:
            signals[number] = _signal(signals[number], _finding(record, facts), facts)
    return tuple(signals)


@lru_cache(maxsize=1)
def _asked() -> tuple[tuple[int, Record], ...]:
    return tuple(
        (number, record)
        for number, record in enumerate(vocabulary.records())
        if record.test not in read_closely()
    )


def _finding(record: Record, facts: Facts) -> Finding:
    if record.test:
        return CHECKS[record.test](facts)
    marks = facts.page.marks[record.name]
    said = [mark for mark in marks if not mark.told]
    fired = len({mark.word for mark in said}) >= record.least
    return Finding(fired, tuple((m.start, m.end) for m in (said if fired else marks)))


def _read_closely(signals: tuple[Signal, ...], facts: Facts) -> tuple[Signal, ...]:
    findings = closely(facts, signals)
    return tuple(
        _signal(signal, findings[record.test], facts) if record.test in findings else signal
        for record, signal in zip(vocabulary.records(), signals, strict=True)
    )


@lru_cache(maxsize=1)
def _passed() -> tuple[Signal, ...]:
    """Every signal where it saw nothing."""
    weights = policy.load().weights
    return tuple(
        Signal(record.name, record.group, weights[record.name], fired=False)
        for record in vocabulary.records()
    )


def _signal(passed: Signal, finding: Finding, facts: Facts) -> Signal:
    if not finding.places:
        return passed
    document = facts.page.document
    evidence: dict[str, None] = {}
    for start, end in sorted(finding.places):
        evidence[document.original(start, min(end, start + _LONGEST_EVIDENCE)).strip()] = None
        if len(evidence) == _MOST_EVIDENCE:
            break
    return Signal(passed.name, passed.group, passed.weight, finding.fired, tuple(evidence))


def _touted(facts: Facts, *, flagged: bool) -> tuple[str, ...]:
    """The list's companies; without a list, those that stand in the same sentence as bait."""
    if facts.listing.symbols or not flagged:
        return facts.listing.symbols
    bait = {r.name for r in vocabulary.records() if r.group in {"lure", "touting"}} | {"praise"}
    document = facts.page.document
    baited = {document.sentence_at(mark.start) for owner in bait for mark in facts.page.said(owner)}
    return tuple(
        dict.fromkeys(p.symbol for p in facts.named if document.sentence_at(p.start) in baited)
    )
