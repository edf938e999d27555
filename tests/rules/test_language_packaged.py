"""The language with the companies and event kinds that come with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules import companies, events
from rules.language import RuleError, canonical, explain, notes, parse
from rules.language.known import kind_named
from rules.language.vocabulary import vocabulary
from rules.measures import KINDS as FIGURES
from rules.model import CompanyTerm
from rules.text import folded

ROWS = [
    [*line.split("\t"), ""][:3]
    for line in Path(__file__).with_name("rules_newcomers_write.tsv").read_text("utf-8").split("\n")
    if line and not line.startswith("# ")
]
SELF_EVIDENT = {"apart", "idle"}  # what the meaning in words tells anyway
NO_SLIPS = """
    低軌衛星 矽光子 股癌 黃仁勳 馬斯克 蘋概股 航運三雄 處置股 聯準會 降息 比特幣 謝金河 巴菲特
    電動車 量子電腦 機器人 散熱 重電 軍工 無人機 碳權 房市 央行 升息 美債 郭明錤 OpenAI iPhone
    CoWoS chips training
    bitcoin inflation tariffs robotics quantum drone blackwell semiconductor apples
"""


@pytest.mark.parametrize(("typed", "wanted", "noted"), ROWS)
def test_what_newcomers_write_is_answered_as_it_was_judged_right(
    typed: str, wanted: str, noted: str
) -> None:
    answer, remarks = _answered(typed)

    assert (wanted, noted) == (answer, ",".join(remarks))


def _answered(typed: str) -> tuple[str, list[str]]:
    try:
        rule = parse(typed)
    except RuleError as error:
        return f"!{error.key}", []
    return rule.canonical, [n.key for n in notes(rule) if n.key not in SELF_EVIDENT]


def test_the_canonical_text_of_every_packaged_company_is_that_company() -> None:
    directory = companies.directory()
    terms = [
        CompanyTerm(symbol, about)
        for symbol in {symbol for name in directory.names.values() for symbol in name.symbols}
        for about in (False, True)
    ]
    lost = [term for term in terms if parse(canonical.text(term)).term != term]

    assert len(terms) > 4_000
    assert lost == []


def test_every_packaged_event_kind_has_a_figure_meaning_and_the_other_way_round() -> None:
    assert set(events.kinds()) == set(vocabulary().kinds)


def test_every_measure_is_of_an_event_kind_or_of_a_figure_that_stands_for_itself() -> None:
    kinds = {measure.kind for measure in vocabulary().measures.values()}

    assert kinds <= set(vocabulary().kinds) | FIGURES
    assert set(FIGURES) <= kinds


@pytest.mark.parametrize("word", sorted(vocabulary().measures))
def test_the_examples_of_a_measure_say_the_same_kind_in_both_languages(word: str) -> None:
    measure = vocabulary().measures[word]
    kinds = [
        parse(x).canonical.split(">")[0].split("<")[0] for x in (measure.example, measure.english)
    ]

    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("kind", [k for k, row in vocabulary().kinds.items() if row.english])
def test_the_english_example_of_a_kind_is_understood(kind: str) -> None:
    wanted = "#target_price" if kind == "rating" else f"#{kind}"

    assert parse(vocabulary().kinds[kind].english).canonical.startswith(wanted)


@pytest.mark.parametrize("word", sorted(vocabulary().measures))
def test_every_measuring_word_can_be_compared(word: str) -> None:
    unit = {"percent": "40%", "money": "1000億元", "per_share": "10元"}
    figure = unit[vocabulary().measures[word].unit]

    assert parse(f"2330 {word}>{figure}").canonical.startswith("2330.TW #")


@pytest.mark.parametrize(("word", "sign"), sorted(vocabulary().compared_before.items()))
def test_every_comparing_word_before_a_figure_is_its_sign(word: str, sign: str) -> None:
    assert parse(f"裁員{sign}1萬人").term == parse(f"裁員 {word} 1萬人").term


@pytest.mark.parametrize(("word", "sign"), sorted(vocabulary().compared_after.items()))
def test_every_comparing_word_after_a_figure_is_its_sign(word: str, sign: str) -> None:
    assert parse(f"裁員{sign}1萬人").term == parse(f"裁員1萬人 {word}").term


@pytest.mark.parametrize("word", sorted(vocabulary().fillers.anywhere))
def test_every_filler_may_stand_beside_a_company(word: str) -> None:
    assert parse(f"2330 {word}").term == parse("2330").term


@pytest.mark.parametrize(("word", "usual"), vocabulary().elsewhere.items())
def test_every_word_of_elsewhere_is_answered_with_the_usual_one(word: str, usual: str) -> None:
    (note,) = [n for n in notes(parse(f"2330 {word}")) if n.key == "elsewhere"]

    assert usual in note.suggestion


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("AMZN 栽員", "AMZN 裁員"),
        ("台雞電", "台積電"),
        ("因偉達 財報", "輝達 財報"),
        ("鴻孩", "鴻海"),
        ("nvdia", "nvidia"),
        ("micrsoft ai", "microsoft ai"),
        ("亞馬遜裁圓", "亞馬遜 裁員"),
    ],
)
def test_a_slip_is_answered_with_the_name_that_was_meant(typed: str, suggestion: str) -> None:
    assert suggestion in [note.suggestion for note in notes(parse(typed)) if note.key == "near"]


@pytest.mark.parametrize("typed", NO_SLIPS.split())
def test_a_word_of_its_own_is_not_taken_for_a_slip(typed: str) -> None:
    assert [note.suggestion for note in notes(parse(typed)) if note.key == "near"] == []


@pytest.mark.parametrize("word", sorted(vocabulary().narrower))
def test_every_narrower_word_names_a_kind(word: str) -> None:
    assert kind_named(word, events) is not None


def test_the_short_forms_do_not_contradict_the_names_of_the_packaged_kinds() -> None:
    named = {word: events.resolve(word) for word in vocabulary().kind_words}
    other = {
        word for word, kind in named.items() if kind not in {None, vocabulary().kind_words[word]}
    }

    assert other == set()


@pytest.mark.parametrize("kind", sorted(vocabulary().kinds))
def test_every_example_parses_with_the_packaged_names(kind: str) -> None:
    example = vocabulary().kinds[kind].example or f"#{kind}"

    assert parse(example).canonical.startswith(f"#{kind}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2330", "台積電(2330)的消息"),
        (
            "(台積電 | 聯電) 擴產 -傳聞",
            "台積電(2330)或聯電(2303)的資本支出與擴產消息，排除「傳聞」",
        ),
        ("AMZN 裁員", "亞馬遜(AMZN)的裁員消息"),
        ("AMZN 裁員>=1.6萬人", "亞馬遜(AMZN)的裁員（16,000人以上）消息"),
        ("capex>1000億美元", "資本支出與擴產（超過1,000億美元）消息"),
        ("台積電 跌停", "台積電(2330)的股價漲跌消息，且提到「跌停」"),
        ("非農", "提到「非農」的消息"),
        ("輝達 -(裁員 | 財報)", "輝達(NVDA)的消息，排除裁員消息、財報消息"),
        ("輝達 財報 | 博通 併購", "以下任一：（1）輝達(NVDA)的財報消息；（2）博通(AVGO)的併購消息"),
    ],
)
def test_a_rule_is_said_as_a_person_would(typed: str, said: str) -> None:
    assert said == explain(parse(typed), "zh-TW")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("AMZN layoff", "Layoff news of Amazon (AMZN)"),
        ("2330 OR 2303", "News of TSMC (2330) or UMC (2303)"),
        ("move<=-5% -rumour", "Share price move (down 5% or more) news, excluding “rumour”"),
        ("capex>1000億美元", "Capital spending and expansion (more than USD 100 billion) news"),
    ],
)
def test_a_rule_is_said_in_english(typed: str, said: str) -> None:
    assert said == explain(parse(typed), "en")


def test_a_code_that_no_company_has_is_answered_with_near_ones() -> None:
    with pytest.raises(RuleError) as caught:
        parse("23300 裁員")

    assert caught.value.key == "unknown_code"
    assert parse(caught.value.suggestion or "").term == parse("2330 裁員").term


def test_a_number_that_looks_like_no_code_in_particular_is_offered_as_a_word() -> None:
    with pytest.raises(RuleError) as caught:
        parse("RTX 5090")

    assert caught.value.suggestion == 'RTX "5090"'


def test_a_listed_capital_word_is_no_event() -> None:
    assert folded("GPU") in vocabulary().acronyms
    assert events.resolve("GPU") is None
