"""A chat service on a real database, with a clock to turn and a small rule reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chat import ChatService
from bot.chat.context import Context
from bot.chat.engine import ArticleReader, RuleReader
from bot.delivery.changes import said_all
from bot.messages import Incoming, Message, Pressed
from bot.texts import texts
from rules.language import Note, RuleError, Way
from rules.model import (
    And,
    Article,
    Company,
    CompanyTerm,
    Event,
    EventTerm,
    Fingerprint,
    KeywordTerm,
    Mention,
    Outcome,
    Part,
    Promotion,
    Reading,
    Rule,
    Salience,
    Signal,
    Span,
    Term,
)
from rules.origins import origins
from storage import Store

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 09:30 in Taipei
TSMC = Company("2330.TW", "台積電", "TSMC")
NOTES = {
    "台機電": Note("near", {"typed": "台機電"}, "台積電"),
    "的": Note("common", {"typed": "的"}),
    "新聞": Note("idle", {"words": ("新聞",)}),
    "大同": Note(
        "namesake",
        {"typed": "大同", "company": TSMC, "candidates": (TSMC,)},
        "大同一",
        ("大同二",),
    ),
}
COMPANIES = {"2330": "2330.TW", "台積電": "2330.TW", "AMZN": "AMZN", "NVDA": "NVDA"}
EVENTS = {"裁員": "layoff", "capex": "capex"}
SPAN = Span(Part.TITLE, 0, 3, "台積電")


class Words:
    """Understands words with spaces between: companies, events, keywords; nothing else."""

    def parse(self, text: str) -> Rule:
        if ">=" in text:
            raise RuleError("unclosed_bracket", text.index(">="), 2, {}, [Way("AMZN 裁員")])
        if text == "長榮":
            meant = (Company("2603.TW", "長榮"), Company("2618.TW", "長榮航"))
            ways = [Way(company.symbol, company) for company in meant]
            raise RuleError("ambiguous_company", 0, 2, {"typed": text, "candidates": meant}, ways)
        terms = sorted(map(self._term, text.split()), key=repr)
        canonical = " ".join(dict.fromkeys(self._text(term) for term in terms))
        return Rule(terms[0] if len(terms) == 1 else And(tuple(terms)), canonical, text)

    def explain(self, rule: Rule, lang: str) -> str:
        return f"[{lang}] {rule.canonical}"

    def notes(self, rule: Rule) -> tuple[Note, ...]:
        return tuple(note for word, note in NOTES.items() if word in rule.typed.split())

    def shifted(self, typed: str, canonical: str) -> tuple[Note, ...]:
        return ()

    def name(self, part: Term, typed: str, lang: str) -> str:
        return self._text(part)

    def _term(self, word: str) -> Term:
        if word in COMPANIES.values():
            return CompanyTerm(word)
        if word in COMPANIES:
            return CompanyTerm(COMPANIES[word])
        if word.removeprefix("#") in {*EVENTS, *EVENTS.values()}:
            kind = word.removeprefix("#")
            return EventTerm(EVENTS.get(kind, kind))
        return KeywordTerm(word)

    def _text(self, term: Term) -> str:
        match term:
            case CompanyTerm(symbol):
                return symbol
            case EventTerm(kind):
                return f"#{kind}"
            case KeywordTerm(text):
                return text
        raise TypeError(term)


@dataclass
class Everybody:
    """An allow-list with everybody on it but those who are named."""

    but: frozenset[str] = frozenset()

    owner: str = ""
    admins: frozenset[str] = frozenset()

    def allows(self, platform: str, address: str, user: str) -> bool:
        return address not in self.but

    def trust(self, platform: str, address: str, user: str, *, is_admin: bool) -> str:
        return "owner" if user == self.owner else "admin" if user in self.admins else "other"


class Unread:
    """Understands nothing of any text."""

    def read(self, article: Article) -> Reading:
        return Reading("zh")


@dataclass
class Talk:
    """A service and the people who talk to it. ``changes`` counts the calls about rules."""

    store: Store
    now: datetime = NOW
    changes: int = 0
    closed: frozenset[str] = frozenset()
    updates: int = 0
    engine: RuleReader = field(default_factory=Words)
    owner: str = ""  # the user who runs the bot
    admins: frozenset[str] = frozenset()  # whom the owner listed
    reader: ArticleReader = field(default_factory=Unread)
    timer: Callable[[], float] = time.monotonic
    service: ChatService = field(init=False)

    def __post_init__(self) -> None:
        self.service = ChatService(
            self.store,
            self.engine,
            lambda: self.now,
            self,
            self._count,
            reader=self.reader,
            link_keys=lambda link: (f"link:{link}",),
            say_changes=lambda found, reading, lang: said_all(found, reading, texts(lang)),
            bot_name="@TickerBell_bot",
            timer=self.timer,
        )

    def allows(self, platform: str, address: str, user: str) -> bool:
        return Everybody(self.closed).allows(platform, address, user)

    def trust(self, platform: str, address: str, user: str, *, is_admin: bool) -> str:
        who = Everybody(self.closed, self.owner, self.admins)
        return who.trust(platform, address, user, is_admin=is_admin)

    def _count(self) -> None:
        self.changes += 1

    def say(self, text: str, address: str = "1", **more: object) -> Message:
        """What is answered to ``text``, which must be one message."""
        (answer,) = self.hear(text, address, **more)
        return answer

    def hear(self, text: str, address: str = "1", **more: object) -> tuple[Message, ...]:
        values: Mapping[str, object] = {"update": self._update(), "user": f"user{address}"} | more
        return self.service.incoming(Incoming("telegram", address, text=text, **values))  # type: ignore[arg-type]

    def press(self, message: Message, number: int = 1, address: str = "1") -> Message:
        """Press the ``number``-th button of ``message``, counted from 1."""
        buttons = [button for row in message.buttons for button in row]
        return self.send(buttons[number - 1].token, address)

    def send(self, token: str, address: str = "1", user: str = "") -> Message:
        who = user or f"user{address}"
        pressed = Pressed("telegram", address, who, token, update=self._update())
        (answer,) = self.service.pressed(pressed)
        return answer

    def _update(self) -> str:
        self.updates += 1
        return str(self.updates)

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    def chat(self, address: str = "1") -> int:
        found = self.store.chats.find("telegram", address)
        assert found is not None
        return found.id

    def rules(self, address: str = "1") -> list[str]:
        return [rule.typed for rule in self.store.rules.of_chat(self.chat(address))]

    def muted(self, address: str = "1") -> list[str]:
        return [mute.label for mute in self.store.mutes.active(self.chat(address), self.now)]


def context_of(talk: Talk) -> Context:
    """What a handler is given when chat 1 asks."""
    chat = talk.store.chats.ensure("telegram", "1", "", "zh-TW", "Asia/Taipei", talk.now)
    return Context(
        talk.store,
        Words(),
        lambda _: (),
        chat,
        "user",
        talk.now,
        reader=Unread(),
        say_changes=lambda *_: "",
    )


def reading(flagged: bool = False) -> Reading:
    mention = Mention(TSMC, Salience.HEADLINE, True, (SPAN,))
    event = Event("layoff", SPAN, companies=("2330.TW",))
    signal = Signal("LINE_INVITE", "contact", 0.6, fired=True, evidence=("加 Line@",))
    promotion = Promotion(0.9, True, (signal,), ("2330.TW", "6488.TWO"))
    return Reading(
        "zh", (mention,), (event,), promotion=promotion if flagged else Promotion(0.02, False)
    )


def article(
    talk: Talk,
    name: str = "a1",
    *,
    flagged: bool = False,
    outlet: str = "經濟觀察網",
    title: str = "",
    story: int = 0,
    read: Reading | None = None,
) -> tuple[int, int]:
    """An article read half an hour ago: its id and its story's."""
    then = talk.now - timedelta(minutes=30)
    link = f"https://news.example/{name}"
    told = Article(name, title or f"台積電 {name} 裁員", "內文", "feed:x", then, outlet, url=link)
    read = read or reading(flagged)
    print_ = Fingerprint(then, *([frozenset()] * 4), keys=frozenset({name}))
    with talk.store.transaction():
        story = story or talk.store.stories.create(print_, then)
        id_ = talk.store.articles.record(told, read, (f"link:{link}",), story, then)
        found = [(o.kind, o.value, o.label) for o in origins(told, read.promotion)]
        talk.store.sources.note_origins(id_, found, flagged, then)
    return id_, story


def alert(talk: Talk, name: str = "a1", address: str = "1", **more: object) -> str:
    """An article that matched every rule of the chat and was sent: the message's id."""
    ids = article(talk, name, **more)  # type: ignore[arg-type]
    owed = talk.store.outbox.enqueue(talk.chat(address), ids[1], ids[0], "alert", {}, talk.now)
    assert owed is not None
    talk.store.outbox.sent(owed, f"m{owed}", talk.now)
    decide(talk, ids, Outcome.PUSH, address, outbox=owed)
    return f"m{owed}"


def decide(
    talk: Talk,
    ids: tuple[int, int],
    outcome: Outcome,
    address: str = "1",
    detail: str = "",
    outbox: int | None = None,
) -> None:
    """What was decided for the chat: every rule of it held, those of 台積電 on that word."""
    chat = talk.chat(address)
    kept = talk.store.rules.of_chat(chat)
    held = [(r.id, {"2330.TW": (SPAN,)} if "2330.TW" in r.canonical else {}) for r in kept]
    talk.store.decisions.record(chat, *ids, outcome, detail, held, outbox, talk.now)
