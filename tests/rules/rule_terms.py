"""Random rules, as ``parse`` could give them, for property tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from rules.language import canonical, checks
from rules.language.vocabulary import vocabulary
from rules.model import (
    And,
    Atom,
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    RegexTerm,
    SourceTerm,
    Term,
)
from tests.rules.rule_words import COMPANIES

SYMBOLS = [company.symbol for company, _ in COMPANIES]
WORDS = [
    "ai",
    "台积电",
    "裁员",
    "低轨卫星",
    "r&d",
    "5g",
    "非农",
    "或",
    "not",
    "2330",
    "16:30",
    "hbm",
]
PHRASES = [*WORDS, 'say "hi"', "台积电 裁员", "他说「好」", "a|b", "(x)", "-x", "#y", "o'neil"]
PATTERNS = [
    "台积.",
    "裁.{0,3}星",
    "ai|5g",
    "a.?i",
    "^台",
    "[0-9]+:30",
    "低轨(卫星)?",
    r"\bai\b",
    r"2330\/5g",
    "(a+)+$",
]
KINDS = sorted(vocabulary().kinds)

_amounts = st.decimals(min_value=0, max_value=10**15, places=2).map(Decimal.normalize)
_currencies = st.sampled_from(sorted(vocabulary().currencies))
_signs = st.sampled_from([">", ">=", "<", "<=", "="])


def _events(kind: str) -> st.SearchStrategy[EventTerm]:
    meaning = vocabulary().kinds[kind]
    percent = st.builds(Comparison, _signs, _amounts, st.just("percent"))
    if meaning.default == "percent":
        signed = st.tuples(_amounts, st.booleans()).map(
            lambda pair: -pair[0] if pair[1] else pair[0]
        )
        choice = st.builds(Comparison, _signs, signed, st.just("percent"))
    elif meaning.default == "people":
        choice = percent | st.builds(Comparison, _signs, _amounts, st.just("people"))
    else:
        large = _amounts.filter(lambda amount: amount >= 10_000 or not meaning.small)
        money = st.builds(Comparison, _signs, large, st.just("money"), _currencies)
        share = st.builds(Comparison, _signs, _amounts, st.just("per_share"), _currencies)
        choice = percent | money | share
    return st.builds(EventTerm, st.just(kind), st.none() | choice)


_measures = st.one_of(
    st.builds(
        EventTerm,
        st.sampled_from(["price", "market_cap", "target_price"]),
        st.builds(Comparison, _signs, _amounts, st.just("money"), _currencies),
    ),
    st.builds(
        EventTerm,
        st.sampled_from(["margin", "share"]),
        st.builds(Comparison, _signs, _amounts, st.just("percent")),
    ),
)
events = st.sampled_from(KINDS).flatmap(_events) | _measures
plain_words = st.sampled_from(WORDS)
phrases = st.sampled_from(PHRASES)
keywords = (
    st.builds(KeywordTerm, plain_words)
    | st.builds(KeywordTerm, plain_words.filter(canonical.plain), title=st.just(True))
    | st.builds(KeywordTerm, phrases, exact=st.just(True), title=st.booleans())
)
atoms: st.SearchStrategy[Atom] = st.one_of(
    st.builds(CompanyTerm, st.sampled_from(SYMBOLS), st.booleans()),
    events,
    keywords,
    st.builds(RegexTerm, st.sampled_from(PATTERNS), st.booleans()),
    st.builds(SourceTerm, phrases),
    st.builds(LangTerm, st.sampled_from(["zh", "en"])),
    st.builds(PromoTerm, st.booleans()),
)


def terms(leaves: st.SearchStrategy[Atom] = atoms) -> st.SearchStrategy[Term]:
    """Normal terms of up to a dozen atoms, also such as ``parse`` refuses for their sense."""

    def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        parts = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.builds(Not, inner) | st.builds(And, parts) | st.builds(Or, parts)

    return st.recursive(leaves, grown, max_leaves=12).map(canonical.normal)


def meant(term: Term) -> bool:
    """Whether ``parse`` lets a rule of this sense through."""
    broken = checks.contradiction(term) or checks.negative_branch(term)
    return broken is None and checks.selective(term)
