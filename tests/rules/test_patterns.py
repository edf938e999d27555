"""Regular expressions cost linear time, hold only where something is there, and are told apart."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import patterns
from rules.index import RuleIndex
from rules.language import RuleError, parse
from rules.model import KeywordTerm, Reading, RegexTerm
from rules.patterns import PatternError
from tests.rules.rule_articles import article
from tests.rules.test_index_same_answer import named, one_by_one, settled

PIECES = [
    "台",
    "积",
    "电",
    "a",
    "b",
    "1",
    ".",
    "x?",
    "a*",
    "b+",
    "(台|电)",
    "[ab]",
    "[^台]",
    "(?:积)?",
]
PIECES += ["电{0,2}", "b{2}", r"\d", r"\.", "[]a]", "[[:digit:]]", "^", "$", "(a(b)c)", "|", r"\/"]


def refused(pattern: str) -> str:
    with pytest.raises(PatternError) as caught:
        patterns.check(patterns.normal(pattern))
    return caught.value.key


def found(pattern: str, text: str) -> list[str]:
    return [text[start:end] for start, end in patterns.places(patterns.normal(pattern), text)]


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("台積電", "台积电"),
        (r"\D+ABC\W", r"\D+abc\W"),
        (r"\p{Han}X\pL", r"\p{Han}x\pL"),
        ("（ａ｜ｂ）＋", "(a|b)+"),
        ("a/b", r"a\/b"),
        (r"a\/b", r"a\/b"),
        ("台\u200b積", "台积"),
    ],
)
def test_a_pattern_is_folded_but_for_its_escapes(typed: str, normal: str) -> None:
    assert normal == patterns.normal(typed)


@given(st.text(max_size=30))
def test_a_normal_pattern_stays_as_it_is(typed: str) -> None:
    normal = patterns.normal(typed)

    assert normal == patterns.normal(normal)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("(台", "bracket"),
        ("台)", "bracket"),
        ("[台", "bracket"),
        ("*台", "repeat"),
        ("台**", "repeat"),
        ("(?=台)", "unsupported"),
        ("(?<!台)電", "unsupported"),
        (r"(台)\1", "unsupported"),
        (r"台\Z", "unsupported"),
        (".{0,500}台", "large"),
        ("(a{100}){100}", "large"),
        ("b(a{0,50}){0,40}", "large"),
        (r"[\p{L}]{1,1000}", "large"),
        ("台" * 201, "large"),
        ("", "empty"),
        ("台*", "empty"),
        ("台|", "empty"),
        (r"\b", "empty"),
        ("^", "empty"),
        (".", "broad"),
        ("[^台]+", "broad"),
        (r"\S", "broad"),
        (r"\d", "broad"),
        ("台|.", "broad"),
        ("[z-a]", "wrong"),
    ],
)
def test_a_pattern_that_is_no_use_is_refused_for_its_reason(pattern: str, key: str) -> None:
    assert key == refused(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b$",
        "(a|aa)+$",
        "(x+x+)+y",
        "(.*){20}x",
        ".*.*.*.*.*=.*",
        "(?:a?){60}a{60}b",
    ],
)
def test_a_pattern_that_other_engines_never_finish_is_answered(pattern: str) -> None:
    patterns.check(pattern)

    assert [*patterns.places(pattern, "a" * 100_000 + "!")] == []


def test_case_makes_no_difference() -> None:
    assert found("HBM[0-9]E", "量产 hbm3e 了") == ["hbm3e"]


def test_a_place_ends_at_the_end_of_a_line() -> None:
    assert found("台.*电", "台积\n电") == []
    assert found(r"台[^x]电", "台\n电") == []
    assert found("^裁员", "台积\n裁员") == ["裁员"]


def test_at_most_fifty_places_are_told() -> None:
    assert len(found("台", "台" * 1_000)) == 50


def test_a_pattern_shows_the_words_it_was_found_on() -> None:
    document = article("亞馬遜計劃裁員約 16,000 人。", title="傳亞馬遜裁員")
    reading = Reading("zh")
    rules = named([RegexTerm("裁员.{0,10}人"), RegexTerm("裁员", title=True)])
    whole, headline = settled(
        rules,
    ).match(document, reading)

    assert [s.text for s in whole.evidence["/裁員.{0,10}人/"]] == [("裁員約 16,000 人")]
    assert [s.part.value for s in headline.evidence["title:/裁員/"]] == ["title"]


# --- what a text must hold ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("台积.*裁员人", "裁员人"),
        ("台积电?", "台积"),
        ("台积+", "台积"),
        ("a|b", ""),
        ("(a|b)cde", "cde"),
        ("(abc)d", "d"),
        ("[]abc]def", "def"),
        ("[[:alpha:]]xyz", "xyz"),
        (r"\Qa|b\E", ""),
        (r"\d+亿元", "亿元"),
    ],
)
def test_what_a_pattern_cannot_do_without_is_seen(pattern: str, literal: str) -> None:
    assert literal == patterns.literal(pattern)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from([*"台积电ab1x./\n"]), max_size=12).map("".join),
)
def test_a_text_in_which_a_pattern_is_found_holds_what_it_cannot_do_without(
    pattern: str, text: str
) -> None:
    try:
        patterns.check(pattern)
    except PatternError:
        return
    if any(True for _ in patterns.places(pattern, text)):
        assert patterns.literal(pattern) in text


def test_the_index_finds_regular_expressions_as_the_reference_does() -> None:
    terms = [RegexTerm("台积.裁"), RegexTerm("裁|减"), RegexTerm("晶.+厂"), KeywordTerm("裁员")]
    rules = named(terms)
    index, reading = RuleIndex(rules, lambda *_: True), Reading("zh")
    for text in ("台積電裁員", "減薪", "晶圓新廠", "nothing", ""):
        document = article(text or "x", title="台")

        expected = one_by_one(rules, document, reading)
        assert expected == index.match(document, reading)


def test_without_the_library_a_pattern_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)  # as where it is not installed
    with pytest.raises(RuleError) as caught:
        parse("/台積|聯電/")

    assert caught.value.key == "regex_missing"
    assert "google-re2" in caught.value.explain("zh-TW")
    assert "google-re2" in caught.value.explain("en")
    assert caught.value.suggestion == '("台積" | "聯電")'
    assert parse("台積電 裁員").canonical == "2330.TW #layoff"
