"""What an advert holds is shown, and cannot be tapped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.defang import contact, defang
from bot.chat.replies import render, reply, say
from bot.texts import texts

# What chat networks make links of: a domain, a name after @, a telephone number.
TAPPED = re.compile(r"\w[.．][^\W\d_]|://|@\w|[0-9][0-9\- ]{6,}[0-9]|\d+\.\d+\.\d+\.\d+", re.ASCII)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://lin.ee/EXAMPLE0", "https[:]//lin[.]ee/EXAMPLE0"),
        ("lin．ee/EXAMPLE0", "lin[.]ee/EXAMPLE0"),
        ("加 @000demo", "加 ＠000demo"),
        ("+886 912-345-678", "+８８６ ９１２-３４５-６７８"),
        ("http://10.0.0.1/a", "http[:]//10[.]0[.]0[.]1/a"),
        ("漲 3.5% 到 1,234.5 元", "漲 3.5% 到 1,234.5 元"),
        ("飆股名單", "飆股名單"),
    ],
)
def test_links_names_and_telephone_numbers_are_taken_apart(written: str, shown: str) -> None:
    assert defang(written) == shown


@given(st.text(alphabet="ab.@:/0123456789- 賴", max_size=40))
def test_nothing_is_left_that_could_be_tapped(text: str) -> None:
    assert TAPPED.search(defang(text)) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("line:@000demo", "LINE：＠000demo"),
        ("wechat:demo_wx", "微信：demo_wx"),
        ("qq:123456789", "QQ：１２３４５６７８９"),
        ("whatsapp:886912345678", "WhatsApp：８８６９１２３４５６７８"),
        ("t.me/demo", "t[.]me/demo"),
        ("reurl.cc/demo1", "reurl[.]cc/demo1"),
    ],
)
def test_a_contact_is_named_with_its_messenger(value: str, shown: str) -> None:
    answer = reply(say("check.contacts_honest", contacts=contact(value)))

    assert render(answer, texts("zh-TW"), lambda _: "").plain == f"留下的聯絡方式：{shown}"
