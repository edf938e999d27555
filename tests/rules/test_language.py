"""What people type is understood exactly, or refused with help."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import pytest

from rules.language import Note, RuleError, explain, notes, parse
from rules.language.vocabulary import vocabulary
from rules.model import (
    And,
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    Not,
    Or,
    Rule,
)
from rules.text import folded
from tests.rules.rule_words import Happenings, Names

NAMES, EVENTS = Names(), Happenings()
ROWS = [
    [*line.split("\t"), ""][:3]
    for line in Path(__file__).with_name("rules_people_write.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith(("# -", "# What"))
]
RIGHT = [(typed, wanted) for typed, wanted, _ in ROWS if not wanted.startswith("!")]
WRONG = [(typed, wanted[1:]) for typed, wanted, _ in ROWS if wanted.startswith("!")]
NOTED = [(typed, noted) for typed, wanted, noted in ROWS if not wanted.startswith("!")]
MOST_CALLS = 250_000  # some tens of milliseconds
VALID = '(台積電 | 聯電) 裁員>=1萬人 -傳聞 title:"財報 公布"'


def understood(text: str) -> Rule:
    return parse(text, NAMES, EVENTS)


def remarks(text: str) -> tuple[Note, ...]:
    return notes(understood(text), NAMES, EVENTS)


def refused(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        understood(text)
    return caught.value


@pytest.mark.parametrize(("typed", "canonical"), RIGHT)
def test_a_rule_is_understood_as_its_canonical_form(typed: str, canonical: str) -> None:
    assert canonical == understood(typed).canonical


@pytest.mark.parametrize(("typed", "canonical"), RIGHT)
def test_a_canonical_form_is_understood_as_the_same_rule(typed: str, canonical: str) -> None:
    rule, again = understood(typed), understood(canonical)

    assert (rule.term, canonical) == (again.term, again.canonical)


@pytest.mark.parametrize(("typed", "key"), WRONG)
def test_a_mistake_is_refused_for_its_reason(typed: str, key: str) -> None:
    assert key == refused(typed).key


@pytest.mark.parametrize(("typed", "key"), WRONG)
def test_a_mistake_is_answered_in_both_languages_and_with_a_rule_that_parses(
    typed: str, key: str
) -> None:
    error = refused(typed)

    assert error.suggestion is not None
    assert understood(error.suggestion)
    assert error.explain("zh-TW") != error.explain("en")


@pytest.mark.parametrize(("typed", "canonical"), RIGHT)
def test_every_rule_can_be_said_in_both_languages(typed: str, canonical: str) -> None:
    rule = understood(typed)

    assert explain(rule, "zh-TW", NAMES)
    assert explain(rule, "en", NAMES)


@pytest.mark.parametrize(("typed", "noted"), NOTED)
def test_what_may_be_meant_otherwise_is_noted_and_nothing_else(typed: str, noted: str) -> None:
    assert noted == ",".join(note.key for note in remarks(typed))


@pytest.mark.parametrize("typed", [typed for typed, noted in NOTED if noted])
def test_a_note_is_said_in_both_languages_and_offers_only_what_is_understood(typed: str) -> None:
    for note in remarks(typed):
        assert note.say("zh-TW") != note.say("en")
        assert not note.suggestion or understood(note.suggestion)


def test_a_suggestion_of_a_note_needs_no_such_note() -> None:
    again = {
        (typed, note.key)
        for typed, noted in NOTED
        if noted
        for note in remarks(typed)
        if note.suggestion and note.key in {n.key for n in remarks(note.suggestion)}
    }

    assert again == set()


def test_there_are_over_300_rules_of_which_a_third_have_something_wrong() -> None:
    assert len(ROWS) > 300
    assert len(WRONG) + sum(bool(noted) for _, noted in NOTED) > len(ROWS) / 3


def test_a_space_binds_tighter_than_or() -> None:
    wanted = Or((CompanyTerm("NVDA"), And((CompanyTerm("AVGO"), KeywordTerm("传闻")))))

    assert wanted == understood("輝達 | 博通 傳聞").term


def test_an_exclusion_binds_tighter_than_a_space() -> None:
    wanted = And((CompanyTerm("NVDA"), EventTerm("layoff"), Not(KeywordTerm("传闻"))))

    assert wanted == understood("-傳聞 輝達 裁員").term


def test_a_rule_keeps_what_was_typed() -> None:
    assert understood("  ＡＭＺＮ　裁員 ").typed == "  ＡＭＺＮ　裁員 "


def test_quotes_switch_the_meaning_of_words_off() -> None:
    assert KeywordTerm("台积电", exact=True) == understood("「台積電」").term


def test_a_figure_is_read_with_its_unit_and_currency() -> None:
    (value,) = [understood("資本支出>1兆2000億日圓").term]

    assert isinstance(value, EventTerm)
    assert Comparison(">", 1_200_000_000_000, "money", "JPY") == value.comparison


# --- places ---------------------------------------------------------------------------------------


def test_the_caret_stands_under_the_place_although_characters_are_full_width() -> None:
    typed = "台積電 ＃裁圓 傳聞"

    assert f"{typed}\n       ^^^^^^" == refused(typed).caret(typed)


def test_the_caret_of_something_missing_stands_behind_the_end() -> None:
    error = refused("台積電 title:")

    assert error.caret("台積電 title:") == "台積電 title:\n       ^^^^^^"


def test_the_place_is_in_what_was_typed_although_folding_drops_characters() -> None:
    typed = "\u200b\u200b台積電\u200b 9998"
    error = refused(typed)

    assert typed[error.position : error.position + error.length] == "9998"


def test_a_long_rule_is_shown_only_around_the_place() -> None:
    typed = " ".join(f"詞{n:03}" for n in range(40)) + " 9998 " + "尾" * 60
    rule, mark = refused(typed).caret(typed).split("\n")

    assert rule.startswith("…")
    assert rule.endswith("…")
    assert "9998" in rule
    assert len(mark) < 60


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "empty"),
        (" \u3000\n", "empty"),
        ("\u200b", "empty"),
        ("台" * 1_000_000, "too_long"),
        ("(" * 10_000, "too_long"),
        ("(" * 400, "too_deep"),
        ("(" * 21 + "2330" + ")" * 21, "too_deep"),
        (" ".join(f"詞{n}" for n in range(51)), "too_many_terms"),
        ("!" * 400, "double_not"),
        ("-(" * 21, "too_deep"),
        ('"' * 399, "empty_phrase"),
        ("|" * 400, "no_operand"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(typed: str, key: str) -> None:
    assert key == refused(typed).key


def test_twenty_brackets_and_fifty_terms_are_not_too_many() -> None:
    assert understood("(" * 20 + "2330" + ")" * 20)
    assert understood(" ".join(f"詞{n}" for n in range(50)))


@pytest.mark.parametrize("end", range(len(VALID)))
def test_a_truncated_rule_is_understood_or_refused_with_a_rule_that_parses(end: int) -> None:
    try:
        answer = understood(VALID[:end]).canonical
    except RuleError as error:
        answer = error.suggestion or ""

    assert understood(answer)


HOSTILE = {
    "a million characters": "台" * 1_000_000,
    "10,000 brackets": "(" * 10_000,
    "500 brackets": "(" * 500,
    "one long word": "裁員" * 250,
    "words that say nothing": "的" * 500,
    "words that nearly say nothing": " ".join(["的有要會" * 2 + "詞"] * 50),
    "words to be taken apart": " ".join(["台積電裁員財報" * 5 + "詞"] * 13),
    "choices without blanks": "輝達或" * 13 + "詞",
    "comparisons in words": "裁員 超過 " * 60,
    "unknown codes": " ".join(["9998"] * 50),
    "a pattern without end": "/" + "[(" * 249,
    "half patterns": "/a" * 250,
    "quotation marks": '"' * 499,
    "digits": "1" * 500,
    "near names": " ".join(["台機電", "輝打", "nvdia"] * 16),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_makes_much_work(text: str) -> None:
    assert calls(text) < MOST_CALLS


@pytest.mark.parametrize("end", range(len(VALID)))
def test_a_truncated_rule_makes_little_work(end: int) -> None:
    assert calls(VALID[:end]) < MOST_CALLS / 10


def calls(text: str) -> int:
    """How many functions are called to answer ``text``: the same on every machine."""
    understood("輝達 傳聞")  # what is loaded once is loaded now
    count = 0

    def tally(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        understood(text)
    except RuleError:
        pass
    finally:
        sys.setprofile(None)
    return count


# --- the vocabulary -------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "name"), vocabulary().fields.items())
def test_every_field_name_is_a_field(word: str, name: str) -> None:
    assert refused(f"{word}:").key != "unknown_field"


@pytest.mark.parametrize(("word", "meaning"), vocabulary().operators.items())
def test_every_operator_word_is_an_operator(word: str, meaning: str) -> None:
    wanted = {
        "or": "NVDA | 2330.TW",
        "and": "2330.TW NVDA",
        "not": "NVDA -2330.TW",
    }
    typed = f"輝達 {word} 台積電"
    if meaning == "unclear":
        assert refused(typed).key == "unclear_and"
    else:
        assert understood(wanted[meaning]).term == understood(typed).term


@pytest.mark.parametrize(("word", "code"), vocabulary().currency_words.items())
def test_every_currency_word_is_read(word: str, code: str) -> None:
    before, after = f"capex>{word}100億", f"capex>100億{word}"

    assert f"#capex>10000000000{code}" == understood(before).canonical
    assert f"#capex>10000000000{code}" == understood(after).canonical


@pytest.mark.parametrize(("kind", "meaning"), vocabulary().kinds.items())
def test_every_example_of_a_kind_is_a_rule_about_that_kind(kind: str, meaning: object) -> None:
    example = vocabulary().kinds[kind].example
    if example:
        assert f"#{kind}" in understood(example).canonical


@pytest.mark.parametrize("kind", vocabulary().kinds)
def test_every_kind_has_a_name_and_stands_for_itself(kind: str) -> None:
    assert f"#{kind}" == understood(f"#{kind}").canonical
    assert explain(understood(f"#{kind}"), "zh-TW", NAMES).endswith("消息")


@pytest.mark.parametrize("word", sorted(vocabulary().acronyms | vocabulary().plain))
def test_every_listed_capital_word_may_be_searched_for(word: str) -> None:
    assert understood(f"{word.upper()} 2330")


def test_the_vocabulary_is_packaged_with_the_language() -> None:
    assert resources.files("rules.language").joinpath("words.toml").is_file()
    assert vocabulary().operators[folded("或")] == "or"
