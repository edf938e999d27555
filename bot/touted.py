"""How often adverts tout the stock that an alert is about: who follows it should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import reputation
from rules.model import Company, Reading
from storage import Store
from storage.feedback import HONEST


@dataclass(frozen=True, slots=True)
class Touted:
    """So many adverts of the latest ``days`` tout ``company``."""

    company: Company
    days: int
    adverts: int


def touted(
    store: Store, chat: int, reading: Reading, asked: frozenset[str], now: datetime
) -> Touted | None:
    """The stock of an article that adverts tout most, where that is often enough to be told.

    Of the companies that the article is about, those that the chat ``asked`` for come first. What
    the chat called honest is not counted.
    """
    bound = reputation.policy().touted
    about = {m.company.symbol: m.company for m in reading.mentions if m.about}
    wanted = {symbol: about[symbol] for symbol in about.keys() & asked} or about
    if not wanted:
        return None
    said = store.feedback
    honest = [id_ for id_ in said.said(chat, HONEST) if said.word(chat, id_) == HONEST]
    found = store.sightings.touts(wanted, now - timedelta(days=bound.days), honest)
    most = max(found, key=lambda symbol: (found[symbol], symbol), default="")
    if not most or found[most] < bound.adverts:
        return None
    return Touted(wanted[most], bound.days, found[most])
