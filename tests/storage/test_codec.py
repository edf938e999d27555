"""Model values survive being stored, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.model import (
    MEASURES,
    Bound,
    Company,
    Direction,
    Event,
    Figure,
    Fingerprint,
    Mention,
    Part,
    Promotion,
    Reading,
    Salience,
    Signal,
    Span,
    Stance,
    Summary,
)
from storage.codec import (
    dump,
    load_evidence,
    load_fingerprint,
    load_reading,
    load_reading_for_rules,
)
from storage.times import micros, moment

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
SPANS = st.builds(
    lambda part, start, size, text: Span(part, start, start + size, text),
    st.sampled_from(Part),
    st.integers(0, 9999),
    st.integers(1, 99),
    TEXT,
)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(timezones=st.just(UTC)) | st.datetimes(
    timezones=st.just(timezone(timedelta(hours=8))),
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
)


def few(values: st.SearchStrategy, least: int = 0) -> st.SearchStrategy[tuple]:
    return st.lists(values, min_size=least, max_size=3).map(tuple)


FIGURES = st.builds(
    Figure,
    value=DECIMALS,
    unit=TEXT,
    span=SPANS,
    kind=TEXT,
    currency=TEXT,
    owner=TEXT,
    high=st.none(),
    bound=st.sampled_from(Bound),
) | st.builds(
    lambda span, low, more: Figure(low, "people", span, high=low + more),
    SPANS,
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 10**9, places=2),
)
READINGS = st.builds(
    Reading,
    lang=st.sampled_from(["zh", "en"]),
    mentions=few(
        st.builds(
            Mention,
            company=st.builds(Company, TEXT, TEXT, TEXT),
            salience=st.sampled_from(Salience),
            about=st.booleans(),
            evidence=few(SPANS, 1),
        )
    ),
    events=few(
        st.builds(
            Event,
            kind=TEXT,
            span=SPANS,
            stance=st.sampled_from(Stance),
            direction=st.none() | st.sampled_from(Direction),
            companies=few(TEXT),
            background=st.booleans(),
            figures=few(FIGURES),
        )
    ),
    figures=few(FIGURES),
    promotion=st.builds(
        Promotion,
        score=st.floats(0, 1),
        flagged=st.booleans(),
        signals=few(
            st.builds(
                Signal, TEXT, TEXT, st.floats(0, 9), fired=st.booleans(), evidence=few(TEXT, 1)
            )
        ),
        touted=few(TEXT),
        contacts=few(TEXT),
    ),
    summary=st.builds(Summary, few(TEXT)),
)
FINGERPRINTS = st.builds(
    Fingerprint,
    at=MOMENTS,
    subjects=st.frozensets(TEXT, max_size=3),
    acts=st.frozensets(st.tuples(TEXT, TEXT), max_size=3),
    amounts=st.frozensets(TEXT, max_size=3),
    shingles=st.frozensets(st.integers(-(2**64), 2**64), max_size=5),
    keys=st.frozensets(TEXT, max_size=3),
)


@settings(max_examples=60)
@given(READINGS)
def test_a_reading_comes_back_as_it_was(reading: Reading):
    again = load_reading(dump(reading))

    assert again == reading
    assert repr(again) == repr(reading)  # also the places of a decimal, which == ignores


@settings(max_examples=60)
@given(FINGERPRINTS)
def test_a_fingerprint_comes_back_as_it_was(fingerprint: Fingerprint):
    assert load_fingerprint(dump(fingerprint)) == fingerprint


@settings(max_examples=40)
@given(st.dictionaries(TEXT, few(SPANS, 1), max_size=3))
def test_evidence_comes_back_as_it_was(evidence: dict[str, tuple[Span, ...]]):
    assert load_evidence(dump(evidence)) == evidence


@settings(max_examples=100)
@given(MOMENTS)
def test_a_time_comes_back_to_the_microsecond_and_in_utc(when: datetime):
    again = moment(micros(when))

    assert again == when
    assert again.tzinfo is UTC


@settings(max_examples=100)
@given(MOMENTS, MOMENTS)
def test_stored_times_are_in_the_order_of_the_times(one: datetime, other: datetime):
    assert (micros(one) < micros(other)) == (one < other)


@settings(max_examples=40)
@given(st.frozensets(st.text(max_size=3), min_size=2, max_size=30))
def test_equal_sets_have_one_stored_form(words: frozenset[str]):
    assert dump(words) == dump(sorted(words))


def test_a_naive_time_is_refused():
    with pytest.raises(TypeError):
        micros(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_a_reading_stored_before_a_field_existed_takes_its_default():
    assert load_reading('{"lang":"en"}') == Reading("en")


def test_a_field_that_the_model_has_no_more_is_ignored():
    assert load_reading('{"lang":"en","mood":"bright"}') == Reading("en")


def test_a_value_of_an_unknown_type_is_refused_rather_than_guessed():
    with pytest.raises(TypeError, match="bytes has no stored form"):
        dump({"raw": b"abc"})


@settings(max_examples=60, deadline=None)
@given(READINGS)
def test_a_reading_for_rules_lacks_only_what_no_rule_looks_at(whole: Reading):
    promotion = replace(whole.promotion, signals=())

    lean = load_reading_for_rules(dump(whole))

    asked_for = tuple(figure for figure in whole.figures if figure.kind in MEASURES)
    assert lean == replace(whole, figures=asked_for, summary=Summary(), promotion=promotion)


def test_a_reading_for_rules_keeps_the_figures_that_rules_ask_for_by_themselves():
    span = Span(Part.TITLE, 0, 3, "2兆元")
    cap = Figure(Decimal(2 * 10**12), "money", span, kind="market_cap", currency="TWD")
    other = replace(cap, kind="revenue")

    assert load_reading_for_rules(dump(Reading("zh", figures=(other, cap)))).figures == (cap,)
