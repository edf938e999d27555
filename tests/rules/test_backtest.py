"""A rule tried on the past: what it would have sent, and which word would keep its noise out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.backtest import Past, Trial, backtest
from rules.engine import Engine
from rules.language import parse
from rules.model import Article, Outcome
from rules.noise import exclusion

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ADVERT = (
    "加Line@領取隱形冠軍名單，老師帶你賺波段。想知道飆股代號請加LINE：@abc123，"
    "免費加入群組，名額有限，錯過再等一年。台積電只是開胃菜，下一檔才是主菜！"
)
FILLER = "大盤量能不足，各類股輪動加快，法人建議觀望，投資人宜保守應對。" * 8


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


class Pile:
    """Stored articles, each a day later than the one before."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.past: list[Past] = []

    def add(self, title: str, text: str, story: int = 0, muted: str = "") -> None:
        number = len(self.past) + 1
        at = NOW + timedelta(days=number)
        told = Article(str(number), title, text, "s", at + timedelta(days=30), published_at=at)
        read = self.engine.read(told)
        self.past.append(Past(number, told, read, story or number, muted))

    def tried(self, rule: str) -> tuple[Trial, ...]:
        return backtest(parse(rule).term, self.past)

    def outcomes(self, rule: str) -> list[Outcome]:
        return [trial.outcome for trial in self.tried(rule)]


@pytest.fixture
def pile(engine: Engine) -> Pile:
    return Pile(engine)


def test_a_story_is_sent_once_and_an_old_article_counts_as_read_at_once(pile: Pile) -> None:
    pile.add("台積電裁員一千人", "台積電今天宣布裁員一千人。", story=7)
    pile.add("台積電宣布裁員千人", "台積電證實裁員一千人。", story=7)

    assert pile.outcomes("台積電 裁員") == [Outcome.PUSH, Outcome.SAME_STORY]


def test_adverts_passing_mentions_and_muted_sources_are_held_back(pile: Pile) -> None:
    pile.add("台積電報喜", ADVERT)
    pile.add("大盤收盤小漲", FILLER + "權值股台積電平盤。")
    pile.add("台積電擴產", "台積電將擴產。", muted="某報")

    assert pile.outcomes("台積電") == [Outcome.PROMOTION, Outcome.PASSING, Outcome.MUTED]
    assert pile.outcomes("台積電 廣告:yes")[0] is Outcome.PUSH


def test_a_held_back_article_leaves_its_story_to_be_told(pile: Pile) -> None:
    pile.add("台積電擴產", "台積電將擴產。", story=7, muted="某報")
    pile.add("台積電擴產", "台積電將擴產。", story=7)

    assert pile.outcomes("台積電") == [Outcome.MUTED, Outcome.PUSH]


def test_the_words_that_a_rule_held_on_are_told(pile: Pile) -> None:
    pile.add("台積電裁員一千人", "內文。")

    (trial,) = pile.tried("台積電 裁員")

    assert trial.evidence["2330.TW"][0].text == "台積電"
    assert "裁員" in trial.evidence["#layoff"][0].text


def noisy(pile: Pile, good: int = 8, noise: int = 6) -> Pile:
    for number in range(good):
        pile.add(f"散熱大廠第{number}季接單暢旺", "散熱廠商今天公布接單情形，客戶需求強勁。")
    for number in range(noise):
        pile.add(f"盤後焦點：第{number}天類股輪動", FILLER + "電子族群中散熱、機殼走弱。")
    return pile


def test_the_word_that_parts_noise_from_good_articles_is_suggested(pile: Pile) -> None:
    found = exclusion(parse("散熱").term, noisy(pile).tried("散熱"))

    assert found is not None
    assert found.word in {"盤後", "焦點", "類股", "輪動"}
    assert (found.spared, found.good) == (6, 8)


def test_a_word_that_a_good_article_holds_anywhere_is_not_suggested(pile: Pile) -> None:
    noisy(pile)
    pile.add("散熱廠法說會", "散熱廠商開法說會。盤後焦點與類股輪動如下，盤後再說。")

    found = exclusion(parse("散熱").term, pile.tried("散熱"))

    assert found is None or found.word not in {"盤後", "焦點", "類股", "輪動"}


def test_too_few_articles_prove_nothing(pile: Pile) -> None:
    assert exclusion(parse("散熱").term, noisy(pile, 2, 3).tried("散熱")) is None


def test_nothing_is_suggested_where_no_alert_would_be_spared(pile: Pile) -> None:
    for number in range(8):
        pile.add(f"台積電第{number}季擴產", "台積電將擴產。")
    for number in range(6):
        pile.add(f"盤後焦點：第{number}天", FILLER + "權值股台積電平盤。")

    assert exclusion(parse("台積電").term, pile.tried("台積電")) is None


def test_what_people_called_not_relevant_is_noise(pile: Pile) -> None:
    for number in range(8):
        pile.add(f"散熱大廠第{number}季接單", "散熱廠商今天公布接單情形。")
    for number in range(6):
        pile.add(f"電競筆電開箱第{number}彈", "散熱表現實測。")
    unwanted = frozenset(range(9, 15))
    trials = pile.tried("散熱")

    found = exclusion(parse("散熱").term, trials, unwanted)

    assert found is not None
    assert found.word in {"電競", "筆電", "開箱"}
    assert exclusion(parse("散熱").term, trials) is None
