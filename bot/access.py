"""Who may use the bot."""

from __future__ import annotations

from collections.abc import Iterable

EVERYBODY = "*"


class Allowed:
    """The chats and people that the owner listed; a terminal on this machine is always allowed."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = frozenset(ids)

    def allows(self, platform: str, address: str, user: str) -> bool:
        """Whether this person may use the bot in this chat."""
        chat = address.partition(":")[0]  # a topic of a group belongs to the group
        return (
            platform == "console"
            or EVERYBODY in self._ids
            or chat in self._ids
            or bool(user and user in self._ids)
        )


class Everybody:
    """Lets everybody in: for a bot without a network."""

    def allows(self, platform: str, address: str, user: str) -> bool:
        """True."""
        return True
