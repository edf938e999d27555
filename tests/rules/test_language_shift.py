"""What people are told where a stored rule's words mean something else than when it was stored."""

from __future__ import annotations

import pytest

from rules.language import parse, shifted
from rules.model import Company
from rules.text import folded
from tests.rules.rule_words import Happenings, Names

CHIPS, RENAMED = Company("2330.TW", "台積電", "TSMC"), Company("2331.TW", "台積電", "TSMC")
WORLD, CRYSTAL = Company("5347.TWO", "世界", "VIS"), Company("6488.TWO", "環球晶", "GlobalWafers")


class Names2(Names):
    """Only the companies that a test names, each with more names."""

    def __init__(self, *rows: tuple[Company, tuple[str, ...]]) -> None:
        self._companies = {company.symbol: company for company, _ in rows}
        self._names = {}
        for company, aliases in rows:
            for name in (company.symbol, company.code, company.name, *aliases):
                self._names.setdefault(folded(name), {})[company.symbol] = company


class Words(Happenings):
    """Event words, one more or one less than usual."""

    def __init__(self, more: str = "", less: str = "") -> None:
        super().__init__()
        self._kinds.pop(folded(less), None)
        if more:
            self._kinds[folded(more)] = "layoff"


BOTH = Names2((CHIPS, ()), (WORLD, ("晶圓二哥",)))


def keys(typed: str, then: Names, now: Names, *words: Happenings) -> list[str]:
    before, after = words or (Happenings(), Happenings())
    stored = parse(typed, then, before).canonical
    return [note.key for note in shifted(typed, stored, now, after)]


@pytest.mark.parametrize("typed", ["台積電 裁員 -傳聞", "世界 | 2330", "AI /a.b/ 來源:經濟"])
def test_of_a_rule_that_means_the_same_nothing_is_said(typed: str) -> None:
    assert keys(typed, BOTH, BOTH) == []


@pytest.mark.parametrize(
    ("key", "typed", "now"),
    [
        ("code_changed", "台積電 裁員", Names2((RENAMED, ()))),
        ("company_gone", "2330.TW 裁員", Names2((WORLD, ()))),
        ("company_gone", "台積電 裁員", Names2((WORLD, ()))),
        ("other_company", "晶圓二哥", Names2((CRYSTAL, ("晶圓二哥",)), (WORLD, ()))),
        ("now_ambiguous", "晶圓二哥", Names2((CRYSTAL, ("晶圓二哥",)), (WORLD, ("晶圓二哥",)))),
        ("no_company", "晶圓二哥", Names2((WORLD, ()))),
        ("now_company", "矽光", Names2((WORLD, ("矽光",)))),
    ],
)
def test_a_change_of_the_companies_is_told_in_words(key: str, typed: str, now: Names) -> None:
    assert keys(typed, BOTH, now) == [key]


def test_a_change_of_the_event_words_is_told_in_words() -> None:
    plain, more, less = Happenings(), Words(more="砍人"), Words(less="缺貨")

    assert keys("台積電 砍人", BOTH, BOTH, plain, more) == ["now_event"]
    assert keys("台積電 資遣", BOTH, BOTH, plain, Words(less="資遣")) == ["no_event"]
    assert keys("台積電", BOTH, BOTH, plain, less) == []


def test_the_stored_form_of_a_company_that_is_gone_is_still_read() -> None:
    (note,) = shifted("$XYZ", "$XYZ", BOTH, Happenings())

    assert note.key == "company_gone"
    assert "$XYZ" in note.say("zh-TW")


def test_a_stored_form_in_simplified_characters_means_the_same() -> None:
    assert shifted("台積電 -傳聞", "2330.TW -word:传闻", BOTH, Happenings()) == ()


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_what_changed_names_both_companies(lang: str) -> None:
    stored = parse("台積電", BOTH, Happenings()).canonical
    (note,) = shifted("台積電", stored, Names2((RENAMED, ())), Happenings())

    assert "2330" in note.say(lang)
    assert "2331" in note.say(lang)
