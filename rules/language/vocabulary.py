"""The words of the language, from ``words.toml`` and the currency table, folded once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.text import folded


@dataclass(frozen=True, slots=True)
class Kind:
    """What figures mean with an event kind: the unit of a bare number, of plain small money."""

    default: str
    small: str
    example: str
    english: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a word's figures measure: a kind and, where only one fits, the unit.

    With ``falls`` a figure counts downwards (跌>5%); with ``named`` the word is asked for, too.
    """

    kind: str
    unit: str = ""
    example: str = ""
    english: str = ""  # the example for who writes English
    falls: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Fillers:
    """Words that say nothing about what is wanted; ``words.toml`` says which may stand where."""

    anywhere: frozenset[str]
    company: frozenset[str]
    alone: frozenset[str]
    opening: frozenset[str]
    asking: frozenset[str]
    whole: frozenset[str]
    tail: frozenset[str]


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code, what a US dollar buys of it, how it is shown in Chinese around a number."""

    code: str
    per_usd: Decimal
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word by its meaning; all keys are folded."""

    operators: Mapping[str, str]
    fields: Mapping[str, str]
    langs: Mapping[str, str]
    promos: Mapping[str, str]
    plain: frozenset[str]
    acronyms: frozenset[str]
    multipliers: Mapping[str, Decimal]
    units: Mapping[str, str]
    currency_words: Mapping[str, str]
    currencies: Mapping[str, Currency]
    digits: Mapping[str, int]
    kinds: Mapping[str, Kind]
    kind_words: Mapping[str, str]
    kind_spellings: Mapping[str, str]
    narrower: frozenset[str]
    measures: Mapping[str, Measure]
    compared_before: Mapping[str, str]
    compared_after: Mapping[str, str]
    fillers: Fillers
    excluding: tuple[frozenset[str], frozenset[str]]
    leaving: frozenset[str]
    common: frozenset[str]
    outlets: frozenset[str]
    no_slips: frozenset[str]
    elsewhere: Mapping[str, str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    words = tomllib.loads(
        resources.files("rules.language").joinpath("words.toml").read_text("utf-8")
    )
    money = tomllib.loads(
        resources.files("rules.data").joinpath("currencies.toml").read_text("utf-8")
    )
    return Vocabulary(
        operators=_by_word(words["operators"]),
        fields=_by_word(words["fields"]),
        langs=_by_word(words["values"]["lang"]),
        promos=_by_word(words["values"]["promo"]),
        plain=frozenset(map(folded, words["plain"]["words"])),
        acronyms=frozenset(map(folded, words["acronyms"]["words"])),
        multipliers={w: Decimal(v) for w, v in _by_word(words["multipliers"]).items()},
        units=_by_word(words["units"]),
        currency_words=_by_word({code: row["words"] for code, row in money.items()}),
        currencies={
            code: Currency(code, Decimal(row["per_usd"]), row["zh"], row["unit"])
            for code, row in money.items()
        },
        digits=_digits(words["digits"]),
        kinds={
            kind: Kind(*(row.get(name, "") for name in Kind.__slots__))
            for kind, row in words["kinds"].items()
        },
        kind_words=_by_word(words["kind_words"]),
        narrower=frozenset(map(folded, words["narrower"]["words"])),
        measures=_measures(words["measures"]),
        compared_before=_by_word(words["comparisons"]["before"]),
        compared_after=_by_word(words["comparisons"]["after"]),
        fillers=Fillers(*(_set(words["fillers"][name]) for name in Fillers.__slots__)),
        excluding=(_set(words["exclusions"]["before"]), _set(words["exclusions"]["after"])),
        leaving=_set(words["leaving"]["words"]),
        common=_set(words["noted"]["common"]),
        outlets=_set(words["noted"]["outlets"]),
        no_slips=_set(words["noted"]["no_slips"]),
        elsewhere={folded(w): usual for w, usual in words["noted"]["elsewhere"].items()},
        kind_spellings={folded(w): w for row in words["kind_words"].values() for w in row},
    )


def _measures(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Measure]:
    return {
        folded(word): Measure(**{key: value for key, value in table.items() if key != "words"})
        for table in tables.values()
        for word in table["words"]
    }


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def _toml(package: str, name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(package).joinpath(name).read_text("utf-8"))


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {folded(word): meaning for meaning, words in table.items() for word in words}


def _digits(table: Mapping[str, str]) -> dict[str, int]:
    digits = {folded(char): value for value, char in enumerate(table["zero"])}
    return digits | {folded(char): 2 for char in table["two"]}
