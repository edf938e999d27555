"""Events: what happened, to whom, how surely, and whether it is news."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import events
from rules.events.catalogue import vocabulary
from rules.model import Direction, Event, Stance
from tests.rules.reading_cases import load, read, read_case

KINDS = [
    *("layoff", "capex", "earnings", "revenue", "guidance", "investment", "mna", "buyback"),
    *("dividend", "offering", "ipo", "order", "supply", "price_move", "rating", "leadership"),
    *("regulation", "legal", "product", "outage"),
]


STANCE_BATCH = 5  # 360 cases of stance, history and owners, each written to be hard


def _score(*, aside: bool, hard: bool = False) -> tuple[float, float]:
    """Precision and recall of (kind, company, background) over the cases."""
    count: Counter[str] = Counter()
    for case in load("events.jsonl", aside=aside):
        if (case.get("batch") == STANCE_BATCH) != hard:
            continue
        found = {
            (e.kind, symbol, e.background)
            for e in read_case(case)[0]
            for symbol in e.companies or ("",)
        }
        wanted = {(e["kind"], e["company"], e.get("background", False)) for e in case["events"]}
        count["right"] += len(found & wanted)
        count["found"] += len(found)
        count["wanted"] += len(wanted)
    return count["right"] / count["found"], count["right"] / count["wanted"]


def _of(kind: str, found: tuple[Event, ...]) -> list[Event]:
    return [event for event in found if event.kind == kind]


def test_the_cases_that_were_tuned_on_are_read_right() -> None:
    precision, recall = _score(aside=False)

    assert precision >= 0.95
    assert recall >= 0.95


def test_the_cases_kept_aside_are_read_right() -> None:
    precision, recall = _score(aside=True)

    assert precision >= 0.93
    assert recall >= 0.95


def test_the_hard_cases_that_were_tuned_on_are_read_nearly_as_well() -> None:
    precision, recall = _score(aside=False, hard=True)

    assert precision >= 0.92
    assert recall >= 0.93


def test_the_hard_cases_kept_aside_are_read() -> None:
    precision, recall = _score(aside=True, hard=True)

    assert precision >= 0.85
    assert recall >= 0.8


def test_stance_and_direction_are_as_labelled() -> None:
    right = wrong = 0
    for case in load("events.jsonl", aside=True):
        found = {(e.kind, e.company): e for e in read_case(case)[0]}
        for label in case["events"]:
            event = found.get((label["kind"], label["company"]))
            for name in ("stance", "direction"):
                if event and name in label:
                    value = getattr(event, name)
                    right += value is not None and value.value == label[name]
                    wrong += value is None or value.value != label[name]

    assert right / (right + wrong) >= 0.95


def test_there_are_the_twenty_kinds() -> None:
    assert list(events.kinds()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_of_a_kind_resolves_to_it(kind: str) -> None:
    for name in events.kinds()[kind].names:
        assert events.resolve(name) == kind
        assert events.resolve(f"#{name}") == kind


def test_a_word_that_names_no_kind_resolves_to_nothing() -> None:
    assert events.resolve("低軌衛星") is None


def test_a_simplified_name_resolves_too() -> None:
    assert events.resolve("裁员") == "layoff"


def test_every_word_belongs_to_a_known_kind() -> None:
    kinds = {entry.kind for word in vocabulary().patterns.values() for entry in word.wording}

    assert kinds == set(KINDS)


def test_every_pattern_folds_to_something() -> None:
    assert all(events.patterns())


def test_the_best_evidence_is_the_headline() -> None:
    found, _ = read("該公司將裁員1.6萬人。", {"AMZN": "亞馬遜"}, title="亞馬遜啟動裁員")
    (event,) = _of("layoff", found)

    assert event.span.part.value == "title"
    assert [f.value for f in event.figures] == [16000]


def test_what_several_spend_together_is_not_the_amount_of_one_that_says_its_own() -> None:
    found, _ = read(
        "亞馬遜公布財報。該公司表示，今年資本支出將超過2000億美元。微軟與Google也宣布加碼。"
        "以上三家公司預測，資本支出合計將達到5000億美元。",
        {"AMZN": "亞馬遜", "MSFT": "微軟", "GOOGL": "Google"},
        title="亞馬遜AI支出越高，股價跌得越慘",
    )
    (amazon,) = [e for e in _of("capex", found) if e.company == "AMZN"]

    assert [f.value for f in amazon.figures] == [200_000_000_000]


def test_a_pronoun_is_the_company_of_the_sentence_before() -> None:
    found, _ = read("微軟公布財報。該公司也宣布裁員9000人。", {"MSFT": "微軟", "META": "Meta"})

    assert [e.company for e in _of("layoff", found)] == ["MSFT"]


def test_an_unlisted_actor_gives_its_event_to_nobody_else() -> None:
    found, _ = read("微軟是OpenAI的股東。OpenAI宣布裁員500人。", {"MSFT": "微軟"})

    assert [e.company for e in _of("layoff", found)] == [""]


def test_the_article_s_own_year_decides_what_is_history() -> None:
    text = "Meta在2025年宣布裁員。"
    names = {"META": "Meta"}
    then, _ = read(text, names, published=datetime(2025, 3, 1, tzinfo=UTC))
    later, _ = read(text, names, published=datetime(2026, 3, 1, tzinfo=UTC))

    assert [e.background for e in _of("layoff", then)] == [False]
    assert [e.background for e in _of("layoff", later)] == [True]


def test_a_denial_of_something_else_does_not_leak() -> None:
    found, _ = read("微軟否認收購傳聞，但證實裁員。", {"MSFT": "微軟"})

    assert [e.stance for e in _of("mna", found)] == [Stance.DENIED]
    assert _of("layoff", found)[0].stance is not Stance.DENIED


def test_these_companies_are_the_ones_of_the_list() -> None:
    names = {"AMZN": "亞馬遜", "GOOG": "Google", "META": "Meta", "MSFT": "微軟"}
    found, _ = read(
        "亞馬遜、Google、Meta、微軟公布財報。以上四大公司的資本支出合計6500億美元。", names
    )

    assert {e.company for e in _of("capex", found)} == set(names)


def test_an_event_has_the_figure_that_measures_it() -> None:
    found, _ = read("亞馬遜資本支出2000億美元，裁員16,000人。", {"AMZN": "亞馬遜"})

    assert [f.value for f in _of("layoff", found)[0].figures] == [16000]
    assert [f.value for f in _of("capex", found)[0].figures] == [2 * 10**11]


def test_the_same_event_is_told_once_for_each_company() -> None:
    found, _ = read("聯電裁員。聯電這次裁員500人。聯電去年曾裁員。", {"2303.TW": "聯電"})

    assert [(e.company, e.background) for e in _of("layoff", found)] == [
        ("2303.TW", False),
        ("2303.TW", True),
    ]


@pytest.mark.parametrize(
    "actor", ["建商", "市長", "經濟部", "研調機構", "某封測廠", "一名網友", "新創公司"]
)
def test_what_somebody_else_expects_is_not_of_a_company_named_in_passing(actor: str) -> None:
    text = f"{actor}看好明年成長。台積電的員工常來光顧。"
    found, _ = read(text, {"2330.TW": "台積電"}, title="明年景氣看旺")

    assert all(e.company != "2330.TW" for e in found)


@pytest.mark.parametrize(
    "denial",
    ["聯發科：並非事實", "聯發科：子虛烏有", "公司駁斥", "聯發科：沒有這回事", "聯發科澄清：不實"],
)
def test_a_denial_in_a_later_clause_denies_what_was_rumoured(denial: str) -> None:
    title = f"傳手機部門裁員一成 {denial}"
    found, _ = read("媒體報導將裁撤一成人力。", {"2454.TW": "聯發科"}, title=title)

    assert [e.stance for e in _of("layoff", found)] == [Stance.DENIED]


def test_a_denial_in_the_next_sentence_denies_what_was_rumoured() -> None:
    found, _ = read("市場傳和碩將資遣兩千人。和碩表示，相關報導不實。", {"4938.TW": "和碩"})

    assert [e.stance for e in _of("layoff", found)] == [Stance.DENIED]


def test_a_denial_of_other_trouble_denies_no_announcement() -> None:
    found, _ = read("聯電宣布收購一家新創，否認財務困難。", {"2303.TW": "聯電"})

    assert [e.stance for e in _of("mna", found)] == [Stance.CONFIRMED]


def test_after_an_aside_the_talk_returns_to_the_article_s_company() -> None:
    text = "IBM去年裁員時也這麼說。分析認為，這意味著其史上最大規模裁員已進入深化階段。"
    found, _ = read(text, {"AMZN": "亞馬遜", "IBM": "IBM"}, title="亞馬遜裁員")

    assert [(e.company, e.background) for e in _of("layoff", found)] == [
        ("AMZN", False),
        ("IBM", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "投資人看的是輝達的財報，而不是口號。",
        "這筆錢約可抵銷輝達今年資本支出增幅的一成。",
        "輝達成為打造先進生產線的先驅。",
        "股王接班人輝達股價站上千元。",
    ],
)
def test_a_thing_that_is_only_brought_up_did_not_happen(text: str) -> None:
    found, _ = read(text, {"NVDA": "輝達"}, title="輝達與人工智慧的下一步")

    assert not {"earnings", "capex", "leadership"} & {e.kind for e in found}


def test_a_customer_s_layoffs_are_not_its_supplier_s() -> None:
    found, _ = read("鴻海的客戶傳將裁員5%。", {"2317.TW": "鴻海"}, title="客戶傳裁員 鴻海不評論")

    assert [e.company for e in _of("layoff", found)] == [""]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("聯電資本支出減少約兩成", Direction.DOWN),
        ("聯電將資本支出自18億美元縮減至15億美元", Direction.DOWN),
        ("聯電上修資本支出", Direction.UP),
        ("聯電資本支出下修至15億美元", Direction.DOWN),
        ("聯電資本支出維持不變", Direction.FLAT),
    ],
)
def test_direction_says_which_way_it_went(text: str, direction: Direction) -> None:
    found, _ = read(text, {"2303.TW": "聯電"})

    assert [e.direction for e in _of("capex", found)] == [direction]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=150)
def test_any_text_can_be_read(before: str, after: str) -> None:
    found, _ = read(f"{before}微軟裁員{after}", {"MSFT": "微軟"})

    assert all(event.kind in KINDS for event in found)


@given(
    st.lists(
        st.sampled_from(["聯電裁員。", "聯電擴產。", "友達大漲5%。", "公司財報亮眼，"]), max_size=8
    )
)
@settings(max_examples=60)
def test_no_two_events_share_kind_company_and_age(parts: list[str]) -> None:
    found, _ = read("文" + "".join(parts), {"2303.TW": "聯電", "2409.TW": "友達"})
    keys = [(e.kind, e.company, e.background) for e in found]

    assert len(keys) == len(set(keys))


def test_a_plan_that_the_text_says_was_announced_is_no_rumour() -> None:
    text = "國巨今天宣布，擬以總金額120億元公開收購芝浦電子。"
    found, _ = read(text, {"2327.TW": "國巨"}, title="國巨擬斥資120億元收購芝浦電子")

    assert [event.stance for event in _of("mna", found)] == [Stance.CONFIRMED]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("遠傳營收創五年新高", {"4904.TW": "遠傳"}),
        ("波若威接獲急單", {"3163.TWO": "波若威"}),
        ("驚傳廣達遭駭客勒索", {"2382.TW": "廣達"}),
    ],
)
def test_a_cue_inside_a_longer_word_or_a_name_is_none(text: str, names: dict[str, str]) -> None:
    found, _ = read(text, names)

    assert found
    assert all(event.stance is Stance.CONFIRMED for event in found)


def test_a_word_that_cuts_a_piece_off_a_name_tells_of_nothing() -> None:
    found, _ = read("", {"TSLA": "特斯拉"}, title="特斯拉漲近4%")

    assert [(e.kind, e.company) for e in found] == [("price_move", "TSLA")]


def test_an_index_moves_as_nobody_s_beside_a_company() -> None:
    found, _ = read("", {"2330.TW": "台積電"}, title="台股大跌300點 台積電重挫4%")

    assert {(e.company, e.direction) for e in _of("price_move", found)} == {
        ("", Direction.DOWN),
        ("2330.TW", Direction.DOWN),
    }


def test_a_plan_is_confirmed_unless_the_article_only_hears_of_it() -> None:
    names = {"NVDA": "輝達"}
    alone, _ = read("", names, title="輝達擬收購新創公司")
    heard, _ = read("據傳輝達將收購新創公司。", names, title="輝達擬收購新創公司")

    assert [e.stance for e in _of("mna", alone)] == [Stance.CONFIRMED]
    assert [e.stance for e in _of("mna", heard)] == [Stance.RUMOURED]


def test_an_outlook_in_a_forum_s_post_is_the_writer_s_and_not_the_company_s() -> None:
    text = "小弟看好明年營收成長。\n停損放在季線。\n大大們覺得呢"
    found, _ = read(text, {"2330.TW": "台積電"}, title="台積電可以買嗎")

    assert not _of("guidance", found)


def test_who_gives_an_order_does_not_have_it() -> None:
    names = {"2330.TW": "台積電", "AAPL": "蘋果"}
    found, _ = read("", names, title="台積電囊括蘋果A20全數訂單")

    assert [e.company for e in _of("order", found)] == ["2330.TW"]


def test_an_exchange_that_lets_others_list_does_not_list_itself() -> None:
    names = {"BILI": "嗶哩嗶哩", "0388.HK": "港交所"}
    found, _ = read("", names, title="嗶哩嗶哩通過港交所聆訊")

    assert [e.company for e in _of("ipo", found)] == ["BILI"]


def test_what_is_invested_in_a_plant_is_its_building_only() -> None:
    found, _ = read("南亞科擬投資3000億元建12吋廠", {"2408.TW": "南亞科"})

    assert [e.kind for e in found] == ["capex"]


def test_what_a_house_says_of_itself_is_its_own() -> None:
    found, _ = read("花旗：裁員兩萬人計畫已完成過半", {"C": "花旗"})

    assert [e.company for e in _of("layoff", found)] == ["C"]


def test_a_year_is_not_a_number_of_years_ago() -> None:
    then = datetime(2021, 11, 1, tzinfo=UTC)
    found, _ = read("台積電：2023年前擴產速度倍增", {"2330.TW": "台積電"}, published=then)

    assert [e.background for e in _of("capex", found)] == [False]


def test_results_that_are_expected_do_not_stand_for_those_that_were_reported() -> None:
    text = "亞馬遜預計今年第一季度營收將達165億美元。該季度，亞馬遜營收為2134億美元。"
    found, _ = read(text, {"AMZN": "亞馬遜"})

    assert [str(e.figures[0].value) for e in _of("revenue", found)] == ["213400000000"]


def test_all_companies_that_a_sentence_counts_share_its_event() -> None:
    names = {"META": "Meta", "MSFT": "微軟", "AMZN": "亞馬遜", "GOOGL": "Google"}
    text = (
        "Meta、微軟、亞馬遜、Google公布財報。"
        "以上四大公司預測，到2026年，它們的資本支出合計6500億美元。"
    )
    found, _ = read(text, names)

    assert {e.company for e in _of("capex", found)} == set(names)
