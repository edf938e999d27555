"""Who may use the bot, and whose word on adverts counts for other chats than their own."""

from __future__ import annotations

from collections.abc import Iterable

from bot.messages import whole_of

EVERYBODY = "*"
OWNER, ADMIN, OTHER = "owner", "admin", "other"


class Allowed:
    """The chats and people that the owner listed; a terminal on this machine is always allowed."""

    def __init__(self, ids: Iterable[str], owners: Iterable[str] = ()) -> None:
        """Without ``owners``, the first person (not group, not ``*``) on the list owns the bot."""
        listed = tuple(ids)
        self._ids = frozenset(listed)
        people = (id_ for id_ in listed if id_.isdecimal())
        self._owners = frozenset(owners) or frozenset(list(people)[:1])

    def allows(self, platform: str, address: str, user: str) -> bool:
        """Whether this person may use the bot in this chat."""
        chat = whole_of(address)
        return (
            platform == "console"
            or EVERYBODY in self._ids
            or chat in self._ids
            or bool(user and user in self._ids)
            or user in self._owners
        )

    def trust(self, platform: str, address: str, user: str, *, is_admin: bool) -> str:
        """``owner``, ``admin`` (a listed person, or an admin of a listed group) or ``other``.

        Whom ``*`` lets in is never more than ``other``.
        """
        if platform == "console" or (user and user in self._owners):
            return OWNER
        listed = user in self._ids or (is_admin and whole_of(address) in self._ids)
        return ADMIN if user and listed else OTHER


class Everybody:
    """Lets everybody in: for a bot without a network."""

    def allows(self, platform: str, address: str, user: str) -> bool:
        """True."""
        return True

    def trust(self, platform: str, address: str, user: str, *, is_admin: bool) -> str:
        """Whoever sits at the terminal owns the bot."""
        return OWNER if platform == "console" else OTHER
