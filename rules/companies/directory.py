"""Who is who: companies by symbol, and every name, alias and code back to its companies."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

from rules.companies.names import Name, collect, elsewhere, in_press, is_code
from rules.companies.records import Record, merge, packaged
from rules.model import Company
from rules.text import folded
from rules.words import Words, words

_DASHED = re.compile(r"(?<=\d)-(?=[a-z]{1,3}$)")  # 2330-TW
_SAFE_LENGTH = 4  # letters; shorter tickers are also abbreviations of other things


class Directory:
    """All known companies. Build with ``load``; it never changes afterwards."""

    def __init__(self, records: Mapping[str, Record], vocabulary: Words) -> None:
        self._companies = {symbol: record.company for symbol, record in records.items()}
        names = collect(records, vocabulary)
        self.names: Mapping[str, Name] = elsewhere(names)
        self.press_names: Mapping[str, Name] = in_press(names)
        self.blocked = frozenset(
            folded(phrase) for record in records.values() for phrase in record.blocked
        )
        self.codes: Mapping[str, str] = {
            folded(company.code): symbol
            for symbol, company in reversed(self._companies.items())
            if records[symbol].taiwanese
        }
        self.symbols: Mapping[str, str] = {
            folded(key): record.symbol
            for record in records.values()
            for key in (*filter(is_code, record.strong), record.symbol)
        }
        self.tickers: Mapping[str, tuple[str, bool]] = dict(_tickers(records))
        # BRK is no ticker, but BRK.B begins with it.
        classes = [ticker.partition(".")[0] for ticker in self.tickers if "." in ticker]
        self.written_tickers = dict.fromkeys(classes, ("", False)) | self.tickers
        self._keys = self._index()

    @classmethod
    def load(cls, extra: str | None = None) -> Directory:
        """The packaged listings and over them the rows of ``extra`` (CSV text, same format).

        Raises ListingError for an ``extra`` of another shape.
        """
        texts = [*packaged(), *([extra] if extra else [])]
        return cls(merge(texts), words())

    def __len__(self) -> int:
        """How many companies there are."""
        return len(self._companies)

    def __iter__(self) -> Iterator[Company]:
        """All companies, in the order of the listings."""
        return iter(self._companies.values())

    def get(self, symbol: str) -> Company | None:
        """The company with exactly this symbol."""
        return self._companies.get(symbol)

    def resolve(self, name: str) -> tuple[Company, ...]:
        """The companies with this name, alias, code or symbol: several if it is ambiguous."""
        key = folded(name).strip().removeprefix("$")
        symbols = self._keys.get(key) or self._keys.get(_DASHED.sub(".", key), ())
        return tuple(self._companies[symbol] for symbol in symbols)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three known names that look like a mistyped ``name``, the likeliest first."""
        key = folded(name).strip()
        likely = [known for known in self._keys if abs(len(known) - len(key)) <= 1]
        close = difflib.get_close_matches(key, likely, n=3, cutoff=0.5)
        found = dict.fromkeys(self._companies[self._keys[known][0]].name for known in close)
        return tuple(found)

    def is_word(self, ticker: str) -> bool:
        """Whether the ticker is also an English word or abbreviation."""
        return ticker in _ticker_words()

    def _index(self) -> dict[str, tuple[str, ...]]:
        keys = {text: name.symbols for text, name in self.names.items()}
        tickers = ((folded(ticker), symbol) for ticker, (symbol, _) in self.tickers.items())
        for symbol in self.symbols.values():  # 9984: typed alone it may be a Japanese code too
            if symbol[:1].isdigit():
                keys.setdefault(folded(self._companies[symbol].code), (symbol,))
        for key, symbol in (*self.codes.items(), *self.symbols.items(), *tickers):
            keys[key] = tuple(dict.fromkeys((symbol, *keys.get(key, ()))))
        return keys


def _tickers(records: Mapping[str, Record]) -> Iterable[tuple[str, tuple[str, bool]]]:
    """Upper-case tickers with their symbol and whether they are safe to take without a mark.

    A ticker is safe where a ``strong`` column lists it, or where it is long and no other word.
    """
    words = _ticker_words()
    for record in records.values():
        listed = {name for name in record.strong if is_code(name) and name[0].isalpha()}
        for name in listed:
            yield name, (record.symbol, True)
        if not record.symbol[:1].isdigit() and record.symbol not in listed:
            weak = {name.partition(":")[0] for name in record.weak}
            safe = len(record.symbol) >= _SAFE_LENGTH and record.symbol not in words | weak
            yield record.symbol, (record.symbol, safe)


@lru_cache(maxsize=1)
def _ticker_words() -> frozenset[str]:
    file = resources.files("rules.data").joinpath("companies", "ticker_words.txt")
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
