"""Whose money a number is that does not say it: the article's, its company's or its country's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rules.document import Document
from rules.events.scene import Scene
from rules.figures.vocabulary import any_of, load
from rules.model import Mention

_FEW = 20  # Chinese characters; fewer say nothing about the script
_SAMPLE = 300
_FIRST, _LAST = "\u3400", "\u9fff"
_SHARE = 30  # in traditional text every third character differs from its simplified form
_RATE = 30  # folded characters
_TELLING = 2  # words of the mainland that a traditional article must hold to come from there
_MARKETS = {
    "TW": "TWD",
    "TWO": "TWD",
    "SS": "CNY",
    "SZ": "CNY",
    "T": "JPY",
    "KS": "KRW",
    "KQ": "KRW",
    "L": "GBP",
    "DE": "EUR",
    "PA": "EUR",
    "AS": "EUR",
}


def home_of(document: Document, mentions: Iterable[Mention]) -> str:
    """The currency of a bare 元: TWD, or CNY in an article that was written on the mainland.

    Such an article is in simplified characters or, converted, speaks of the mainland's places and
    institutions and of none of Taiwan's. Dollars in an English article.
    """
    if document.lang == "en":
        return "USD"
    local, other = _origin()
    markets = {mention.company.symbol.rpartition(".")[2] for mention in mentions}
    if markets & {"TW", "TWO"} or local.search(document.text):
        return "TWD"
    if markets & {"SS", "SZ"} or _is_simplified(document):
        return "CNY"
    return "CNY" if len({*other.findall(document.text)}) >= _TELLING else "TWD"


def currency_at(scene: Scene, position: int, home: str) -> str:
    """The currency of a number without one at ``position``, which is ``home`` where nothing tells.

    The company named last before it in its sentence tells, or a country of the sentence.
    """
    if home not in {"TWD", "CNY"}:
        return home
    sentence = scene.sentence(position)
    names = scene.names_in(sentence.start, position)
    if names:
        code, _, market = names[-1].symbol.rpartition(".")
        return _MARKETS.get(market, home) if code else "USD"
    found = _places().search(scene.document.text, sentence.start, sentence.end)
    return found.lastgroup or home if found else home


def is_rate(text: str, sentence: int, start: int) -> bool:
    """Whether the price at ``start`` is that of a currency, named in its sentence before it."""
    return _rates().search(text, max(sentence, start - _RATE), start) is not None


@lru_cache(maxsize=1)
def _rates() -> re.Pattern[str]:
    data = load("units.toml")["rates"]
    return re.compile(
        f"(?:{any_of(data['currencies'])})[^\\d,。;]{{0,12}}?(?:{any_of(data['moves'])})[^。;]{{0,10}}\\Z"
    )


@lru_cache(maxsize=1)
def _origin() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("units.toml")["home"]
    return re.compile(any_of(data["TWD"])), re.compile(any_of(data["CNY"]))


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    data = load("units.toml")["places"]
    return re.compile("|".join(f"(?P<{code}>{any_of(words)})" for code, words in data.items()))


def _is_simplified(document: Document) -> bool:
    original = document.folded.original
    simple = document.text[:_SAMPLE]
    places = document.folded.origins[: len(simple)]
    chinese = traditional = 0
    for place, char in zip(places, simple, strict=True):
        if _FIRST <= char <= _LAST:
            chinese += 1
            traditional += original[place] != char
    return chinese >= _FEW and traditional * _SHARE <= chinese
