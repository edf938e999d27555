"""Rules that mean the same have one canonical text, and it means the same as they do."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.language import RuleError, canonical, explain, parse
from rules.model import And, Or, Rule, Term
from tests.rules.rule_terms import meant, terms
from tests.rules.rule_words import Happenings, Names

NAMES, EVENTS = Names(), Happenings()
WORDS = "台積電 AMZN 裁員 capex 9998 1萬 % 億美元 title: 語言： zh 或 和"
SIGNS = '| ， - ！ ( ） 「 」 " # >= ＜ /'
PIECES = st.lists(
    st.sampled_from([" ", "\u3000", *WORDS.split(), *SIGNS.split()]), max_size=25
).map("".join)


@settings(max_examples=100, deadline=None)
@given(terms())
def test_a_canonical_text_gives_the_same_rule_again(term: Term) -> None:
    assume(meant(term))
    text = canonical.text(term)
    assume(len(text) <= 500)

    assert Rule(term, text, text) == parse(text, NAMES, EVENTS)


@settings(max_examples=60, deadline=None)
@given(terms(), st.randoms(use_true_random=False))
def test_the_order_of_parts_makes_no_difference(term: Term, random: object) -> None:
    assert canonical.normal(term) == canonical.normal(_shuffled(term, random))


@settings(max_examples=60, deadline=None)
@given(terms())
def test_a_normal_term_stays_as_it_is(term: Term) -> None:
    assert term == canonical.normal(term)


@settings(max_examples=150, deadline=None)
@given(PIECES | st.text(max_size=60))
def test_any_text_is_a_rule_or_is_refused_with_one(text: str) -> None:
    try:
        answer = parse(text, NAMES, EVENTS).canonical
    except RuleError as error:
        answer = error.suggestion or "2330"
        described = error.explain("zh-TW") and error.caret(text)
        placed = error.position + error.length <= len(text)
    else:
        described, placed = "", True

    assert parse(answer, NAMES, EVENTS)
    assert placed
    assert described is not None


@settings(max_examples=60, deadline=None)
@given(terms(), st.sampled_from(["zh-TW", "en"]))
def test_every_rule_can_be_said(term: Term, lang: str) -> None:
    assert explain(Rule(term, canonical.text(term)), lang, NAMES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("輝達 裁員", "裁員　nvidia"),
        ("台積電擴廠", "2330 #capex"),
        ("(輝達 | 博通) -傳聞", "（博通，輝達）！传闻"),
        ("輝達 -(傳聞 | 裁員)", "輝達 -裁員 NOT 傳聞"),
        ("capex>1000億美元", "資本支出＞US$100bn"),
        ("裁員>=1萬人", "layoff >= 10,000"),
        ("輝達 -promo:yes", "輝達 廣告:不要"),
    ],
)
def test_rules_that_mean_the_same_have_one_canonical_text(one: str, other: str) -> None:
    assert parse(one, NAMES, EVENTS).canonical == parse(other, NAMES, EVENTS).canonical


def _shuffled(term: Term, random: object) -> Term:
    if isinstance(term, And | Or):
        parts = [_shuffled(part, random) for part in term.parts]
        random.shuffle(parts)  # type: ignore[attr-defined]
        return type(term)(tuple(parts))
    return term
