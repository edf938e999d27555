"""What an argument is taken for, and what a person is told where it cannot be read."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.ports import Note, Source, SourceError
from bot.sources.detect import of_bytes, open_source
from bot.sources.feed import FeedFile, FeedSource
from bot.sources.jsonl import BadLine, JsonLines, iter_jsonl
from bot.sources.page import HtmlPage
from bot.sources.tagpage import TagPage
from rules.model import Article

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feeds"
BODY = "公司今日公布財報，營收與獲利同步成長，並上修全年展望。法人認為，需求仍然強勁。" * 3
TAG_PAGE = f"#台股\n甲標題\n{BODY}(甲報)\n"
RECORD = {
    "id": 12,
    "title": "台積電法說會",
    "text": "營收\n創新高",
    "source": "晨湖財經",
    "url": "https://lake.example.com/1",
    "author": "林記者",
    "published": "2026-11-23T10:00:00+08:00",
}
PAGE = f"""<!doctype html><html><head><title>台積電法說會</title>
<meta property="og:site_name" content="晨湖財經"></head><body><nav>首頁 登入 訂閱</nav>
<article><h1>台積電法說會</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"""


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (TAG_PAGE.encode(), TagPage),
        (TAG_PAGE.encode("utf-8-sig"), TagPage),
        (TAG_PAGE.encode("big5hkscs"), TagPage),
        (TAG_PAGE.encode("gb18030"), TagPage),
        (TAG_PAGE.encode("utf-16"), TagPage),
        (TAG_PAGE.replace("\n", "\r\n").encode(), TagPage),
        ("只有一句話的快訊".encode(), TagPage),
        (json.dumps(RECORD).encode(), JsonLines),
        (b'\xef\xbb\xbf{"text": "a"}\nnot json\n', JsonLines),
        (b'{"title": "about https://jsonfeed.org/version/1"}\n{"title": "x"}\n', JsonLines),
        (json.dumps([RECORD, RECORD], indent=2).encode(), JsonLines),
        (json.dumps(RECORD, indent=2).encode(), JsonLines),
        ((FEEDS / "feed.json").read_bytes(), FeedFile),
        (json.dumps(json.loads((FEEDS / "feed.json").read_text("utf-8"))).encode(), FeedFile),
        ((FEEDS / "atom.xml").read_bytes(), FeedFile),
        ((FEEDS / "rdf.xml").read_bytes(), FeedFile),
        (PAGE.encode(), HtmlPage),
        (PAGE.encode("big5"), HtmlPage),
    ],
)
async def test_a_file_is_known_by_its_content(
    tmp_path: Path, client: httpx.AsyncClient, body: bytes, kind: type[Source]
) -> None:
    path = tmp_path / "anything"
    path.write_bytes(body)

    source = await open_source(str(path), client)
    fetched = await source.fetch(None, NOW)

    assert type(source) is kind
    assert not source.live
    assert len(fetched.articles) == len(fetched.keys) >= 1
    assert all("\ufffd" not in article.text for article in fetched.articles)


async def test_an_address_is_a_feed_that_is_polled(client: httpx.AsyncClient) -> None:
    source = await open_source("https://lake.example.com/rss", client)

    assert type(source) is FeedSource
    assert source.live


async def test_an_address_of_another_kind_is_refused(client: httpx.AsyncClient) -> None:
    with pytest.raises(SourceError) as caught:
        await open_source("file:///etc/passwd", client)

    assert caught.value.key == "source.bad_address"


async def test_a_dash_is_standard_input(client: httpx.AsyncClient) -> None:
    given = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(TAG_PAGE.encode()))
    try:
        source = await open_source("-", client)
    finally:
        sys.stdin = given

    assert (source.key, source.title) == ("file:stdin", "stdin")


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        ("missing", None, "source.no_such_file"),
        ("empty", b"", "source.empty"),
        ("blank", b" \n\t\r\n", "source.empty"),
        ("mark", b"\xef\xbb\xbf\n", "source.empty"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "source.binary"),
        ("zip", b"PK\x03\x04\x14\x00\x00\x00", "source.binary"),
        ("only a tag", "#台股\n".encode(), "source.no_articles"),
        ("JSON of another sort", b'{"version": "1", "items": []}', "source.json_no_feed"),
        ("only bad lines", b"{bad\n{worse\n", "source.no_articles"),
        ("other XML", b"<?xml version='1.0'?><svg><path/></svg>", "source.no_feed"),
        ("a broken feed", b"<rss version='2.0'><channel><item><title>x", "source.broken_feed"),
        ("an empty page", b"<!doctype html><html><body></body></html>", "source.html_no_text"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_with_its_reason(
    tmp_path: Path, client: httpx.AsyncClient, name: str, body: bytes | None, key: str
) -> None:
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)

    with pytest.raises(SourceError) as caught:
        await (await open_source(str(path), client)).fetch(None, NOW)

    assert caught.value.key == key


async def test_a_folder_is_refused(tmp_path: Path, client: httpx.AsyncClient) -> None:
    with pytest.raises(SourceError) as caught:
        await open_source(str(tmp_path), client)

    assert caught.value.key == "source.folder"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read anything")
async def test_a_file_without_permission_is_refused(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"x")
    path.chmod(0)

    with pytest.raises(SourceError) as caught:
        await open_source(str(path), client)

    assert caught.value.key == "source.unreadable"


async def test_an_impossible_name_is_refused(client: httpx.AsyncClient) -> None:
    with pytest.raises(SourceError) as caught:
        await open_source("a\0b", client)

    assert caught.value.key == "source.unreadable"


async def test_a_page_is_one_article_without_its_navigation() -> None:
    fetched = await of_bytes(PAGE.encode(), "page.html").fetch(None, NOW)

    (article,) = fetched.articles
    assert (article.title, article.outlet) == ("台積電法說會", "晨湖財經")
    assert BODY in article.text
    assert "登入" not in article.text


async def test_an_entry_without_words_is_left_out_with_a_remark() -> None:
    fetched = await of_bytes((FEEDS / "feed.json").read_bytes(), "feed.json").fetch(None, NOW)

    assert [article.url for article in fetched.articles] == ["https://bank.example.com/7", ""]
    assert fetched.skipped == (Note("source.note_no_text", number="3"),)


async def test_only_so_many_entries_are_read_at_a_time() -> None:
    items = "".join(f"<item><title>第{n}則</title></item>" for n in range(503))
    body = f"<rss version='2.0'><channel><title>報</title>{items}</channel></rss>".encode()

    fetched = await of_bytes(body, "feed.xml").fetch(None, NOW)

    assert len(fetched.articles) == 500
    assert fetched.skipped == (Note("source.note_too_many", limit="500", number="3"),)


def read(*lines: str | bytes) -> list[Article | BadLine]:
    return list(iter_jsonl(lines, now=NOW, source="file:a"))


def test_a_line_is_an_article_with_all_that_it_says() -> None:
    (article,) = read(json.dumps(RECORD, ensure_ascii=False))

    assert article == Article(
        id="12",
        title="台積電法說會",
        text="營收\n創新高",
        source="file:a",
        fetched_at=NOW,
        outlet="晨湖財經",
        author="林記者",
        url="https://lake.example.com/1",
        published_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("{", "source.note_bad_json"),
        ("[" * 100_000, "source.note_bad_json"),
        ("[1]", "source.note_no_object"),
        ("null", "source.note_no_object"),
        ("{}", "source.note_no_words"),
        ('{"title": "  ", "text": null}', "source.note_no_words"),
        ('{"title": ["a"]}', "source.note_bad_field"),
        ('{"text": "a", "url": {}}', "source.note_bad_field"),
        ('{"text": "' + "a" * 5_000_000 + '"}', "source.note_long_line"),
    ],
)
def test_a_bad_line_is_reported_by_its_number_and_the_others_count(line: str, key: str) -> None:
    before, bad, after = read('{"text": "a"}', line, "", b'{"text": "b"}')

    assert isinstance(bad, BadLine)
    assert (bad.number, bad.note.key, bad.note.values["number"]) == (2, key, "2")
    assert [x.id for x in (before, after) if isinstance(x, Article)] == ["1", "4"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://a b", "x"])
def test_a_link_that_is_no_web_address_is_dropped(url: str) -> None:
    (article,) = read(json.dumps({"text": "a", "url": url}))

    assert isinstance(article, Article)
    assert article.url == ""


def test_half_a_character_does_not_get_through() -> None:
    (article,) = read('{"title": "a\\ud83d\\u0000b", "id": "\\udc00"}')

    assert isinstance(article, Article)
    assert (article.title, article.id) == ("ab", "1")


def test_lines_are_read_one_at_a_time() -> None:
    taken: list[int] = []

    def lines() -> object:
        for number in range(3):
            taken.append(number)
            yield '{"text": "a"}'

    next(iter(iter_jsonl(lines(), now=NOW)))  # type: ignore[arg-type]

    assert taken == [0]
