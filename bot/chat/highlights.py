"""The words of an article that a rule held on, shown bold in its headline or in an excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.chat.articles import link
from bot.chat.replies import Runs
from bot.messages import Run
from rules.model import Article, Part, Span

_HEADLINE = 80  # characters
_BEFORE, _AFTER = 20, 60  # characters of an excerpt around the first words
_STOPS = "。！？!?；;\n"


def headline(article: Article, spans: Iterable[Span]) -> Runs:
    """The headline (or the text's beginning) with these words in it bold."""
    part = Part.TITLE if article.title.strip() else Part.TEXT
    text = article.title if part is Part.TITLE else article.text
    return _marked(text, 0, _HEADLINE, [span for span in spans if span.part is part])


def linked_headline(article: Article, spans: Iterable[Span]) -> Runs:
    """The same as a link to the article where its address is known."""
    return tuple(replace(run, url=link(article)) for run in headline(article, spans))


def excerpt(article: Article, evidence: Mapping[str, Sequence[Span]]) -> Runs | None:
    """The text around the first words of a rule's part that holds nowhere in the headline.

    None where the headline alone says why the rule holds.
    """
    if not article.title.strip():
        return None
    unseen = [spans for spans in evidence.values() if all(s.part is Part.TEXT for s in spans)]
    found = sorted(span for spans in unseen for span in spans)
    if not found:
        return None
    first = found[0]
    start = max(first.start - _BEFORE, 0)
    start = max([start, *(article.text.rfind(s, start, first.start) + 1 for s in _STOPS)])
    return _marked(article.text, start, first.end + _AFTER, found)


def _marked(text: str, start: int, end: int, spans: Iterable[Span]) -> Runs:
    """``text[start:end]`` with the spans bold, and … where it was cut."""
    runs = [Run("…")] if start > 0 else []
    place = start
    for span in sorted(spans):
        first, last = max(span.start, place), min(span.end, end)
        if first < last:
            runs += [Run(text[place:first]), Run(text[first:last], bold=True)]
            place = last
    runs.append(Run(text[place:end]))
    runs += [Run("…")] if end < len(text.rstrip()) else []
    return tuple(run for run in runs if run.text)
