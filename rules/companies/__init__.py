"""Which companies is an article about? Listings are data, doubt is judged by context."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rules.companies.directory import Directory
from rules.companies.finder import Finder
from rules.companies.records import ListingError
from rules.document import Document
from rules.model import Mention
from rules.words import words

__all__ = ["Directory", "Finder", "ListingError", "directory", "find", "load", "patterns"]


def load(extra: str | None = None) -> Finder:
    """A finder over the packaged listings and, over them, the rows of ``extra`` (CSV text).

    Raises ListingError for an ``extra`` of another shape (see ``records``).
    """
    return Finder(Directory.load(extra), words())


@lru_cache(maxsize=1)
def _packaged() -> Finder:
    return load()


def patterns() -> Iterable[str]:
    """The words to be scanned for under the owner ``companies``."""
    return _packaged().patterns()


def find(document: Document) -> tuple[Mention, ...]:
    """The companies that ``document`` names: headline first, then lead, then passing."""
    return _packaged().find(document)


def directory() -> Directory:
    """The packaged companies."""
    return _packaged().directory
