"""/timezone: in which zone the chat lives."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from bot.chat.context import Context
from bot.chat.replies import Reply, reply, say, short
from bot.chat.wording import at
from bot.slots import QUIET
from rules.text import folded


def timezone(context: Context, argument: str) -> Reply:
    """Tell the time of another zone from now on; without a word, say which it is."""
    if not argument:
        now = at(context.now, context.now, context.chat.zone)
        return reply(say("timezone.is", zone=context.chat.zone, time=now), say("timezone.example"))
    zone = _zones().get(folded(argument.strip().replace(" ", "_")))
    if zone is None:
        return reply(say("timezone.unknown", name=short(argument)), say("timezone.example"))
    context.store.chats.set_zone(context.chat.id, zone)
    context.store.outbox.release(context.chat.id, QUIET, context.now)  # the night is another one
    return reply(say("timezone.done", zone=zone, time=at(context.now, context.now, zone)))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Every zone by its folded name, by its city alone, and by the names in ``zones.toml``."""
    known = sorted(available_timezones())
    by_city = {folded(name.rpartition("/")[2]): name for name in known if "/" in name}
    by_name = {folded(name): name for name in known}
    file = resources.files("bot.chat").joinpath("zones.toml")
    typed = tomllib.loads(file.read_text(encoding="utf-8"))
    named = {folded(word): zone for zone, words in typed.items() for word in words}
    found = by_city | by_name | named
    return {name: zone for name, zone in found.items() if ZoneInfo(zone)}
