"""``tickerbell companies update`` as an operator runs it."""

from __future__ import annotations

from pathlib import Path

from pytest_httpserver import HTTPServer

from tests.bot.test_companies_update import LISTED
from tests.cli.running import tickerbell

LISTS = """
[[list]]
key = "twse"
name = "上市"
address = "{address}"
format = "isin"
encoding = "cp950"
suffix = ".TW"
least = {least}
sections = ["股票", "ETF"]
"""


def run(tmp_path: Path, address: str, least: int) -> tuple[int, str, str]:
    lists = tmp_path / "lists.toml"
    lists.write_text(LISTS.format(address=address, least=least), "utf-8")
    database = str(tmp_path / "bell.db")
    done = tickerbell("companies", "update", "--lists", str(lists), DATABASE=database)
    return done.returncode, done.stdout, done.stderr


def test_an_update_shows_what_is_new_and_how_to_use_it(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(LISTED.encode("cp950"))
    code, out, err = run(tmp_path, httpserver.url_for("/"), 3)

    assert (code, err) == (0, "")
    assert "9871.TW  星河光電-KY" in out
    assert f"COMPANIES_FILE={tmp_path / 'companies.csv'}" in out


def test_a_page_with_too_few_rows_ends_with_a_reason(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data(LISTED.encode("cp950"))
    code, out, err = run(tmp_path, httpserver.url_for("/"), 900)

    assert (code, out) == (1, "")
    assert "至少應有 900 筆" in err
    assert not (tmp_path / "companies.csv").exists()
