"""The public lists become rows of the companies file, or the file stays as it was."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pytest_httpserver import HTTPServer

from bot.companies import Changes, ListError, PublicList, load_lists, update
from bot.ports import SourceError
from rules import companies

NOW = datetime(2026, 11, 23, tzinfo=UTC)
# The shape of the real pages, as public programs that read them record it: a table with the date
# first, then one whose headings have a single cell and end tags that do not match.
HEADING = "<tr><td bgcolor=#FAFAD2 colspan=7 ><B> {} <B> </td></tr>"
ROW = (
    "<tr><td bgcolor=#FAFAD2>{}　{}</td><td bgcolor=#FAFAD2>{}</td>"
    "<td bgcolor=#FAFAD2>2026/01/05</td><td bgcolor=#FAFAD2>上市</td><td bgcolor=#FAFAD2>{}</td>"
    "<td bgcolor=#FAFAD2>ESVUFR</td><td bgcolor=#FAFAD2></td></tr>"
)
PAGE = """<link rel="stylesheet" href="http://isin.twse.com.tw/isin/style1.css" type="text/css">
<body><table align=center>
<h2><strong><font class='h1'>本國上市證券國際證券辨識號碼一覽表</font></strong></h2>
<h2><strong><font class='h1'><center>最近更新日期:2026/11/20  </center> </font></strong></h2>
<h2><font color='red'><center>掛牌日以正式公告為準</center></font></h2></table>
<TABLE class='h4' align=center cellSpacing=3 cellPadding=2 width=750 border=0><tr align=center>
<td bgcolor=#D5FFD5>有價證券代號及名稱 </td><td bgcolor=#D5FFD5>國際證券辨識號碼(ISIN Code)</td>
<td bgcolor=#D5FFD5>上市日</td><td bgcolor=#D5FFD5>市場別</td><td bgcolor=#D5FFD5>產業別</td>
<td bgcolor=#D5FFD5>CFICode</td><td bgcolor=#D5FFD5>備註</td></tr>{}</table>
<font color='red'><center>掛牌日以正式公告為準</center></font></body></html>"""


def isin_page(*rows: str) -> str:
    return PAGE.format("\n".join(rows))


def share(code: str, name: str, industry: str = "半導體業") -> str:
    return ROW.format(code, name, f"TW{int(code):09d}"[:11] + "8", industry)


LISTED = isin_page(
    HEADING.format("股票"),
    share("2330", "台積電"),
    share("9871", "星河光電*-KY"),
    HEADING.format("上市認購(售)權證"),
    ROW.format("030001", "某某群益購01", "TW26Z0300011", ""),
    HEADING.format("ETF"),
    ROW.format("00998A", "主動測試高息", "TW00000998A3", ""),
)
FILERS = {
    "0": {"cik_str": 1045810, "ticker": "NVDA", "title": "NVIDIA CORP"},
    "1": {"cik_str": 7777777, "ticker": "OPENX", "title": "Open Harbor Corp"},
    "2": {"cik_str": 7777777, "ticker": "OPENX-PA", "title": "Open Harbor Corp"},
}


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as made:
        yield made


@pytest.fixture
def lists(httpserver: HTTPServer) -> tuple[PublicList, ...]:
    httpserver.expect_request("/listed").respond_with_data(LISTED.encode("cp950"))
    httpserver.expect_request("/sec").respond_with_data(json.dumps(FILERS))
    sections = ("股票", "ETF")
    return (
        PublicList(
            "twse", "上市", httpserver.url_for("/listed"), "isin", 3, ".TW", "cp950", None, sections
        ),
        PublicList("sec", "SEC", httpserver.url_for("/sec"), "sec", 2),
    )


async def run(
    client: httpx.AsyncClient, lists: tuple[PublicList, ...], target: Path, **more: str
) -> Changes:
    return await update(client, lists, target, NOW, **more)


async def test_new_companies_are_written_and_known_afterwards(client, lists, tmp_path) -> None:
    changes = await run(client, lists, tmp_path / "data" / "companies.csv")
    directory = companies.load((tmp_path / "data" / "companies.csv").read_text("utf-8")).directory

    assert changes.counts == {"上市": 3, "SEC": 2}
    assert changes.new == (
        ("9871.TW", "星河光電-KY"),
        ("00998A.TW", "主動測試高息"),
        ("OPENX", "Open Harbor"),
    )
    assert [c.symbol for c in directory.resolve("星河光電")] == ["9871.TW"]


async def test_warrants_are_left_out(client, lists, tmp_path) -> None:
    await run(client, lists, tmp_path / "companies.csv")

    assert "030001" not in (tmp_path / "companies.csv").read_text("utf-8")


async def test_what_is_known_and_no_longer_listed_is_told(client, lists, tmp_path) -> None:
    changes = await run(client, lists, tmp_path / "companies.csv")

    assert ("2317.TW", "鴻海") in changes.gone
    assert not [symbol for symbol, _ in changes.gone if symbol.endswith(".TWO")]


async def test_who_left_before_or_changed_the_exchange_is_not_told_as_gone(
    client, lists, tmp_path
) -> None:
    lists = (replace(lists[0], suffix=".TWO"), lists[1])
    changes = await run(client, lists, tmp_path / "companies.csv")
    gone = {symbol for symbol, _ in changes.gone}

    assert "6488.TWO" in gone
    assert not gone & {"2330.TW", "5820.TWO", "MC.PA", "QQQ"}


@pytest.mark.parametrize(("written", "name"), [("&#20870;星", "円星"), ("星碁", "星碁")])
async def test_characters_outside_big5_are_read(
    client, lists, tmp_path, httpserver, written, name
) -> None:
    httpserver.clear()
    page = LISTED.replace("星河光電*-KY", written).encode("cp950")
    httpserver.expect_request("/listed").respond_with_data(page)
    httpserver.expect_request("/sec").respond_with_data(json.dumps(FILERS))
    changes = await run(client, lists, tmp_path / "companies.csv")

    assert ("9871.TW", name) in changes.new


async def test_the_same_lists_again_change_nothing(client, lists, tmp_path) -> None:
    await run(client, lists, tmp_path / "companies.csv")
    written = (tmp_path / "companies.csv").read_bytes()
    again = await run(client, lists, tmp_path / "companies.csv")

    assert (again.new, again.renamed) == ((), ())
    assert (tmp_path / "companies.csv").read_bytes() == written


async def test_a_changed_name_is_told(client, lists, tmp_path, httpserver) -> None:
    await run(client, lists, tmp_path / "companies.csv")
    renamed = LISTED.replace("星河光電*-KY", "銀河光電")
    httpserver.clear()
    httpserver.expect_request("/listed").respond_with_data(renamed.encode("cp950"))
    httpserver.expect_request("/sec").respond_with_data(json.dumps(FILERS))
    changes = await run(client, lists, tmp_path / "companies.csv")

    assert changes.renamed == (("9871.TW", "星河光電-KY", "銀河光電"),)


@pytest.mark.parametrize(
    "header", ["symbol,name,english,industry,strong,weak,blocked", "symbol,name,strong"]
)
async def test_the_owners_rows_stay_and_win(client, lists, tmp_path, header) -> None:
    target = tmp_path / "companies.csv"
    cells = "2330.TW,護國神山,," if header.count(",") > 2 else "2330.TW,護國神山,"
    commas = "," * (header.count(",") - cells.count(","))
    target.write_text(f"# my own\n{header}\n{cells}{commas}\n", "utf-8")
    await run(client, lists, target)
    await run(client, lists, target)
    text = target.read_text("utf-8")
    known = companies.load(text).directory.get("2330.TW")

    assert known is not None
    assert known.name == "護國神山"
    assert text.count("護國神山") == text.count("# my own") == 1


async def test_a_company_that_moves_to_the_other_market_is_one_company(
    client, lists, tmp_path
) -> None:
    lists = (replace(lists[0], suffix=".TWO"), lists[1])
    await run(client, lists, tmp_path / "companies.csv")
    directory = companies.load((tmp_path / "companies.csv").read_text("utf-8")).directory

    assert [c.symbol for c in directory.resolve("台積電")] == ["2330.TWO"]
    assert [c.symbol for c in directory.resolve("2330")] == ["2330.TWO"]


async def test_an_unknown_us_ticker_needs_a_mark(client, lists, tmp_path) -> None:
    from tests.rules.companies_found import symbols

    await run(client, lists, tmp_path / "companies.csv")
    finder = companies.load((tmp_path / "companies.csv").read_text("utf-8"))

    assert symbols("今天的活動叫做 OPENX 大會", "", finder) == set()
    assert symbols("我買了 $OPENX 當存股", "", finder) == {"OPENX"}


@pytest.mark.parametrize(
    ("path", "body", "key"),
    [
        ("/listed", isin_page(HEADING.format("股票"), share("2330", "台積電")), "too_few"),
        ("/listed", "<html>系統維護中</html>", "too_few"),
        ("/listed", LISTED.encode("utf-8"), "encoding"),
        ("/sec", "<html>Request Rate Threshold Exceeded</html>", "not_json"),
        ("/sec", '["AAPL"]', "not_json"),
        ("/sec", "{}", "too_few"),
    ],
)
async def test_a_page_that_is_not_the_list_changes_nothing(
    client, lists, tmp_path, httpserver, path, body, key
) -> None:
    target = tmp_path / "companies.csv"
    target.write_text("symbol,name\n7777.TWO,自家\n", "utf-8")
    httpserver.clear()
    good = {"/listed": LISTED.encode("cp950"), "/sec": json.dumps(FILERS)}
    for where, answer in (good | {path: body}).items():
        data = answer.encode("cp950") if isinstance(answer, str) else answer
        httpserver.expect_request(where).respond_with_data(data)

    with pytest.raises(ListError) as caught:
        await run(client, lists, target)

    assert caught.value.key == f"listings.{key}"
    assert target.read_text("utf-8") == "symbol,name\n7777.TWO,自家\n"


async def test_a_server_that_refuses_changes_nothing(client, lists, tmp_path, httpserver) -> None:
    httpserver.clear()
    httpserver.expect_request("/listed").respond_with_data("no", status=403)

    with pytest.raises(SourceError, match="forbidden"):
        await run(client, lists, tmp_path / "companies.csv")

    assert not (tmp_path / "companies.csv").exists()


async def test_the_contact_is_told_to_the_server(client, lists, tmp_path, httpserver) -> None:
    await run(client, lists, tmp_path / "companies.csv", contact="me@example.com")

    agents = {request.headers["User-Agent"] for request, _ in httpserver.log}
    assert agents == {"TickerBell/0.1 (self-hosted news alerts; me@example.com)"}


async def test_a_file_with_unknown_columns_is_refused(client, lists, tmp_path) -> None:
    target = tmp_path / "companies.csv"
    target.write_text("symbol,nonsense\nA,b\n", "utf-8")

    with pytest.raises(ListError):
        await run(client, lists, target)


def test_the_packaged_lists_are_the_four_public_ones() -> None:
    assert [source.key for source in load_lists()] == ["twse", "tpex", "emerging", "sec"]


@pytest.mark.parametrize("text", ["list = 3", "[[list]]\nkey = 'a'", "not toml", "[[list]]\nx=1"])
def test_a_list_file_of_another_shape_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lists.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(ListError, match="bad_lists"):
        load_lists(path)
