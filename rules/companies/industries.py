"""Words of a company's own trade, which speak for it where its name is also a word.

兆豐紐約分行再遭罰 is about the bank: nobody says 分行 of a good harvest. The words are data
(``data/companies/industries.toml``), by the exchange's names of the industries.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rules.companies.beside import Behind
from rules.text import folded

_BEFORE, _AFTER = 24, 30  # characters around a name that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Industry:
    """The words of one trade, to be looked for directly behind a name and near it."""

    behind: Behind
    words: re.Pattern[str]

    def near(self, text: str, start: int, end: int, stop: tuple[int, int]) -> bool:
        """Whether one of the words stands near the name ``[start, end)``, inside ``stop``."""
        first, last = max(stop[0], start - _BEFORE), min(stop[1], end + _AFTER)
        words = self.words
        return bool(words.search(text, end, last) or words.search(text, first, start))


def industry_of(name: str, symbol: str, listed: str) -> Industry | None:
    """The trade of the company with ``symbol``, whose listing names the industry ``listed``.

    None for a ``name`` that is a word of its trade: who says 綠電 speaks of solar power.
    """
    known, words_of_trades = _industries()
    return None if name in words_of_trades else known.get(symbol) or known.get(listed)


@lru_cache(maxsize=1)
def _industries() -> tuple[Mapping[str, Industry], frozenset[str]]:
    """Each trade by the names of its industries and its symbols; names that are words of theirs."""
    file = resources.files("rules.data").joinpath("companies", "industries.toml")
    data = tomllib.loads(file.read_text("utf-8"))
    found: dict[str, Industry] = {}
    for row in data["industry"]:
        words = row["words"].split()
        industry = Industry(Behind(words, "的?", "的"), _anywhere(words))
        keys = (*row.get("industries", "").split(), *row.get("symbols", "").split())
        found |= dict.fromkeys(keys, industry)
    return found, frozenset(map(folded, data["words_of_trades"].split()))


def _anywhere(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the words; Latin ones with no letter beside them: AM, not camera."""
    listed = sorted(map(folded, words), key=len, reverse=True)
    return re.compile(
        "|".join(
            rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word[-1].isascii() else re.escape(word)
            for word in listed
        )
    )
