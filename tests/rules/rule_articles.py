"""Random articles with what was read of them, for property tests of matching."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from rules.document import Document, prepare
from rules.model import (
    Article,
    Company,
    Direction,
    Event,
    Figure,
    Mention,
    Part,
    Promotion,
    Reading,
    Salience,
    Span,
)
from rules.scan import Scanner
from tests.rules.rule_terms import KINDS, SYMBOLS

SCANNER = Scanner({})
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PIECES = [
    "AI",
    "台積電",
    "裁員",
    "低軌衛星",
    "5G",
    "非農",
    "training",
    "，",
    " ",
    "2330",
    "16:30",
    "的",
]


def article(text: str, title: str = "", outlet: str = "", source: str = "feed") -> Document:
    """An article as it is prepared for reading."""
    return prepare(Article("1", title, text, source, NOW, outlet=outlet), SCANNER)


def span(text: str = "x", start: int = 0) -> Span:
    """Some words at the beginning of the text."""
    return Span(Part.TEXT, start, start + len(text), text)


def mention(symbol: str, *, about: bool = False, salience: str = "passing") -> Mention:
    """A company named at the beginning of the text."""
    return Mention(Company(symbol, symbol), Salience(salience), about, (span(symbol),))


def money(value: str, currency: str = "USD", high: str | None = None) -> Figure:
    """An amount of money, or a range of it."""
    upper = None if high is None else Decimal(high)
    return Figure(Decimal(value), "money", span("$"), currency=currency, high=upper)


_figures = st.builds(
    Figure,
    st.integers(0, 20).map(lambda n: Decimal(n) * 10_000),
    st.sampled_from(["money", "people", "percent"]),
    st.just(span("1")),
    kind=st.sampled_from(["amount", "price", "market_cap", "margin"]),
    currency=st.sampled_from(["USD", "TWD", "XXX"]),
    owner=st.sampled_from(["", *SYMBOLS]),
)
_events = st.builds(
    Event,
    st.sampled_from(KINDS[:6]),
    st.just(span("e")),
    direction=st.sampled_from([None, *Direction]),
    companies=st.lists(st.sampled_from(SYMBOLS), max_size=2, unique=True).map(tuple),
    background=st.booleans(),
    figures=st.lists(_figures, max_size=2).map(tuple),
)
_mentions = st.lists(st.sampled_from(SYMBOLS), max_size=4, unique=True).flatmap(
    lambda symbols: st.tuples(
        *(
            st.builds(
                mention, st.just(s), about=st.booleans(), salience=st.sampled_from([*Salience])
            )
            for s in symbols
        )
    )
)
readings = st.builds(
    Reading,
    st.sampled_from(["zh", "en"]),
    _mentions,
    st.lists(_events, max_size=4).map(tuple),
    st.lists(_figures, max_size=3).map(tuple),
    promotion=st.builds(Promotion, st.just(0.5), st.booleans()),
)
_texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
documents = st.builds(
    article,
    _texts.filter(str.strip),
    _texts,
    st.sampled_from(["經濟日報", "AI 新聞", ""]),
)
