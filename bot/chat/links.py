"""Links in what people type, and the articles behind them."""

from __future__ import annotations

import re

from bot.chat.context import Context
from storage.rows import StoredArticle

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S+", re.ASCII)  # copied without its https://
_AFTER_LINK = "。，、！？；：）」』】》)]>\"'.,!?;:"  # a sentence's, not the link's


def link_in(text: str) -> str:
    """The first link in ``text`` with its scheme; empty where there is none."""
    if found := _LINK.search(text):
        return found[0]
    bare = _ADDRESS.fullmatch(text.strip())
    return f"https://{bare[0]}" if bare else ""


def behind(context: Context, text: str) -> StoredArticle | None:
    """The article under the link in ``text``; None where there is none or it is not known."""
    link = link_in(text) or text
    return _behind(context, link) or _behind(context, link.rstrip(_AFTER_LINK))


def _behind(context: Context, link: str) -> StoredArticle | None:
    articles = map(context.store.articles.by_key, context.link_keys(link))
    return next(filter(None, articles), None)
