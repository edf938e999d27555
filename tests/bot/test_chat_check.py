"""/check: people paste, forward or answer a message and are told if it is an advert, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.knowledge import learn
from bot.messages import Message
from rules import stories
from rules.copies import sketch
from rules.engine import Engine
from rules.model import Article
from rules.origins import origins
from storage import open_store
from tests.bot.chatting import Talk, alert
from tests.bot.test_verdicts import campaign

LISTED = (
    "各位股友早安！王老師盤前內線：3481 群創、2409 友達、6116 彩晶 明天必漲，保證獲利三成，"
    "加賴 @demo888 免費領取飆股名單，名額只剩10位 https://lin.ee/EXAMPLE9"
)
ASSISTANT = (
    "您好我是助理小雅，老師這週帶會員獲利 45%，下一檔隱形冠軍已經鎖定，"
    "想跟上的請加 Line ID：demo_168，額滿為止"
)
BULLETS = (
    "【飆股快訊】華通2313 目標價 180、金像電2368 目標價 350、台光電2383 目標價 1500，主力已進場，"
    "私訊小編索取完整名單，電報 t.me/demobull"
)
REVENUE = (
    "台積電(2330)今天公布10月營收3,674億元，月增11%、年增16.9%，創單月新高，法人看好第四季毛利率。"
)
WARNING = (
    "警方呼籲，凡是要求加LINE、保證獲利、免費領取飆股名單的都是詐騙，有疑問請撥打165反詐騙專線。"
)
DIARY = (
    "我今天賣掉一張友達，賺了三千塊，順便把聯電的停損調到 48，"
    "明天看開盤再說，大家覺得面板還能抱嗎？"
)
HONEST_VERDICT = "看起來不是薦股廣告"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return learn().engine


@pytest.fixture
def talk(engine: Engine) -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        talk = Talk(store, reader=engine)
        talk.service._engine = learn().language
        yield talk


def publish(talk: Talk, engine: Engine, text: str, name: str = "a1", **more: str) -> int:
    """An article comes in three days ago, as the pipeline stores it."""
    then = talk.now - timedelta(days=3)
    told = Article(name, more.get("title", ""), text, "feed:x", then, more.get("outlet", "某報"))
    analysis = engine.analyse(told)
    reading, document = analysis.reading, analysis.document
    print_ = stories.fingerprint(told, reading)
    store = talk.store
    with store.transaction():
        story = store.stories.create(print_, then)
        id_ = store.articles.record(told, reading, (f"link:https://n.example/{name}",), story, then)
        store.stories.join(story, id_, print_, then)
        title, body = document.text[: document.title_end], document.text[document.title_end :]
        store.search.add(id_, told.at, reading, title, body, sketch(document.text))
        found = [(o.kind, o.value, o.label) for o in origins(told, reading.promotion)]
        store.sources.note_origins(id_, found, reading.promotion.flagged, then)
    return id_


def lines(message: Message) -> list[str]:
    return message.plain.split("\n")


@pytest.mark.parametrize("text", [LISTED, ASSISTANT, BULLETS])
def test_an_advert_is_called_one_with_reasons_and_advice(talk: Talk, text: str) -> None:
    said = talk.say(f"/check {text}")

    assert lines(said)[0].startswith("這是薦股廣告（")
    assert 3 <= sum(line.startswith("・") and "：「" in line for line in lines(said)) <= 5
    assert "165 反詐騙專線" in said.plain
    assert "金管會查合法投顧名單" in said.plain


@pytest.mark.parametrize("text", [REVENUE, WARNING, DIARY])
def test_an_honest_text_is_not_called_an_advert(talk: Talk, text: str) -> None:
    said = talk.say(f"/check {text}")

    assert lines(said)[0].startswith(HONEST_VERDICT)
    assert "不代表內容屬實" in said.plain
    assert "別加好友" not in said.plain


def test_the_words_that_were_seen_stand_beside_each_reason(talk: Talk) -> None:
    said = talk.say(f"/check {LISTED}").plain

    assert "・保證獲利、必漲：「必漲」、「保證獲利」" in said
    assert "・另外還有" in said


def test_the_stocks_and_the_contacts_are_named(talk: Talk) -> None:
    said = talk.say(f"/check {LISTED}").plain

    assert "點名的股票：群創(3481)、友達(2409)、彩晶(6116)" in said
    assert "/spam 3481" in said
    assert "留下的聯絡方式：LINE：＠demo888、lin[.]ee/EXAMPLE9（別點、別加）" in said


def test_no_word_of_the_text_comes_back_as_something_to_tap(talk: Talk) -> None:
    said = talk.say(f"/check {LISTED}")

    assert "lin.ee" not in said.plain
    assert "@demo888" not in said.plain
    assert [run.url for line in said.lines for run in line if run.url] == []


def test_words_that_a_warning_quotes_are_told_apart(talk: Talk) -> None:
    said = talk.say(f"/check {WARNING}").plain

    assert "「保證獲利」" in said or "「加LINE」" in said
    assert "不是在招攬你" in said


def test_earlier_adverts_with_the_same_contact_are_counted(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, LISTED, "a1")
    publish(talk, engine, LISTED.replace("王老師", "林老師"), "a2")

    said = talk.say("/check 想跟上主力的朋友，免費領取飆股名單請加 https://lin.ee/EXAMPLE9").plain

    assert "・lin[.]ee/EXAMPLE9 出現在 2 篇文章，其中 2 篇是薦股廣告（最近一次：3 天前）" in said


def test_a_contact_of_another_spelling_is_another_contact(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, LISTED)

    said = talk.say("/check 想跟上主力的朋友，免費領取飆股名單請加 https://lin.ee/example9").plain

    assert "在我讀過的文章裡沒有出現過" in said


def test_a_contact_of_honest_articles_is_known_as_such(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, f"{REVENUE}\n加入本報官方LINE：https://lin.ee/DEMOnews", outlet="範例報")

    said = talk.say("/check 加入本報官方LINE好友看財經新聞 https://lin.ee/DEMOnews").plain

    assert said.startswith(HONEST_VERDICT)
    assert "・lin[.]ee/DEMOnews 出現在 1 篇文章，都不是薦股廣告（最近一次：範例報，3 天前）" in said
    assert "別點" not in said


def test_a_harmless_text_with_an_advertisers_contact_is_warned_of(
    talk: Talk, engine: Engine
) -> None:
    publish(talk, engine, LISTED)

    said = talk.say("/check https://lin.ee/EXAMPLE9")

    assert lines(said)[0].startswith("要小心：")
    assert "先別加好友" in said.plain
    assert "幾乎一樣" not in said.plain  # so little stands in many texts


def test_a_near_copy_of_a_stored_text_is_found_and_explained(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, ASSISTANT, title="老師帶你看下一檔", outlet="飆股站")

    said = talk.say(f"/check {ASSISTANT.replace('小雅', '小婷')}")

    assert "・幾乎一樣的廣告：老師帶你看下一檔（飆股站，3 天前）" in said.plain
    assert "老師帶你看下一檔" in talk.press(said).plain


BODY = (
    "面板報價連三個月回升，法人認為第四季庫存已回到健康水位，廠商對年底旺季看法轉趨正面，"
    "不過也提醒，電視品牌的拉貨動能仍要看歐美年終銷售，明年第一季的稼動率可能再往下調整，"
    "短線股價已先反映，追高要留意。"
)


@pytest.mark.parametrize(
    "headline",
    [
        "面板三雄的春天來了？",
        "別再問了！這一檔就是我說的黑馬股，內行人才知道",
        "Panel makers rally",
    ],
)
def test_a_near_copy_under_another_headline_is_found(
    talk: Talk, engine: Engine, headline: str
) -> None:
    publish(talk, engine, BODY, title="面板報價回升，廠商看旺年底", outlet="範例日報")
    for number in range(40):  # what says other things does not come before it
        publish(talk, engine, f"{REVENUE}第{number}次公布。", f"b{number}", title=headline)

    said = talk.say(f"/check {headline}\n{BODY}").plain

    assert "・幾乎一樣的文字：面板報價回升，廠商看旺年底（範例日報，3 天前）" in said


def test_a_near_copy_with_a_call_to_join_at_its_end_is_found(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, BODY, title="面板報價回升，廠商看旺年底")

    said = talk.say(f"/check {BODY}想跟上的朋友加LINE：demo_168，老師免費帶你操作").plain

    assert "・幾乎一樣的文字：面板報價回升" in said


def test_what_the_chat_taught_counts_here_too(talk: Talk, engine: Engine) -> None:
    id_ = publish(talk, engine, campaign(0), title="換季好禮")
    assert HONEST_VERDICT in talk.say(f"/check {campaign(10)}").plain
    talk.say("/spam https://n.example/a1")

    said = talk.say(f"/check {campaign(10)}")

    assert id_
    assert lines(said)[0].startswith("這是薦股廣告（")
    assert lines(said)[1] == "很像你教過我是廣告的內容。"
    assert HONEST_VERDICT in talk.say(f"/check {campaign(10)}", "2").plain


def test_what_the_owner_taught_counts_for_every_chat(talk: Talk, engine: Engine) -> None:
    talk.owner = "boss"
    publish(talk, engine, campaign(0), title="換季好禮")
    talk.say("/spam https://n.example/a1", "9", user="boss")

    said = talk.say(f"/check {campaign(0)}")

    assert lines(said)[1] == "很像管理者標為廣告的內容。"


def test_the_chats_own_word_on_an_article_is_final(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, LISTED)
    talk.say("/ham https://n.example/a1")

    said = talk.say("/check https://n.example/a1").plain

    assert said.startswith("你說過：這不是廣告（我自己判斷是 ")


@pytest.mark.parametrize(
    ("text", "command", "other", "first"),
    [
        (LISTED, "/ham", "/spam", "你說過：這不是廣告"),
        (campaign(3), "/spam", "/ham", "你標記過：這是廣告"),
        ("名單在這裡 https://lin.ee/EXAMPLE9", "/spam", "/ham", "你標記過：這是廣告"),
    ],
)
def test_a_message_is_judged_by_answering_it_and_that_is_undone(
    talk: Talk, text: str, command: str, other: str, first: str
) -> None:
    before = talk.say(f"/check {text}").plain

    said = talk.say(command, reply_to="m9", quoted=text)

    assert "內容沒有保存" in said.plain
    assert talk.say(f"/check {text}").plain.startswith(first)
    assert talk.say(f"/check {text}", "2").plain == before
    talk.press(said)
    assert talk.say(f"/check {text}").plain == before


def test_a_judged_message_teaches_its_neighbours_and_no_other_chat(talk: Talk) -> None:
    talk.owner = "user1"  # not even the owner's: what people write to each other stays there

    talk.say("/spam", reply_to="m9", quoted=campaign(0))

    assert talk.say(f"/check {campaign(10)}").plain.startswith("這是薦股廣告（")
    assert HONEST_VERDICT in talk.say(f"/check {campaign(0)}", "2").plain
    assert HONEST_VERDICT in talk.say(f"/check {REVENUE}").plain


def test_nothing_is_learned_of_what_the_bot_itself_said(talk: Talk) -> None:
    said = talk.say("/spam", reply_to="m9", quoted=campaign(0), quotes_us=True).plain

    assert "不是快訊" in said
    assert talk.store.lessons.taught(talk.chat()) == (0, 0)


def test_in_a_group_its_admins_judge_messages(talk: Talk) -> None:
    group = {"is_group": True, "reply_to": "m9", "quoted": campaign(0)}

    said = talk.say("/spam", "-5", is_admin=False, **group).plain

    assert said == "群組裡由管理員決定哪些算廣告。"
    assert talk.store.lessons.taught(talk.chat("-5")) == (0, 0)


def test_what_is_judged_in_a_topic_counts_for_the_whole_group(talk: Talk) -> None:
    group = {"is_group": True, "reply_to": "m9", "quoted": campaign(0)}
    talk.say("/spam", "-5:7", **group)

    said = talk.say("/check", "-5:9", **group).plain

    assert said.startswith("你標記過：這是廣告")


def test_the_same_form_about_another_company_is_no_copy(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, REVENUE)

    other = REVENUE.replace("台積電(2330)", "聯電(2303)").replace("3,674", "212")
    said = talk.say(f"/check {other.replace('11%', '3%').replace('16.9%', '8.8%')}").plain

    assert "幾乎一樣" not in said


def test_an_article_is_no_earlier_sighting_of_itself(talk: Talk, engine: Engine) -> None:
    publish(talk, engine, LISTED, "a1")

    said = talk.say("/check https://n.example/a1").plain

    assert said.startswith("這是薦股廣告")
    assert "沒有出現過" in said


def test_a_forwarded_message_is_checked_without_any_command(talk: Talk) -> None:
    assert talk.say(LISTED, forwarded=True).plain.startswith("這是薦股廣告")


def test_a_forwarded_message_is_never_obeyed(talk: Talk) -> None:
    said = talk.say("/sub 2330", forwarded=True).plain

    assert "字太少" in said
    assert talk.rules() == []


def test_a_message_in_a_group_is_checked_by_answering_it(talk: Talk) -> None:
    said = talk.say(
        "/check", "-9", is_group=True, is_admin=False, reply_to="x5", quoted=LISTED
    ).plain

    assert said.startswith("這是薦股廣告")


def test_a_question_beside_an_answered_message_is_about_that_message(talk: Talk) -> None:
    said = talk.say("/check 真的嗎？", reply_to="x5", quoted=LISTED).plain

    assert said.startswith("這是薦股廣告")


def test_forwarded_messages_in_a_group_are_left_alone(talk: Talk) -> None:
    assert talk.hear(LISTED, "-9", is_group=True, forwarded=True) == ()


def test_an_answered_alert_is_checked_as_the_article_that_it_is_of(talk: Talk) -> None:
    talk.say("/sub 2330")
    sent = alert(talk, "a1", flagged=True)

    said = talk.say("/check", reply_to=sent, quoted="台積電｜裁員")

    assert said.plain.startswith("這是薦股廣告（90 分")
    assert "台積電 a1 裁員" in talk.press(said).plain


def test_without_a_text_it_is_asked_for(talk: Talk) -> None:
    for typed in ("/check", "查證", "/verify"):
        assert "把文字貼在 /check 後面" in talk.say(typed).plain


def test_an_answered_picture_cannot_be_read(talk: Talk) -> None:
    said = talk.say("/check", "-9", is_group=True, reply_to="x5").plain

    assert said.startswith("我看不懂圖片")


def test_a_picture_alone_cannot_be_read(talk: Talk) -> None:
    assert talk.say("", wordless=True).plain.startswith("我看不懂圖片")


@pytest.mark.parametrize("text", ["賴", "加油", "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥", "台積電 2330"])
def test_too_little_to_tell_is_said(talk: Talk, text: str) -> None:
    assert talk.say(f"/check {text}").plain.startswith("字太少")


def test_a_link_that_was_never_read_is_not_opened(talk: Talk) -> None:
    said = talk.say("/check https://n.example/new").plain

    assert "我不會打開連結" in said
    assert "n.example" not in said


def test_a_text_longer_than_a_message_is_read_to_its_end(talk: Talk) -> None:
    said = talk.say("/check " + REVENUE * 80 + LISTED).plain

    assert "lin[.]ee/EXAMPLE9" in said


def test_what_is_too_long_to_be_read_is_said_to_be_cut(talk: Talk) -> None:
    said = talk.say("/check " + DIARY * 1000).plain

    assert "只看了前 20000 個字" in said
    assert len(said) < 1000


def test_nothing_that_was_pasted_is_kept(talk: Talk) -> None:
    talk.say(f"/check {LISTED}")
    talk.say(ASSISTANT, forwarded=True)

    tables = [row[0] for row in talk.store._db.all("SELECT name FROM sqlite_schema")]
    assert talk.store.articles.recent(5) == ()
    assert talk.store.search.began() is None
    dumped = "\n".join(talk.store._db.utils.conn.iterdump())
    assert "articles" in tables
    assert [w for w in ("EXAMPLE9", "demo_168", "隱形冠軍") if w in dumped] == []


def test_a_long_text_that_looks_like_an_advert_is_checked_without_a_command(talk: Talk) -> None:
    assert talk.say(LISTED).plain.startswith("這是薦股廣告")


def test_other_long_texts_are_told_how_to_be_checked(talk: Talk) -> None:
    said = talk.say("昨天跟同學約了吃飯，" * 8).plain

    assert "貼在 /check 後面" in said
    assert "/help" in said


def test_the_answer_is_in_the_chats_language(talk: Talk) -> None:
    talk.say("/lang en")

    said = talk.say(f"/check {ASSISTANT}").plain

    assert said.startswith("This is a stock-pick advert (")
    assert "hotline 165" in said


def test_check_is_a_word_of_its_own_and_why_keeps_its_words(talk: Talk) -> None:
    assert talk.say(f"查證 {LISTED}").plain.startswith("這是薦股廣告")
    assert "/why" in talk.say("為什麼").plain


def test_a_text_that_was_called_honest_is_still_told_what_looks_like_an_advert(talk: Talk) -> None:
    talk.say("/ham", reply_to="m9", quoted=LISTED)

    said = talk.say(f"/check {LISTED}").plain

    assert "為什麼這樣判斷" in said
    assert "不足以判定" not in said
    assert "先別加好友" in said


def test_touted_stocks_are_named_in_the_readers_language(talk: Talk) -> None:
    talk.say("/lang en")

    assert "Innolux (3481), AUO (2409)" in talk.say(f"/check {LISTED}").plain
