"""Which figures an alert shows: the few that matter to who holds the share, in that order."""

from __future__ import annotations

from typing import Any

from bot.delivery import key_figures
from bot.texts import texts
from rules.model import Basis, Event, Figure
from tests.bot.cards import ASKED, LAYOFF, event, figure, span, stored


def _shown(
    *figures: Figure, events: tuple[Event, ...] = (LAYOFF,), lang: str = "zh-TW", asked: Any = ASKED
) -> str:
    return key_figures.line(stored(*events, figures=figures).reading, asked, texts(lang))


def test_results_come_before_the_share_price_and_that_before_what_anybody_can_look_up() -> None:
    shown = _shown(
        figure("222.69", "per_share", "price"),
        figure("2.39e12", kind="market_cap"),
        figure("-4.42", "percent", "price_move"),
        figure("213.4e9", kind="revenue"),
        figure("200e9"),
    )

    assert shown == "📊 資本支出 2,000億美元 · 營收 2,134億美元 · 股價下跌 4.42% · 市值 2.39兆美元"


def test_what_is_only_expected_says_so_and_stands_beside_what_was_reported() -> None:
    shown = _shown(
        figure("16.5e9", kind="revenue", high=figure("21.5e9").value, basis=Basis.FORECAST),
        figure("213.4e9", kind="revenue"),
    )

    assert shown == "📊 營收 2,134億美元 · 營收預估 165億美元–215億美元"


def test_what_others_expected_and_earlier_values_are_not_shown() -> None:
    shown = _shown(
        figure("222e9", kind="revenue", basis=Basis.CONSENSUS),
        figure("125e9", kind="investment", basis=Basis.PRIOR),
        figure("1.95", "per_share", "eps"),
    )

    assert shown == "📊 EPS 1.95美元"


def test_a_move_of_the_session_gives_way_to_the_close_and_the_one_after_hours() -> None:
    shown = _shown(
        figure("-5", "percent", "price_move", basis=Basis.INTRADAY),
        figure("-4.42", "percent", "price_move"),
        figure("-11", "percent", "price_move", basis=Basis.AFTER_HOURS),
    )

    assert shown == "📊 股價下跌 4.42%、盤後 11%"


def test_a_turn_after_hours_says_which_way_it_went() -> None:
    shown = _shown(
        figure("-4.42", "percent", "price_move"),
        figure("6", "percent", "price_move", basis=Basis.AFTER_HOURS),
    )

    assert shown == "📊 股價下跌 4.42%、盤後上漲 6%"


def test_a_move_told_only_after_hours_says_so() -> None:
    late = figure("-11", "percent", "price_move", basis=Basis.AFTER_HOURS)

    assert _shown(late) == "📊 盤後股價下跌 11%"
    assert _shown(late, lang="en") == "📊 shares down 11% after hours"


def test_an_event_that_the_first_line_has_no_room_for_is_among_the_figures() -> None:
    first = event("capex", "資本支出估2,000億美元", figure("200e9"))
    second = event("price_move", "證實", figure("-5", "percent", "price_move"))
    asked = {"AMZN": (span("亞馬遜"),)}

    assert _shown(events=(first, second, LAYOFF), asked=asked) == "📊 裁員 16,000人"


def test_a_number_is_said_once_also_where_it_was_taken_for_two_measures() -> None:
    shown = _shown(
        figure("16000", "people", "headcount"),  # which the first line says already
        figure("6.15", "percent", "margin"),
        figure("6.15", "percent", "margin", basis=Basis.FORECAST),
    )

    assert shown == "📊 利潤率 6.15%"


def test_a_count_is_shown_in_the_articles_words_which_alone_say_of_what() -> None:
    assert _shown(figure("16000", "count", "buyback")) == "📊 買回庫藏股 1.6萬人"
