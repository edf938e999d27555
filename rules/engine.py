"""What we think of an article, in the order in which one thought needs another.

    article ─► prepare (fold, cut, scan) ─► companies ─► figures ─► events ─► promotion ─► summary

An ``Engine`` holds the vocabularies and nothing that changes: the same article is always read the
same way, and one engine may be used from several threads.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules import companies, events, figures, promotion, summary
from rules.document import Document, prepare
from rules.model import Article, Reading
from rules.scan import Scanner
from rules.summary import NO_FOCUS, Focus


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article's prepared text and its reading: what matching needs."""

    document: Document
    reading: Reading


class Engine:
    """Reads articles. Building one loads the data files and takes about a second."""

    def __init__(self, finder: companies.Finder | None = None) -> None:
        """Read with the packaged companies, or with those of ``finder`` (``companies.load``)."""
        self._companies = finder or companies.load()
        self._scanner = Scanner(
            {
                "companies": self._companies.patterns(),
                "events": events.patterns(),
                "figures": figures.patterns(),
                "promotion": promotion.patterns(),
            }
        )

    def analyse(self, article: Article, focus: Focus = NO_FOCUS) -> Analysis:
        """Read ``article``; its summary prefers what ``focus`` names."""
        document = prepare(article, self._scanner)
        mentions = self._companies.find(document)
        amounts = figures.find(document, mentions)
        happened = events.find(document, mentions, amounts)
        reading = Reading(
            lang=document.lang,
            mentions=mentions,
            events=happened,
            figures=amounts,
            promotion=promotion.judge(document, mentions),
            summary=summary.choose(document, mentions, happened, amounts, focus=focus),
        )
        return Analysis(document, reading)

    def read(self, article: Article) -> Reading:
        """Only the reading of ``article``."""
        return self.analyse(article).reading
