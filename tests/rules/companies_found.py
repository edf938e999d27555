"""Reads one article with the packaged companies only, for the tests beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from rules import companies
from rules.companies import Finder
from rules.document import Document, prepare
from rules.model import Article, Mention
from rules.scan import Scanner

FETCHED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    return Scanner({"companies": companies.patterns()})


def document(text: str, title: str = "", finder: Finder | None = None) -> Document:
    scanner = Scanner({"companies": finder.patterns()}) if finder else _scanner()
    article = Article(id="a", title=title, text=text, source="test", fetched_at=FETCHED)
    return prepare(article, scanner)


def mentions(text: str, title: str = "", finder: Finder | None = None) -> tuple[Mention, ...]:
    prepared = document(text, title, finder)
    return finder.find(prepared) if finder else companies.find(prepared)


def symbols(text: str, title: str = "", finder: Finder | None = None) -> set[str]:
    return {mention.company.symbol for mention in mentions(text, title, finder)}


def words(text: str, title: str = "") -> list[str]:
    """All evidence in order of the mentions."""
    return [span.text for mention in mentions(text, title) for span in mention.evidence]
