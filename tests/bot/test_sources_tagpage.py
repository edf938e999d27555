"""A tag page: which line is a headline, which a body, which a post of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import data
from bot.sources.tagpage import Post, TagPage, posts, split_outlet

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BODY = "公司今日公布財報，營收與獲利同步成長，並上修全年展望。法人認為，需求仍然強勁。" * 3
LONG_POST = (
    "🚀"
    + "名單整理好了，想跟上的朋友請私訊小編。" * 20
    + "（過去績效不代表未來獲利，投資人應審慎評估）"
)


def shapes(text: str) -> list[tuple[str, int, str]]:
    return [(post.title, len(post.text), post.outlet) for post in posts(text)]


def test_a_headline_and_a_body_with_its_outlet_are_one_article() -> None:
    page = f"#台積電\n法說會登場\n{BODY} (晨湖財經)\n"

    assert posts(page) == (Post("法說會登場", BODY, "晨湖財經", "台積電"),)


def test_a_single_line_stands_alone_between_articles() -> None:
    page = f"#台股\n甲標題\n{BODY}（甲報）\n{LONG_POST}\n乙標題\n{BODY}(乙報)"

    assert shapes(page) == [
        ("甲標題", len(BODY), "甲報"),
        ("", len(LONG_POST), ""),
        ("乙標題", len(BODY), "乙報"),
    ]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n", "\r\n\r\n\n", "\n \u3000\n"])
def test_line_ends_and_blank_lines_change_nothing(separator: str) -> None:
    lines = ["\ufeff#台股", "甲標題", f"{BODY}(甲報)", LONG_POST, "乙標題", f"{BODY}(乙報)"]

    assert [shape[2] for shape in shapes(separator.join(lines))] == ["甲報", "", "乙報"]


def test_a_short_flash_before_a_headline_is_a_post() -> None:
    page = f"#台股\n快訊：加權指數開盤漲百點\n甲標題\n{BODY}(甲報)"

    assert shapes(page) == [("", 12, ""), ("甲標題", len(BODY), "甲報")]


def test_an_emoji_post_does_not_become_the_body_of_a_flash() -> None:
    page = f"#台股\n快訊：加權指數開盤漲百點\n{LONG_POST}"

    assert [shape[0] for shape in shapes(page)] == ["", ""]


def test_a_headline_s_body_may_have_no_outlet() -> None:
    page = f"#台股\n甲標題\n{BODY}\n乙標題\n{BODY}(乙報)"

    assert shapes(page) == [("甲標題", len(BODY), ""), ("乙標題", len(BODY), "乙報")]


def test_a_short_body_with_an_outlet_is_a_body() -> None:
    assert posts("#台股\n台積電除息\n今日除息五元。(甲報)")[0].title == "台積電除息"


def test_a_headline_may_end_in_brackets() -> None:
    page = f"#台股\n台積電法說會重點（懶人包）\n{BODY}(甲報)"

    assert shapes(page) == [("台積電法說會重點（懶人包）", len(BODY), "甲報")]


def test_two_short_posts_with_their_outlets_are_two() -> None:
    page = "#台股\n台積電除息五元 (甲報)\n鴻海除息四元 (乙報)"

    assert [shape[2] for shape in shapes(page)] == ["甲報", "乙報"]


def test_an_english_headline_may_be_long() -> None:
    headline = (
        "Amazon to eliminate about 14,000 corporate jobs in push to trim layers of management"
    )
    body = "The company said on Monday that it will cut about 4% of its office workforce. " * 5

    assert shapes(f"#Amazon\n{headline}\n{body}(Harbor Street Wire)")[0][0] == headline


def test_a_body_without_a_headline_keeps_its_outlet() -> None:
    assert shapes(f"#台股\n{BODY}(甲報)") == [("", len(BODY), "甲報")]


def test_several_tags_on_one_page_name_what_follows() -> None:
    page = f"#台積電\n甲標題\n{BODY}(甲報)\n#輝達 #AI\n乙標題\n{BODY}(乙報)"

    assert [(post.tag, post.title) for post in posts(page)] == [
        ("台積電", "甲標題"),
        ("輝達 #AI", "乙標題"),
    ]


@pytest.mark.parametrize("line", ["#台股", "＃台股", "# 台股", "#台股 #AI", "  #台股  "])
def test_a_tag_is_no_article(line: str) -> None:
    assert len(posts(f"{line}\n甲標題\n{BODY}(甲報)")) == 1


def test_a_post_that_begins_with_a_hashtag_is_no_tag() -> None:
    page = f"#台股\n#台積電 今天又創新高，外資連續買超，投資人樂觀看待。\n甲標題\n{BODY}(甲報)"

    assert len(posts(page)) == 2


def test_paragraphs_between_blank_lines_belong_together() -> None:
    page = f"#台股\n甲標題\n{BODY}\n{BODY}\n{BODY}(甲報)\n\n乙標題\n{BODY}(乙報)"

    assert shapes(page) == [
        ("甲標題", 3 * len(BODY) + 2, "甲報"),
        ("乙標題", len(BODY), "乙報"),
    ]


def test_a_page_without_its_tag_line_is_read() -> None:
    assert shapes(f"甲標題\n{BODY}(甲報)") == [("甲標題", len(BODY), "甲報")]


@pytest.mark.parametrize(
    "outlet",
    ["經濟觀察網", "W侃科技", "36氪", "Harbor Street Wire", "半導體產業縱橫", "FT中文網", "CNBC"],
)
@pytest.mark.parametrize("brackets", ["()", "（）"])
def test_an_outlet_is_taken_from_the_end(outlet: str, brackets: str) -> None:
    line = f"營收創新高。 {brackets[0]}{outlet}{brackets[1]}"

    assert split_outlet(line) == ("營收創新高。", outlet)


@pytest.mark.parametrize(
    "end",
    [
        "(以往之績效不保證未來獲利 投資人應獨立判斷 審慎評估並自負投資風險)",
        "（過去績效不代表未來獲利，請審慎評估）",
        "(2330)",
        "(NVDA-US)",
        "(AMZN)",
        "(+5.2%)",
        "(完)",
        "(記者王小明攝)",
        "(單位：億元)",
        "(https://lin.ee/EXAMPLE0)",
        "()",
        "(詳見2026年財報)",
    ],
)
def test_other_brackets_at_the_end_are_part_of_the_text(end: str) -> None:
    line = f"營收創新高{end}"

    assert split_outlet(line) == (line, "")


@pytest.mark.parametrize("outlet", data.lines("outlets_like_tickers.txt"))
def test_every_outlet_that_looks_like_a_ticker_is_one(outlet: str) -> None:
    assert split_outlet(f"Shares rose. ({outlet})") == ("Shares rose.", outlet)


@pytest.mark.parametrize("word", data.lines("not_an_outlet.txt"))
def test_every_listed_remark_is_no_outlet(word: str) -> None:
    line = f"營收創新高({word.replace('*', '某某')})"

    assert split_outlet(line) == (line, "")


async def test_a_page_becomes_articles_that_are_known_again() -> None:
    text = f"#台股\n甲標題\n{BODY}(甲報)\n{LONG_POST}"

    first = await TagPage(text, key="file:a.txt", title="a.txt").fetch(None, NOW)
    again = await TagPage(text, key="file:b.txt", title="b.txt").fetch(None, NOW)

    assert [(article.title, article.outlet) for article in first.articles] == [
        ("甲標題", "甲報"),
        ("", ""),
    ]
    assert first.keys == again.keys
    assert first.cursor.title == "#台股"
    assert first.skipped == ()


async def test_a_page_without_any_outlet_is_read_with_a_remark() -> None:
    page = TagPage(f"#台股\n甲標題\n{BODY}", key="file:a.txt", title="a.txt")

    fetched = await page.fetch(None, NOW)

    assert len(fetched.articles) == 1
    assert [note.split()[0] for note in fetched.skipped] == ["source.note_no_outlet"]


async def test_a_real_page_is_read_as_a_person_reads_it(shared: Path) -> None:
    (page,) = (shared / "seeds").glob("000_*.txt")

    found = posts(page.read_text("utf-8"))

    assert len(found) == 8
    assert [bool(post.title) for post in found] == [True] * 5 + [False] + [True] * 2
    assert [bool(post.outlet) for post in found] == [True] * 5 + [False] + [True] * 2


@pytest.fixture
def shared() -> Path:
    import os

    if not (folder := os.environ.get("TICKERBELL_SHARED")):
        pytest.skip("TICKERBELL_SHARED names no folder with real pages")
    return Path(folder)


@given(st.lists(st.sampled_from(["#標籤", "短標題", BODY, f"{BODY}(甲報)", LONG_POST, "", "  "])))
def test_no_line_of_a_page_is_lost(lines: list[str]) -> None:
    found = posts("\n".join(lines))

    read = "".join(f"{post.title}{post.text}{post.outlet}" for post in found)
    given_text = "".join(line for line in lines if not line.startswith("#"))
    bare = str.maketrans("", "", " \n()（）")
    assert read.translate(bare) == given_text.translate(bare)
