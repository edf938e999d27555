"""Two chats under any commands: neither sees nor changes anything of the other's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Message
from rules.model import Outcome, Reading
from storage import open_store
from tests.bot.chatting import Talk, alert, article, decide

SECRET = "機密"  # in everything that is the other chat's own, and in no command
COMMANDS = st.sampled_from(
    [
        *("/start", "/help", "/sub", "/sub AMZN", "/sub NVDA 裁員", "/sub 2330", "/sub >="),
        *("/unsub", "/unsub 1", "/unsub 2", "/unsub 2330", "/list", "/list 2", "/lang en"),
        *("/mute", "/mute 某報", "/mute 某報 2h", "/mutes", "/unmute", "/unmute 1", "/unmute 某報"),
        *("/sources", "/spam", "/held", "/why", "/why https://news.example/a1", "台積電", "哈囉"),
        *("/test", "/test 1", "/test 2330", "/test NVDA 裁員", "/test >="),
        *("/search", "/search 2330", "/search >=", "/latest 2330", "/latest NVDA"),
        *("/check", "/check 加賴領飆股名單", "/spam 2330", "/spam 某報"),
    ]
)
STEPS = st.lists(st.tuples(COMMANDS, st.integers(0, 30), st.booleans()), max_size=12)


def other_chat(talk: Talk) -> tuple[object, ...]:
    """Everything that is the other chat's own."""
    chat = talk.chat("2")
    found = talk.store.chats.get(chat)
    rules = talk.store.rules.of_chat(chat)
    mutes = talk.store.mutes.active(chat, talk.now)
    held = talk.store.decisions.held(chat, list(Outcome), 50)
    return found, rules, mutes, [(v.article.id, v.outcome) for v in held]


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_no_commands_of_one_chat_show_or_change_the_others(
    steps: list[tuple[str, int, bool]],
) -> None:
    talk = Talk(open_store(":memory:"))
    talk.say(f"/sub {SECRET} 2330", "2")
    talk.store.mutes.add(talk.chat("2"), "outlet", "x", f"{SECRET}報", None, talk.now)
    article(talk, "a1", outlet="某報")
    # What was published is anybody's, so /test may show it: these are found by no rule below.
    plain = Reading("zh")
    decide(talk, article(talk, "a2", title=f"{SECRET}文章", read=plain), Outcome.PASSING, "2")
    others_alert = alert(talk, "a3", "2", title=f"{SECRET}快訊", read=plain)
    listed = [talk.say("/unsub", "2"), talk.say("/mutes", "2")]
    tokens = [button.token for m in listed for row in m.buttons for button in row]
    before = other_chat(talk)

    said: list[Message] = []
    for text, pick, answers_alert in steps:
        said.append(talk.say(text, "1", reply_to=others_alert if answers_alert else ""))
        # Presses one of all buttons that either chat was ever shown.
        tokens += [button.token for row in said[-1].buttons for button in row]
        said.append(talk.send(tokens[pick % len(tokens)], "1"))

    assert other_chat(talk) == before
    assert [m.plain for m in said if SECRET in m.plain] == []
    talk.store.close()
