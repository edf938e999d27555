"""What changed in a story, in words: 裁員 14,000人 → 30,000人."""

from __future__ import annotations

from collections.abc import Iterable

from bot.delivery.amounts import amount, label
from bot.delivery.headline import company_name, said
from bot.texts import Texts
from rules.model import Event, Reading, Stance
from rules.stories import Change, What

_MOST = 3


def line(changes: Iterable[Change], reading: Reading, texts: Texts) -> str:
    """The changes on one line of a card; nothing where there are none."""
    words = said_all(changes, reading, texts)
    return texts.say("changed.line", changes=words) if words else ""


def said_all(changes: Iterable[Change], reading: Reading, texts: Texts) -> str:
    """The first changes in a row, each with its company where they are several's; or nothing."""
    changes = tuple(changes)[:_MOST]
    several = len({change.company for change in changes}) > 1
    parts = []
    for change in changes:
        words = in_words(change, texts)
        mention = reading.mention(change.company)
        if several and mention:
            name = company_name(mention.company, texts)
            words = texts.say("changed.of", company=name, change=words)
        parts.append(words)
    return texts.say("card.between_parts").join(parts)


def in_words(change: Change, texts: Texts) -> str:
    """One change, without its company."""
    event, before = change.event, change.before
    if change.what is What.FIGURE and change.figures:
        old, new = change.figures
        name = label(new, texts) or _name(event, texts)
        return texts.say(
            "changed.figure", label=name, before=amount(old, texts), after=amount(new, texts)
        )
    if change.what is What.STANCE and before is not None:
        key = f"changed.{before.stance.value}_{event.stance.value}"
        return texts.say(key, event=_name(event, texts))
    if change.what is What.DIRECTION and before is not None:
        old_way, new_way = _name(before, texts), _name(event, texts)
        return texts.say("changed.direction", before=old_way, after=new_way)
    return texts.say("changed.event", event=said(event, texts))


def _name(event: Event, texts: Texts) -> str:
    """What happened, without figure and stance, in the direction it went."""
    if event.stance is not Stance.DENIED and event.direction:
        directed = f"event.{event.kind}.{event.direction.value}"
        if directed in texts:
            return texts.say(directed)
    plain = f"event.{event.kind}.any"
    return texts.say(plain) if plain in texts else event.kind
