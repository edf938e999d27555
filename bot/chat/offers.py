"""Sources that keep advertising: their record in words, and the buttons to mute or unmute them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.context import Context
from bot.chat.defang import name_of
from bot.chat.replies import Choice, Filling, Reply, Say, reply, say, say_of
from bot.messages import Run
from bot.reputations import AUTOMUTED
from bot.slots import PAUSE, PUT_OFF, STORY
from rules.origins import KINDS


def named(kind: str, label: str) -> Filling:
    """The origin as people call it, with what it is where the name does not say so."""
    if kind == PAUSE:
        return say("mutes.everything")
    shown = name_of(kind, label)
    if kind in {"outlet", "feed"} or kind not in {*KINDS, STORY, *PUT_OFF}:
        return shown
    return say_of("origin", kind, label=shown)


def record_of(payload: Mapping[str, object]) -> Say:
    """近 8 篇有 6 篇是薦股廣告."""
    articles, adverts = int(str(payload["articles"])), int(str(payload["adverts"]))
    return say("offer.record", articles=articles, adverts=adverts)


def offer_of(payload: Mapping[str, object]) -> tuple[Say, Choice]:
    """The question whether to mute an origin, and the button that does."""
    kind, value, label = (str(payload[name]) for name in ("kind", "value", "label"))
    args = {"kind": kind, "value": value, "label": label, "seconds": ""}
    line = say("offer.ask", origin=_bold(kind, label), record=record_of(payload))
    return line, Choice(say("mute.button", label=name_of(kind, label)), "mute_origin", args)


def offer_notice(context: Context, payload: Mapping[str, object]) -> Reply:  # noqa: ARG001
    """What an outbox row says of such an origin: it was muted, or may be."""
    if payload["about"] == AUTOMUTED:
        kind, label = str(payload["kind"]), str(payload["label"])
        done = say("offer.muted", origin=_bold(kind, label), record=record_of(payload))
        undo = Choice(say("mute.undo"), "undo_mute", {"mute": str(payload["mute"])})
        return reply(done, say("mute.held"), choices=[[undo]])
    line, button = offer_of(payload)
    return reply(line, say("mute.held"), choices=[[button]])


def _bold(kind: str, label: str) -> Filling:
    shown = named(kind, label)
    return Run(shown, bold=True) if isinstance(shown, str) else shown
