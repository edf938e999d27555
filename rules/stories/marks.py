"""What tells two happenings of one series apart: month, quarter, stage, direction, main amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.model import Article, Reading
from rules.stories import amounts, knowledge
from rules.text import folded

BRIEF = 20  # characters; an article with less text is its headline only

_MONTH = re.compile(r"(?<![\d.])(1[0-2]|[1-9])月(?!\d|底|初|中)|(元月)")
_QUARTER = re.compile(r"第?([一二三四1-4])季|(?<![a-z])q([1-4])|([1-4])q(?!\d)|(首)季")
_DATE = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:月|/)(3[01]|[12]\d|0?[1-9])日?(?!\d)")
_PART = re.compile(r"\((?:[一二三四五六上中下]|\d{1,2})\)\s*$")  # of a series: (上), (二)
_MOVED = re.compile(r"[涨跌](?:逾|近|约|了)?\d[\d.,]*(?:点|元|%|美元)")
_APART = 8  # characters at most between 明天 and 公布
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "首": "1"}


def of(article: Article, reading: Reading, headline: str) -> frozenset[str]:
    """The marks of an article with this folded headline: ``month:1``, ``preview``, ``market`` …

    ``main:layoff:people:=1.6e4`` is the first amount of a measure in headline and lead.
    """
    found = {f"lang:{reading.lang}", *_periods(headline), *_stages(headline, reading)}
    near = [figure for figure in reading.figures if amounts.is_near(figure.span)]
    found.update(f"main:{main}" for main in amounts.main(near))
    if article.outlet:
        found.add(f"from:{folded(article.outlet)}")
    if len(article.text) < BRIEF:
        found.add("brief")
    return frozenset(found)


def topics(headline: str) -> frozenset[str]:
    """What else than companies the folded headline is about: ``gold``, ``^taiex``, ``openai``."""
    named, topic_of = _topics()
    return frozenset([topic_of[name] for name in named.findall(headline)])


def _periods(headline: str) -> Iterator[str]:
    for match in _MONTH.finditer(headline):
        yield f"month:{match[1] or '1'}"
    for match in _DATE.finditer(headline):
        yield f"date:{int(match[1])}-{int(match[2])}"
    for match in _QUARTER.finditer(headline):
        typed = next(group for group in match.groups() if group)
        yield f"quarter:{_NUMERALS.get(typed, typed)}"
    if part := _PART.search(headline):
        yield f"part:{part[0].strip()}"


def _stages(headline: str, reading: Reading) -> Iterator[str]:
    words = _vocabulary()
    for name in ("preview", "taipei", "roundup", "official", "session"):
        if getattr(words, name).search(headline):
            yield name
    if _looks_ahead(words, headline):
        yield "preview"
    events = [e for e in reading.events if amounts.in_title(e.span)]
    moved = any(e.kind == "price_move" for e in events)
    if moved or words.market.search(headline) or _MOVED.search(headline):
        beside = any(e.kind != "price_move" and not e.background for e in events)
        yield "market:beside" if beside else "market"
        yield from (f"went:{way}" for way in ("up", "down") if getattr(words, way).search(headline))


def _looks_ahead(words: _Vocabulary, headline: str) -> bool:
    """Whether the folded headline says that something will be presented soon."""
    return any(
        words.presents.search(headline, soon.end(), soon.end() + _APART)
        for soon in words.soon.finditer(headline)
    )


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    preview: re.Pattern[str]
    soon: re.Pattern[str]
    presents: re.Pattern[str]
    market: re.Pattern[str]
    session: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    taipei: re.Pattern[str]
    roundup: re.Pattern[str]
    official: re.Pattern[str]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    lists = knowledge.table("words")
    return _Vocabulary(**{name: knowledge.any_of(words) for name, words in lists.items()})


@lru_cache(maxsize=1)
def _topics() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names, and the topic of each folded name."""
    topic_of = {
        folded(name): topic for topic, names in knowledge.table("topics").items() for name in names
    }
    return knowledge.any_of(topic_of), topic_of
