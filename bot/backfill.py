"""Makes articles findable that were stored before there was a search (see ``storage.search``)."""

from __future__ import annotations

from rules import copies
from rules.text import folded
from storage import Store

_STEP = 25  # articles at a time: some 50 ms, in which nobody else gets at the database


def fill(store: Store) -> int:
    """Add the latest few articles that wait; how many those were. Call it again until it is 0."""
    with store.transaction():
        waiting = store.search.waiting(_STEP)
        for stored in waiting:
            article = stored.article
            title, text = folded(article.title), folded(article.text)
            same = copies.sketch(f"{title}\n{text}")
            store.search.add(stored.id, article.at, stored.reading, title, text, same)
    return len(waiting)
