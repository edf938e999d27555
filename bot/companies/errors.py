"""What can be wrong with a public list or with the file that it is written to."""

from __future__ import annotations


class ListError(Exception):
    """A list or file cannot be used. ``key`` and ``values`` name the sentence in the catalogue."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values
