"""However people post, the guard says little, and deals with every advert."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access import Everybody
from bot.chat.watch import AGAIN, Watch
from bot.messages import Posted
from rules.model import Article, Promotion, Reading
from storage import open_store
from tests.bot.chatting import NOW

GROUP = "-5"
MOST = 10  # things said within ten minutes


class Flags:
    """Takes what begins with 飆股 for an advert, and nothing else."""

    def read(self, article: Article) -> Reading:
        flagged = article.text.startswith("飆股")
        return Reading("zh", promotion=Promotion(0.9 if flagged else 0.01, flagged))


posts = st.lists(
    st.tuples(
        st.integers(0, 400),  # seconds after the one before
        st.integers(1, 6),  # who
        st.sampled_from([f"飆股名單{n}號，加賴領取" for n in "一二三四五六七"] + ["早安大家好"]),
        st.sampled_from(["", ":7", ":9"]),  # in which topic
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(posts, st.sampled_from(["warn", "delete", "test"]), st.booleans())
def test_nothing_is_said_twice_in_ten_minutes_and_every_advert_is_noted(
    written: list[tuple[int, int, str, str]], mode: str, gone: bool
) -> None:
    now = [NOW]
    said: list[tuple[datetime, int, str]] = []
    adverts = 0
    with closing(open_store(":memory:")) as store:
        chat = store.chats.ensure("telegram", GROUP, "", "zh-TW", "Asia/Taipei", NOW)
        store.guards.set(chat.id, mode, "1", NOW)
        watch = Watch(store, Flags(), Everybody(), lambda: now[0], "zh-TW", "Asia/Taipei")
        for number, (seconds, who, text, topic) in enumerate(written):
            now[0] += timedelta(seconds=seconds)
            post = Posted("telegram", GROUP + topic, str(who), text, str(number), str(number))
            suspect = watch.suspect(post)
            assert (suspect is not None) == text.startswith("飆股")
            if suspect is not None:
                adverts += 1
                if watch.settle(post, suspect, gone=gone) is not None:
                    said.append((now[0], who, text))
        assert store.guards.count(chat.id, NOW) == adverts

    for at, who, text in said:
        near = [s for s in said if timedelta(0) <= at - s[0] < AGAIN]
        assert len(near) <= MOST
        assert sum(s[1] == who or s[2] == text for s in near) == 1
    assert bool(said) == bool(adverts)
