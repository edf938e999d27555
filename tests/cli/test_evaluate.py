"""``tickerbell eval`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import tickerbell

LINE = '{"text": "台積電與鴻海上漲", "symbols": ["2330.TW", "2454.TW"]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "companies.jsonl").write_text(LINE, "utf-8")
    return tmp_path


def test_the_table_has_counts_shares_and_misses(folder: Path) -> None:
    done = tickerbell("eval", str(folder), "--lang", "en")

    header, row, *rest = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert header.split() == [
        "what",
        "cases",
        "right",
        "found",
        "wanted",
        "precision",
        "recall",
        "F1",
    ]
    assert row.split() == ["companies", "1", "1", "2", "2", "50.0%", "50.0%", "50.0%"]
    assert any("missing: 2454.TW" in line for line in rest)


def test_json_is_one_object(folder: Path) -> None:
    done = tickerbell("eval", str(folder), "--json", "--misses", "0")

    (result,) = json.loads(done.stdout)["results"]
    assert (result["name"], result["recall"], result["misses"]) == ("companies", 0.5, [])


def test_a_folder_without_files_ends_with_2(tmp_path: Path) -> None:
    done = tickerbell("eval", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "companies.jsonl" in done.stderr


def test_a_bad_line_ends_with_2_and_its_number(folder: Path) -> None:
    (folder / "companies.jsonl").write_text(LINE + "{\n", "utf-8")
    done = tickerbell("eval", str(folder))

    assert done.returncode == 2
    assert "第 2 行" in done.stderr
