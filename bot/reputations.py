"""Which of an article's origins keeps advertising, and what is done about it for a chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules import reputation
from rules.origins import Origin
from storage import Store

OFFER, AUTOMUTED = "mute_offer", "automuted"
"""What an outbox row tells of: that a source may be muted, and that it was."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An origin that keeps advertising: of its latest ``articles`` so many are ``adverts``."""

    origin: Origin
    articles: int
    adverts: int

    @property
    def payload(self) -> dict[str, object]:
        """The same for an outbox row or a button."""
        return {
            "kind": self.origin.kind,
            "value": self.origin.value,
            "label": self.origin.label,
            "articles": self.articles,
            "adverts": self.adverts,
        }


def to_offer(store: Store, chat: int, found: Sequence[Origin], now: datetime) -> Standing | None:
    """The narrowest origin that the chat should be offered to mute, and was not yet.

    From now on it counts as offered: nobody is asked twice.
    """
    for standing in _standings(store, chat, found, now):
        origin = standing.origin
        bad = reputation.deserves_offer(origin.kind, standing.articles, standing.adverts)
        if bad and store.mutes.offer(chat, origin.kind, origin.value, now):
            return standing
    return None


def to_mute(store: Store, chat: int, found: Sequence[Origin], now: datetime) -> Standing | None:
    """The narrowest origin that may be muted for a chat which wants that done by itself.

    Never one that the chat has unmuted.
    """
    if not store.chats.automute(chat):
        return None
    for standing in _standings(store, chat, found, now):
        kind, value = standing.origin.kind, standing.origin.value
        bad = reputation.deserves_automute(kind, standing.articles, standing.adverts)
        if bad and not store.mutes.lifted(chat, kind, value):
            return standing
    return None


def see_to(store: Store, chat: int, found: Sequence[Origin], now: datetime) -> None:
    """After an advert for the chat: mute its origin or owe the chat an offer, where one is due."""
    if standing := to_mute(store, chat, found, now):
        origin = standing.origin
        mute = store.mutes.add(chat, origin.kind, origin.value, origin.label, None, now)
        payload = standing.payload | {"about": AUTOMUTED, "mute": mute.id}
        store.outbox.enqueue(chat, None, None, "notice", payload, now)
    elif standing := to_offer(store, chat, found, now):
        payload = standing.payload | {"about": OFFER}
        store.outbox.enqueue(chat, None, None, "notice", payload, now)


def _standings(store: Store, chat: int, found: Sequence[Origin], now: datetime) -> list[Standing]:
    """The records of the origins that can be judged, none where one of them is muted already."""
    muted = {(m.kind, m.value) for m in store.mutes.active(chat, now)}
    if any((o.kind, o.value) in muted for o in found):
        return []
    policy = reputation.policy()
    standings = []
    for origin in found:
        if origin.kind in policy.prior:
            record = store.sources.record(chat, origin.kind, origin.value, policy.window)
            standings.append(Standing(origin, record.articles, record.adverts))
    return standings
