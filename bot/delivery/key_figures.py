"""The line of figures on an alert: the few that matter most to who holds the share."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bot.delivery.amounts import amount, label
from bot.delivery.headline import Evidence, matched_companies, measured
from bot.texts import Texts
from rules.events.news import news
from rules.model import Basis, Figure, Reading

FIGURES = 4
# A share by itself says nothing (營收 38%), but for figures that are shares by nature.
SHARES = frozenset({"margin", "stake", "price_move"})
# What weighs most comes first: what a company does, then its results, what the market made of
# them, and what everybody can look up.
_WEIGHTY = (
    *("layoff", "capex", "mna", "investment", "buyback", "offering", "ipo", "order", "legal"),
    *("guidance", "revenue", "earnings", "price_move", "eps", "dividend", "margin"),
    *("rating", "target_price", "supply", "stake", "hiring", "market_cap", "price", "headcount"),
)
_RANK = {kind: number for number, kind in enumerate(_WEIGHTY)}


def line(reading: Reading, evidence: Evidence, texts: Texts) -> str:
    """Up to four figures of the matched companies, each with what it measures; or nothing.

    What the first line says is not said again. What others expected, earlier values and price
    moves that did not last are left out; what is only expected says so.
    """
    told = measured(reading, evidence, texts)
    said = {(figure.value, figure.unit) for figure in told.values()}
    groups: dict[tuple[str, bool], list[Figure]] = {}
    for figure in _own(reading, evidence, told):
        groups.setdefault((figure.kind, figure.basis is Basis.FORECAST), []).append(figure)
    shown: dict[str, str] = {}
    for (kind, expected), figures in sorted(groups.items(), key=_weight):
        name = label(figures[0], texts)
        figures = [figure for figure in figures if (figure.value, figure.unit) not in said]
        if not name or not figures:
            continue
        said.add((figures[0].value, figures[0].unit))
        if kind == "price_move":
            shown.setdefault(name, _moves(figures, texts))
            continue
        if expected:
            name = texts.say("amount.expected", label=name)
        value = amount(figures[0], texts)
        shown.setdefault(name, texts.say("amount.labelled", label=name, amount=value))
    if not shown:
        return ""
    listed = texts.say("card.between_figures").join([*shown.values()][:FIGURES])
    return texts.say("card.figures", figures=listed)


def _own(reading: Reading, evidence: Evidence, told: Container[str]) -> list[Figure]:
    """The figures of what happened, then the matched companies' own, without what is set aside."""
    symbols = {company.symbol for company in matched_companies(reading, evidence)}
    events = [e for e in news(reading, evidence) if not e.companies or symbols & {*e.companies}]
    of_events = [figure for event in events for figure in event.figures]
    own = [figure for figure in reading.figures if figure.owner in symbols]
    return [
        figure
        for figure in of_events + own
        if figure.kind not in told
        and not figure.aside
        and (not figure.owner or figure.owner in symbols)
        and (figure.unit != "percent" or figure.kind in SHARES)
    ]


def _weight(group: tuple[tuple[str, bool], Iterable[Figure]]) -> tuple[int, bool]:
    kind, expected = group[0]
    return _RANK.get(kind, len(_RANK)), expected


def _moves(figures: list[Figure], texts: Texts) -> str:
    """The price move of the day and, where it is told too, the one after the close."""
    day = next((f for f in figures if f.basis is not Basis.AFTER_HOURS), None)
    late = next((f for f in figures if f.basis is Basis.AFTER_HOURS), None)
    if day is None or late is None:
        after = "" if late is None else "_after_hours"
        return _move(day or figures[0], texts, after)
    turned = (day.value >= 0) != (late.value >= 0)
    both = (_move(day, texts), _move(late, texts, "_turned" if turned else "_late"))
    return texts.say("card.between_names").join(both)


def _move(figure: Figure, texts: Texts, when: str = "") -> str:
    way = "up" if figure.value >= 0 else "down"
    return texts.say(
        f"amount.moved{when}",
        label=texts.say(f"event.price_move.{way}"),
        way=texts.say(f"amount.way.{way}"),
        amount=amount(figure, texts, unsigned=True),
    )
