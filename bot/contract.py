"""The machine-readable output of the command line: one JSON object a line, used from outside.

The shapes are a contract (see ``docs/contract.md``); change them only by adding a key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rules.model import Event, Figure, Mention, Promotion, Reading

_HALF = re.compile("[\ud800-\udfff]")  # half a character: UTF-8 has none, an id may hold one


def line(value: Mapping[str, object]) -> str:
    """One JSON object on one line, characters as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if text.isascii() or not _HALF.search(text):
        return text
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def reading(article_id: object, read: Reading) -> dict[str, object]:
    """What ``tickerbell check`` prints of one article. Background events are no news: left out."""
    return {
        "id": article_id,
        "lang": read.lang,
        "tickers": [_ticker(m) for m in read.mentions],
        "events": [
            _event(event, company)
            for event in read.events
            if not event.background
            for company in event.companies or (None,)
        ],
        "figures": [entry for f in read.figures for entry in _figure(f)],
        "promotion": _promotion(read.promotion),
        "summary": list(read.summary.sentences),
    }


def _ticker(mention: Mention) -> dict[str, object]:
    return {
        "symbol": mention.company.symbol,
        "name": mention.company.name,
        "salience": mention.salience.value,
        "evidence": mention.evidence[0].text,
    }


def _event(event: Event, company: str | None) -> dict[str, object]:
    """One entry a company: an event that happened to two of them is two entries."""
    return {
        "kind": event.kind,
        "stance": event.stance.value,
        "direction": event.direction.value if event.direction else None,
        "company": company,
        "evidence": event.span.text,
    }


def _figure(figure: Figure) -> Iterable[dict[str, object]]:
    """One entry, or two for a range: its lower and its upper end, with the same text."""
    for value in (figure.value, figure.high):
        if value is not None:
            yield {
                "value": number(value),
                "unit": figure.unit,
                "currency": figure.currency or None,
                "text": figure.span.text,
                "kind": figure.kind,
            }


def number(value: Decimal) -> int | float:
    """A JSON number that prints the decimal's own digits (floats print their shortest form)."""
    return int(value) if value == value.to_integral_value() else float(value)


def _promotion(promotion: Promotion) -> dict[str, object]:
    return {
        "score": round(promotion.score, 4),
        "flagged": promotion.flagged,
        "signals": [
            {"name": s.name, "weight": s.weight, "evidence": " … ".join(s.evidence)}
            for s in promotion.fired
        ],
    }
