"""The output for programs: exactly the agreed keys, in input order, whatever comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import objects, tickerbell

ARTICLES = [
    {
        "id": "a",
        "title": "亞馬遜宣布裁員1.6萬人",
        "text": "亞馬遜(AMZN)今天宣布，全球將裁員1.6萬人。股價下跌3.6%。",
        "source": "測試報",
        "url": "https://news.example/a",
    },
    {"id": "b", "text": "族群創新高，高通膨壓力仍在。"},
    {"id": "c", "title": "台積電資本支出上看500億美元"},
]


def _jsonl(values: list[dict[str, str]]) -> str:
    return "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values)


@pytest.fixture(scope="module")
def checked() -> list[dict[str, object]]:
    done = tickerbell("check", "--jsonl", stdin=_jsonl(ARTICLES))
    assert done.returncode == 0, done.stderr
    return objects(done.stdout)


def _keys(value: object) -> set[str]:
    assert isinstance(value, dict)
    return set(value)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def test_check_answers_every_article_in_order(checked: list[dict[str, object]]) -> None:
    assert [c["id"] for c in checked] == ["a", "b", "c"]


def test_check_has_exactly_the_agreed_keys(checked: list[dict[str, object]]) -> None:
    first = checked[0]

    assert list(first) == ["id", "lang", "tickers", "events", "figures", "promotion", "summary"]
    assert _keys(_list(first["tickers"])[0]) == {"symbol", "name", "salience", "evidence"}
    assert _keys(_list(first["events"])[0]) == {
        "kind", "stance", "direction", "company", "evidence",
    }  # fmt: skip
    assert _keys(_list(first["figures"])[0]) == {"value", "unit", "currency", "text", "kind"}
    assert _keys(first["promotion"]) == {"score", "flagged", "signals"}
    assert all(isinstance(s, str) for s in _list(first["summary"]))


def test_check_reads_who_what_and_how_much(checked: list[dict[str, object]]) -> None:
    first = checked[0]
    (ticker,) = _list(first["tickers"])
    layoff = next(e for e in _list(first["events"]) if isinstance(e, dict) if e["kind"] == "layoff")
    values = {f["value"] for f in _list(first["figures"]) if isinstance(f, dict)}

    assert isinstance(ticker, dict)
    assert (ticker["symbol"], ticker["salience"]) == ("AMZN", "headline")
    assert (layoff["company"], layoff["stance"]) == ("AMZN", "confirmed")
    assert {16000, -3.6} <= values


def test_a_false_friend_is_no_company(checked: list[dict[str, object]]) -> None:
    assert checked[1]["tickers"] == []


def test_check_takes_files_too(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "#台積電\n台積電擴產\n台積電(2330)今天宣布擴產，金額500億美元。(測試報)\n", "utf-8"
    )

    done = tickerbell("check", str(path))

    (article,) = objects(done.stdout)
    assert done.returncode == 0
    assert "2330.TW" in json.dumps(article)


def test_a_bad_line_is_answered_in_its_place_and_the_others_go_on() -> None:
    done = tickerbell("check", "--jsonl", stdin='{"id":"1","text":"甲"}\nnot json\n{"text":"乙"}\n')

    answers = objects(done.stdout)
    assert done.returncode == 1
    assert [list(a)[:2] for a in answers] == [["id", "lang"], ["id", "error"], ["id", "lang"]]


def test_match_prints_each_article_with_the_rules_that_hold(tmp_path: Path) -> None:
    rules, articles = tmp_path / "rules.jsonl", tmp_path / "articles.jsonl"
    given = {
        "layoff at amazon": "AMZN 裁員",
        "any capex": "#資本支出",
        "large": "layoff>=20000",
        "tsmc": "2330",
        "not amazon": "#裁員 -AMZN",
    }
    rules.write_text(_jsonl([{"id": k, "rule": v} for k, v in given.items()]), "utf-8")
    articles.write_text(_jsonl(ARTICLES), "utf-8")

    done = tickerbell("match", "--rules", str(rules), "--articles", str(articles))

    assert done.returncode == 0, done.stderr
    assert objects(done.stdout) == [
        {"article": "a", "rules": ["layoff at amazon"]},
        {"article": "b", "rules": []},
        {"article": "c", "rules": ["any capex", "tsmc"]},
    ]


def test_match_names_a_bad_rule_and_uses_the_others(tmp_path: Path) -> None:
    rules = tmp_path / "rules.jsonl"
    rules.write_text(
        _jsonl([{"id": "bad", "rule": "(AMZN"}, {"id": "good", "rule": "AMZN"}]), "utf-8"
    )

    done = tickerbell("match", "--rules", str(rules), "--articles", "-", stdin=_jsonl(ARTICLES[:1]))

    assert done.returncode == 1
    assert objects(done.stdout) == [{"article": "a", "rules": ["good"]}]
    assert "bad" in done.stderr


def test_cluster_names_a_story_after_its_first_article() -> None:
    given = [
        {"id": "1", "title": "亞馬遜宣布裁員1.6萬人", "text": "亞馬遜今天宣布裁員1.6萬人。"},
        {"id": "2", "title": "台積電資本支出上看500億美元", "text": "台積電今天公布。"},
        {"id": "3", "title": "電商龍頭亞馬遜砍1.6萬個職位", "text": "亞馬遜證實裁員1.6萬人。"},
    ]

    done = tickerbell("cluster", "--articles", "-", stdin=_jsonl(given))

    assert objects(done.stdout) == [
        {"id": "1", "story": "1"},
        {"id": "2", "story": "2"},
        {"id": "3", "story": "1"},
    ]


def test_explain_prints_the_canonical_form_and_the_meaning() -> None:
    done = tickerbell("explain", "AMZN 裁員")

    assert done.returncode == 0
    assert done.stdout.splitlines() == ["$AMZN #layoff", "亞馬遜(AMZN)的裁員消息"]


def test_explain_refuses_with_place_reason_and_example() -> None:
    done = tickerbell("explain", "(AMZN 裁員")

    assert done.returncode == 1
    assert "^" in done.stderr
    assert "→" in done.stderr
    assert done.stdout == ""


def test_wrong_use_is_exit_code_2() -> None:
    assert tickerbell("match").returncode == 2
    assert tickerbell("no-such-command").returncode == 2


ODD_IDS = ["7", '"7"', "-1", "3.5", "true", '["a"]', '{"a":1}', '""', '" a "', r'"\ud800"']


def _odd_lines() -> str:
    return "".join(f'{{"id":{given},"title":"台積電擴產"}}\n' for given in ODD_IDS)


def test_an_id_comes_back_exactly_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "r").write_text('{"id":5,"rule":"2330"}\n{"id":"5","rule":"#capex"}\n', "utf-8")
    given = [json.loads(i) for i in ODD_IDS]

    checked = tickerbell("check", "--jsonl", stdin=_odd_lines())
    matched = tickerbell("match", "--rules", str(tmp_path / "r"), "--articles", "-",
                         stdin=_odd_lines())  # fmt: skip
    told = tickerbell("cluster", "--articles", "-", stdin=_odd_lines())

    assert [o["id"] for o in objects(checked.stdout)] == given
    assert [o["article"] for o in objects(matched.stdout)] == given
    assert [o["rules"] for o in objects(matched.stdout)] == [[5, "5"]] * len(given)
    assert [o["id"] for o in objects(told.stdout)] == given
    assert (checked.returncode, matched.returncode, told.returncode) == (0, 0, 0)


BAD_LINES = ["nonsense", "[]", "{}", '{"id":NaN,"text":"a"}', '{"id":1e999}', '{"id":7,"title":[]}']


def test_every_command_answers_a_bad_line_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "r").write_text('{"id":"x","rule":"2330"}\n', "utf-8")
    given = "\n".join(['{"id":1,"text":"甲"}', *BAD_LINES, '{"id":3,"text":"乙"}', ""])

    for command, name in (
        (("check", "--jsonl"), "id"),
        (("match", "--rules", str(tmp_path / "r"), "--articles", "-"), "article"),
        (("cluster", "--articles", "-"), "id"),
    ):
        done = tickerbell(*command, stdin=given)
        assert done.returncode == 1
        assert [o[name] for o in objects(done.stdout)] == [1, "2", "3", "4", "5", "6", 7, 3]
        assert ["error" in o for o in objects(done.stdout)] == [False, *[True] * 6, False]


def test_different_stories_whose_articles_share_an_id_have_different_names() -> None:
    given = [
        {"id": "1", "title": "亞馬遜宣布裁員1.6萬人", "text": "亞馬遜今天宣布裁員1.6萬人。"},
        {"id": "1", "title": "台積電資本支出上看500億美元", "text": "台積電今天公布。"},
    ]

    done = tickerbell("cluster", "--articles", "-", stdin=_jsonl(given))

    assert [o["story"] for o in objects(done.stdout)] == ["1", "1#2"]
