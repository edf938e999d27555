"""Whether a figure happened, is expected, or is only compared with."""

from __future__ import annotations

import pytest

from tests.rules.reading_cases import read


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("資本支出由2021年的1451億美元攀升至2026年的6020億美元", ["prior", "actual"]),
        ("GPU市場將從1000億美元增長一倍以上至2300億美元", ["prior", "actual", "actual"]),
        ("裁員人數1000人增至1500人", ["prior", "actual"]),
        ("外資將目標價120元降到85元", ["prior", "actual"]),
        ("price target to $300 from $260", ["actual", "prior"]),
        ("支出較2025年的914億美元大幅增長", ["prior"]),
        ("營業利益為4.44億美元，上年同期為3.69億美元", ["actual", "prior"]),
        ("營收較去年同期成長20%", ["actual"]),
        (
            "預計營收將在165億美元至215億美元之間，低於分析師預期的222億美元",
            ["forecast", "consensus"],
        ),
        ("EPS of $1.42 beat the $1.35 consensus", ["actual", "consensus"]),
        ("EPS came in at $0.76 vs. $0.73 expected", ["actual", "consensus"]),
        (
            "營收為2134億美元，而分析師此前預測的營收與獲利分別為2115億美元和300億美元",
            ["actual", "consensus", "consensus"],
        ),
        ("去年EPS 5元，今年EPS上看8元", ["actual", "forecast"]),
        ("第三季營收165億元，財測優於預期", ["actual"]),
        ("股價最多跌逾5%，收跌4.42%", ["intraday", "actual"]),
        ("盤後財報公布後，股價加速下跌，跌幅高達11%", ["after_hours"]),
        ("shares dropped as much as 7.5%", ["intraday"]),
        ("公司預估本季營收142億美元，毛利率45%", ["forecast", "forecast"]),
        ("公司預估本季營收142億美元，但毛利率45%", ["forecast", "actual"]),
        ("公司預估本季營收142億美元。上季毛利率45%", ["forecast", "actual"]),
        ("毛利率57%，去年同期毛利率為53%", ["actual", "prior"]),
    ],
)
def test_what_happened_is_told_from_what_it_is_compared_with(text: str, bases: list[str]) -> None:
    _, found = read(text)

    assert [figure.basis.value for figure in found] == bases


def test_an_event_is_measured_by_what_its_figure_changes_to_however_far_that_stands() -> None:
    text = (
        "亞馬遜的資本支出規模預計將會從 2021 年全年合計的 1451 億美元"
        "一路攀升至 2026 年的 6020 億美元。"
        "這樣的資本支出前所未見。"
    )
    events, _ = read(text, {"AMZN": "亞馬遜"})

    [capex] = [event for event in events if event.kind == "capex"]
    assert [str(figure.value) for figure in capex.figures] == ["145100000000", "602000000000"]


def test_an_event_told_with_a_move_that_did_not_last_has_the_one_that_did_too() -> None:
    text = "亞馬遜股價盤中一度重挫逾5%。財報公布之後，亞馬遜股價終場收跌4.42%。"
    events, _ = read(text, {"AMZN": "亞馬遜"})

    [move] = [event for event in events if event.kind == "price_move"]
    assert {str(figure.value) for figure in move.figures} == {"-5", "-4.42"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("有九成機率下跌", "amount"),
        ("90%的散戶認為股價會跌", "amount"),
        ("股價跌逾5% 分析師看壞", "price_move"),
    ],
)
def test_a_share_of_people_or_chances_moves_no_price(text: str, kind: str) -> None:
    _, found = read(text)

    assert [figure.kind for figure in found] == [kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("去年全年賺9.22元", ("9.22", "per_share", "eps")),
        ("全年仍虧6.1元", ("-6.1", "per_share", "eps")),
        ("每桶賺3元", ("3", "money", "earnings")),
        ("我這次賺20元", ("20", "money", "earnings")),
        ("去年賺9.22億元", ("922000000", "money", "earnings")),
    ],
)
def test_a_profit_so_small_is_a_shares(text: str, said: tuple[str, str, str]) -> None:
    _, found = read(text)

    assert [(str(f.value), f.unit, f.kind) for f in found] == [said]
