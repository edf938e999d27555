"""Write the generated listings: rules/data/companies/taiwan.csv and us.csv.

Needs two packages that the project itself does not: twstock and pytickersymbols (both MIT). The
hand-written files beside them (see SOURCES.md) are merged over these when the directory loads.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import twstock
from pytickersymbols import PyTickerSymbols

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


def taiwan() -> list[tuple[str, str, str, str]]:
    """Every share, fund, depositary receipt and innovation-board share on TWSE and TPEx."""
    rows = []
    for file in ("twse_equities.csv", "tpex_equities.csv"):
        text = (Path(twstock.__file__).parent / "codes" / file).read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            if row["type"] in KINDS:
                exchange = "TWO" if row["market"].startswith("上櫃") else "TW"
                name = row["name"].replace("*", "").strip()
                industry = row["group"] or KINDS[row["type"]]
                rows.append((f"{row['code']}.{exchange}", name, "", industry))
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
