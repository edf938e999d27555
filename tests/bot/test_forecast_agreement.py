"""What /test promises of a rule is what the pipeline sent, on the bundled news."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import App, Options
from bot.chat.context import Context
from bot.chat.preview import Preview, preview
from bot.cli.demo import RULES
from bot.demo.articles import bundled
from bot.knowledge import Knowledge, learn
from bot.messages import Incoming
from rules.model import Article, Outcome
from tests.fakes.parts import START, FakeClock, ListSource, RecordingChannel

MORE = (
    *("台積電", "鴻海", "AMZN", "AMZN OR 輝達", "裁員", "#財報", "台積電 -傳聞", "about:NVDA"),
    *("亞馬遜 裁員>=1萬人", "promo:yes", "股價<-3%", "標題:台積電", '"資本支出"', "AI"),
    "/裁員|資遣/",
)
DEMO = (*RULES, *MORE)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return learn()


@dataclass
class Sent:
    """What the pipeline decided for each chat, and what /test says of the chat's rule."""

    alerts: Counter[str]
    outcomes: dict[str, Counter[Outcome]]
    promised: dict[str, Preview]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sent(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sent]:
    """A chat for each rule, all bundled articles read in one wave, and all that is owed sent."""
    path: Path = tmp_path_factory.mktemp("demo") / "bot.db"
    clock, channel, source = FakeClock(START), RecordingChannel(), ListSource("demo")
    app = await App.open(Options(path), channels=[channel], clock=clock, knowledge=knowledge())
    await app.visit(source)  # the baseline: nothing is there yet
    for rule in DEMO:
        await app.on_incoming(Incoming("console", rule, "user", f"/sub {rule}"))
    channel.received.clear()
    source.articles += _articles()
    await app.visit(source)
    await app.worker.drain()
    yield await app.run(lambda: _looked_up(app, channel))
    await app.stop()


def _articles() -> list[Article]:
    told = sorted(bundled(), key=lambda article: (article.wave, -article.minutes))
    return [
        Article(
            one.id,
            one.title,
            one.text,
            "demo",
            START,
            one.outlet,
            author=one.author,
            published_at=START - timedelta(minutes=len(told) - place),
            url=one.link,
        )
        for place, one in enumerate(told)
    ]


def _looked_up(app: App, channel: RecordingChannel) -> Sent:
    store, outcomes, promised = app.store, {}, {}
    for rule in DEMO:
        chat = store.chats.find("console", rule)
        assert chat is not None
        held = store.decisions.held(chat.id, tuple(Outcome), 1_000)
        outcomes[rule] = Counter(verdict.outcome for verdict in held)
        language = knowledge().language
        context = Context(
            store,
            language,
            lambda _: (),
            chat,
            "user",
            app.clock(),
            reader=knowledge().engine,
            say_changes=lambda *_: "",
        )
        promised[rule] = preview(context, language.parse(rule).term)
    return Sent(Counter(address for address, _ in channel.received), outcomes, promised)


@pytest.mark.parametrize("rule", DEMO)
@pytest.mark.asyncio(loop_scope="module")
async def test_as_many_alerts_are_promised_as_were_sent(sent: Sent, rule: str) -> None:
    assert sent.promised[rule].sent == sent.alerts[rule]


@pytest.mark.parametrize("rule", DEMO)
@pytest.mark.asyncio(loop_scope="module")
async def test_as_many_articles_are_said_to_be_held_back_as_were(sent: Sent, rule: str) -> None:
    promised, was = sent.promised[rule], sent.outcomes[rule]

    assert promised.exact
    assert {o: promised.count(o) for o in Outcome} == {o: was[o] for o in Outcome}


@pytest.mark.asyncio(loop_scope="module")
async def test_the_bundled_news_have_all_of_it(sent: Sent) -> None:
    together = sum(sent.outcomes.values(), Counter())

    assert sum(sent.alerts.values()) > len(DEMO)
    for outcome in (Outcome.PUSH, Outcome.PROMOTION, Outcome.SAME_STORY, Outcome.PASSING):
        assert together[outcome] > 0
