"""What of a pasted text was met before: its contact ids, and articles with the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.articles import outlet
from bot.chat.context import Context
from bot.chat.defang import contact, defang
from bot.chat.replies import Say, say, short
from bot.chat.wording import ago
from rules.copies import containment, sketch
from rules.model import Article, Reading
from rules.text import folded
from storage.rows import Sighting, StoredArticle

_PERIOD = timedelta(days=90)  # how far back texts are compared
_COMPARED = 40  # articles
_ALIKE = 0.7  # of the text's runs of eight characters: near-identical
_TELLING = 40  # letters, digits and Chinese characters: a shorter text stands anywhere
_IDS = 3
_COPIES = 2
_HEADLINE = 50  # characters


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text to judge, as an article with its reading; ``id`` where it is a stored one."""

    article: Article
    reading: Reading
    id: int | None = None

    @property
    def words(self) -> str:
        """All of it, folded."""
        return folded(f"{self.article.title}\n{self.article.text}".strip())


@dataclass(frozen=True, slots=True)
class Seen:
    """Something of the text that was met before, in words. ``copy`` is the id of a like article.

    ``in_adverts`` says that it belongs to adverts, as far as is known.
    """

    line: Say
    in_adverts: bool
    copy: int | None = None


def contacts_seen(context: Context, pasted: Pasted) -> Iterator[Seen]:
    """Those of the first contact ids that stored articles give too."""
    for value in pasted.reading.promotion.contacts[:_IDS]:
        seen = context.store.sightings.of_contact(value, _own_words(value), pasted.id)
        if seen is not None:
            yield Seen(_line(context, value, seen), 2 * seen.adverts > seen.articles)


def _own_words(value: str) -> str:
    """The last part of a contact id, folded: ``abc`` of ``lin.ee/abc`` and of ``line:abc``."""
    return folded(re.split("[/:]", value)[-1])


def _line(context: Context, value: str, seen: Sighting) -> Say:
    shown, count = contact(value), seen.articles
    last = ago(seen.latest.article.at, context.now)
    if seen.adverts:
        return say("check.seen_id", id=shown, articles=count, adverts=seen.adverts, ago=last)
    who = outlet(seen.latest)
    return say("check.seen_honest", id=shown, articles=count, outlet=who, ago=last)


def copies_seen(context: Context, pasted: Pasted) -> list[Seen]:
    """The latest stored articles in which most of the text stands word for word."""
    words = pasted.words
    # Who reposts a text often gives it another headline: below it the rest is looked at alone.
    texts = [text for text in (words, words.partition("\n")[2]) if _is_telling(text)]
    if not texts:
        return []
    alike = [stored for stored in _comparable(context, pasted) if _says(stored, texts)]
    latest = sorted(alike, key=lambda stored: (stored.article.at, stored.id), reverse=True)
    return [_copy(context, stored) for stored in latest[:_COPIES]]


def _is_telling(text: str) -> bool:
    return sum(char.isalnum() for char in text) >= _TELLING


def _says(stored: StoredArticle, texts: list[str]) -> bool:
    other = folded(f"{stored.article.title}\n{stored.article.text}")
    return any(containment(text, other) >= _ALIKE for text in texts)


def _comparable(context: Context, pasted: Pasted) -> tuple[StoredArticle, ...]:
    """Other articles that share something of the text's sketch, whatever their headlines say."""
    since = context.now - _PERIOD
    return context.store.sightings.alike(sketch(pasted.words), since, _COMPARED, pasted.id)


def _copy(context: Context, stored: StoredArticle) -> Seen:
    title = stored.article.title.strip() or stored.article.text
    headline, who = defang(short(title, _HEADLINE)), outlet(stored)
    when = ago(stored.article.at, context.now)
    if stored.reading.promotion.flagged:
        line = say("check.copy_advert", headline=headline, outlet=who, ago=when)
        return Seen(line, in_adverts=True, copy=stored.id)
    line = say("check.copy", headline=headline, outlet=who, ago=when)
    return Seen(line, in_adverts=False, copy=stored.id)
