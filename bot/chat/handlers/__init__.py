"""One function a command, by the command's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.chat.context import Context, Handler
from bot.chat.handlers.bells import bell, urgent
from bot.chat.handlers.check import check
from bot.chat.handlers.guard import guard
from bot.chat.handlers.held import held
from bot.chat.handlers.judging import ham
from bot.chat.handlers.muting import automute, mute, mutes, unmute
from bot.chat.handlers.quiet import pause, quiet, resume, snooze
from bot.chat.handlers.search import latest, search
from bot.chat.handlers.sources import sources
from bot.chat.handlers.start import help_, lang, start
from bot.chat.handlers.story import story
from bot.chat.handlers.subscriptions import list_, sub, unsub
from bot.chat.handlers.testing import test
from bot.chat.handlers.touts import spam
from bot.chat.handlers.why import why
from bot.chat.handlers.zone import timezone
from bot.chat.replies import Reply


def _alone(answer: Callable[[Context], Reply]) -> Handler:
    """A handler of a command that nothing needs to follow."""
    return lambda context, _: answer(context)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "start": _alone(start),
        "help": _alone(lambda _: help_()),
        "sub": sub,
        "urgent": urgent,
        "bell": bell,
        "test": test,
        "search": search,
        "latest": latest,
        "unsub": unsub,
        "list": list_,
        "mute": mute,
        "unmute": unmute,
        "mutes": _alone(mutes),
        "sources": _alone(sources),
        "automute": automute,
        "spam": spam,
        "ham": ham,
        "held": _alone(held),
        "why": why,
        "story": story,
        "quiet": quiet,
        "snooze": snooze,
        "pause": pause,
        "resume": _alone(resume),
        "timezone": timezone,
        "check": check,
        "guard": guard,
        "lang": lang,
    }
)
