"""Joins what was read with what was taught: is it an advert, for everybody and for a chat?

the detector's reading ─► + what all chats share ─► stored with the article
                            └─► + what the chat itself taught ─► the chat's decision
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from rules.model import Article, Promotion
from rules.promotion import feedback
from rules.promotion.feedback import ADVERT, HONEST, Memory, Tally
from rules.text import folded
from storage import Store
from storage.feedback import ADVERT as SAID_ADVERT
from storage.feedback import HONEST as SAID_HONEST
from storage.lessons import SHARED

_LABELS = {SAID_ADVERT: ADVERT, SAID_HONEST: HONEST}
_WORDLESS = re.compile(r"[\W_]+")
_LIKE = 0.25  # of a text's features: with less in common a lesson explains nothing


@dataclass(frozen=True, slots=True)
class ChatVerdict:
    """What an article is for one chat. ``taught`` are the log odds that its own lessons added.

    ``like`` is the article it taught that is most like this one, where that made a difference;
    ``said`` what it said of these very words, ``advert`` or ``honest``.
    """

    promotion: Promotion
    taught: float = 0.0
    like: int | None = None
    said: str = ""


class Verdicts:
    """Asks the lessons in the database; used on its thread. Costs next to nothing without any."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def shared(self, article: Article, promotion: Promotion, text: str = "") -> Promotion:
        """The detector's ``promotion`` with what all chats share; ``text`` is the folded article.

        Only lessons of the owner and of admins are in it (``feedback.toml``).
        """
        if not any(self._store.lessons.taught(SHARED)):
            return promotion
        found = feedback.features(text or folded_text(article), promotion)
        return feedback.shifted(promotion, feedback.shift(self._alike(SHARED, found)))

    def of_chat(
        self, chat: int, article: Article, promotion: Promotion, text: str = ""
    ) -> ChatVerdict:
        """``promotion`` (with what is shared) as the chat sees it, by its own lessons."""
        if not any(self._store.lessons.taught(chat)):
            return ChatVerdict(promotion)
        found = feedback.features(text or folded_text(article), promotion)
        by = feedback.shift(self._alike(chat, found))
        if not by:
            return ChatVerdict(promotion)
        like = self._most_alike(chat, found, ADVERT if by > 0 else HONEST)
        return ChatVerdict(feedback.shifted(promotion, by), by, like)

    def of_text(self, chats: Iterable[int], article: Article, promotion: Promotion) -> ChatVerdict:
        """The same of a text that is stored nowhere, by what is shared and what ``chats`` taught.

        Of the very words that one of them judged its own word is final.
        """
        text, item = folded_text(article), item_of(article)
        verdict = ChatVerdict(self.shared(article, promotion, text))
        for chat in chats:
            if (lesson := self._store.lessons.get(chat, item)) is not None:
                said = replace(verdict.promotion, flagged=lesson.label == ADVERT)
                return replace(verdict, promotion=said, said=lesson.label)
            own = self.of_chat(chat, article, verdict.promotion, text)
            if own.taught:
                verdict = own
        return verdict

    def of_stored(self, chat: int, id_: int, article: Article, promotion: Promotion) -> ChatVerdict:
        """The same of a stored article, on which the chat's own word is final."""
        verdict = self.of_chat(chat, article, promotion)
        word = self._store.feedback.word(chat, id_)
        if word in _LABELS and verdict.promotion.flagged != (word == SAID_ADVERT):
            said = replace(verdict.promotion, flagged=word == SAID_ADVERT)
            return replace(verdict, promotion=said)
        return verdict

    def _alike(self, scope: int, found: Iterable[int]) -> float:
        return feedback.alike(found, self._memory(scope, found))

    def _memory(self, scope: int, found: Iterable[int]) -> Memory:
        lessons = self._store.lessons
        of = {feature: Tally(*counts) for feature, counts in lessons.counts(scope, found).items()}
        unit = feedback.policy().shared["unit"] if scope == SHARED else 1
        return Memory(Tally(*lessons.taught(scope)), of, unit)

    def _most_alike(self, chat: int, found: frozenset[int], label: str) -> int | None:
        ranked = [
            (feedback.overlap(found, lesson.features), lesson.article)
            for lesson in self._store.lessons.of(chat, label)
            if lesson.article is not None
        ]
        likeness, article = max(ranked, default=(0.0, None))
        return article if likeness >= _LIKE else None


def item_of(article: Article) -> str:
    """A name for a text that is stored nowhere: a digest of its words, whatever the marks between.

    Lessons on such a text are kept under it.
    """
    words = _WORDLESS.sub("", folded_text(article))
    return f"text:{sha256(words.encode()).hexdigest()[:32]}"


def folded_text(article: Article) -> str:
    """The article's text as features are taken from it."""
    return folded(f"{article.title}\n{article.text}")
