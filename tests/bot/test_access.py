"""Who may use the bot, and whose word counts for other chats."""

from __future__ import annotations

import pytest

from bot.access import Allowed, Everybody


@pytest.mark.parametrize(
    ("allowed", "owners", "user", "chat", "is_admin", "expected"),
    [
        (["77", "-100"], [], "77", "77", True, "owner"),  # the first person on the list
        (["-100", "77"], [], "77", "-100", False, "owner"),  # … whatever stands before
        (["77", "88"], [], "88", "88", True, "admin"),
        (["77", "-100"], [], "5", "-100", True, "admin"),  # an admin of a listed group
        (["77", "-100"], [], "5", "-100:9", True, "admin"),  # … in one of its topics
        (["77", "-100"], [], "5", "-100", False, "other"),
        (["77", "*"], [], "5", "5", True, "other"),  # let in with everybody
        (["77", "*"], [], "5", "-100", True, "other"),
        (["*"], [], "5", "5", True, "other"),
        (["77"], ["5"], "5", "5", True, "owner"),  # the setting says who it is
        (["77"], ["5"], "77", "77", True, "admin"),
        (["77", "-100"], [], "", "-100", True, "other"),  # nobody in particular
    ],
)
def test_trust_follows_from_the_settings(
    allowed: list[str], owners: list[str], user: str, chat: str, is_admin: bool, expected: str
) -> None:
    found = Allowed(allowed, owners).trust("telegram", chat, user, is_admin=is_admin)

    assert found == expected


def test_who_owns_the_bot_may_use_it() -> None:
    assert Allowed([], ["5"]).allows("telegram", "5", "5")
    assert not Allowed([], ["5"]).allows("telegram", "6", "6")


def test_the_terminal_belongs_to_the_owner() -> None:
    assert Allowed([]).trust("console", "me", "me", is_admin=True) == "owner"
    assert Everybody().trust("console", "me", "me", is_admin=True) == "owner"
    assert Everybody().trust("telegram", "1", "1", is_admin=True) == "other"
