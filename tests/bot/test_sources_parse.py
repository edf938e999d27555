"""What bytes turn out to be: feeds of every make, wrong encodings, things that are no feed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ports import SourceError
from bot.sources import clean, decode, parsing
from bot.sources.parse_worker import parse

FEEDS = Path(__file__).parent / "feeds"
WORDS = "台積電、鴻海與聯發科今日公布營收，市場認為成長優於預期。碁銹裏"
HERE = "https://wire.example.com/feed"


def rss(item: str, encoding: str = "UTF-8", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>{head}<rss version="2.0"><channel>'
        f"<title>報</title><item><title>題</title>{item}</item></channel></rss>"
    )


def read(body: bytes | str, content_type: str = "") -> dict[str, Any]:
    return parse(body.encode() if isinstance(body, str) else body, content_type, HERE, 500)


def only_text(body: bytes | str, content_type: str = "") -> str:
    (entry,) = read(body, content_type)["entries"]
    return str(entry["text"])


def test_an_atom_feed_is_read() -> None:
    feed = read((FEEDS / "atom.xml").read_bytes())

    first, second = feed["entries"]
    assert feed["title"] == "港灣電訊"
    assert first == {
        "id": "tag:wire.example.com,2026:1",
        "title": "廣達 & 緯創擴產",
        "text": "第一段。\n第二段\n換行。",
        "url": "https://wire.example.com/news/1?utm_medium=feed#top",
        "outlet": "",
        "author": "陳編輯",
        "published": "2026-11-20T15:30:00+08:00",
    }
    assert (second["title"], second["outlet"]) == ("Profit < 5% this quarter", "Other Wire")


def test_a_json_feed_is_read() -> None:
    feed = read((FEEDS / "feed.json").read_bytes())

    first, second, _ = feed["entries"]
    assert (feed["title"], first["id"], first["author"]) == ("堤岸快報", "7", "李記者")
    assert first["text"] == "投資300億元。\n明年動工。"
    assert second["text"] == "只有內文，沒有標題。"


def test_an_rss_1_feed_names_its_publisher() -> None:
    (entry,) = read((FEEDS / "rdf.xml").read_bytes())["entries"]

    assert (entry["outlet"], entry["author"]) == ("舊報", "王記者")
    assert entry["published"] == "2026-11-20T01:02:03Z"


def test_no_more_entries_than_asked_for_come_back_and_the_rest_is_counted() -> None:
    item = "<item><title>題</title></item>"
    body = f"<rss version='2.0'><channel><title>報</title>{item * 12}</channel></rss>"

    feed = parse(body.encode(), "", HERE, 10)

    assert (len(feed["entries"]), feed["left_out"]) == (10, 2)


@pytest.mark.parametrize(
    ("codec", "declared", "header"),
    [
        ("big5hkscs", "big5", ""),
        ("big5hkscs", "Big5", "text/xml; charset=utf-8"),
        ("gb18030", "gb2312", ""),
        ("gb18030", "GBK", ""),
        ("utf-8-sig", "big5", ""),
        ("utf-16", "utf-8", ""),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "x-unknown", ""),
        ("big5hkscs", "utf-8", "text/xml; charset=utf-8"),
        ("gb18030", "utf-8", "text/xml"),
    ],
)
def test_the_encoding_is_found_whoever_lies_about_it(
    codec: str, declared: str, header: str
) -> None:
    body = rss(f"<description>{WORDS}</description>", declared).encode(codec)

    assert only_text(body, header) == WORDS


def test_a_header_names_the_encoding_where_the_document_does_not() -> None:
    body = rss(f"<description>{WORDS}</description>").partition("?>")[2].encode("big5hkscs")

    assert only_text(body, "text/xml; charset=Big5") == WORDS


def test_one_bad_byte_costs_one_character() -> None:
    body = rss(f"<description>{WORDS}@{WORDS}</description>", "big5").encode("big5hkscs")

    assert only_text(body.replace(b"@", b"\xff")) == f"{WORDS}\ufffd{WORDS}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"<!-- nothing --><!DOCTYPE html><html></html>", "html"),
        (b"\n<HTML><body>x</body></HTML>", "html"),
        (b'{"items": []}', "json"),
        (b'{"version": "https://jsonfeed.org/version/1", "items"', "json"),
        (b"[" * 100_000, "json"),
        (b"plain words", "text"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "xml"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>x", "broken"),
        (b"\x00\x01\x02\xff" * 50, "text"),
    ],
)
def test_what_is_no_feed_is_called_what_it_is(body: bytes, kind: str) -> None:
    assert read(body)["kind"] == kind


def test_a_feed_without_articles_is_a_feed() -> None:
    feed = read("<rss version='2.0'><channel><title>報</title></channel></rss>")

    assert (feed["kind"], feed["entries"]) == ("feed", [])


def test_an_entity_bomb_does_not_go_off() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "laugh">{entities}]>'

    text = only_text(rss("<description>&a11;</description>", head=bomb))

    assert "laugh" not in text
    assert len(text) < 20


def test_a_link_that_is_no_address_costs_only_itself() -> None:
    (entry,) = read(rss("<link>http://[::1/</link><description>內文</description>"))["entries"]

    assert (entry["url"], entry["text"]) == ("", "內文")


def test_a_file_of_this_machine_is_not_read_into_an_article() -> None:
    head = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    assert "root" not in only_text(rss("<description>[&f;]</description>", head=head))


@pytest.mark.parametrize("reference", ["&#x110000;", "&#999999999999;", "&#xD800;", "&#0;"])
def test_a_reference_to_no_character_costs_only_itself(reference: str) -> None:
    text = only_text(rss(f"<description>前{reference}後</description>"))

    assert (text[0], text[-1]) == ("前", "後")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一</p><p>二<br>三</p>", "一\n二\n三"),
        ("<script>alert(1)</script>甲<style>p{}</style>", "甲"),
        ("A&amp;B &lt;tag&gt; &nbsp;C", "A&B <tag> C"),
        ("<ul><li>2330</li><li>2317</li></ul>", "2330\n2317"),
        ("<table><tr><td>EPS</td><td>3.2</td></tr></table>", "EPS 3.2"),
        ("台積電\n  法說會", "台積電法說會"),
        ("Amazon\n cuts", "Amazon cuts"),
        ("營收 < 5% 且 a > b", "營收 < 5% 且 a > b"),
        ("<b>沒有關的標籤", "沒有關的標籤"),
        ("", ""),
    ],
)
def test_markup_becomes_the_words_that_a_reader_sees(markup: str, text: str) -> None:
    assert clean.words(markup) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_words_hold_no_tag_no_control_character_and_no_surrogate(markup: str) -> None:
    text = clean.words(f"<p onclick=x>{markup}</p><script>evil</script>")

    assert "onclick" not in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert not any(ord(char) < 32 and char not in "\n\t" for char in text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "charset=big5", "charset=rot13", "x;y"]))
def test_any_bytes_decode_to_something(body: bytes, content_type: str) -> None:
    assert isinstance(decode.decode(body, content_type), str)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["big5hkscs", "gb18030", "utf-8"]), st.integers(1, 8))
def test_undeclared_news_text_is_told_by_its_characters(codec: str, repeat: int) -> None:
    text = "公司今天表示，第三季的營收成長，市場對未來有信心。" * repeat

    assert decode.decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("body", "binary"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", True),
        (bytes(range(1, 256)) * 20, True),
        ("文字".encode("utf-16"), False),
        ("文字檔案".encode(), False),
        (b"", False),
    ],
)
def test_binary_files_are_told_from_text(body: bytes, binary: bool) -> None:
    assert decode.is_binary(body) is binary


async def test_the_child_is_given_up_when_its_time_is_over() -> None:
    with pytest.raises(SourceError) as caught:
        await parsing.parse(b"<rss/>", name="slow", seconds=0.001)

    assert caught.value.key == "source.too_complex"


async def test_a_feed_that_waits_for_its_parser_has_lost_no_time() -> None:
    places = asyncio.Semaphore(1)
    body = rss("<description>a</description>").encode()
    await places.acquire()
    waiting = [
        asyncio.create_task(parsing.parse(body, name=str(n), seconds=10, places=places))
        for n in range(2)
    ]
    await asyncio.sleep(0.05)
    assert not any(task.done() for task in waiting)

    places.release()

    assert [feed["kind"] for feed in await asyncio.gather(*waiting)] == ["feed", "feed"]
    assert not places.locked()
