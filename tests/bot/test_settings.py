"""Settings come from .env and the environment, are checked, and are all documented."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

EXAMPLE = Path(__file__).parent.parent.parent / ".env.example"


def _example() -> dict[str, str]:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    found = [re.match(r"^(?:# )?([A-Z_]+)=(.*)$", line) for line in lines]
    return {m[1]: m[2] for m in found if m}


def test_every_setting_stands_in_the_example_and_nothing_else_does() -> None:
    assert set(_example()) == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_defaults() -> None:
    shown = {k: v for k, v in _example().items() if v and k != "COMPANIES_FILE"}

    assert load(environ=shown) == load(environ={})


def test_the_example_itself_can_be_used_as_it_is() -> None:
    assert load(EXAMPLE, {}).telegram_bot_token is None


@pytest.mark.parametrize("separator", [",", ", ", "\n", " ", ";"])
def test_lists_may_be_separated_as_people_do(separator: str) -> None:
    addresses = ("https://a.example/rss", "https://b.example/feed.json")

    settings = load(environ={"FEEDS": separator.join(addresses)})

    assert settings.feeds == addresses


def test_an_empty_value_means_the_default() -> None:
    assert load(environ={"POLL_SECONDS": ""}).poll_seconds == 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLL_SECONDS", "soon"),
        ("POLL_SECONDS", "1"),
        ("FEEDS", "ftp://a.example/rss"),
        ("ZONE", "Asia/Taibei"),
        ("ZONE", "Asia"),
        ("ZONE", "../../etc/passwd"),
        ("TELEGRAM_API", "api.telegram.org"),
        ("TELEGRAM_API", "http://"),
        ("LANGUAGE", "zh-CN"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ={name: value})

    assert list(caught.value.problems) == [name]


def test_a_secret_may_come_from_a_file_and_never_shows(tmp_path: Path) -> None:
    secret = "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI"
    path = tmp_path / "token"
    path.write_text(secret + "\n", "utf-8")

    settings = load(environ={"TELEGRAM_BOT_TOKEN_FILE": str(path)})

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == secret
    assert secret not in repr(settings)


def test_a_secret_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN_FILE"):
        load(environ={"TELEGRAM_BOT_TOKEN_FILE": "/nowhere/token"})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("POLL_SECONDS=60\nZONE=Asia/Tokyo\n", "utf-8")

    settings = load(path, {"POLL_SECONDS": "120"})

    assert (settings.poll_seconds, settings.zone) == (120, "Asia/Tokyo")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes("DATABASE=資料.db\n".encode("big5"))

    with pytest.raises(SettingsError, match="UTF-8"):
        load(path, {})
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN_FILE"):
        load(None, {"TELEGRAM_BOT_TOKEN_FILE": str(path)})


def test_the_mark_that_windows_puts_before_a_text_hides_no_setting(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("POLL_SECONDS=60\n", "utf-8-sig")

    assert load(path, {}).poll_seconds == 60
