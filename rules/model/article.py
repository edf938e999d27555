"""An article as it came in, and places in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """Which part of an article a span lies in."""

    TITLE = "title"
    TEXT = "text"


def require(condition: object, message: str) -> None:
    """Raise ValueError with ``message`` unless ``condition`` holds: values are checked on birth."""
    if not condition:
        raise ValueError(message)


def aware(moment: datetime | None) -> bool:
    """Whether a time, if there is one, says which zone it is in."""
    return moment is None or moment.tzinfo is not None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where some exact words stand: ``[start, end)`` in code points of the *original* part."""

    part: Part
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:  # an article has many: the message is made when needed
            raise ValueError(f"a span needs 0 <= start < end, not {self}")


@dataclass(frozen=True, slots=True)
class Article:
    """One published text as a source delivered it, before anything was understood.

    ``source`` is the key of the feed or input it came through; ``outlet`` is who published it, as
    people call it. Times are aware; ``published_at`` is already clamped to ``fetched_at``.
    """

    id: str
    title: str
    text: str
    source: str
    fetched_at: datetime
    outlet: str = ""
    author: str = ""
    url: str = ""
    published_at: datetime | None = None

    def __post_init__(self) -> None:
        require(self.id, "an article needs an id")
        require(self.title.strip() or self.text.strip(), "an article needs a title or a text")
        require(aware(self.fetched_at), "fetched_at needs a time zone")
        require(aware(self.published_at), "published_at needs a time zone")

    @property
    def at(self) -> datetime:
        """When it was published, or fetched where the outlet does not say."""
        return self.published_at or self.fetched_at
