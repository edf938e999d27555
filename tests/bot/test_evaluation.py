"""Labelled files are scored as documented, and a line that cannot be used is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation import EvaluationError, Result, as_json, evaluate
from bot.knowledge import Knowledge, learn
from bot.scoring import Tally, in_stable_third, rouge_l

CASES = Path(__file__).parents[1] / "cases"
ADVERT = "老師挑了三檔飆股，想要名單的朋友請加賴：bull888，免費領取，名額有限。"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


def write(folder: Path, name: str, *lines: object) -> None:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / f"{name}.jsonl").write_text(text, "utf-8")


def only(knowledge: Knowledge, folder: Path, misses: int = 5) -> Result:
    (result,) = evaluate(knowledge, folder, "all", misses)
    return result


def counts(result: Result) -> tuple[int, int, int, int]:
    tally = result.tally
    return tally.cases, tally.right, tally.found, tally.wanted


def test_companies_are_compared_as_sets(knowledge: Knowledge, tmp_path: Path) -> None:
    write(
        tmp_path,
        "companies",
        {"text": "台積電與鴻海上漲", "symbols": ["2330.TW", "2454.TW"]},
        {"text": "天氣晴朗", "symbols": []},
    )
    result = only(knowledge, tmp_path)

    assert counts(result) == (2, 1, 2, 2)
    assert [(m.where, m.missing, m.wrong) for m in result.misses] == [
        ("companies.jsonl:1", ("2454.TW",), ("2317.TW",))
    ]


def test_another_symbol_of_a_company_is_the_same_company(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    write(tmp_path, "companies", {"text": "Google財報優於預期", "symbols": ["GOOG"]})

    assert only(knowledge, tmp_path).tally.f1 == 1.0


def test_events_are_compared_by_kind_company_and_age(knowledge: Knowledge, tmp_path: Path) -> None:
    label = {"kind": "layoff", "company": "AMZN", "stance": "denied"}
    write(tmp_path, "events", {"text": "亞馬遜宣布裁員16,000人", "events": [label]})
    result = only(knowledge, tmp_path)

    assert counts(result) == (1, 1, 1, 1)
    assert result.measures == {"stance right": 0.0}


def test_figures_are_exact_only_with_their_currency(knowledge: Knowledge, tmp_path: Path) -> None:
    figure = {"value": "200000000000", "unit": "money", "currency": "USD"}
    write(
        tmp_path,
        "figures",
        {"text": "資本支出2000億美元", "figures": [figure]},
        {"text": "資本支出2000億美元", "figures": [figure | {"currency": "JPY"}]},
    )
    result = only(knowledge, tmp_path)

    assert counts(result) == (2, 2, 2, 2)
    assert result.measures == {"exact": 0.5}


def test_promotion_has_recall_and_false_alarms(knowledge: Knowledge, tmp_path: Path) -> None:
    write(
        tmp_path,
        "promotion",
        {"text": ADVERT, "label": "advert"},
        {"text": "台積電公布營收", "label": "honest"},
        {"text": ADVERT, "label": "honest"},
    )
    result = only(knowledge, tmp_path)

    assert (result.tally.recall, result.measures["false alarms"]) == (1.0, 0.5)


def test_summaries_stand_beside_the_first_sentence(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "台積電公布營收，創下新高。天氣晴朗。"
    write(
        tmp_path,
        "summaries",
        {"text": text, "summary": "台積電公布營收，創下新高。"},
        {"text": text, "summary": "無關", "score": 1},
    )
    result = only(knowledge, tmp_path)

    assert result.tally.cases == 1
    assert result.measures["lead-1"] == 1.0


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": 3, "symbols": []}',
        '{"text": "台積電"}',
        '{"text": "台積電", "symbols": "2330.TW"}',
        '{"text": "", "symbols": []}',
    ],
)
def test_a_line_of_another_shape_is_named_by_its_number(
    knowledge: Knowledge, tmp_path: Path, line: str
) -> None:
    good = '{"text": "台積電", "symbols": ["2330.TW"]}'
    (tmp_path / "companies.jsonl").write_text(f"{good}\n\n{line}\n", "utf-8")

    with pytest.raises(EvaluationError) as caught:
        evaluate(knowledge, tmp_path, "all", 0)

    assert (caught.value.key, caught.value.values["line"]) == ("eval.bad_line", "3")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("events", {"text": "裁員", "events": [{"kind": "layoff"}]}),
        ("figures", {"text": "裁員", "figures": [{"value": "many", "unit": "people"}]}),
        ("promotion", {"text": "裁員", "label": "spam"}),
        ("summaries", {"text": "裁員", "summary": "裁員", "score": "good"}),
        ("events", {"text": "裁員", "events": [], "published": "yesterday"}),
    ],
)
def test_a_wrong_label_is_named_too(
    knowledge: Knowledge, tmp_path: Path, name: str, line: Mapping[str, object]
) -> None:
    write(tmp_path, name, line)

    with pytest.raises(EvaluationError, match="bad_line"):
        evaluate(knowledge, tmp_path, "all", 0)


def test_a_file_in_another_encoding_is_named(knowledge: Knowledge, tmp_path: Path) -> None:
    text = '{"text": "台積電", "symbols": []}'
    (tmp_path / "companies.jsonl").write_bytes(text.encode("cp950"))

    with pytest.raises(EvaluationError, match="bad_line"):
        evaluate(knowledge, tmp_path, "all", 0)


def test_a_folder_without_labelled_files_is_refused(knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no_files"):
        evaluate(knowledge, tmp_path, "all", 0)


def test_the_parts_are_those_that_the_project_s_tests_keep_aside(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    from tests.rules.reading_cases import load
    from tests.rules.test_companies_cases import cases, kept_aside

    for name in ("companies", "figures"):
        text = (CASES / f"{name}.jsonl").read_text("utf-8")
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    kept = {r.name: r.tally.cases for r in evaluate(knowledge, tmp_path, "kept", 0)}
    tuned = {r.name: r.tally.cases for r in evaluate(knowledge, tmp_path, "tuned", 0)}

    assert kept == {
        "companies": sum(map(kept_aside, cases())),
        "figures": len(load("figures.jsonl", aside=True)),
    }
    assert kept["companies"] + tuned["companies"] == len(cases())


def test_the_most_wrong_cases_come_first_and_no_more_than_asked(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "companies",
        {"text": "天氣晴朗", "symbols": ["2330.TW"]},
        {"text": "天氣陰雨", "symbols": ["2330.TW", "2317.TW"]},
    )

    assert [m.where for m in only(knowledge, tmp_path, 1).misses] == ["companies.jsonl:2"]


def test_results_are_plain_json(knowledge: Knowledge, tmp_path: Path) -> None:
    write(tmp_path, "companies", {"text": "天氣晴朗", "symbols": []})
    (plain,) = as_json([only(knowledge, tmp_path)])

    assert json.loads(json.dumps(plain))["precision"] is None


def test_precision_and_recall_are_shares() -> None:
    tally = Tally()
    tally.add(right=1, found=2, wanted=4)

    assert (tally.precision, tally.recall) == (0.5, 0.25)
    assert tally.f1 == pytest.approx(1 / 3)


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=80)
def test_rouge_is_a_share_and_the_same_both_ways(left: str, right: str) -> None:
    assert 0.0 <= rouge_l(left, right) <= 1.0
    assert rouge_l(left, right) == rouge_l(right, left)


@given(st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != ""))
@settings(max_examples=40)
def test_a_text_is_its_own_best_summary(text: str) -> None:
    assert rouge_l(text, text) == 1.0


def test_rouge_counts_the_longest_common_subsequence() -> None:
    assert rouge_l("台積電營收", "台積營收創高") == pytest.approx(2 * 4 / 11)


def test_a_stable_third_is_about_a_third() -> None:
    share = sum(in_stable_third(str(number)) for number in range(900)) / 900

    assert 0.28 < share < 0.39
