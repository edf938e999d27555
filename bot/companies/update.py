"""Fetch every list, check each, say what changed, and write the file only if all went well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx

from bot.companies import file, isin, sec
from bot.companies.errors import ListError
from bot.companies.lists import PublicList
from bot.ports import Cursor
from bot.sources import http
from rules import companies
from rules.companies import Directory, ListingError
from rules.companies.records import Record, former

# The page of listed securities holds all warrants too: some ten megabytes.
_LIMITS = http.Limits(body=60_000_000, seconds=180.0)
_READERS = {"isin": isin.read, "sec": sec.read}


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update found, against what was known before."""

    counts: dict[str, int]  # entries by the name of their list
    new: tuple[tuple[str, str], ...] = ()  # symbol, name
    renamed: tuple[tuple[str, str, str], ...] = ()  # symbol, old name, new name
    gone: tuple[tuple[str, str], ...] = ()  # symbol, name
    added: tuple[Record, ...] = field(default=(), repr=False)


async def update(
    client: httpx.AsyncClient,
    lists: Sequence[PublicList],
    target: Path,
    now: datetime,
    *,
    contact: str = "",
) -> Changes:
    """Read ``lists`` and write ``target``, whose own rows stay.

    Raises bot.ports.SourceError where a list cannot be fetched, ListError where one is not what it
    should be or the file cannot be used; then nothing is written.
    """
    before = _text(target)
    own = file.own_rows(before)
    known, packaged = _directory(before, target), _directory(file.compose((), own), target)
    agent = http.USER_AGENT.replace(")", f"; {contact})") if contact else http.USER_AGENT
    found: list[tuple[PublicList, list[Record]]] = []
    for source in lists:
        page = await http.get(
            client, source.address, Cursor(), now, limits=_LIMITS, user_agent=agent
        )
        found.append((source, _checked(_READERS[source.format](page.body, source), source)))
    changes = _compare(found, known, packaged)
    text = file.compose(changes.added, own)
    _directory(text, target)  # what cannot be read back is not written
    file.replace(target, text)
    return changes


def _text(target: Path) -> str:
    try:
        return target.read_text("utf-8-sig") if target.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ListError("listings.unreadable", path=str(target), reason=str(error)) from error


def _directory(text: str, target: Path) -> Directory:
    try:
        return companies.load(text).directory
    except ListingError as error:
        raise ListError("listings.unreadable", path=str(target), reason=str(error)) from error


def _checked(records: list[Record], source: PublicList) -> list[Record]:
    if len(records) < source.least:
        raise ListError(
            "listings.too_few",
            name=source.name,
            found=str(len(records)),
            least=str(source.least),
            address=source.address,
        )
    return records


def _compare(
    found: Sequence[tuple[PublicList, list[Record]]], known: Directory, packaged: Directory
) -> Changes:
    """The changes against ``known``; what is ``packaged`` or the owner's is not written again."""
    listed: dict[str, Record] = {}
    taken: list[Record] = []
    counts: dict[str, int] = {}
    for source, records in found:
        counts[source.name] = len(records)
        fresh = [r for r in records if r.symbol not in listed]
        listed |= {r.symbol: r for r in fresh}
        # The packaged names of US companies are better than the SEC's; only unknown ones are new.
        wanted = fresh if source.format == "isin" else fresh[: source.most]
        taken += [r for r in wanted if source.format == "isin" or not packaged.resolve(r.symbol)]
    return Changes(
        counts=counts,
        new=tuple((r.symbol, r.name) for r in taken if known.get(r.symbol) is None),
        renamed=tuple(_renamed(taken, known)),
        gone=tuple(_gone(found, listed, known)),
        added=tuple(taken),
    )


def _renamed(taken: Iterable[Record], known: Directory) -> Iterable[tuple[str, str, str]]:
    for record in taken:
        company = known.get(record.symbol)
        if company and company.name != record.name:
            yield record.symbol, company.name, record.name


def _gone(
    found: Sequence[tuple[PublicList, list[Record]]], listed: dict[str, Record], known: Directory
) -> Iterable[tuple[str, str]]:
    """Known symbols of the exchanges that were read which stand in no list any more.

    Who changed the exchange is not gone, and who left before is no news. The SEC's list is no
    exchange: it lacks funds and foreigners that are traded all the same.
    """
    markets = {source.suffix for source, _ in found if source.format == "isin"}
    codes = {record.company.code for record in listed.values() if record.taiwanese}
    left = former()
    for company in known:
        market = company.symbol.removeprefix(company.code)
        if market in markets and company.code not in codes and company.symbol not in left:
            yield company.symbol, company.name
