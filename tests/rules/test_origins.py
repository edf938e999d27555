"""What a person can mute: the units an article comes from, the best first."""

from __future__ import annotations

import pytest

from rules.model import Promotion
from rules.origins import KINDS, Origin, origins
from tests.rules.promoting import article

HONEST = Promotion(0.1, flagged=False)
ADVERT = Promotion(0.9, flagged=True, contacts=("lin.ee/AbC12", "line:@bull168"))


def full():
    return article(
        "內容",
        title="【K線戰神】飆股現身",
        source="aggregator",
        outlet="經濟觀察網",
        author="王小明",
        url="https://www.example.com/a/1",
    )


def test_an_adverts_contacts_come_first_and_its_outlet_late():
    kinds = [origin.kind for origin in origins(full(), ADVERT)]

    assert kinds == ["contact", "contact", "column", "author", "outlet", "domain", "feed"]


def test_an_honest_articles_outlet_comes_first():
    kinds = [origin.kind for origin in origins(full(), HONEST)]

    assert kinds == ["outlet", "column", "author", "domain", "feed"]


def test_contacts_of_an_honest_article_come_after_everything_that_names_it():
    """They are counted, so that an outlet's own account is known for its honest articles too."""
    honest = Promotion(0.2, flagged=False, contacts=("lin.ee/Paper",))

    kinds = [origin.kind for origin in origins(full(), honest)]
    assert kinds == ["outlet", "column", "author", "domain", "contact", "feed"]


def test_without_an_outlet_the_feed_is_all_there_is():
    assert origins(article("內容", source="台股頻道"), HONEST) == (
        Origin("feed", "台股频道", "台股頻道"),
    )


def test_values_are_folded_and_labels_are_as_written():
    [outlet, *_] = origins(article("內容", outlet="ＥＴ  財經臺"), HONEST)

    assert (outlet.value, outlet.label) == ("et 财经台", "ＥＴ 財經臺")


def test_the_same_outlet_in_another_spelling_is_the_same_origin():
    one = origins(article("內容", outlet="經濟觀察網"), HONEST)[0]
    other = origins(article("內容", outlet="经济观察网"), HONEST)[0]

    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("【新股飆風】三檔黑馬", "新股飆風"),
        ("〈老王愛說笑〉今天又跌", "老王愛說笑"),
        ("《週末講堂》殖利率怎麼看", "週末講堂"),
        ("〈焦點股〉廣達漲停", None),
        ("〈台股盤後〉收紅百點", None),
        ("[標的] 2330 多", None),
        ("【2330】法說重點", None),
        ("台積電【更新】漲價", None),
        ("【獨家】", None),
        ("沒有欄目的標題", None),
    ],
)
def test_only_a_name_at_the_titles_start_is_a_column(title: str, column: str | None):
    labels = [o.label for o in origins(article("內容", title=title), HONEST) if o.kind == "column"]

    assert labels == ([column] if column else [])


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://News.Example.com:8080/a", "news.example.com"),
        ("https://lin.ee/AbC", None),
        ("https://reurl.cc/x", None),
        ("", None),
        ("no address", None),
        ("http://[broken", None),
    ],
)
def test_the_domain_is_that_of_the_link_unless_anybody_may_post_there(url: str, domain: str | None):
    values = [o.value for o in origins(article("內容", url=url), HONEST) if o.kind == "domain"]

    assert values == ([domain] if domain else [])


def test_every_kind_is_known():
    assert {origin.kind for origin in origins(full(), ADVERT)} == set(KINDS)
