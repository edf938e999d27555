"""The menu of commands that chat networks show, in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.texts import LANGUAGES, texts

COMMANDS = (
    "sub", "test", "search", "latest", "list", "unsub", "mute", "mutes", "unmute", "automute",
    "quiet", "snooze", "pause", "resume", "timezone", "bell", "held", "spam", "ham", "check",
    "guard",
    "why", "story", "sources", "lang", "help",
)  # fmt: skip


def menu() -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each language, the commands with what they do, the most used first."""
    return {
        lang: [(name, texts(lang).say(f"menu.{name}")) for name in COMMANDS] for lang in LANGUAGES
    }
