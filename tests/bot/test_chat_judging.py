"""What people say of articles, by button, answer or link, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.model import Outcome, Promotion, Reading
from rules.promotion.feedback import policy
from storage import open_store
from storage.lessons import SHARED
from tests.bot.chatting import Talk, alert, article, decide

UNSURE = Reading("zh", promotion=Promotion(0.4, flagged=False))


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store, owner="boss")
    talk.say("/sub 2330")
    yield talk
    store.close()


def taught(talk: Talk, address: str = "1") -> tuple[int, int]:
    return talk.store.lessons.taught(talk.chat(address))


def labels(talk: Talk, text: str, **more: object) -> list[str]:
    return [b.label for row in talk.say(text, **more).buttons for b in row]


def test_an_advert_that_was_missed_is_learned(talk: Talk) -> None:
    answer = talk.say("/spam", reply_to=alert(talk, read=UNSURE))

    assert "很像的文章會先替你攔下來" in answer.plain
    assert taught(talk) == (1, 0)


def test_what_the_detector_knows_is_noted_and_not_learned(talk: Talk) -> None:
    decide(talk, article(talk, "a1", flagged=True), Outcome.PROMOTION)

    answer = talk.say("/spam https://news.example/a1")

    assert "本來就會攔" in answer.plain
    assert taught(talk) == (0, 0)


def test_an_article_is_named_by_its_link(talk: Talk) -> None:
    article(talk, "a1", flagged=True)

    answer = talk.say("/ham https://news.example/a1")

    assert "不是廣告" in answer.plain
    assert taught(talk) == (0, 1)


@pytest.mark.parametrize("command", ["/ham", "不是廣告", "這不是廣告"])
def test_an_alert_is_called_honest_by_answering_it(talk: Talk, command: str) -> None:
    talk.say(command, reply_to=alert(talk, flagged=True))

    assert taught(talk) == (0, 1)


def test_ham_alone_says_how_it_is_used(talk: Talk) -> None:
    assert "/ham" in talk.say("/ham").plain


def test_an_unknown_link_marks_nothing(talk: Talk) -> None:
    assert "沒有讀到過" in talk.say("/spam https://news.example/unknown").plain
    assert taught(talk) == (0, 0)


def test_undoing_restores_what_was(talk: Talk) -> None:
    talk.press(talk.say("/spam", reply_to=alert(talk, read=UNSURE)), 1)

    assert taught(talk) == (0, 0)
    assert talk.store.lessons.of(talk.chat(), "advert") == ()


def test_a_changed_mind_replaces_the_lesson(talk: Talk) -> None:
    message = alert(talk, read=UNSURE)
    talk.say("/spam", reply_to=message)

    talk.say("/ham", reply_to=message)

    assert taught(talk) == (0, 1)


def test_hiding_takes_the_lesson_back_and_the_article_off_the_lists(talk: Talk) -> None:
    ids = article(talk, "a1", flagged=True)
    decide(talk, ids, Outcome.PROMOTION)
    answer = talk.say("/ham https://news.example/a1")
    assert taught(talk) == (0, 1)

    hidden = talk.press(answer, 2)

    assert "已隱藏" in hidden.plain
    assert taught(talk) == (0, 0)
    assert "最近沒有被當成廣告" in talk.say("/spam").plain
    assert "最近沒有被保留" in talk.say("/held").plain


def test_hiding_can_be_undone(talk: Talk) -> None:
    decide(talk, article(talk, "a1", flagged=True), Outcome.PROMOTION)
    hidden = talk.press(talk.say("/ham https://news.example/a1"), 2)

    talk.press(hidden, 1)

    assert "a1" in talk.say("/spam").plain


def test_the_list_of_adverts_has_a_button_for_what_is_none(talk: Talk) -> None:
    decide(talk, article(talk, "a1", flagged=True), Outcome.PROMOTION)
    listed = talk.say("/spam")
    assert [b.label for row in listed.buttons for b in row] == ["1 為什麼", "1 不是廣告"]

    talk.press(listed, 2)

    assert taught(talk) == (0, 1)
    assert "最近沒有被當成廣告" in talk.say("/spam").plain


def test_what_was_held_back_by_ones_own_lessons_is_listed_too(talk: Talk) -> None:
    ids = article(talk, "a2", read=UNSURE)
    talk.store.decisions.record(
        talk.chat(), *ids, Outcome.PROMOTION, "", [], None, talk.now, taught=5.0
    )

    assert "a2" in talk.say("/spam").plain
    assert "和你標為廣告的文章很像" in talk.say("/held").plain


def test_why_names_the_article_that_was_taught(talk: Talk) -> None:
    first, _ = article(talk, "a1", read=UNSURE, title="御享卡首刷好禮")
    ids = article(talk, "a2", read=UNSURE)
    talk.store.decisions.record(
        talk.chat(), *ids, Outcome.PROMOTION, "", [], None, talk.now, taught=5.0, like=first
    )

    told = talk.say("/why https://news.example/a2").plain

    assert "很像你標為廣告的文章：御享卡首刷好禮" in told


def test_why_tells_what_the_chat_said_itself_and_what_the_owner_taught(talk: Talk) -> None:
    shared = Reading("zh", promotion=Promotion(0.8, flagged=True, taught=3.0))
    article(talk, "a1", read=shared)
    talk.say("/ham https://news.example/a1")

    told = talk.say("/why https://news.example/a1").plain

    assert "你標記過：這篇不是廣告" in told
    assert "很像管理者標為廣告的文章" in told


def test_the_owners_word_counts_for_all_and_says_so(talk: Talk) -> None:
    message = alert(talk, read=UNSURE)

    answer = talk.say("/spam", reply_to=message, user="boss")

    assert "其他聊天室也會參考" in answer.plain
    assert talk.store.lessons.taught(SHARED) == (policy().shared["unit"], 0)


def test_anybody_elses_word_counts_for_their_chat_alone(talk: Talk) -> None:
    answer = talk.say("/spam", reply_to=alert(talk, read=UNSURE))

    assert "其他聊天室" not in answer.plain
    assert talk.store.lessons.taught(SHARED) == (0, 0)


def test_the_owner_sees_what_others_report_and_teaches_it_with_a_tap(talk: Talk) -> None:
    talk.say("/sub 2330", "2", user="boss")
    talk.say("/spam", reply_to=alert(talk, "a9", read=UNSURE))

    listed = talk.say("/spam", "2", user="boss")
    assert "其他聊天室回報的" in listed.plain
    assert "1 個聊天室說這是廣告" in listed.plain
    token = next(b.token for row in listed.buttons for b in row if b.label == "1 是廣告")
    talk.send(token, "2", user="boss")

    assert talk.store.lessons.taught(SHARED) == (policy().shared["unit"], 0)
    assert "其他聊天室回報的" not in talk.say("/spam", "2", user="boss").plain


def test_nobody_else_sees_what_others_report(talk: Talk) -> None:
    talk.say("/sub 2330", "2")
    talk.say("/spam", reply_to=alert(talk, "a9", read=UNSURE))

    assert "回報" not in talk.say("/spam", "2").plain


def test_in_a_group_its_admins_decide(talk: Talk) -> None:
    message = alert(talk, read=UNSURE)

    member = talk.say("/spam", reply_to=message, is_group=True, is_admin=False)
    assert "由管理員決定" in member.plain
    assert taught(talk) == (0, 0)

    talk.say("/spam", reply_to=message, is_group=True, is_admin=True, user="admin")
    assert taught(talk) == (1, 0)
    talk.say("/ham", reply_to=message, is_group=True, is_admin=False)
    assert taught(talk) == (1, 0)


def test_a_member_cannot_take_an_admins_word_back(talk: Talk) -> None:
    message = alert(talk, read=UNSURE)
    answer = talk.say("/spam", reply_to=message, is_group=True, user="admin")

    talk.press(answer, 1)  # somebody else presses

    assert taught(talk) == (1, 0)


def test_a_thousand_hostile_words_move_no_other_chat(talk: Talk) -> None:
    """The same of an untrusted chat that calls everything it gets the opposite of what it is."""
    talk.say("/sub 2330", "2")
    for number in range(1000):
        flagged = number % 2 == 0
        article(talk, f"h{number}", flagged=flagged, read=None if flagged else UNSURE)
        word = "ham" if flagged else "spam"
        talk.say(f"/{word} https://news.example/h{number}")

    assert sum(taught(talk)) == 1000
    assert talk.store.lessons.taught(SHARED) == (0, 0)
    assert talk.store.lessons.taught(talk.chat("2")) == (0, 0)
    scopes = talk.store._db.all("SELECT DISTINCT scope FROM lesson_counts")
    assert [row["scope"] for row in scopes] == [talk.chat()]


def test_an_admins_word_counts_half_and_not_without_end(talk: Talk) -> None:
    talk.admins = frozenset({"user1"})
    most = policy().shared["admin_lessons"]
    for number in range(most + 5):
        article(talk, f"h{number}", read=UNSURE)
        talk.say(f"/spam https://news.example/h{number}")

    assert taught(talk) == (most + 5, 0)
    assert talk.store.lessons.taught(SHARED) == (most * policy().shared["admin"], 0)
    assert policy().shared["admin"] * 2 == policy().shared["owner"]


def test_who_keeps_reporting_a_source_is_offered_to_mute_it(talk: Talk) -> None:
    for number in range(5):
        article(
            talk, f"x{number}", read=UNSURE, outlet="農場文網", title=f"【飆股教室】第{number}課"
        )
        answer = talk.say(f"/spam https://news.example/x{number}")
        if number < 2:
            assert "要靜音嗎" not in answer.plain

    assert ("column", "飙股教室") in talk.store.mutes.offered(talk.chat())


def test_the_offer_names_the_record_and_its_button_mutes(talk: Talk) -> None:
    for number in range(3):
        article(talk, f"x{number}", read=UNSURE, title=f"【飆股教室】第{number}課")
        answer = talk.say(f"/spam https://news.example/x{number}")

    assert "飆股教室（專欄） 近 3 篇有 3 篇是薦股廣告，要靜音嗎？" in answer.plain
    talk.press(answer, 3)
    assert talk.muted() == ["飆股教室"]


def test_nobody_is_asked_twice_about_a_source(talk: Talk) -> None:
    answers = []
    for number in range(9):
        article(
            talk, f"x{number}", read=UNSURE, title=f"【飆股教室】第{number}課", outlet=f"報{number}"
        )
        answers.append(talk.say(f"/spam https://news.example/x{number}").plain)

    assert sum("飆股教室（專欄）" in answer for answer in answers) == 1
