"""Who is who, and what a user's own file changes."""

import pytest

from rules import companies
from rules.companies import Directory, ListingError
from rules.companies.records import merge, packaged
from tests.rules.companies_found import symbols


def names(text: str) -> list[str]:
    return [company.symbol for company in companies.directory().resolve(text)]


@pytest.mark.parametrize(
    "typed",
    [
        "2330",
        "2330.TW",
        "2330.tw",
        "2330-TW",
        "$2330",
        "台積電",
        "台积电",
        "臺積電",
        "台積",
        "TSMC",
        "TSM",
    ],
)
def test_every_way_to_type_a_company_resolves_to_it(typed: str) -> None:
    assert names(typed) == ["2330.TW"]


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("AMZN", "AMZN"),
        ("亞馬遜", "AMZN"),
        ("GOOG", "GOOGL"),
        ("谷歌", "GOOGL"),
        ("BRK.B", "BRK.B"),
        ("700", None),
        ("0700.HK", "0700.HK"),
        ("騰訊", "0700.HK"),
        ("軟銀", "9984.T"),
        ("00878", "00878.TW"),
        ("00764b", "00764B.TWO"),
        ("全新", "2455.TW"),
        ("沒有這家公司", None),
    ],
)
def test_names_codes_and_symbols_resolve(typed: str, symbol: str | None) -> None:
    assert (names(typed) or [None])[0] == symbol


def test_an_ambiguous_name_gives_all_its_companies_the_likeliest_first() -> None:
    assert names("三星") == ["005930.KS", "5007.TW"]


def test_a_mistyped_name_suggests_the_nearest() -> None:
    assert "台積電" in companies.directory().nearest("台機電")


def test_an_unknown_symbol_is_nobody() -> None:
    assert companies.directory().get("9999999") is None


def test_a_company_carries_both_names() -> None:
    company = companies.directory().get("NVDA")

    assert company is not None
    assert (company.name, company.english) == ("輝達", "Nvidia")


EXTRA = """symbol,name,english,strong,weak,blocked
9999.TWO,明日之星,Tomorrow,未來之光,明星:-3,明星花露水
"""


def test_a_users_file_adds_a_company() -> None:
    finder = companies.load(EXTRA)

    assert symbols("明日之星十月營收創高", finder=finder) == {"9999.TWO"}
    assert symbols("看好未來之光後市", finder=finder) == {"9999.TWO"}
    assert symbols("明星花露水漲價", finder=finder) == set()


def test_a_users_row_changes_a_packaged_company() -> None:
    directory = Directory.load("symbol,name,strong\n2330.TW,台灣積體,積積\n")

    company = directory.get("2330.TW")
    assert company is not None
    assert company.name == "台灣積體"
    assert [c.symbol for c in directory.resolve("積積")] == ["2330.TW"]


@pytest.mark.parametrize("extra", ["a,b\n1,2\n", "symbol,colour\n1,red\n", "symbol,name\n,x\n"])
def test_a_file_of_another_shape_is_refused(extra: str) -> None:
    with pytest.raises(ListingError):
        Directory.load(extra)


def test_every_hand_written_name_resolves_to_its_company() -> None:
    directory = companies.directory()
    for record in merge(packaged()).values():
        own = {name.casefold() for name in record.blocked}
        for entry in [*record.strong, *(weak.rpartition(":")[0] or weak for weak in record.weak)]:
            if entry.casefold() not in own:
                found = {company.symbol for company in directory.resolve(entry)}
                assert record.symbol in found, f"{entry} of {record.symbol}"


def test_every_company_has_a_name_and_a_symbol_of_the_documented_shape() -> None:
    for record in merge(packaged()).values():
        assert record.company.name
        head, _, tail = record.symbol.partition(".")
        assert head.replace("-", "").isalnum(), record.symbol  # BT-A.L: a class of shares
        assert tail.isalpha() or not tail, record.symbol


def test_the_listings_cover_both_exchanges_and_the_indices() -> None:
    listed = list(merge(packaged()))

    assert sum(symbol.endswith(".TW") for symbol in listed) > 1200
    assert sum(symbol.endswith(".TWO") for symbol in listed) > 850
    assert sum(symbol.isalpha() and symbol.isupper() for symbol in listed) > 600
