"""What may be meant otherwise in a rule that is understood, with a button for the other meaning."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.context import Context
from bot.chat.replies import Choice, Say, say, say_of
from rules.language import Note
from rules.model import Rule
from storage.rows import StoredRule

_MOST = 2  # remarks: more would bury the answer
_MOST_BUTTONS = 3
# The sentence that says what a rule means tells of these by itself.
_SELF_EVIDENT = frozenset({"apart", "idle"})


def remarks(context: Context, rule: Rule) -> Sequence[Note]:
    """The remarks that are worth a person's time, the most important first."""
    notes = [note for note in context.engine.notes(rule) if note.key not in _SELF_EVIDENT]
    return list({note.key: note for note in reversed(notes)}.values())[::-1][:_MOST]


def said(context: Context, notes: Sequence[Note]) -> list[Say]:
    """Each remark, a line."""
    return [say("sub.note", note=note.say(context.chat.lang)) for note in notes]


def instead_of(notes: Sequence[Note], rule: StoredRule) -> list[Choice]:
    """Buttons that put what a remark suggests in the place of a subscription."""
    return [
        Choice(say("sub.instead", rule=text), "instead", {"rule": str(rule.id), "text": text})
        for text in _suggested(notes)
    ]


def tried(notes: Sequence[Note], command: str) -> list[Choice]:
    """Buttons that ask the command again with what a remark suggests."""
    return [
        Choice(say_of("chat", f"offer_{command}", rule=text), command, {"text": text})
        for text in _suggested(notes)
    ]


def _suggested(notes: Sequence[Note]) -> list[str]:
    texts = dict.fromkeys(text for note in notes for text in note.suggestions)
    return list(texts)[:_MOST_BUTTONS]
