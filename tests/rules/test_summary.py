"""A summary is whole sentences that say what happened; a card never cuts what belongs together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import Document, prepare
from rules.model import Article, Company, Event, Mention, Salience
from rules.scan import Scanner
from rules.summary import CARD_LIMIT, Focus, choose, clip

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _document(text: str, title: str = "") -> Document:
    return prepare(Article("1", title, text, "test", NOW), Scanner({}))


def _summary(text: str, title: str = "", **more: int) -> tuple[str, ...]:
    return choose(_document(text, title), (), (), (), **more).sentences


LAYOFF = (
    "科技業近年變化很快。大河電子今天宣布全球裁員1,200人，約占員工總數8%。"
    "公司表示，裁員將於第四季完成，並認列資遣費用約15億元。"
    "你認為裁員潮會持續多久呢？更多報導請按讚粉絲團。"
)


def test_the_sentences_stand_in_the_order_of_the_article() -> None:
    sentences = _summary(LAYOFF, "大河電子裁員1,200人")

    assert list(sentences) == sorted(sentences, key=LAYOFF.index)


def test_what_the_headline_says_is_in_it() -> None:
    assert any("裁員1,200人" in s for s in _summary(LAYOFF, "大河電子裁員1,200人"))


def test_furniture_and_questions_are_left_out() -> None:
    told = "".join(_summary(LAYOFF, "大河電子裁員1,200人"))

    assert "按讚" not in told
    assert "？" not in told


def test_an_event_draws_its_sentence_into_the_summary() -> None:
    text = "今天天氣晴朗。明天也是好天氣。" + "另外，小山精密傳出資遣300人。" + "週末可能轉雨。"
    document = _document(text)
    start = document.text.index("资遣")
    event = Event("layoff", document.span(start, start + 2))

    sentences = choose(document, (), (event,), (), most=1).sentences

    assert sentences == ("另外，小山精密傳出資遣300人。",)


def test_the_company_that_a_reader_asked_for_is_preferred() -> None:
    text = "甲公司營收創高，法人看好後市。乙公司營收創高，法人看好後市。"
    document = _document(text)
    mentions = tuple(
        Mention(
            Company(name, name),
            Salience.PASSING,
            False,
            (document.span(document.text.index(name), document.text.index(name) + 3),),
        )
        for name in ("甲公司", "乙公司")
    )

    focus = Focus(symbols=frozenset({"乙公司"}))

    sentences = choose(document, mentions, (), (), most=1, focus=focus).sentences

    assert sentences == ("乙公司營收創高，法人看好後市。",)


def test_what_was_said_is_not_said_again() -> None:
    text = "大河電子宣布裁員1,200人。大河電子宣布裁員1,200人！公司將認列資遣費用約15億元。"

    assert sum("裁員1,200人" in s for s in _summary(text)) == 1


@pytest.mark.parametrize(
    "dateline", ["（記者王小明／台北報導）", "【財經中心綜合報導】", "〔記者李大華台北報導〕"]
)
def test_a_dateline_is_not_part_of_the_sentence(dateline: str) -> None:
    assert _summary(f"{dateline}大河電子宣布裁員1,200人。") == ("大河電子宣布裁員1,200人。",)


def test_a_headline_without_a_body_is_its_own_summary() -> None:
    assert _summary("", "大河電子裁員1,200人") == ("大河電子裁員1,200人",)


@given(st.text("台積電裁員。，「」123,. \nabc", min_size=1, max_size=400))
def test_every_sentence_is_the_articles_own_and_together_they_fit(text: str) -> None:
    if not text.strip():
        return
    sentences = _summary(text)

    assert all(s in text for s in sentences)
    assert len(sentences) == 1 or sum(map(len, sentences)) <= CARD_LIMIT


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("大河電子裁員。", 20, "大河電子裁員。"),
        ("大河電子宣布裁員，約占員工8%，將於第四季完成", 15, "大河電子宣布裁員…"),
        ("公司預估支出16,000億元並持續擴大投資規模", 9, "公司預估支出…"),
        ("公司今天說明了，「我們會努力，絕不放棄」並致歉", 20, "公司今天說明了…"),
        ("Amazon will cut jobs, it said on Monday", 25, "Amazon will cut jobs…"),
    ],
)
def test_a_card_cuts_at_a_clause_and_never_inside_a_figure_or_quotation(
    text: str, limit: int, expected: str
) -> None:
    assert clip(text, limit) == expected


@given(st.text("台積電裁，。「」123,.% abc", max_size=200), st.integers(10, 100))
def test_a_clipped_text_fits(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit
