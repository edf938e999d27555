"""``tickerbell ingest``: what a person gets, twice nothing new, and a clear answer to bad input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.running import objects, tickerbell

PAGE = (
    "#亞馬遜\n"
    "亞馬遜宣布裁員1.6萬人\n"
    "亞馬遜(AMZN)今天宣布，全球將裁員1.6萬人，以精簡管理層級。受影響者將獲資遣。(測試報)\n"
    "雨季提早 亞馬遜雨林水位回升\n"
    "亞馬遜雨林今年雨季提早，河川水位回升，研究人員表示樂觀。(自然報)\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def _ingest(*arguments: str, database: Path, **environ: str):  # type: ignore[no-untyped-def]
    return tickerbell("ingest", *arguments, "--database", str(database), **environ)


def test_what_was_asked_for_is_printed_and_a_second_time_nothing(
    page: Path, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"

    first = _ingest(str(page), "--sub", "AMZN 裁員", database=database)
    second = _ingest(str(page), database=database)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "亞馬遜(AMZN)｜裁員" in first.stdout
    assert "推播 1 則" in first.stdout
    assert "新的 0 則" in second.stdout
    assert "｜裁員" not in second.stdout


def test_the_report_comes_as_json_too(page: Path, tmp_path: Path) -> None:
    done = _ingest(str(page), "--sub", "AMZN 裁員", "--json", database=tmp_path / "a.db")

    decided, counts = objects(done.stdout)
    assert (decided["outcome"], decided["rules"]) == ("push", ["AMZN 裁員"])
    assert counts == {"seen": 2, "new": 2, "flagged": 0, "pushed": 1, "held": 0}


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    done = tickerbell(
        "ingest", "-", "--sub", "AMZN", "--database", str(tmp_path / "a.db"), stdin=PAGE
    )

    assert "推播 1 則" in done.stdout


# --- bad input: a clear answer, and nothing lost -----------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("<html><body>hello</body></html>", 200, "網頁"),
        ("", 200, "空的"),
        ("", 404, "404"),
        ("plain words, no feed", 200, "不是 RSS"),
    ],
)
def test_a_bad_feed_is_answered_in_words(
    httpserver: HTTPServer, tmp_path: Path, body: str, status: int, said: str
) -> None:
    httpserver.expect_request("/feed").respond_with_data(body, status)

    done = _ingest(httpserver.url_for("/feed"), database=tmp_path / "a.db")

    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_big5_feed_is_read(httpserver: HTTPServer, tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0" encoding="big5"?><rss version="2.0"><channel><title>測試</title><item>'
        "<guid>1</guid><title>亞馬遜宣布裁員1.6萬人</title>"
        "<description>亞馬遜今天宣布全球裁員1.6萬人。</description></item></channel></rss>"
    )
    httpserver.expect_request("/feed").respond_with_data(
        feed.encode("big5"), content_type="text/xml"
    )

    done = _ingest(httpserver.url_for("/feed"), "--sub", "AMZN 裁員", database=tmp_path / "a.db")

    assert "亞馬遜(AMZN)｜裁員" in done.stdout


def test_a_truncated_feed_gives_what_is_whole(httpserver: HTTPServer, tmp_path: Path) -> None:
    feed = (
        '<rss version="2.0"><channel><title>測試</title><item><guid>1</guid>'
        "<title>亞馬遜宣布裁員1.6萬人</title><description>亞馬遜今天宣布裁員1.6萬人。</description>"
        "</item><item><guid>2</guid><title>台積"
    )
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="text/xml")

    done = _ingest(httpserver.url_for("/feed"), "--sub", "AMZN 裁員", database=tmp_path / "a.db")

    assert "亞馬遜(AMZN)｜裁員" in done.stdout


def test_a_tag_page_without_outlets_is_read_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.replace("(測試報)", "").replace("(自然報)", ""), "utf-8")

    done = _ingest(str(path), "--sub", "AMZN 裁員", database=tmp_path / "a.db")

    assert "推播 1 則" in done.stdout
    assert "媒體" in done.stdout


def test_a_path_that_is_not_there_stops_nothing_else(page: Path, tmp_path: Path) -> None:
    done = _ingest("nowhere.txt", str(page), "--sub", "AMZN", database=tmp_path / "a.db")

    assert done.returncode == 1
    assert "nowhere.txt" in done.stdout
    assert "推播 1 則" in done.stdout


def test_a_file_that_is_no_database_is_left_as_it_is(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("my notes" * 200, "utf-8")

    done = _ingest(str(page), database=path)

    assert done.returncode == 1
    assert "不是資料庫" in done.stderr
    assert path.read_text("utf-8") == "my notes" * 200


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)

    done = _ingest(str(page), database=folder / "a.db")

    assert done.returncode == 1
    assert "無法寫入" in done.stderr


def test_a_database_in_the_place_of_a_file_cannot_be_made(page: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")

    done = _ingest(str(page), database=tmp_path / "file" / "a.db")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "無法寫入" in done.stderr


def test_a_wrong_setting_is_named(page: Path, tmp_path: Path) -> None:
    done = _ingest(str(page), database=tmp_path / "a.db", POLL_SECONDS="soon")

    assert done.returncode == 2
    assert "POLL_SECONDS" in done.stderr


@pytest.mark.parametrize(
    "rule",
    ["", "9999", "(AMZN", "AMZN " * 300, "x" * 1000],
    ids=["none", "code", "open", "many", "long"],
)
def test_a_wrong_rule_is_answered_and_subscribes_nothing(
    page: Path, tmp_path: Path, rule: str
) -> None:
    done = _ingest(str(page), "--sub", rule, database=tmp_path / "a.db")

    assert "已訂閱" not in done.stdout
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) > 1


# --- real input --------------------------------------------------------------------------------


def _seed() -> Path:
    shared = os.environ.get("TICKERBELL_SHARED")
    if not shared:
        pytest.skip("TICKERBELL_SHARED is not set: real pages are not part of the project")
    return next(Path(shared, "seeds").glob("*.txt"))


def test_a_real_tag_page_gives_what_a_reader_of_it_would_want(tmp_path: Path) -> None:
    rules = ["--sub", "AMZN 裁員", "--sub", "AMZN 資本支出", "--sub", "NVDA"]
    database = tmp_path / "a.db"

    done = _ingest(str(_seed()), *rules, "--json", database=database)
    again = _ingest(str(_seed()), "--json", database=database)

    *decided, counts = objects(done.stdout)
    assert counts == {"seen": 8, "new": 8, "flagged": 1, "pushed": len(decided), "held": 0}
    matched = [rule for d in decided for rule in d["rules"]]  # type: ignore[attr-defined]
    assert {d["outcome"] for d in decided} == {"push"}
    assert len(decided) == 6, "all but the film review and the advert"
    assert (matched.count("AMZN 裁員"), matched.count("NVDA")) == (3, 3)
    assert objects(again.stdout) == [{"seen": 8, "new": 0, "flagged": 0, "pushed": 0, "held": 0}]
