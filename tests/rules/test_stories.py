"""Same happening, same story, whatever the words; another happening, another story."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rules.model import (
    Article,
    Company,
    Event,
    Figure,
    Fingerprint,
    Mention,
    Part,
    Reading,
    Salience,
    Span,
)
from rules.stories import WINDOW, fingerprint, same

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def _story(
    title: str,
    text: str = "",
    *,
    kind: str = "",
    symbol: str = "AMZN",
    people: int = 0,
    hours: float = 0,
    place: int = 0,
) -> Fingerprint:
    """A fingerprint of an article whose headline event is of this kind and size."""
    span = Span(Part.TITLE if place == 0 else Part.TEXT, place, place + 1, "x")
    figures = (Figure(Decimal(people), "people", span, kind),) if people else ()
    events = (Event(kind, span, companies=(symbol,), figures=figures),) if kind else ()
    mention = Mention(Company(symbol, symbol), Salience.HEADLINE, True, (span,))
    article = Article(title, title, text, "feed", NOW + timedelta(hours=hours))
    return fingerprint(article, Reading("zh", (mention,), events))


ONE = _story("亞馬遜宣布裁員1.6萬人", kind="layoff", people=16000)
OTHER = _story("電商巨頭砍職位 近萬六名員工受衝擊", kind="layoff", people=16000, hours=3)


def test_one_act_with_one_amount_is_one_story_whatever_the_words() -> None:
    assert same(ONE, OTHER)


def test_candidates_of_one_story_share_a_key_to_be_found_by() -> None:
    assert ONE.keys & OTHER.keys


def test_amounts_that_contradict_each_other_are_two_stories() -> None:
    assert not same(ONE, _story("亞馬遜宣布裁員3萬人", kind="layoff", people=30000))


def test_amounts_that_are_rounded_differently_agree() -> None:
    assert same(ONE, _story("亞馬遜大砍人力", kind="layoff", people=16200))


def test_another_company_doing_the_same_is_another_story() -> None:
    assert not same(ONE, _story("Meta 宣布裁員1.6萬人", kind="layoff", people=16000, symbol="META"))


def test_another_act_of_the_same_company_is_another_story() -> None:
    assert not same(ONE, _story("雲端業務強勁 財測優於預期", kind="guidance"))


def test_what_happens_again_after_the_window_is_another_story() -> None:
    later = WINDOW.total_seconds() / 3600 + 0.1

    assert not same(ONE, _story("亞馬遜宣布裁員1.6萬人", kind="layoff", people=16000, hours=later))


def test_a_side_remark_far_down_the_text_ties_no_stories_together() -> None:
    aside = _story("亞馬遜公布財報", kind="layoff", people=16000, place=900)

    assert not same(ONE, aside)


def test_nearly_the_same_wording_is_one_story_without_any_company() -> None:
    text = "中央氣象署今天發布海上颱風警報，預估明天晚間暴風圈將觸陸，各地嚴防豪雨。"
    one, copy = _story("颱風警報發布", text), _story("【快訊】颱風警報發布！", text)

    assert same(one, copy)


def test_two_price_moves_on_one_day_are_not_one_story_by_that_alone() -> None:
    morning = _story("台積電早盤跌逾2% 失守千元", kind="price_move", symbol="2330.TW")
    evening = _story("ADR 夜盤勁揚 外資回補", kind="price_move", symbol="2330.TW", hours=9)

    assert not same(morning, evening)


_ANY = st.builds(
    _story,
    st.text("台積電裁員擴產12", min_size=1, max_size=12),
    st.text("台積電裁員擴產12", max_size=30),
    kind=st.sampled_from(["", "layoff", "capex", "price_move"]),
    symbol=st.sampled_from(["AMZN", "2330.TW"]),
    people=st.sampled_from([0, 100, 16000]),
    hours=st.floats(0, 60),
)


@given(_ANY, _ANY)
def test_being_the_same_story_is_mutual(one: Fingerprint, other: Fingerprint) -> None:
    assert same(one, other) == same(other, one)


@given(_ANY)
def test_an_article_tells_its_own_story(one: Fingerprint) -> None:
    assert same(one, one)
