"""A feed by address: what is asked of its server, and what becomes of its answers."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bot.ports import Cursor, SourceError
from bot.sources.feed import FeedSource
from bot.sources.http import Limits

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feeds"
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>晨湖財經</title>
<item><title>台積電法說會</title><guid>a1</guid><link>https://lake.example.com/1</link>
<pubDate>Mon, 23 Nov 2026 15:30:00 +0800</pubDate><description>營收創新高。</description></item>
</channel></rss>"""


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    return httpserver


async def refusal(source: FeedSource, cursor: Cursor | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await source.fetch(cursor, NOW)
    return caught.value


async def test_an_article_comes_with_all_that_the_feed_says(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/rss").respond_with_data(RSS, headers={"ETag": 'W/"v1"'})
    source = FeedSource(site.url_for("/rss"), client, key="lake")

    fetched = await source.fetch(None, NOW)

    (article,) = fetched.articles
    assert (article.id, article.title, article.text) == ("a1", "台積電法說會", "營收創新高。")
    assert (article.outlet, article.source) == ("晨湖財經", "lake")
    assert article.url == "https://lake.example.com/1"
    assert article.published_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert fetched.cursor == Cursor(etag='W/"v1"', title="晨湖財經")
    assert source.live


async def test_the_second_visit_sends_the_validators_as_they_were_and_may_find_nothing_new(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    stamp = "mon, 23 nov 2026 (sic)"
    site.expect_ordered_request("/rss").respond_with_data(
        RSS, headers={"ETag": '"é"', "Last-Modified": stamp}
    )
    site.expect_ordered_request(
        "/rss", headers={"If-None-Match": '"é"', "If-Modified-Since": stamp}
    ).respond_with_data(status=304)
    source = FeedSource(site.url_for("/rss"), client)

    first = await source.fetch(None, NOW)
    second = await source.fetch(first.cursor, NOW)

    site.check_assertions()
    assert second.unchanged
    assert second.cursor == first.cursor


async def test_a_validator_that_the_server_no_longer_sends_is_forgotten(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/rss").respond_with_data(RSS)
    source = FeedSource(site.url_for("/rss"), client)

    fetched = await source.fetch(Cursor(etag='"old"', last_modified="then"), NOW)

    assert (fetched.cursor.etag, fetched.cursor.last_modified) == ("", "")


async def test_a_feed_that_moved_for_good_is_asked_there_from_now_on(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_oneshot_request("/old").respond_with_data(status=308, headers={"Location": "/new"})
    site.expect_request("/new").respond_with_data(RSS)
    source = FeedSource(site.url_for("/old"), client)

    first = await source.fetch(None, NOW)
    second = await source.fetch(first.cursor, NOW)

    assert first.cursor.url == second.cursor.url == site.url_for("/new")


async def test_a_feed_that_left_its_new_address_is_asked_at_its_first_one(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/new").respond_with_data(status=404)
    site.expect_request("/old").respond_with_data(RSS)
    source = FeedSource(site.url_for("/old"), client)

    fetched = await source.fetch(Cursor(etag='"x"', url=site.url_for("/new")), NOW)

    assert fetched.cursor.url == ""
    assert len(fetched.articles) == 1


async def test_a_feed_that_moved_for_now_keeps_its_address(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/old").respond_with_data(status=301, headers={"Location": "/between"})
    site.expect_request("/between").respond_with_data(status=302, headers={"Location": "/new"})
    site.expect_request("/new").respond_with_data(RSS)

    fetched = await FeedSource(site.url_for("/old"), client).fetch(None, NOW)

    assert fetched.cursor.url == ""
    assert len(fetched.articles) == 1


async def test_redirects_in_a_circle_end(site: HTTPServer, client: httpx.AsyncClient) -> None:
    site.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b"})
    site.expect_request("/b").respond_with_data(status=302, headers={"Location": "/a"})

    error = await refusal(FeedSource(site.url_for("/a"), client))

    assert error.key == "source.redirects"
    assert len(site.log) == 6


async def test_a_redirect_to_a_file_is_not_followed(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/a").respond_with_data(
        status=302, headers={"Location": "file:///etc/passwd"}
    )

    error = await refusal(FeedSource(site.url_for("/a"), client))

    assert error.key == "source.bad_address"


@pytest.mark.parametrize(
    ("status", "headers", "key", "wait", "gone"),
    [
        (404, {}, "source.not_found", None, False),
        (410, {}, "source.gone", None, True),
        (401, {}, "source.forbidden", None, False),
        (403, {}, "source.forbidden", None, False),
        (418, {}, "source.status", None, False),
        (429, {"Retry-After": "120"}, "source.rate_limited", 120.0, False),
        (429, {"Retry-After": "999999999"}, "source.rate_limited", 86400.0, False),
        (429, {"Retry-After": "soon"}, "source.rate_limited", None, False),
        (503, {"Retry-After": "Mon, 23 Nov 2026 08:10:00 GMT"}, "source.server_error", 600, False),
        (503, {"Retry-After": "Mon, 23 Nov 2020 08:10:00 GMT"}, "source.server_error", 0, False),
        (500, {}, "source.server_error", None, False),
    ],
)
async def test_a_refusal_says_what_it_is_and_how_long_to_wait(
    site: HTTPServer,
    client: httpx.AsyncClient,
    status: int,
    headers: dict[str, str],
    key: str,
    wait: float | None,
    gone: bool,
) -> None:
    site.expect_request("/rss").respond_with_data("no", status=status, headers=headers)

    error = await refusal(FeedSource(site.url_for("/rss"), client))

    assert (error.key, error.retry_after, error.gone) == (key, wait, gone)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://lake.example.com/rss",
        "file:///etc/passwd",
        "http://user:secret@lake.example.com/",
        "http://169.254.169.254\\@lake.example.com/",
        "http://lake.example.com/a b",
        "http://lake.example.com/\x1b[0m",
        "http:///rss",
        "http://[::1/",
        "not an address",
    ],
)
async def test_what_is_no_plain_web_address_is_never_asked(
    client: httpx.AsyncClient, address: str
) -> None:
    error = await refusal(FeedSource(address, client))

    assert error.key == "source.bad_address"


async def test_a_host_that_does_not_exist_is_named(client: httpx.AsyncClient) -> None:
    error = await refusal(FeedSource("http://no-such-host.invalid/rss", client))

    assert (error.key, error.values) == ("source.dns", {"host": "no-such-host.invalid"})


async def test_a_port_where_nobody_listens_is_unreachable(client: httpx.AsyncClient) -> None:
    error = await refusal(FeedSource("http://127.0.0.1:9/rss", client))

    assert error.key == "source.unreachable"


async def test_a_server_that_speaks_no_tls_is_not_read(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    error = await refusal(FeedSource(site.url_for("/").replace("http:", "https:"), client))

    assert error.key == "source.tls"


async def test_a_page_that_links_to_its_feed_names_it(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    page = """<!doctype html><html><head><link rel="alternate" type="application/rss+xml"
        href="/feeds/all.xml"></head><body>晨湖財經</body></html>"""
    site.expect_request("/").respond_with_data(page, content_type="text/html; charset=utf-8")

    error = await refusal(FeedSource(site.url_for("/"), client))

    assert error.key == "source.html_links_feed"
    assert error.values["feed"] == site.url_for("/feeds/all.xml")


async def test_a_feed_that_is_called_an_image_is_read_all_the_same(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/rss").respond_with_data(RSS, content_type="image/png")

    fetched = await FeedSource(site.url_for("/rss"), client).fetch(None, NOW)

    assert len(fetched.articles) == 1


async def test_a_compressed_feed_is_unpacked(site: HTTPServer, client: httpx.AsyncClient) -> None:
    half = len(RSS.encode()) // 2
    members = gzip.compress(RSS.encode()[:half]) + gzip.compress(RSS.encode()[half:]) + b"\0" * 9
    site.expect_request("/rss").respond_with_data(members, headers={"Content-Encoding": "gzip"})

    fetched = await FeedSource(site.url_for("/rss"), client).fetch(None, NOW)

    assert fetched.articles[0].title == "台積電法說會"


@pytest.mark.parametrize(
    ("body", "encoding", "key"),
    [
        (gzip.compress(b"\0" * 50_000_000, 9), "gzip", "source.too_large"),
        (gzip.compress(b"") * 5000, "gzip", "source.encoding"),
        (b"this is not gzip", "gzip", "source.encoding"),
        (b"\x1b\x00", "br", "source.encoding"),
        (b"<rss>" + b" " * 6_000_000, "", "source.too_large"),
    ],
    ids=["bomb", "thousands of empty members", "no gzip", "brotli unasked", "plainly too large"],
)
async def test_a_body_that_unpacks_to_trouble_is_refused(
    site: HTTPServer, client: httpx.AsyncClient, body: bytes, encoding: str, key: str
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    site.expect_request("/rss").respond_with_data(body, headers=headers)

    error = await refusal(FeedSource(site.url_for("/rss"), client))

    assert error.key == key


async def test_a_server_that_drips_is_left_when_the_time_is_up(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    def drip(request: Request) -> Response:
        import time

        def body() -> Iterator[bytes]:
            for _ in range(20):
                time.sleep(0.05)
                yield b"<"

        return Response(body())

    site.expect_request("/rss").respond_with_handler(drip)
    source = FeedSource(site.url_for("/rss"), client, limits=Limits(seconds=0.3))

    error = await refusal(source)

    assert error.key == "source.timeout"


async def test_a_truncated_feed_gives_its_whole_articles_and_will_be_read_again(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    item = "<item><title>第二則</title><guid>a2</guid><description>這篇文章還沒有說完"
    cut = RSS.partition("</channel>")[0] + item
    site.expect_request("/rss").respond_with_data(cut, headers={"ETag": '"v1"'})

    fetched = await FeedSource(site.url_for("/rss"), client).fetch(None, NOW)

    assert [article.id for article in fetched.articles] == ["a1"]
    assert fetched.cursor.etag == ""
    assert [note.split()[0] for note in fetched.skipped] == ["source.note_truncated"]


async def test_a_body_that_breaks_off_is_an_error(client: httpx.AsyncClient) -> None:
    import asyncio

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]

        error = await refusal(FeedSource(f"http://127.0.0.1:{port}/", client))

    assert error.key == "source.cut_off"


async def test_a_feed_that_is_too_complex_is_given_up_and_the_next_one_is_read(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))
    site.expect_request("/bomb").respond_with_data(f"<rss {attributes}><channel/></rss>")
    site.expect_request("/rss").respond_with_data(RSS)

    error = await refusal(FeedSource(site.url_for("/bomb"), client, parse_seconds=1.0))
    fetched = await FeedSource(site.url_for("/rss"), client).fetch(None, NOW)

    assert error.key == "source.too_complex"
    assert len(fetched.articles) == 1


async def test_the_bot_says_who_it_is_and_what_it_wants(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    site.expect_request("/rss").respond_with_data(RSS)

    await FeedSource(site.url_for("/rss"), client).fetch(None, NOW)

    headers = site.log[0][0].headers
    assert headers["User-Agent"].startswith("TickerBell/")
    assert headers["Accept-Encoding"] == "gzip"
    assert "application/rss+xml" in headers["Accept"]


async def test_a_date_without_an_offset_is_in_the_source_s_zone(
    site: HTTPServer, client: httpx.AsyncClient
) -> None:
    dated = RSS.replace("Mon, 23 Nov 2026 15:30:00 +0800", "2026-11-22 10:00:00")
    site.expect_request("/rss").respond_with_data(dated)
    source = FeedSource(site.url_for("/rss"), client, zone="Asia/Tokyo")

    fetched = await source.fetch(None, NOW)

    assert fetched.articles[0].published_at == NOW - timedelta(hours=31)
