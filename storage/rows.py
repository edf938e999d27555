"""What storage hands out: one frozen row per noun, with aware UTC times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.model import Article, Fingerprint, Outcome, Reading, Span


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its reading and the story it belongs to."""

    id: int
    article: Article
    reading: Reading
    story: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """Articles in which a contact id was seen, how many of them are adverts, and the latest."""

    articles: int
    adverts: int
    latest: StoredArticle


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story with the fingerprints of its articles, oldest first; ``lead`` is an article's id."""

    id: int
    lead: int
    fingerprints: tuple[Fingerprint, ...]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source's memory: validators as its server sent them, and how it has been doing.

    ``baseline_at`` is when its backlog was taken in without alerting (None: not yet visited).
    """

    key: str
    title: str
    url: str
    etag: str
    last_modified: str
    baseline_at: datetime | None
    last_ok_at: datetime | None
    next_at: datetime | None
    failures: int
    last_error: str
    muted_in: int = 0


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """How an origin (an outlet, a column, a contact id …) has been doing, for ``/sources``."""

    kind: str
    value: str
    label: str
    articles: int
    flagged: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat. ``status`` is ``active`` or ``suspended`` (blocked, kicked; restored by /start)."""

    id: int
    platform: str
    address: str
    title: str
    lang: str
    zone: str
    status: str


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule of a chat: what was typed, and its canonical form.

    ``bell`` says how loud its alerts are: ``on``, ``off`` (silent) or ``urgent`` (at once).
    """

    id: int
    chat: int
    typed: str
    canonical: str
    created_at: datetime
    bell: str = "on"


@dataclass(frozen=True, slots=True)
class Mute:
    """Something a chat does not want: an origin of this kind and value, until then or for good."""

    id: int
    chat: int
    kind: str
    value: str
    label: str
    created_at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message owed to a chat. ``attempt`` counts from 1 once claimed.

    ``repeat`` is true where an earlier attempt ended in doubt, so that the text can say so.
    ``target`` is the row of the message that this one edits or answers, ``target_message`` what the
    network calls that, empty as long as it was not sent.
    """

    id: int
    chat: Chat
    story: int | None
    article: int | None
    kind: str
    payload: Mapping[str, object]
    attempt: int
    retry_key: str
    repeat: bool
    target: int | None = None
    target_message: str = ""


@dataclass(frozen=True, slots=True)
class StoredQuiet:
    """A chat's quiet hours, in minutes after its midnight.

    Heard all the same is what the rule holds for that was ``typed`` (``canonical`` is its form;
    both empty for none) and, where ``urgent``, what urgent subscriptions match. ``zone`` is the
    chat's, filled in by storage.
    """

    start: int
    end: int
    urgent: bool = False
    typed: str = ""
    canonical: str = ""
    zone: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ToldMessage:
    """A message that tells a chat of a story: an ``alert``, or an ``update`` that answers it."""

    id: int
    chat: int
    kind: str
    article: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided for a chat and an article, with the outbox state it led to.

    ``evidence`` is that of all rules together, ``by_rule`` that of each by the rule's id.
    ``taught`` are the log odds that the chat's own lessons added, ``like`` the article most like it
    of those.
    """

    article: StoredArticle
    outcome: Outcome
    detail: str
    decided_at: datetime
    rules: tuple[StoredRule, ...]
    evidence: Mapping[str, tuple[Span, ...]]
    outbox_state: str
    sent_at: datetime | None
    by_rule: Mapping[int, Mapping[str, tuple[Span, ...]]] = field(default_factory=dict)
    taught: float = 0.0
    like: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a button stands for: a kind and its arguments."""

    kind: str
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person said about an article (``promotion``, ``irrelevant`` …)."""

    chat: int
    article: int
    verdict: str
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a chat taught of an item: that it is an ``advert`` or ``honest``.

    ``features`` are hashes of its wording; ``points`` are what it counts for all chats.
    """

    id: int
    chat: int
    item: str
    article: int | None
    label: str
    points: int
    user: str
    features: frozenset[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Guard:
    """How a group is guarded: ``test``, ``warn`` or ``delete``, and who asked for that.

    ``reported_at`` is when the group was last told of a trial, long ago where it never was.
    """

    chat: int
    mode: str
    user: str
    since: datetime
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class GuardCase:
    """A message that was taken for an advert, as digests and hashes, and what was done about it."""

    id: int
    chat: int
    text: str
    features: frozenset[int]
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """How many chats say so (``promotion`` or ``honest``) of an article, and nobody who."""

    article: int
    verdict: str
    chats: int


@dataclass(frozen=True, slots=True)
class Record:
    """Of the latest ``articles`` of an origin, how many are adverts."""

    articles: int
    adverts: int
