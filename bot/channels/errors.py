"""Why a channel cannot start, as something its owner can act on."""

from __future__ import annotations


class ChannelError(Exception):
    """A channel cannot start. ``key`` and ``values`` name the sentence that says what to do.

    The text of the error itself is safe to log: it never holds a token.
    """

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values
