"""Rules hold for the articles that they mean, and the index finds exactly those."""

from __future__ import annotations

import pytest

from rules.document import Document
from rules.index import RuleIndex
from rules.language import parse
from rules.model import (
    Company,
    CompanyTerm,
    Direction,
    Event,
    Figure,
    KeywordTerm,
    Match,
    Mention,
    Part,
    Promotion,
    Reading,
    Salience,
    Span,
)
from tests.rules.rule_articles import article, mention, money, span
from tests.rules.rule_words import Happenings, Names

NAMES, EVENTS = Names(), Happenings()


def anywhere(text: str, start: int, end: int) -> bool:
    """A boundary judge that lets every Chinese word stand."""
    return True


def matched(rule: str, document: Document, reading: Reading) -> Match | None:
    """The match of the one rule, through the index."""
    index = RuleIndex({1: parse(rule, NAMES, EVENTS).term}, boundary=anywhere)
    return next(iter(index.match(document, reading)), None)


def holds(rule: str, reading: Reading, document: Document | None = None) -> bool:
    return matched(rule, document or article("text"), reading) is not None


# --- companies and events -------------------------------------------------------------------------


def test_a_company_holds_where_it_is_named() -> None:
    assert holds("2330", Reading("zh", (mention("2330.TW"),)))


def test_about_does_not_hold_for_a_passing_mention() -> None:
    assert not holds("about:2330", Reading("zh", (mention("2330.TW"),)))


def test_an_event_of_the_company_beside_it_holds() -> None:
    layoff = Event("layoff", span(), companies=("AMZN",))

    assert holds("AMZN 裁員", Reading("en", (mention("AMZN"),), (layoff,)))


def test_somebody_elses_event_does_not_hold() -> None:
    both = (mention("AMZN", about=True), mention("NVDA"))
    layoff = Event("layoff", span(), companies=("NVDA",))

    assert not holds("AMZN 裁員", Reading("en", both, (layoff,)))


def test_nobodys_event_belongs_to_the_company_that_the_article_is_about() -> None:
    layoff = Event("layoff", span())

    assert holds("AMZN 裁員", Reading("en", (mention("AMZN", about=True),), (layoff,)))
    assert not holds("AMZN 裁員", Reading("en", (mention("AMZN"),), (layoff,)))


def test_of_several_companies_one_suffices_for_the_event() -> None:
    both = (mention("AMZN"), mention("NVDA"))
    order = Event("order", span(), companies=("NVDA",))

    assert holds("AMZN NVDA 訂單", Reading("en", both, (order,)))


def test_an_event_belongs_to_the_choice_of_companies_beside_it() -> None:
    layoff = Event("layoff", span(), companies=("NVDA",))
    elsewhere = Event("layoff", span(), companies=("AVGO",))
    named = (mention("NVDA"), mention("AVGO"))

    assert holds("(AMZN | NVDA) 裁員", Reading("en", named, (layoff,)))
    assert not holds("(AMZN | NVDA) 裁員", Reading("en", named, (elsewhere,)))


def test_a_choice_of_events_belongs_to_the_company_beside_it() -> None:
    named = (mention("NVDA"), mention("AVGO"))
    elsewhere = Event("layoff", span(), companies=("AVGO",))

    assert not holds("NVDA (裁員 | 財報)", Reading("en", named, (elsewhere,)))


def test_an_event_without_a_company_beside_it_is_anybodys() -> None:
    assert holds("裁員", Reading("zh", (), (Event("layoff", span(), companies=("AVGO",)),)))


def test_an_excluded_event_is_anybodys() -> None:
    elsewhere = Event("layoff", span(), companies=("AVGO",))
    named = (mention("NVDA"), mention("AVGO"))

    assert not holds("NVDA -裁員", Reading("en", named, (elsewhere,)))


def test_an_old_event_told_as_history_is_no_event() -> None:
    assert not holds("裁員", Reading("zh", (), (Event("layoff", span(), background=True),)))


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "figure", "expected"),
    [
        ("capex>1000億美元", money("100_000_000_000"), False),
        ("capex>=1000億美元", money("100_000_000_000"), True),
        ("capex>1000億美元", money("90_000_000_000", high="110_000_000_000"), True),
        ("capex>1000億台幣", money("3_500_000_000"), True),  # 1,120 億台幣
        ("capex>1000億台幣", money("2_500_000_000"), False),
        ("capex<50億美元", money("100_000_000_000", "TWD"), True),
        ("capex>1元", money("5", "XXX"), False),  # no rate is known
        ("capex>10%", money("5"), False),
        ("capex>10%", Figure(money("11").value, "percent", span()), True),
    ],
)
def test_a_figure_is_compared_in_the_currency_asked_for(
    rule: str, figure: Figure, expected: bool
) -> None:
    reading = Reading("zh", (), (Event("capex", span(), figures=(figure,)),))

    assert expected == holds(rule, reading)


def test_an_event_without_a_figure_satisfies_no_comparison() -> None:
    assert not holds("layoff>=1", Reading("zh", (), (Event("layoff", span()),)))


@pytest.mark.parametrize(
    ("rule", "direction", "expected"),
    [
        ("move<=-5%", Direction.DOWN, True),
        ("move<=-5%", Direction.UP, False),
        ("move>=5%", Direction.UP, True),
        ("move>=5%", Direction.DOWN, False),
        ("move>=5%", None, True),
    ],
)
def test_a_price_move_has_a_sign(rule: str, direction: Direction | None, expected: bool) -> None:
    figure = Figure(money("6").value, "percent", span())
    event = Event("price_move", span(), direction=direction, figures=(figure,))

    assert expected == holds(rule, Reading("zh", (), (event,)))


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("AI", "training", False),
        ("AI", "用AI做", True),
        ("AI", "OpenAI", False),
        ("AI", "AI-ready", True),
        ('"AI"', "training", False),
        ("5G", "15G", False),
        ("word:5", "1.5 倍", False),
        ("word:5", "5.", True),
        ("低軌衛星", "低轨卫星升空", True),
        ("低軌衛星", "低軌的衛星", False),
        ('"LOW EARTH"', "low earth orbit", True),
    ],
)
def test_a_keyword_stands_on_word_boundaries(rule: str, text: str, expected: bool) -> None:
    assert expected == holds(rule, Reading("zh"), article(text))


def test_chinese_boundaries_are_judged_by_the_dictionary_but_not_in_quotes() -> None:
    document = article("族群創新高")

    def judge(text: str, start: int, end: int) -> bool:
        return text[start - 1 : start] != "族"

    for exact, expected in ((False, ()), (True, (1,))):
        index = RuleIndex({1: KeywordTerm("群创", exact=exact)}, boundary=judge)
        found = tuple(match.rule for match in index.match(document, Reading("zh")))

        assert expected == found


def test_the_packaged_dictionary_judges_where_no_judge_is_given() -> None:
    index = RuleIndex({1: KeywordTerm("群创")})

    assert not index.match(article("族群創新高"), Reading("zh"))
    assert index.match(article("群創營收創新高"), Reading("zh"))


def test_a_title_keyword_is_looked_for_in_the_title_only() -> None:
    assert holds("title:火箭", Reading("zh"), article("text", title="火箭升空"))
    assert not holds("title:火箭", Reading("zh"), article("火箭升空", title="text"))


def test_a_source_is_found_by_a_part_of_its_name() -> None:
    document = article("text", outlet="經濟日報")

    assert holds("來源:經濟", Reading("zh"), document)
    assert not holds("來源:工商", Reading("zh"), document)


def test_a_language_and_a_promotion_narrow_a_rule() -> None:
    reading = Reading("zh", (mention("AMZN"),), promotion=Promotion(0.9, True))

    assert holds("AMZN lang:zh", reading)
    assert not holds("AMZN lang:en", reading)
    assert not holds("AMZN promo:no", reading)
    assert holds("promo:yes", reading)


# --- evidence -------------------------------------------------------------------------------------


def test_a_match_shows_the_words_that_made_it() -> None:
    document = article("傳低軌衛星商", title="快訊")
    reading = Reading("zh", (mention("AMZN"),))
    match = matched("AMZN 低軌衛星 -傳聞", document, reading)

    assert match is not None
    assert {
        "$AMZN": (span("AMZN"),),
        "word:低軌衛星": (Span(Part.TEXT, 1, 5, "低軌衛星"),),
    } == match.evidence


def test_a_match_shows_the_figure_that_satisfied_it() -> None:
    figure = Figure(money("16000").value, "people", span("1.6萬人", 4))
    layoff = Event("layoff", span("裁員"), figures=(figure,))
    match = matched("layoff>=10000", article("text"), Reading("zh", (), (layoff,)))

    assert match is not None
    assert {"#layoff>=10000人": (span("裁員"), span("1.6萬人", 4))} == match.evidence


@pytest.mark.parametrize(
    ("rule", "salience", "acted", "expected"),
    [
        ("AMZN", "passing", False, True),
        ("AMZN", "lead", False, False),
        ("AMZN", "passing", True, False),
        ("AMZN 衛星", "passing", False, False),
        ("AMZN | NVDA", "passing", False, False),  # Nvidia is in the headline
        ("AMZN lang:zh", "passing", False, True),
    ],
)
def test_a_match_by_a_passing_mention_alone_says_so(
    rule: str, salience: str, acted: bool, expected: bool
) -> None:
    nvidia = Mention(Company("NVDA", "輝達"), Salience.HEADLINE, True, (span(),))
    events = (Event("order", span(), companies=("AMZN",)),) if acted else ()
    reading = Reading("zh", (mention("AMZN", salience=salience), nvidia), events)
    match = matched(rule, article("衛星"), reading)

    assert match is not None
    assert expected == match.passing


# --- the index ------------------------------------------------------------------------------------


def test_matches_come_in_the_order_in_which_rules_were_added() -> None:
    reading = Reading("zh", (mention("AMZN"), mention("NVDA")))
    index = RuleIndex()
    for rule, symbol in ((2, "NVDA"), (3, "AMZN"), (1, "NVDA")):
        index.add(rule, CompanyTerm(symbol))

    assert [match.rule for match in index.match(article("text"), reading)] == [2, 3, 1]


def test_a_rule_added_again_is_replaced() -> None:
    index = RuleIndex({1: CompanyTerm("AMZN")})
    index.add(1, CompanyTerm("NVDA"))

    assert len(index) == 1
    assert not index.match(article("text"), Reading("zh", (mention("AMZN"),)))


def test_of_rules_with_the_same_id_that_come_at_once_the_last_counts() -> None:
    terms = [(1, CompanyTerm("AMZN")), (2, CompanyTerm("NVDA")), (1, CompanyTerm("NVDA"))]
    index = RuleIndex(terms)
    found = index.find(article("text"), Reading("zh", (mention("AMZN"), mention("NVDA"))))

    assert found.rules() == [2, 1]
    assert len(index) == 2


def test_equal_rules_share_one_answer() -> None:
    index = RuleIndex({1: CompanyTerm("AMZN"), 2: CompanyTerm("AMZN")})
    (group,) = index.groups(article("text"), Reading("zh", (mention("AMZN"),)))

    assert group.rules == (1, 2)


def test_removing_an_unknown_rule_changes_nothing() -> None:
    index = RuleIndex({1: CompanyTerm("AMZN")})
    index.remove(2)

    assert 1 in index


def test_keywords_beyond_the_first_thousands_are_found_before_and_after_they_are_merged() -> None:
    words = [f"word{number}" for number in range(2_500)]
    first = {number: KeywordTerm(word) for number, word in enumerate(words[:1_200])}
    index = RuleIndex(first, anywhere)
    document = article(" ".join(words[::100]))
    before = [match.rule for match in index.match(document, Reading("en"))]
    for number in range(1_200, 2_500):
        index.add(number, KeywordTerm(words[number]))
    after = [match.rule for match in index.match(document, Reading("en"))]

    assert [*range(0, 1_200, 100)] == before
    assert [*range(0, 2_500, 100)] == after


def test_a_keyword_that_was_removed_and_comes_back_is_found_again() -> None:
    index = RuleIndex({number: KeywordTerm(f"word{number}") for number in range(1_200)}, anywhere)
    document = article("word7")
    index.match(document, Reading("en"))
    index.remove(7)
    without = index.match(document, Reading("en"))
    index.add(7, KeywordTerm("word7"))

    assert without == ()
    assert [match.rule for match in index.match(document, Reading("en"))] == [7]


def test_an_id_that_does_not_fit_is_refused_and_changes_nothing() -> None:
    index = RuleIndex({1: CompanyTerm("AMZN")})
    with pytest.raises(OverflowError):
        index.add(1 << 63, CompanyTerm("AMZN"))
    found = index.find(article("text"), Reading("zh", (mention("AMZN"),)))

    assert found.rules() == [1]
