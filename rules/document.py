"""An article prepared for reading: folded once, cut into sentences once, scanned once.

All positions below are in the folded text of ``title + "\\n" + text``; ``span`` turns a range of
them into the exact words of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from rules import sentences
from rules.model import Article, Part, Span
from rules.scan import Hit, Scanner
from rules.sentences import Sentence
from rules.text import Folded, fold

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
_SAMPLE = 600  # characters that decide the language


@dataclass(frozen=True, slots=True)
class Document:
    """What every reader of an article works on.

    ``title_end`` is where the title ends in ``text`` (0 without a title). ``sentences`` are ranges
    of ``text``, the title's first. ``hits`` holds the scanner's finds by owner.
    """

    article: Article
    folded: Folded
    title_end: int
    sentences: tuple[Sentence, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    lang: str

    @property
    def text(self) -> str:
        """The folded title, a line break and the folded text."""
        return self.folded.text

    def in_title(self, position: int) -> bool:
        """Whether ``position`` lies in the title."""
        return position < self.title_end

    def span(self, start: int, end: int) -> Span:
        """The original words behind folded ``[start, end)``, which must not cross the title's end.

        Raises ValueError for an empty range.
        """
        first, last = self.folded.place(start, end)
        words = self.folded.original[first:last]
        if self.in_title(start):
            return Span(Part.TITLE, first, last, words)
        shift = len(self.article.title) + 1
        return Span(Part.TEXT, first - shift, last - shift, words)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds ``position`` (or the last one before it)."""
        return self.sentences[max(0, self.sentence_number(position))]

    def sentence_number(self, position: int) -> int:
        """The number of the sentence that holds ``position``, -1 before the first one's start."""
        # No sentence ends beyond the text. Comparing pairs is faster than a key for each.
        return bisect_right(self.sentences, (position, len(self.text) + 1)) - 1

    def original(self, start: int, end: int) -> str:
        """The original words behind folded ``[start, end)``, wherever they stand."""
        first, last = self.folded.place(start, end)
        return self.folded.original[first:last]


def prepare(article: Article, scanner: Scanner) -> Document:
    """Fold, cut and scan ``article`` once."""
    folded = fold(f"{article.title}\n{article.text}")
    title_end = folded.text.index("\n") if "\n" not in article.title else _title_end(article)
    return Document(
        article=article,
        folded=folded,
        title_end=title_end,
        sentences=sentences.split(folded.text),
        hits=scanner.scan(folded.text),
        lang=_language(folded.text),
    )


def folded_only(article: Article, lang: str) -> Document:
    """``article`` without sentences and finds: enough to try rules on what was read before."""
    whole = fold(f"{article.title}\n{article.text}")
    return Document(article, whole, _title_end(article), (), {}, lang)


def _title_end(article: Article) -> int:
    return len(fold(article.title).text)


def _language(text: str) -> str:
    """``zh`` if at least a fifth of its letters are Chinese characters, else ``en``."""
    sample = text[:_SAMPLE]
    chinese, latin = (sum(map(len, run.findall(sample))) for run in (_CHINESE, _LATIN))
    # A Chinese character carries about as much as four Latin letters.
    return "zh" if chinese * 4 >= latin and chinese else ("en" if latin else "zh")
