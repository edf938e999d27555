"""What of a group's messages is an advert, and what is said about it. Never waits for anything.

Posted ─► guarded? ─► read, with what the group taught ─► Suspect
Suspect, what the network did ─► noted (hashes) ─► Said, unless it was said just now
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Protocol

from bot.chat.articles import signals
from bot.chat.commands import parse
from bot.chat.defang import defang
from bot.chat.engine import ArticleReader
from bot.chat.handlers.check import article_of
from bot.chat.handlers.guard import DELETE, DELETED, TEST, TRIED, WARNED, is_person
from bot.chat.replies import Choice, Filling, Part, Reply, render, reply, say, short
from bot.messages import Message, Posted, Run, is_link, whole_of
from bot.ports import Clock
from bot.texts import texts
from bot.verdicts import Verdicts, folded_text, item_of
from rules.model import Article, Promotion
from rules.promotion import feedback
from storage import Store
from storage.guards import KEPT
from storage.rows import Chat, Guard

AGAIN = timedelta(minutes=10)  # of one text, and of one person, nothing is said twice within
_MOST = 10  # things said within that time, whoever wrote what: a flood is not answered by a flood
_DAILY = timedelta(days=1)
_REASONS = 2
_EXCERPT = 60  # characters of a message, in a report to the admin who asked for it
_WEAK = ("context", "form", "learned")


class Access(Protocol):
    """Who may use the bot."""

    def allows(self, platform: str, address: str, user: str) -> bool:
        """Whether this person may, in this chat."""
        ...


@dataclass(frozen=True, slots=True)
class Suspect:
    """A message that is an advert for the group; ``alone`` is what the detector says by itself."""

    guard: Guard
    article: Article
    promotion: Promotion
    alone: Promotion


@dataclass(frozen=True, slots=True)
class Said:
    """What to say: to the group, of a ``case``, or to the admin at this address in private."""

    message: Message
    private: str = ""
    case: int = 0


class Watch:
    """Looks at what is written in guarded groups; used on the database's thread."""

    def __init__(
        self,
        store: Store,
        reader: ArticleReader,
        allowed: Access,
        clock: Clock,
        lang: str,
        zone: str,
    ) -> None:
        self._store = store
        self._reader = reader
        self._allowed = allowed
        self._clock = clock
        self._lang = lang
        self._zone = zone
        self._verdicts = Verdicts(store)

    def suspect(self, post: Posted) -> Suspect | None:
        """The message as a suspect; None where the group is not guarded or it is no advert.

        Who asks the bot whether something is an advert is no suspect: the answer says what it is.
        """
        group = whole_of(post.address)
        guard = self._store.guards.at(post.platform, group)
        if guard is None or not self._allowed.allows(post.platform, group, guard.user):
            return None
        asked = parse(post.text, is_group=True)
        if asked is not None and asked.name == "check" and not asked.everyday:
            return None
        article = article_of(post.text, self._clock())
        alone = self._reader.read(article).promotion
        topic = self._store.chats.find(post.platform, post.address)
        chats = {guard.chat} | ({topic.id} if topic else set())
        verdict = self._verdicts.of_text(sorted(chats), article, alone)
        if not verdict.promotion.flagged:
            return None
        return Suspect(guard, article, verdict.promotion, alone)

    def settle(self, post: Posted, suspect: Suspect, *, gone: bool) -> Said | None:
        """Note what was done about the message; what to say of it, if anything.

        Of the same text or person, and of a flood, nothing is said again for a while.
        """
        now, guard = self._clock(), suspect.guard
        outcome = TRIED if guard.mode == TEST else DELETED if gone else WARNED
        text, person = item_of(suspect.article), _digest(guard.chat, post.user)
        told = self._store.guards.told
        since = now - AGAIN
        with self._store.transaction():
            if post.update and not self._store.updates.first_time(
                post.platform, f"guard:{post.update}", now
            ):
                return None
            quiet = told(guard.chat, since, text, person) > 0 or told(guard.chat, since) >= _MOST
            found = feedback.features(folded_text(suspect.article), suspect.alone)
            case = self._store.guards.note(
                guard.chat, text, person, found, outcome, now, told=not quiet
            )
            if quiet:
                return None
            if outcome == TRIED:
                return self._report(post, suspect)
            return Said(self._notice(post, suspect, case, outcome), case=case)

    def said(self, case: int, message: str) -> None:
        """The network calls what was said of a case by this id: it can be answered."""
        self._store.guards.said(case, message)

    def daily(self, post: Posted, suspect: Suspect) -> Said | None:
        """For the group of a trial whose admin can't be written to: once a day, how many."""
        now, guard = self._clock(), self._store.guards.of(suspect.guard.chat)
        if guard is None or guard.mode != TEST or now - guard.reported_at < _DAILY:
            return None
        count = self._store.guards.count(guard.chat, max(guard.since, now - _DAILY))
        self._store.guards.reported(guard.chat, now)
        return Said(self._message(self._chat(post), reply(say("guard.daily", count=count))))

    def _notice(self, post: Posted, suspect: Suspect, case: int, outcome: str) -> Message:
        chat = self._chat(post)
        why = self._reasons(suspect, chat.lang)
        first = say("guard.deleted" if outcome == DELETED else "guard.warning")
        parts: list[Part] = [first, say("guard.why", reasons=why)]
        if outcome == WARNED and suspect.guard.mode == DELETE:
            parts.append(say("guard.not_deleted"))
        button = Choice(say("guard.honest_button"), "guard_honest", {"case": str(case)})
        answers = post.message if outcome == WARNED else ""
        return replace(self._message(chat, reply(*parts, choices=[[button]])), answers=answers)

    def _report(self, post: Posted, suspect: Suspect) -> Said | None:
        """To the admin who asked for the trial, in private; else as ``daily`` does."""
        user = suspect.guard.user
        if not is_person(user, post.address):
            return self.daily(post, suspect)
        group = self._chat(post)
        reader = self._store.chats.find(post.platform, user) or group
        where = short(post.chat_title or group.title or group.address)
        words = defang(short(post.text, _EXCERPT))
        link = (
            [say("guard.trial_link", link=Run(post.link, url=post.link))]
            if is_link(post.link)
            else []
        )
        told = reply(
            say("guard.trial", group=where, score=round(suspect.promotion.score * 100)),
            say("guard.trial_words", words=words),
            say("guard.why", reasons=self._reasons(suspect, reader.lang)),
            *link,
            None,
            say("guard.trial_hint"),
        )
        return Said(self._message(reader, told), private=user)

    def _reasons(self, suspect: Suspect, lang: str) -> Filling:
        fired = [s for s in suspect.promotion.fired if s.group not in _WEAK]
        if suspect.promotion.taught > 0 or not fired:
            return say("guard.taught")
        strong = replace(suspect.promotion, signals=tuple(fired[:_REASONS]))
        return signals(strong, lang, _REASONS)

    def _chat(self, post: Posted) -> Chat:
        chats, group = self._store.chats, whole_of(post.address)
        whole = chats.find(post.platform, group)
        lang, zone = (whole.lang, whole.zone) if whole else (self._lang, self._zone)
        now = self._clock()
        return chats.ensure(post.platform, post.address, post.chat_title, lang, zone, now)

    def _message(self, chat: Chat, answer: Reply) -> Message:
        """In the chat's language, without a sound: what it is about rang already."""
        now = self._clock()

        def mint(choice: Choice) -> str:
            return self._store.actions.create(chat.id, choice.kind, choice.args, now, now + KEPT)

        return replace(render(answer, texts(chat.lang), mint), silent=True)


def _digest(chat: int, user: str) -> str:
    """A person as a digest that says nothing elsewhere; empty for nobody in particular."""
    return sha256(f"{chat}\n{user}".encode()).hexdigest()[:32] if user else ""
