"""A hand-written directory of a few companies, and the event words, for tests of the language."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from rules.language.vocabulary import vocabulary
from rules.model import Company
from rules.text import folded

COMPANIES = (
    (Company("2330.TW", "台積電", "TSMC"), ("台積", "tsmc", "tsm")),
    (Company("2303.TW", "聯電", "UMC"), ("聯華電子", "umc")),
    (Company("2317.TW", "鴻海", "Foxconn"), ("foxconn", "hon hai")),
    (Company("2454.TW", "聯發科", "MediaTek"), ("發哥", "mediatek")),
    (Company("2603.TW", "長榮", "Evergreen Marine"), ("長榮海運",)),
    (Company("2618.TW", "長榮航", "EVA Air"), ("長榮航空",)),
    (Company("AMZN", "亞馬遜", "Amazon"), ("amazon",)),
    (Company("NVDA", "輝達", "Nvidia"), ("nvidia", "英偉達")),
    (Company("AVGO", "博通", "Broadcom"), ("broadcom",)),
    (Company("T", "AT&T", "AT&T"), ("at&t",)),
    (Company("ON", "安森美", "onsemi"), ("onsemi",)),
    (Company("BRK.B", "波克夏", "Berkshire Hathaway"), ("berkshire",)),
    (Company("0700.HK", "騰訊", "Tencent"), ("tencent", "騰訊控股")),
    (Company("6488.TWO", "環球晶", "GlobalWafers"), ("環球",)),
    (Company("9999.HK", "環球醫療", "Genertec"), ("環球",)),
)
EXTRA_EVENTS = {
    "layoff": ("裁員", "資遣", "layoff", "layoffs", "job cuts"),
    "capex": ("資本支出", "capex", "capital expenditure", "擴廠"),
    "earnings": ("財報", "earnings", "eps"),
    "supply": ("缺貨", "供需"),
    "mna": ("併購", "收購"),
    "dividend": ("股利", "配息"),
    "price_move": ("大漲", "重挫", "股價"),
    "revenue": ("營收", "revenue"),
    "legal": ("訴訟", "lawsuit"),
}


class Names:
    """The companies above."""

    def __init__(self) -> None:
        self._companies = {company.symbol: company for company, _ in COMPANIES}
        self._names: dict[str, dict[str, Company]] = {}
        for company, aliases in COMPANIES:
            for name in (company.symbol, company.code, company.name, company.english, *aliases):
                self._names.setdefault(folded(name), {})[company.symbol] = company

    @property
    def names(self) -> Mapping[str, object]:
        return self._names

    def get(self, symbol: str) -> Company | None:
        return self._companies.get(symbol)

    def resolve(self, name: str) -> tuple[Company, ...]:
        return tuple(self._names.get(folded(name), {}).values())

    def nearest(self, name: str) -> tuple[str, ...]:
        unique = [n for n, found in self._names.items() if len(found) == 1]
        return tuple(difflib.get_close_matches(folded(name), unique, n=3, cutoff=0.6))


class Happenings:
    """The event words above."""

    def __init__(self) -> None:
        self._kinds = {folded(w): kind for kind, words in EXTRA_EVENTS.items() for w in words}

    def resolve(self, word: str) -> str | None:
        folded_word = folded(word)
        return folded_word if folded_word in vocabulary().kinds else self._kinds.get(folded_word)
