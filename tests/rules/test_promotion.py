"""What the judge promises about single articles."""

from __future__ import annotations

import pytest

from rules import promotion
from tests.rules.promoting import ADVERT, fired, judge, mention

LIST = (
    "本週觀察三檔：\n"
    "🔴2330台積電 先進製程贏家\n🔴2317鴻海 伺服器訂單滿載\n🔴2454聯發科 目標上看兩千\n"
)


def test_an_advert_is_flagged_with_reasons_from_several_groups():
    verdict = judge(ADVERT)

    assert verdict.flagged
    assert len({signal.group for signal in verdict.fired}) >= 4


def test_every_signal_answers_whether_it_fired_or_not():
    names = [record.name for record in promotion.records()]

    assert [signal.name for signal in judge("今天天氣很好").signals] == names
    assert [signal.name for signal in judge(ADVERT).signals] == names


def test_evidence_is_in_the_words_of_the_original():
    verdict = judge("股票群組，請加ＬＩＮＥ領飆股")

    evidence = {word for signal in verdict.fired for word in signal.evidence}
    assert "加ＬＩＮＥ" in evidence


def test_the_score_lies_between_0_and_1_and_an_empty_story_scores_0():
    assert judge("市府公布下週停水區域").score == 0
    assert 0.5 <= judge(ADVERT * 3).score < 1


def test_a_signal_that_fires_twice_counts_once():
    once, twice = judge("盤中多檔飆股拉回"), judge("盤中多檔飆股拉回，另有飆股打開跌停，妖股收黑")

    assert fired(once) == fired(twice) == {"HOT_WORDS", "STOCK_TALK"}
    assert once.score == twice.score


@pytest.mark.parametrize(
    "text",
    [
        "這家公司是全球工具機的隱形冠軍",
        "LINE Pay 股價創高，會員數突破千萬",
        "指數收紅。加入本報官方 LINE，財經新聞不漏接 https://lin.ee/Paper01",
        "維持買進，2330 目標價 1,500 元；2317 目標價 250 元；2454 目標價 1,800 元",
        "警方呼籲：加LINE、領飆股名單、保證獲利都是詐騙，切勿加入群組",
        "檢方起訴飆股群組主嫌，助理以免費領取名單誘騙被害人加LINE",
        "今天當沖賺了兩根，飆股果然要跑得快，明天休息",
        "母親節蛋糕免費試吃，名額有限，請加LINE領取 https://lin.ee/Cake01",
        "台股健診是本節目單元，我們沒有群組、不報明牌，也不會請你加賴",
    ],
    ids=[
        "a lure word alone",
        "a LINE Pay story",
        "an outlet's footer",
        "a broker's targets",
        "a police warning",
        "a report on a fraud case",
        "a trader's diary",
        "another trade's advert",
        "a denial",
    ],
)
def test_it_takes_more_than_suspicious_words(text: str):
    assert not judge(text).flagged


def test_a_warning_does_not_fire_what_it_warns_of_but_shows_that_it_saw_it():
    verdict = judge("警方提醒，凡是保證獲利的股票群組都是詐騙")

    [signal] = [s for s in verdict.signals if s.name == "PROMISED_PROFIT"]
    assert not signal.fired
    assert signal.evidence


def test_an_advert_that_warns_of_impostors_is_still_an_advert():
    assert judge(ADVERT + "近來有人假冒老師，請認明本帳號以免受騙。").flagged


def test_lines_that_a_forum_reply_quotes_are_not_its_own_words():
    quoted = "\n".join(f": {line}" for line in ADVERT.replace("。", "。\n").splitlines())

    assert not judge(f"這種股票廣告也敢貼\n{quoted}").flagged


def test_the_headline_counts_like_the_text():
    assert judge("", title=ADVERT).flagged


def test_a_list_of_praised_stocks_is_touted():
    names = [("2330.TW", "台積電"), ("2317.TW", "鴻海"), ("2454.TW", "聯發科")]
    verdict = judge(LIST + ADVERT, mentions=[mention(LIST, *pair) for pair in names])

    assert "TOUT_LIST" in fired(verdict)
    assert verdict.touted == ("2330.TW", "2317.TW", "2454.TW")


def test_a_list_is_seen_even_where_the_companies_are_not_known():
    assert "TOUT_LIST" in fired(judge(LIST))


def test_companies_outside_the_list_are_not_touted():
    text = "輝達法說之後：\n" + LIST + ADVERT
    mentions = [mention(text, "NVDA", "輝達"), mention(text, "2330.TW", "台積電")]

    assert judge(text, mentions=mentions).touted == ("2330.TW",)


def test_dates_at_the_start_of_lines_are_no_list_of_stocks():
    text = "場次：\n2025年3月1日 目標班\n2025年4月1日 突破班\n2025年5月1日 成長班"

    assert "TOUT_LIST" not in fired(judge(text))


def test_without_a_list_the_companies_beside_the_bait_are_touted():
    text = f"台積電今天法說。{ADVERT[:-1]}，下一檔飆股就是群創！"
    mentions = [mention(text, "2330.TW", "台積電"), mention(text, "3481.TW", "群創")]

    assert judge(text, mentions=mentions).touted == ("3481.TW",)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("https://lin.ee/AbC12xY看名單", "lin.ee/AbC12xY"),
        ("ｌｉｎ．ｅｅ／AbC12xY", "lin.ee/AbC12xY"),
        ("l i n . e e / AbC12xY", "lin.ee/AbC12xY"),
        ("加入 LINE：@Bull168", "line:@bull168"),
        ("賴ID：abc123", "line:abc123"),
        ("賴🆔abc123", "line:abc123"),
        ("加賴 wolf_88", "line:wolf_88"),
        ("https://line.me/R/ti/p/@Bull168", "line:@bull168"),
        ("https://t.me/Bull_Room", "t.me/bull_room"),
        ("Telegram: @bull_room", "t.me/bull_room"),
        ("加微信 niugu88", "wechat:niugu88"),
        ("QQ群：845512367", "qq:845512367"),
        ("WhatsApp +852 6123 4567", "whatsapp:85261234567"),
        ("https://reurl.cc/02Abc", "reurl.cc/02Abc"),
        ("https://bit.ly/3AbCdE", "bit.ly/3AbCdE"),
    ],
)
def test_a_contact_is_written_in_one_way(text: str, contact: str):
    assert judge(text).contacts == (contact,)


@pytest.mark.parametrize(
    "text",
    [
        "LINE Pay 營收 2330 億元",
        "online trading since 2020",
        "賴清德 2024 年就職",
        "列出 headline: abc",
    ],
)
def test_what_only_looks_like_a_contact_is_none(text: str):
    assert judge(text).contacts == ()


def test_a_name_that_begins_with_the_sign_for_line_is_not_line():
    assert fired(judge("院長強調將增加賴以維生的漁民補助")) == set()
    assert fired(judge("政府不斷增加，賴清德說")) == set()


def test_an_address_behind_a_messengers_name_is_one_contact_and_not_an_id_too() -> None:
    assert judge("飆股名單在 Telegram t.me/bullclub88，歡迎加入").contacts == ("t.me/bullclub88",)
    assert judge("WeChat 連結 weixin.example/abc123").contacts == ()
