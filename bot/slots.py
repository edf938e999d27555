"""What a chat may put off, beside what it mutes: kinds of mutes, and the slot that each one is.

What comes in a slot is collected by one message, which is due when the slot is over.
"""

from __future__ import annotations

from storage.rows import Mute

PAUSE, COMPANY, RULE = "pause", "company", "rule"
"""Kinds of mutes that only put off: everything, a company's news, a subscription's."""

PUT_OFF = frozenset({PAUSE, COMPANY, RULE})

STORY = "story"
"""The kind of a mute that is of one story."""

QUIET = "quiet"
"""The slot of the quiet hours."""


def slot_of(mute: Mute) -> str:
    """The slot that this pause or snooze is."""
    return f"{mute.kind}:{mute.value}" if mute.value else mute.kind
