"""Small real values for the storage tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rules.model import Article, Fingerprint, Outcome, Part, Promotion, Reading, Signal, Span
from storage import Store
from storage.rows import Chat

NOW = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
SPAN = Span(Part.TITLE, 0, 3, "台積電")


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def article(ident: str = "a1", title: str = "台積電上修資本支出", at: datetime = NOW) -> Article:
    return Article(
        id=ident,
        title=title,
        text="台積電今天說明年的支出。",
        source="feed:https://example.com/rss",
        fetched_at=at,
        outlet="範例日報",
        url=f"https://example.com/{ident}",
        published_at=at - timedelta(minutes=5),
    )


def reading(flagged: bool = False) -> Reading:
    signal = Signal("contact", "contact", 0.4, fired=True, evidence=("加 Line@",))
    return Reading("zh", promotion=Promotion(0.9, flagged, (signal,)))


def fingerprint(*keys: str, at: datetime = NOW, shingle: int = 1) -> Fingerprint:
    return Fingerprint(
        at=at,
        subjects=frozenset({"2330.TW"}),
        acts=frozenset({("capex", "2330.TW")}),
        amounts=frozenset({"560e8 USD"}),
        shingles=frozenset({shingle, -(2**63), 2**63 - 1}),
        keys=frozenset(keys),
    )


def chat(store: Store, address: str = "100", platform: str = "telegram") -> Chat:
    return store.chats.ensure(platform, address, "我的群", "zh", "Asia/Taipei", NOW)


def record(store: Store, ident: str = "a1", *keys: str, flagged: bool = False) -> tuple[int, int]:
    """An article in a story of its own: the ids of both."""
    with store.transaction():
        story = store.stories.create(fingerprint(*(keys or (ident,))), NOW)
        found = store.articles.record(
            article(ident), reading(flagged), keys or (ident,), story, NOW
        )
    return found, story


def owe(store: Store, chat_id: int, at: datetime = NOW, kind: str = "reply") -> int:
    owed = store.outbox.enqueue(chat_id, None, None, kind, {"text": "嗨"}, NOW, at)
    assert owed is not None
    return owed


def decide(
    store: Store,
    chat_id: int,
    ids: tuple[int, int],
    outcome: Outcome = Outcome.PUSH,
    rules: tuple[int, ...] = (),
    outbox: int | None = None,
    at: datetime = NOW,
) -> bool:
    matches = [(rule, {"2330": (SPAN,)}) for rule in rules]
    return store.decisions.record(chat_id, *ids, outcome, "", matches, outbox, at)
