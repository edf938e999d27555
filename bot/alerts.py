"""From an outbox row to the card that is sent: gathers from storage what the card shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from bot.deciding import UPDATE
from bot.delivery.headline import Evidence
from bot.delivery.render import Tokens, alert
from bot.messages import Message
from bot.ports import Clock
from bot.touted import touted
from bot.verdicts import Verdicts
from rules import stories
from rules.engine import Engine
from rules.events.news import news
from rules.language import RuleError
from rules.model import And, CompanyTerm, EventTerm, Not, Or, Outcome, Rule, Term
from rules.origins import origins
from rules.summary import Focus
from storage import Store
from storage.feedback import ADVERT, HONEST
from storage.outbox import EDIT
from storage.rows import OutboxRow, StoredArticle, StoredRule, ToldMessage

BUTTONS_LIVE = timedelta(days=30)
_UNWANTED = frozenset({Outcome.MUTED, Outcome.PROMOTION})


class NothingToShowError(Exception):
    """A row whose article or decision is not there: it cannot be rendered, now or later."""


class Alerts:
    """Renders outbox rows on the database thread, when they are sent and not before."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        parse: Callable[[str], Rule],
        clock: Clock,
        say_rule: Callable[[StoredRule, str], str],
    ) -> None:
        self._store = store
        self._engine = engine
        self._parse = parse
        self._clock = clock
        self._say_rule = say_rule
        self._verdicts = Verdicts(store)

    def render(self, row: OutboxRow) -> Message:
        """The card of a row: a story's first, one on what changed, or what either is by now.

        Raises NothingToShowError where its article is gone.
        """
        edited = row.target if row.kind == EDIT else None
        message = self._store.outbox.message(edited or row.id)
        article = self._store.articles.get(message.article) if message and message.article else None
        verdict = self._store.decisions.of(row.chat.id, article.id) if article else None
        if message is None or article is None or verdict is None:
            raise NothingToShowError(f"outbox row {row.id} has no article or decision")
        update = message.kind == UPDATE
        focus = self._focus(verdict.rules)
        reading = self._engine.analyse(article.article, focus).reading
        # As it was judged when it was stored, which the chat may have corrected since.
        judged = self._verdicts.of_stored(
            row.chat.id, article.id, article.article, article.reading.promotion
        )
        reading = replace(reading, promotion=judged.promotion)
        named = touted(self._store, row.chat.id, reading, focus.symbols, self._clock())
        card = alert(
            replace(article, reading=reading),
            verdict.rules,
            verdict.evidence,
            row.chat,
            self._clock(),
            explain=lambda rule: self._say_rule(rule, row.chat.lang),
            buttons=self._buttons(
                row.chat.id,
                article,
                flagged=reading.promotion.flagged,
                touted=named.company.symbol if named else "",
            ),
            touted=named,
            other_outlets=self._others(article, message),
            changed=self._changed(row.chat.id, article, verdict.evidence) if update else (),
            repeat=row.repeat,
        )
        return replace(card, answers=row.target_message if row.kind == UPDATE else "")

    def _changed(
        self, chat: int, article: StoredArticle, evidence: Evidence
    ) -> tuple[stories.Change, ...]:
        """What the article changes of what the chat was told before it."""
        told = self._store.decisions.told(chat, article.story, self._clock())
        before = map(self._store.articles.get, takewhile(lambda id_: id_ != article.id, told))
        events = news(article.reading, evidence)
        readings = [stored.reading for stored in before if stored]
        return stories.changes(readings, article.article, article.reading, events)

    def _buttons(
        self, chat: int, article: StoredArticle, *, flagged: bool, touted: str = ""
    ) -> Tokens:
        now = self._clock()
        until = now + BUTTONS_LIVE
        found = origins(article.article, article.reading.promotion)
        create = self._store.actions.create
        mute = ""
        if found:
            first = found[0]
            args = {"kind": first.kind, "value": first.value, "label": first.label}
            mute = create(chat, "mute_origin", args, now, until)
        unwanted = create(chat, "not_relevant", {"article": str(article.id)}, now, until)
        word = {"article": str(article.id), "word": HONEST if flagged else ADVERT}
        judge = create(chat, "judge", word, now, until)
        story = {"story": str(article.story)}
        return Tokens(
            mute=mute,
            mute_story=create(chat, "mute_story", story, now, until),
            story=create(chat, "story", story, now, until),
            not_relevant=unwanted,
            judge=judge,
            touted=create(chat, "spam", {"text": touted}, now, until) if touted else "",
        )

    def _others(self, article: StoredArticle, message: ToldMessage) -> tuple[str, ...]:
        """The other outlets that run the story, in the order in which they did.

        Each message names those that came before the next one. Adverts and what the chat muted
        count for nothing.
        """
        outbox, chat = self._store.outbox, message.chat
        later = [m.article for m in outbox.of_story(article.story, chat) if m.id > message.id]
        since = article.id if message.kind == UPDATE else 0
        until = next((id_ for id_ in later if id_), None)
        held = self._store.decisions.outcomes(chat, article.story)
        muted = {(m.kind, m.value) for m in self._store.mutes.active(chat, self._clock())}
        names: dict[str, None] = {}
        for other in self._store.stories.articles(article.story):
            if other.id < since or (until and other.id >= until) or other.id == article.id:
                continue
            promotion = other.reading.promotion
            found = {(o.kind, o.value) for o in origins(other.article, promotion)}
            if not promotion.flagged and held.get(other.id) not in _UNWANTED and not found & muted:
                names[other.article.outlet or other.article.source] = None
        return tuple(names)

    def _focus(self, rules: tuple[StoredRule, ...]) -> Focus:
        """The companies and kinds of events that the rules name, but not those they exclude."""
        atoms = [atom for rule in rules for atom in _atoms(self._term(rule))]
        return Focus(
            frozenset(a.symbol for a in atoms if isinstance(a, CompanyTerm)),
            frozenset(a.kind for a in atoms if isinstance(a, EventTerm)),
        )

    def _term(self, rule: StoredRule) -> Term | None:
        try:
            return self._parse(rule.canonical).term
        except RuleError:  # the company data changed since: the card does without its focus
            return None


def _atoms(term: Term | None) -> Iterator[Term]:
    if isinstance(term, And | Or):
        for part in term.parts:
            yield from _atoms(part)
    elif term is not None and not isinstance(term, Not):
        yield term
