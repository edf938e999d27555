"""What a handler is given: who asks, where, when, and what it may use."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.chat.engine import ArticleReader, RuleReader
from bot.chat.replies import Reply
from bot.messages import Powers, whole_of
from rules.model import Reading
from rules.stories import Change
from storage.rows import Chat, StoredArticle
from storage.store import Store

SayChanges: TypeAlias = Callable[[Sequence[Change], Reading, str], str]
"""What changed in a story, in words of this language."""

LinkKeys: TypeAlias = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Context:
    """One request of one chat. ``reply_to`` is the network's id of the message it answers.

    ``quoted`` are the words of that message, whoever wrote it (the bot, where ``quotes_us``);
    ``reader`` reads what is no article.
    ``link_keys`` gives the keys under which the article behind a link is stored; ``timer`` tells
    seconds, for work that must end in time. ``may_teach`` is
    whether this person decides for the chat (in a group its admins do), ``trust`` what their word
    counts elsewhere (``bot.access``).

    ``is_group`` is whether others read along, ``powers`` what the bot may do there, where asked.

    Everything that a handler reads or changes goes through ``chat``: never another chat's.
    """

    store: Store
    engine: RuleReader
    link_keys: LinkKeys
    chat: Chat
    user: str
    now: datetime
    reply_to: str = ""
    may_teach: bool = True
    trust: str = "other"
    quoted: str = ""
    quotes_us: bool = False
    is_group: bool = False
    powers: Powers | None = None
    reader: ArticleReader = field(kw_only=True)
    timer: Callable[[], float] = time.monotonic
    say_changes: SayChanges = field(kw_only=True)

    def whole(self) -> int:
        """The id of the whole group where the request comes from a topic of it, else the chat's."""
        chat, address = self.chat, whole_of(self.chat.address)
        if address == chat.address:
            return chat.id
        chats = self.store.chats
        return chats.ensure(chat.platform, address, "", chat.lang, chat.zone, self.now).id

    def answered(self) -> StoredArticle | None:
        """The article of the alert that the request answers, or None."""
        if not self.reply_to:
            return None
        _, article = self.store.outbox.by_message(self.chat.id, self.reply_to) or (None, None)
        return self.store.articles.get(article) if article else None


Handler: TypeAlias = Callable[[Context, str], Reply]
"""Answers a command, given what follows it."""
