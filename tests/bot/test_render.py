"""The card of an alert: what it says, in which order, and that nothing in an article breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.render import SUMMARY, Tokens, alert
from bot.messages import Button, Message, Run
from rules.model import Bound, Company, Direction, Part, Promotion, Signal, Span, Stance
from storage.rows import StoredArticle
from tests.bot.cards import (
    ASKED,
    LAYOFF,
    NOW,
    TITLE,
    TSMC,
    chat,
    event,
    figure,
    mention,
    rule,
    span,
    stored,
)


def card(article: StoredArticle, lang: str = "zh-TW", **more: Any) -> Message:
    given = {"evidence": ASKED, "now": NOW, "rules": (rule(),), **more}
    rules, evidence, now = given.pop("rules"), given.pop("evidence"), given.pop("now")
    return alert(article, rules, evidence, chat(lang), now, **given)


def line(message: Message, mark: str) -> str:
    """The line of the message that begins with ``mark``."""
    return next(one for one in message.plain.split("\n") if one.startswith(mark))


def head(message: Message) -> str:
    return message.plain.split("\n")[0]


# --- the whole card -----------------------------------------------------------------------------


def test_a_card_says_company_and_event_headline_summary_figures_origin_and_reason() -> None:
    article = stored(
        LAYOFF,
        figures=(figure("200e9", bound=Bound.ABOUT),),
        summary=("亞馬遜週二證實將裁員1.6萬人。", "今年資本支出估約2,000億美元。"),
    )

    assert card(article).plain == (
        "亞馬遜(AMZN)｜裁員 16,000人\n"
        "亞馬遜證實裁員1.6萬人，雲端資本支出估2,000億美元\n"
        "\n"
        "亞馬遜週二證實將裁員1.6萬人。今年資本支出估約2,000億美元。\n"
        "📊 資本支出 約2,000億美元\n"
        "\n"
        "經濟觀察網 · 11/23 14:05\n"
        "🔔 符合：AMZN 裁員（亞馬遜、裁員1.6萬人）"
    )


def test_a_card_in_english_says_the_same() -> None:
    article = stored(LAYOFF, figures=(figure("200e9", bound=Bound.ABOUT),), summary=("One.",))

    assert card(article, "en").plain == (
        "Amazon (AMZN) | layoffs: 16,000 people\n"
        "亞馬遜證實裁員1.6萬人，雲端資本支出估2,000億美元\n"
        "\n"
        "One.\n"
        "📊 capital spending about US$200 billion\n"
        "\n"
        "經濟觀察網 · 11/23 14:05\n"
        "🔔 Matched: AMZN 裁員 (亞馬遜, 裁員1.6萬人)"
    )


def test_the_first_line_is_bold_and_the_headline_is_the_link() -> None:
    message = card(stored(LAYOFF))

    assert message.lines[0] == (Run("亞馬遜(AMZN)｜裁員 16,000人", bold=True),)
    assert message.lines[1] == (Run(TITLE, url="https://example.org/1"),)


def test_the_buttons_mute_the_outlet_call_it_irrelevant_and_open_the_article() -> None:
    message = card(stored(LAYOFF), buttons=Tokens("t1", "t2", not_relevant="t3"))

    assert message.buttons == (
        (Button("🔕 靜音「經濟觀察網」", token="t1"), Button("🔕 這件事", token="t2")),
        (Button("👎 不相關", token="t3"),),
        (Button("🔗 看原文", url="https://example.org/1"),),
    )


def test_a_button_counts_the_other_outlets_where_there_are_any() -> None:
    alone = card(stored(LAYOFF), buttons=Tokens(story="t1"))
    joined = card(stored(LAYOFF), buttons=Tokens(story="t1"), other_outlets=["甲報", "乙報"])

    assert "＋" not in str(alone.buttons)
    assert joined.buttons[0][0] == Button("📰 ＋2 家報導", token="t1")


def test_without_an_address_there_is_no_link_button() -> None:
    assert card(stored(LAYOFF, url="")).buttons == ()


# --- the first line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        ({"stance": Stance.RUMOURED}, "傳裁員 16,000人", "layoffs: 16,000 people (rumoured)"),
        ({"stance": Stance.DENIED}, "否認裁員 16,000人", "layoffs: 16,000 people (denied)"),
    ],
)
def test_what_is_not_confirmed_says_so(more: dict[str, Any], zh: str, en: str) -> None:
    article = stored(replace(LAYOFF, **more))

    assert head(card(article)) == f"亞馬遜(AMZN)｜{zh}"
    assert head(card(article, "en")) == f"Amazon (AMZN) | {en}"


@pytest.mark.parametrize(
    ("kind", "measured", "way", "zh", "en"),
    [
        ("price_move", figure("-5.2", "percent", "price_move"), Direction.DOWN, "股價下跌 5.2%",
         "shares down 5.2%"),
        ("revenue", figure("38", "percent", "revenue"), Direction.UP, "營收成長 38%",
         "revenue up 38%"),
        ("revenue", figure("3e9", kind="revenue"), Direction.UP, "營收 ↑ 30億美元",
         "revenue ↑ US$3 billion"),
        ("revenue", figure("38", "percent", "revenue"), None, "營收", "revenue"),
        ("guidance", figure("1", kind="amount"), Direction.DOWN, "下修財測", "guidance cut"),
        ("earnings", figure("21.19e9", kind="earnings"), None, "獲利 211.9億美元",
         "profit: US$21.19 billion"),
        ("layoff", figure("16000", "people", "layoff"), Direction.UP, "裁員 16,000人",
         "layoffs: 16,000 people"),
    ],
)  # fmt: skip
def test_the_direction_stands_with_shares_in_words_and_with_amounts_as_an_arrow(
    kind: str, measured: Any, way: Direction | None, zh: str, en: str
) -> None:
    article = stored(event(kind, "裁員1.6萬人", measured, direction=way))

    assert head(card(article, evidence={})) == f"亞馬遜(AMZN)｜{zh}"
    assert head(card(article, "en", evidence={})) == f"Amazon (AMZN) | {en}"


def test_where_the_rule_asked_for_an_event_no_other_event_is_in_the_first_line() -> None:
    other = event("capex", "資本支出估2,000億美元", figure("200e9"))

    assert head(card(stored(other, LAYOFF))) == "亞馬遜(AMZN)｜裁員 16,000人"


def test_where_the_rule_asked_only_for_the_company_two_events_are() -> None:
    other = event("capex", "資本支出估2,000億美元", figure("200e9"))
    message = card(stored(LAYOFF, other), evidence={"AMZN": (span("亞馬遜"),)})

    assert head(message) == "亞馬遜(AMZN)｜裁員 16,000人、資本支出 2,000億美元"


def test_old_events_told_as_background_are_no_news() -> None:
    old = replace(LAYOFF, background=True)

    assert head(card(stored(old), evidence={"AMZN": (span("亞馬遜"),)})) == "亞馬遜(AMZN)"


def test_each_company_stands_with_what_happened_to_it() -> None:
    tsmc = mention(TSMC, "雲端")
    own = replace(event("capex", "資本支出估2,000億美元", figure("200e9")), companies=("2330.TW",))
    evidence = {"AMZN": (span("亞馬遜"),), "2330.TW": (span("雲端"),)}
    message = card(stored(LAYOFF, own, mentions=(mention(), tsmc)), evidence=evidence)

    assert head(message) == "亞馬遜(AMZN)｜裁員 16,000人；台積電(2330)｜資本支出 2,000億美元"


def test_many_companies_with_the_same_event_are_counted() -> None:
    symbols = ["AMZN", "META", "MSFT", "NVDA"]
    mentions = [mention(Company(symbol, symbol), "亞馬遜") for symbol in symbols]
    own = replace(LAYOFF, companies=tuple(symbols), figures=())
    message = card(stored(own, mentions=mentions), evidence={"#layoff": (own.span,)})

    assert head(message) == "AMZN、META、MSFT等 4 家｜裁員"


def test_of_many_companies_with_the_same_event_the_one_asked_for_is_shown() -> None:
    symbols = ["META", "AMZN", "MSFT"]
    mentions = [mention(Company(symbol, symbol), "亞馬遜") for symbol in symbols]
    own = replace(LAYOFF, companies=tuple(symbols), figures=())
    evidence = {"$AMZN": (span("亞馬遜"),), "#layoff": (own.span,)}

    assert head(card(stored(own, mentions=mentions), evidence=evidence)) == "AMZN｜裁員"


def test_whom_it_happened_to_is_shown_beside_the_company_that_another_rule_names() -> None:
    own = replace(LAYOFF, companies=("META",), figures=())
    mentions = [mention(Company("META", "Meta"), "資本"), mention()]
    evidence = {"$AMZN": (span("亞馬遜"),), "#layoff": (own.span,)}

    assert (
        head(card(stored(own, mentions=mentions), evidence=evidence))
        == "Meta(META)｜裁員；亞馬遜(AMZN)"
    )


def test_of_an_amount_that_grew_the_new_one_is_shown() -> None:
    ends = (figure("1451e8"), figure("6020e8"))
    own = replace(event("capex", "資本支出估2,000億美元", *ends), direction=Direction.UP)

    assert "6,020億美元" in head(card(stored(own), evidence={"#capex": (own.span,)}))


def test_whom_an_event_that_was_asked_for_happened_to_is_in_the_first_line() -> None:
    article = stored(LAYOFF, mentions=(mention(TSMC, "雲端"), mention(words="資本")))
    message = card(article, evidence={"#layoff": (LAYOFF.span,)}, rules=(rule("#裁員"),))

    assert head(message) == "亞馬遜(AMZN)｜裁員 16,000人"


def test_a_company_that_no_rule_asked_for_is_not_in_the_first_line() -> None:
    article = stored(LAYOFF, mentions=(mention(TSMC, "雲端"), mention()))

    assert head(card(article)) == "亞馬遜(AMZN)｜裁員 16,000人"


def test_where_only_words_were_asked_for_they_are_the_first_line() -> None:
    article = stored(mentions=())
    message = card(article, evidence={'"雲端"': (span("雲端"),)}, rules=(rule('"雲端"'),))

    assert head(message) == "「雲端」"
    assert line(message, "🔔") == "🔔 符合：「雲端」（雲端）".replace("「雲端」", '"雲端"')


# --- figures ------------------------------------------------------------------------------------


def test_at_most_four_figures_each_of_another_kind() -> None:
    kinds = ["eps", "revenue", "earnings", "market_cap", "price"]
    figures = [figure(f"{n}e9", "money", kind) for n, kind in enumerate((*kinds, *kinds), 1)]

    shown = line(card(stored(LAYOFF, figures=figures)), "📊")
    assert shown == "📊 營收 20億美元 · 獲利 30億美元 · EPS 10億美元 · 市值 40億美元"


def test_a_figure_of_another_company_or_of_nobody_knows_what_is_not_shown() -> None:
    figures = (figure("5e9", owner="META"), figure("7", "count", "amount"))

    assert "📊" not in card(stored(LAYOFF, figures=figures)).plain


def test_a_price_move_among_the_figures_says_its_direction() -> None:
    figures = (figure("-5", "percent", "price_move", bound=Bound.AT_LEAST),)

    assert line(card(stored(LAYOFF, figures=figures)), "📊") == "📊 股價下跌 逾5%"


# --- headline and summary -----------------------------------------------------------------------


def test_an_article_without_a_headline_shows_how_its_text_begins() -> None:
    text = "台積電宣布擴產。" + "細節將於法說會公布，" * 20
    message = card(stored(LAYOFF, title="", text=text, summary=(text[:8],)))

    assert message.lines[1][0].text.startswith("台積電宣布擴產")
    assert message.lines[1][0].text.endswith("…")
    assert message.plain.count("台積電宣布擴產") == 1


def test_the_summary_is_whole_sentences_as_far_as_they_fit() -> None:
    first, second = "甲" * 99 + "。", "乙" * 99 + "。"

    assert first in card(stored(LAYOFF, summary=(first, second))).plain
    assert "乙" not in card(stored(LAYOFF, summary=(first, second))).plain


def test_a_sentence_that_is_too_long_is_cut_at_a_clause_and_never_inside_a_figure() -> None:
    sentence = "今年" + "甲" * 120 + "，資本支出將由1,250億美元增至2,000億美元" + "乙" * 60 + "。"
    shown = card(stored(LAYOFF, summary=(sentence,))).lines[3][0].text

    assert shown == "今年" + "甲" * 120 + "…"


def test_a_part_that_ends_in_a_semicolon_is_closed_like_a_sentence() -> None:
    article = stored(LAYOFF, summary=("受影響的多是零售與人資部門；", "本週內會接到通知；"))

    assert "受影響的多是零售與人資部門；本週內會接到通知。" in card(article).plain


def test_the_summary_does_not_repeat_the_headline() -> None:
    assert card(stored(LAYOFF, summary=(TITLE,), text=TITLE)).plain.count(TITLE) == 1


def test_web_addresses_in_an_article_are_not_passed_on() -> None:
    text = "請加 https://lin.ee/abc 或 lin.ee/xyz 領名單"

    assert "lin.ee" not in card(stored(LAYOFF, title="", text=text, summary=(text,))).plain


# --- origin, reason, warnings -------------------------------------------------------------------


def test_an_article_of_another_year_is_dated_in_full() -> None:
    article = stored(LAYOFF, published_at=NOW - timedelta(days=400))

    assert line(card(article), "經濟觀察網") == "經濟觀察網 · 2025/10/19 14:05"


def test_a_time_at_which_it_was_only_received_says_so() -> None:
    assert line(card(stored(LAYOFF, published_at=None)), "經濟觀察網").endswith("14:05 收到")


def test_other_outlets_are_counted_and_named() -> None:
    message = card(stored(LAYOFF), other_outlets=("甲報", "乙報", "經濟觀察網", "丙報", "丁報"))

    assert line(message, "經濟觀察網").endswith(" · 另有 4 家報導：甲報、乙報、丙報…")


def test_several_rules_are_all_reasons() -> None:
    rules = tuple(rule(typed) for typed in ("AMZN", "#裁員", "AMZN 裁員", "雲端"))

    assert line(card(stored(LAYOFF), rules=rules), "🔔").startswith(
        "🔔 符合：AMZN、#裁員、AMZN 裁員 等 4 條（"
    )


def test_an_advertisement_is_called_one_and_its_address_is_dead() -> None:
    signal = Signal("contact", "g", 1.0, True, ("lin.ee/abc",))
    promotion = Promotion(0.9, True, (signal,))

    assert line(card(stored(LAYOFF, promotion=promotion)), "⚠️") == (
        "⚠️ 疑似薦股廣告，請勿加入陌生群組：「lin[.]ee/abc」"
    )


def test_a_repeat_after_doubt_is_marked() -> None:
    assert card(stored(LAYOFF), repeat=True).plain.split("\n")[-1].startswith("🔁 重送")
    assert "🔁" not in card(stored(LAYOFF)).plain


# --- hostile articles ---------------------------------------------------------------------------


def test_marks_that_turn_the_writing_round_and_line_breaks_do_not_reach_the_card() -> None:
    message = card(stored(LAYOFF, title="甲\u202e乙\n\r\u2067丙\x1b[2J\u200b丁"))

    assert message.lines[1][0].text == "甲乙 丙[2J丁"


HOSTILE = st.text(st.sampled_from("漢字 🚀👨\u200d👩\u202e\n\x00<&>1,.億元aB"), max_size=900)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=5), st.sampled_from(["zh-TW", "en"]))
def test_whatever_an_article_holds_its_card_is_one_message(
    title: str, text: str, others: list[str], lang: str
) -> None:
    title = title if title.strip() or text.strip() else "甲"
    article = stored(LAYOFF, title=title, text=text, summary=(text, title), outlet=title)
    held = {"x": (Span(Part.TITLE, 0, 1, text or "甲"),)}
    rules = tuple(rule(typed or "甲") for typed in others)
    message = card(article, lang, evidence=held, rules=rules, other_outlets=others, repeat=True)

    assert len(message.plain.encode("utf-16-le")) // 2 <= 4096
    assert len(message.lines[0]) == 1
    assert not {"\n", "\x00", "\u202e"} & set("".join(r.text for ln in message.lines for r in ln))


def test_the_longest_card_is_far_below_what_a_network_takes() -> None:
    rules = tuple(rule(f"{n}" * 500) for n in range(9))
    article = stored(
        LAYOFF,
        title="🚀" * 5000,
        summary=("🚀" * 5000,),
        outlet="🚀" * 500,
        promotion=Promotion(1, True, (Signal("s", "g", 1, True, ("🚀" * 500,)),)),
    )
    message = card(article, rules=rules, other_outlets=["🚀" * 99 + str(n) for n in range(9)])

    assert len(message.plain.encode("utf-16-le")) // 2 <= 2500
    assert all(len(run.text) <= 400 for ln in message.lines for run in ln)
    assert SUMMARY == 160
