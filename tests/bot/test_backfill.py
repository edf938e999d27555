"""What was stored before there was a search becomes findable, a few articles at a time."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

from bot.backfill import fill
from rules.model import KeywordTerm
from storage import open_store
from tests.bot.chatting import NOW, Talk, article


def test_stored_articles_become_findable_in_steps() -> None:
    ago, word = NOW - timedelta(days=1), KeywordTerm("鸿海")
    with closing(open_store(":memory:")) as store:
        talk = Talk(store)
        ids = [article(talk, f"a{number}", title=f"鴻海 {number}")[0] for number in range(30)]

        steps = [fill(store), fill(store), fill(store)]

        assert steps == [25, 5, 0]
        assert sorted(store.search.candidates(word, ago)) == ids
        assert store.search.candidates(KeywordTerm("火星"), ago) == ()
