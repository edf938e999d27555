"""Prices without a currency: 股價>1000 is in the one that the company beside it trades in."""

from __future__ import annotations

from dataclasses import replace

from rules.beside import Beside, companies_beside
from rules.model import And, EventTerm, Not, Or, Term

_HOME, _ABROAD = "TWD", "USD"
_MARKETS = {
    "TW": _HOME,
    "TWO": _HOME,
    "HK": "HKD",
    "T": "JPY",
    "KS": "KRW",
    "KQ": "KRW",
    "SS": "CNY",
    "SZ": "CNY",
}


def priced(term: Term, beside: Beside = ()) -> Term:
    """``term`` with a currency for every price; TWD where companies disagree or there is none."""
    match term:
        case And(parts):
            inner = companies_beside(term) or beside
            return And(tuple(priced(part, inner) for part in parts))
        case Or(parts):
            return Or(tuple(priced(part, beside) for part in parts))
        case Not(part):
            return Not(priced(part, beside))
        case EventTerm(_, comparison) if comparison and not comparison.currency:
            if comparison.unit == "money":
                return replace(term, comparison=replace(comparison, currency=_currency(beside)))
    return term


def _currency(beside: Beside) -> str:
    found = {_market(company.symbol) for company in beside}
    return found.pop() if len(found) == 1 else _HOME


def _market(symbol: str) -> str:
    _, _, market = symbol.rpartition(".")
    return _MARKETS.get(market, _ABROAD) if symbol[:1].isdigit() else _ABROAD
