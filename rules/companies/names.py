"""Every way in which an article may name a company, and how far each is to be trusted.

The trust in a name is a *prior*: a score to which the context of a find adds its own (see
``context``); a find counts from zero up. It is worked out for all names by one formula: a listed
short name that is no word of the language is trusted; the commoner a word it is, the less. Only
exceptions are written down, in the ``strong`` and ``weak`` columns of the listings; a weak name may
carry its own prior (``蘋果:-1``). In a text about finance a doubtful name has another prior, moved
by what the finance press was seen to mean by it (``data/companies/usage.txt``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from rules.companies.industries import Industry, industry_of
from rules.companies.records import Record
from rules.text import folded, has_cjk, is_cjk
from rules.words import Words

_FORM = re.compile(r"-?(?:ky创|ky|创|dr)$")
_LEGAL_FORM = re.compile(
    r",? (?:inc\.?|corporation|corp\.?|company|companies|plc|& co\.?|holdings?|limited|group)$"
)
_CODE = re.compile(r"[A-Z]{1,5}(?:\.[AB])?|\d{4,6}\.[A-Z]{1,3}")
# A weak name's prior, and that of a name found in no dictionary.
WEAK, UNKNOWN, STRONG = -4.0, 2.5, 4.0
_FUND = "ETF"  # what stands for the industry of a fund
SHORTENED = -1.5  # the prior of a listed name without its ending
_SHORT_LATIN = 3  # letters; a Latin name that short (GIS, ABC, TPK) is also an abbreviation
_ABROAD = 1.5  # what an abbreviation loses where nothing is said of finance
_DOUBT = 4  # counted places that weigh as much as the prior itself
_CAUTION = 1.0  # a name that means the company every other time must be vouched for
_RAISE = 2.0  # what counting adds at most: a word stays a word
_WORD_STILL, _PROVEN = -1.0, 50  # up to so far, with fewer counted places than these
_DOUBTED = 1.5  # a name with a lower prior is vouched for by the words of its trade


@dataclass(frozen=True, slots=True)
class Name:
    """A folded name of some company.

    ``symbols`` are the companies it may mean, the likeliest first. ``word`` says that it is also
    a word of the language or an abbreviation. ``industries`` are their trades, where the words of
    one may help to tell; otherwise empty.
    """

    text: str
    symbols: tuple[str, ...]
    prior: float
    latin: bool
    industries: tuple[Industry | None, ...] = ()

    @property
    def word(self) -> bool:
        """Whether the name means something else as well."""
        return self.prior < 0

    @property
    def industry(self) -> Industry | None:
        """The trade of the likeliest company."""
        return self.industries[0] if self.industries else None


def is_code(name: str) -> bool:
    """Whether an entry of the ``strong`` column is a ticker or a second symbol, not a name."""
    return _CODE.fullmatch(name) is not None


def collect(records: Mapping[str, Record], words: Words) -> dict[str, Name]:
    """All names of all companies by folded text. A company's blocked phrase is not its name."""
    owners: dict[str, dict[str, float]] = {}
    for record in records.values():
        for name, prior in _priors(record, words).items():
            owners.setdefault(name, {})[record.symbol] = prior
    for name, symbol in _shortened(records.values(), words):
        owners.setdefault(name, {symbol: SHORTENED})
    return {name: _named(name, priors, records) for name, priors in owners.items()}


def _named(text: str, priors: Mapping[str, float], records: Mapping[str, Record]) -> Name:
    """The name with its companies, the one that it most likely means first."""
    symbols = sorted(priors, key=lambda symbol: -priors[symbol])
    prior = priors[symbols[0]]
    industries: tuple[Industry | None, ...] = ()
    if prior < _DOUBTED or len(symbols) > 1:
        industries = tuple(industry_of(text, s, records[s].industry) for s in symbols)
    return Name(text, tuple(symbols), prior, not has_cjk(text), industries)


def _priors(record: Record, words: Words) -> dict[str, float]:
    """One company's names with the trust in each; what is written down by hand goes last."""
    priors = {name: _prior(name, words) for name in _listed(record)}
    priors |= {folded(name): STRONG for name in record.strong if not is_code(name)}
    for entry in record.weak:
        name, _, value = entry.rpartition(":")
        priors[folded(name or entry)] = float(value) if name else WEAK
    for phrase in record.blocked:
        priors.pop(folded(phrase), None)
    return priors


def _shortened(records: Iterable[Record], words: Words) -> Iterable[tuple[str, str]]:
    """What the press makes of listed names by leaving out what they end in: 昇佳 for 昇佳電子.

    Only what is no word, does not cut one, and begins no other company's name: 明基 begins two.
    """
    shares = [r for r in records if r.taiwanese and r.name and r.industry != _FUND]
    listed = [(_FORM.sub("", folded(record.name)), record) for record in shares]
    beginnings = Counter(name[:size] for name, _ in listed for size in range(2, len(name)))
    for name, record in listed:
        ending = next((e for e in _endings() if name.endswith(e)), "")
        short = name.removesuffix(ending)
        whole = ending and len(short) > 1 and all(map(is_cjk, short)) and not words.count(short)
        blocked = short in map(folded, record.blocked)
        if whole and beginnings[short] == 1 and not (blocked or words.count(short[-1] + ending)):
            yield short, record.symbol


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """What listed names end in and the press leaves out, the longest first."""
    file = resources.files("rules.data").joinpath("companies", "endings.txt")
    rows = (line.split() for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
    return tuple(sorted((folded(word) for row in rows for word in row), key=len, reverse=True))


def elsewhere(names: Mapping[str, Name]) -> dict[str, Name]:
    """The same names in a text that has no word of finance.

    GIS is geography there and 智寶 a child: abbreviations and rare words need more than a place.
    """
    return {
        text: replace(name, prior=name.prior - _ABROAD) if _strays(name) else name
        for text, name in names.items()
    }


def _strays(name: Name) -> bool:
    """Whether the name is also an abbreviation or a rare word of the dictionary."""
    if name.latin:
        return name.prior <= WEAK and len(name.text) <= _SHORT_LATIN
    return 0 <= name.prior < _DOUBTED and name.symbols[0].endswith((".TW", ".TWO"))


def in_press(names: Mapping[str, Name]) -> dict[str, Name]:
    """The same names with the priors that they have in a text about finance."""
    return {text: replace(name, prior=_used(text, name.prior)) for text, name in names.items()}


def _used(name: str, prior: float) -> float:
    """The prior in the finance press: a weighted mean with the log odds of the counts.

    Half a place is added to either count (Haldane 1956), so that no count is beyond doubt.
    """
    seen = _usage().get(name) if prior < 0 else None
    if seen is None:
        return prior
    company, other = seen
    odds = math.log((company + 0.5) / (other + 0.5)) - _CAUTION
    places = company + other
    mean = (_DOUBT * prior + places * odds) / (_DOUBT + places)
    return min(mean, prior + _RAISE, max(prior, 0.0 if places >= _PROVEN else _WORD_STILL))


@lru_cache(maxsize=1)
def _usage() -> Mapping[str, tuple[int, int]]:
    """Folded names with how often they meant the company and something else."""
    file = resources.files("rules.data").joinpath("companies", "usage.txt")
    rows = (line.split() for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
    return {folded(name): (int(company), int(other)) for name, company, other in rows}


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    file = resources.files("rules.data").joinpath("companies", "words_en.txt")
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _listed(record: Record) -> Iterable[str]:
    """The short name without -KY, -創 and -DR too, the English name without its legal form too."""
    forms = [folded(record.name)] if record.name else []
    if record.taiwanese:
        forms += [_FORM.sub("", form) for form in forms]
    english = folded(record.english)
    forms += [english, _LEGAL_FORM.sub("", english)] if english else []
    return dict.fromkeys(form for form in forms if len(form) > 1 and not form.isdigit())


def _prior(name: str, words: Words) -> float:
    """Trust in a name that nobody has judged by hand."""
    if not has_cjk(name):
        return WEAK if len(name) <= _SHORT_LATIN or name in _english_words() else UNKNOWN
    count = words.count(name)
    if not count:
        return UNKNOWN + (len(name) - 2)
    # A word of count 3 is nearly always the company itself, of 10 a toss-up, above it a word.
    return max(WEAK, 1.5 - 1.5 * math.log10(count))
