"""What a later report changes of what was told, and the many that change nothing."""

from __future__ import annotations

import pytest

from rules.engine import Engine
from rules.model import Article, Reading
from rules.stories import What, changes, leads
from tests.rules.story_cases import NOW


def article(title: str, text: str = "") -> Article:
    return Article("x", title, text or title, "s", NOW, "甲報")


def found(engine: Engine, *titles: str | tuple[str, str]) -> list[tuple[str, ...]]:
    """What the last of these headlines changes of the others: kind of change and event."""
    *told, last = [article(*([one] if isinstance(one, str) else one)) for one in titles]
    readings = [engine.analyse(one).reading for one in told]
    new = engine.analyse(last).reading
    return [(c.what.value, c.event.kind) for c in changes(readings, last, new, new.events)]


CHANGES = [
    (["傳亞馬遜將裁員1.4萬人", "亞馬遜證實裁員1.4萬人"], ("stance", "layoff")),
    (["傳台積電赴德國設廠", "台積電董事會通過赴德國設廠"], ("stance", "capex")),
    (["亞馬遜傳將裁員1.4萬人", "亞馬遜否認裁員"], ("stance", "layoff")),
    (["亞馬遜裁員1.4萬人", "亞馬遜澄清：並未裁員"], ("stance", "layoff")),
    (["Amazon reportedly plans to cut 14,000 jobs", "Amazon confirms it will cut 14,000 jobs"],
     ("stance", "layoff")),
    (["亞馬遜裁員1.4萬人", "亞馬遜裁員從1.4萬人擴大至3萬人"], ("figure", "layoff")),
    (["亞馬遜裁員1.4萬人", "亞馬遜裁員擴大至3萬人"], ("figure", "layoff")),
    (["Meta capex of $65 billion", "Meta lifts capex to $100 billion"], ("figure", "capex")),
    (["台積電上修財測", "台積電下修財測"], ("direction", "guidance")),
    (["亞馬遜裁員1.4萬人", "亞馬遜裁員1.4萬人 同步宣布買回庫藏股100億美元"], ("event", "buyback")),
    (["友達擬關閉廠房裁員", "友達裁員後再宣布董事長請辭"], ("event", "leadership")),
]  # fmt: skip

SAME: list[list[str | tuple[str, str]]] = [
    ["傳亞馬遜將裁員1.4萬人", "亞馬遜裁員1.4萬人"],  # a headline that leaves the 傳 away
    ["傳亞馬遜將裁員1.4萬人", "亞馬遜裁員1.4萬人 公司尚未證實"],
    ["傳亞馬遜將裁員1.4萬人", "亞馬遜最快周二宣布裁員1.4萬人"],
    ["亞馬遜證實裁員1.4萬人", "傳亞馬遜將裁員1.4萬人"],  # a straggler
    ["亞馬遜裁員1.4萬人", "亞馬遜裁員約1.5萬人"],
    ["亞馬遜裁員1.4萬人", "亞馬遜裁員逾1.4萬人"],
    ["亞馬遜裁員1.4萬人", "亞馬遜再裁1.4萬人 今年累計裁員3萬人"],
    ["亞馬遜裁員1.4萬人", "亞馬遜裁員3,000人起跳 總數1.4萬人"],
    ["亞馬遜裁員1.4萬人", "亞馬遜裁員1.4萬人 股價大漲5%"],
    ["亞馬遜裁員1.4萬人", "亞馬遜裁員 分析師調升目標價"],
    ["台積電資本支出400億美元", "台積電投資400億美元擴產"],  # kinds that headlines mix up
    ["台積電財報亮眼 獲利成長", "台積電營收成長 EPS 創高"],
    ["亞馬遜裁員1.4萬人", "谷歌裁員3萬人"],
    ["台積電上修財測", "台積電維持財測"],
    ["大立光12月營收55億元 月減8%", "大立光12月營收55億元 全年年增3%"],  # two sides of one figure
    [
        "Meta收購新創 逾20億美元",
        ("Meta收購新創 金額數十億美元", "Meta收購，金額逾20億美元。"),
    ],
    ["ASML宣布裁員1700人", "訂單滿手仍裁員 ASML砍1700人"],
    ["力積電股價拉至漲停", "賣廠利多 力積電漲停鎖住"],
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize(("titles", "change"), CHANGES, ids=lambda v: str(v)[-40:])
def test_what_changes_the_story_is_found(
    engine: Engine, titles: list[str], change: tuple[str, ...]
) -> None:
    assert found(engine, *titles) == [change]


@pytest.mark.parametrize("titles", SAME, ids=lambda v: str(v[-1])[:40])
def test_what_says_the_same_changes_nothing(
    engine: Engine, titles: list[str | tuple[str, str]]
) -> None:
    assert found(engine, *titles) == []


def test_nothing_is_a_change_where_nothing_was_told(engine: Engine) -> None:
    assert found(engine, "亞馬遜證實裁員1.4萬人") == []


def test_a_change_names_the_old_and_the_new_figure(engine: Engine) -> None:
    told = engine.analyse(article("亞馬遜裁員1.4萬人")).reading
    last = article("亞馬遜裁員擴大至3萬人")
    new = engine.analyse(last).reading

    (change,) = changes([told], last, new, new.events)

    assert change.what is What.FIGURE
    assert change.figures is not None
    assert [int(figure.value) for figure in change.figures] == [14_000, 30_000]


def test_only_what_the_reader_asked_for_changes(engine: Engine) -> None:
    told = engine.analyse(article("傳亞馬遜將裁員1.4萬人")).reading
    last = article("亞馬遜證實裁員1.4萬人")

    assert changes([told], last, engine.analyse(last).reading, ()) == ()


def test_the_fuller_report_leads_and_of_equals_the_earlier(engine: Engine) -> None:
    short, full = article("亞馬遜裁員"), article("亞馬遜裁員", "亞馬遜宣布裁員。" * 100)

    def read(one: Article) -> tuple[Article, Reading]:
        return one, engine.analyse(one).reading

    assert leads(read(full), read(short))
    assert not leads(read(short), read(full))
    assert not leads(read(short), read(short))


def test_a_report_in_the_readers_language_leads_before_a_fuller_one_in_another(
    engine: Engine,
) -> None:
    mine = article("亞馬遜裁員1.4萬人")
    english = article(
        "Amazon to cut 14,000 jobs", "Amazon said it will cut 14,000 corporate jobs. " * 40
    )
    read_mine = mine, engine.analyse(mine).reading
    read_english = english, engine.analyse(english).reading

    assert leads(read_english, read_mine)
    assert not leads(read_english, read_mine, "zh")
    assert leads(read_mine, read_english, "zh")


def test_talk_never_leads_before_what_is_certain(engine: Engine) -> None:
    talk = article("傳亞馬遜將裁員", "知情人士透露，亞馬遜傳將裁員。" * 100)
    certain = article("亞馬遜證實裁員")

    assert not leads(
        (talk, engine.analyse(talk).reading), (certain, engine.analyse(certain).reading)
    )
