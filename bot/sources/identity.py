"""When are two articles the same article? The keys that one is known by.

An article was seen if *any* of its keys is known. Feeds are republished with new guids, new hosts
and new tracking parameters; a reader who is told twice blames the bot. Every key is a short hash
with its kind before it, ``link:3f…``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta, timezone
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from bot.sources import data
from rules.model import Article
from rules.text import folded

_SHORTEST_TITLE = 8  # folded characters; shorter ones (盤後速報) head many articles
_SHORTEST_TEXT = 60
_NO_LETTER = re.compile(r"[\W_]+")
_DAY = timezone(timedelta(hours=8))  # a day is Taiwan's
_HOST_PREFIXES = ("www.", "m.", "mobile.", "amp.")


def keys(article: Article, *, by_id: bool = True) -> tuple[str, ...]:
    """The keys of one article, strongest first; at least one.

    ``by_id`` is false where ids are only good within one reading of a file, so that the same id
    says nothing. The id counts per source; link and wording count everywhere, wording per outlet,
    since two outlets printing the same words are two articles.
    """
    scope = folded(article.outlet) or article.source
    found = [_hashed("guid", article.source, article.id)] if by_id else []
    found += of_link(article.url)
    title, text = _bare(article.title), _bare(article.text)
    if len(title) >= _SHORTEST_TITLE and article.published_at:
        day = article.published_at.astimezone(_DAY).date().isoformat()
        found.append(_hashed("title", scope, title, day))
    if len(text) >= _SHORTEST_TEXT:
        found.append(_hashed("text", folded(article.outlet), text))
    else:
        found.append(wording(article.outlet, article.title, article.text))
    return tuple(found)


def keys_of(articles: Sequence[Article], *, by_id: bool = True) -> tuple[tuple[str, ...], ...]:
    """The keys of articles that stand side by side in one fetch, in their order.

    What several of them share (every link the home page, a column's constant title) identifies
    none of them and is left out, but for a full text: that is one article listed twice.
    """
    each = [keys(article, by_id=by_id) for article in articles]
    counts = Counter(key for own in each for key in set(own))
    return tuple(
        tuple(key for key in own if counts[key] == 1 or not key.startswith(("link:", "title:")))
        for own in each
    )


def wording(outlet: str, title: str, text: str) -> str:
    """A key of the words alone, for articles that have no id of their own."""
    return _hashed("words", folded(outlet), _bare(title), _bare(text))


def of_link(url: str) -> tuple[str, ...]:
    """The key of the article behind ``url``; none for a link that names no article."""
    link = normalised_link(url)
    return (_hashed("link", link),) if link else ()


def normalised_link(url: str) -> str:
    """``url`` without scheme, ``www.``, tracking parameters, fragment and closing slash.

    Empty for anything but http(s), and for a bare home page, which names no article.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    for prefix in _HOST_PREFIXES:
        host = host.removeprefix(prefix)
    path = unquote(parts.path).removesuffix("/amp").rstrip("/")
    kept = sorted(pair for pair in parse_qsl(parts.query) if not _tracks(pair[0].lower()))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{path}{query}" if path or query else ""


def _tracks(name: str) -> bool:
    exact, beginnings = data.words("tracking_parameters.txt")
    return name in exact or name.startswith(beginnings)


def _bare(text: str) -> str:
    """Folded letters, digits and Chinese only: punctuation and spacing change with every export."""
    return _NO_LETTER.sub("", folded(text))


def _hashed(kind: str, *parts: str) -> str:
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12)
    return f"{kind}:{digest.hexdigest()}"
