"""What a pressed button does: one function a kind of action, with the action's arguments.

Arguments come from storage, where the bot itself put them, bound to the chat; still every change
goes through the chat of the request, so that no argument can reach another chat's data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

from bot.chat.context import Context
from bot.chat.handlers.bells import set_bell
from bot.chat.handlers.guard import cleared, guard, taken_up
from bot.chat.handlers.judging import judge as judged
from bot.chat.handlers.judging import withdraw as take_back
from bot.chat.handlers.muting import lift, silence
from bot.chat.handlers.quiet import set_quiet
from bot.chat.handlers.search import latest, search_on
from bot.chat.handlers.start import lang
from bot.chat.handlers.story import mute_story, told
from bot.chat.handlers.subscriptions import end, instead, list_, sub
from bot.chat.handlers.teaching import unlearn as forget
from bot.chat.handlers.testing import IRRELEVANT, test
from bot.chat.handlers.touts import touts
from bot.chat.handlers.why import everything, trace
from bot.chat.heldback import turn_page
from bot.chat.notices import keep_meaning, take_meaning
from bot.chat.replies import Choice, Reply, reply, say

Args: TypeAlias = Mapping[str, str]
Button: TypeAlias = Callable[[Context, Args], Reply]


def mute_origin(context: Context, args: Args) -> Reply:
    """Mute the origin in the arguments, for ``seconds`` or for good."""
    length = timedelta(seconds=int(args["seconds"])) if args.get("seconds") else None
    return silence(context, args["kind"], args["value"], args["label"], length)


def undo_mute(context: Context, args: Args) -> Reply:
    """End a mute of this chat."""
    kept = context.store.mutes.active(context.chat.id, context.now)
    muted = next((m for m in kept if str(m.id) == args["mute"]), None)
    return lift(context, muted) if muted else reply(say("unmute.gone"))


def not_relevant(context: Context, args: Args) -> Reply:
    """Note that the article does not concern this person."""
    context.store.feedback.record(
        context.chat.id, int(args["article"]), IRRELEVANT, context.user, context.now
    )
    undo = Choice(say("button.undo"), "withdraw", dict(args))
    return reply(say("button.not_relevant"), choices=[[undo]])


def judge(context: Context, args: Args) -> Reply:
    """Say the word in the arguments of the article in them."""
    stored = context.store.articles.get(int(args["article"]))
    return judged(context, stored, args["word"]) if stored else reply(say("button.expired"))


def unlearn(context: Context, args: Args) -> Reply:
    """Forget what was learned of the text in the arguments."""
    return forget(context, args["item"])


def set_guard(context: Context, args: Args) -> Reply:
    """Guard the group in the mode of the arguments."""
    return guard(context, args["mode"])


def clear(context: Context, args: Args) -> Reply:
    """The message of the case in the arguments is no advert."""
    return cleared(context, int(args["case"]))


def take_up(context: Context, args: Args) -> Reply:
    """It is one after all."""
    return taken_up(context, int(args["case"]))


def withdraw(context: Context, args: Args) -> Reply:
    """Take back what this person said about the article."""
    stored = context.store.articles.get(int(args["article"]))
    return take_back(context, stored) if stored else reply(say("button.expired"))


def subscribe(context: Context, args: Args) -> Reply:
    """Subscribe to the rule in the arguments, as /sub does, with the bell that it had."""
    known = {rule.id for rule in context.store.rules.of_chat(context.chat.id)}
    answer = sub(context, args["text"])
    for rule in context.store.rules.of_chat(context.chat.id):
        if rule.id not in known:
            context.store.rules.set_bell(context.chat.id, rule.id, args.get("bell", "on"))
    return answer


def try_rule(context: Context, args: Args) -> Reply:
    """Try the rule in the arguments, as /test does."""
    return test(context, args["text"])


def look_up(context: Context, args: Args) -> Reply:
    """Search for the rule in the arguments, from their place on."""
    return search_on(context, args)


def show_latest(context: Context, args: Args) -> Reply:
    """The latest about the company in the arguments, as /latest does."""
    return latest(context, args["text"])


def show_touts(context: Context, args: Args) -> Reply:
    """How often adverts tout the company in the arguments."""
    return touts(context, args["text"])


def unsubscribe(context: Context, args: Args) -> Reply:
    """End a subscription of this chat."""
    kept = context.store.rules.of_chat(context.chat.id)
    rule = next((r for r in kept if str(r.id) == args["rule"]), None)
    return end(context, rule) if rule else reply(say("unsub.gone"))


def tell_story(context: Context, args: Args) -> Reply:
    """Who tells the story in the arguments."""
    return told(context, int(args["story"]))


def tell_why(context: Context, args: Args) -> Reply:
    """The trace of the article in the arguments."""
    stored = context.store.articles.get(int(args["article"]))
    return trace(context, stored) if stored else reply(say("button.expired"))


def tell_everything(context: Context, args: Args) -> Reply:
    """All that was read in the article in the arguments."""
    stored = context.store.articles.get(int(args["article"]))
    return everything(context, stored) if stored else reply(say("button.expired"))


def show_list(context: Context, args: Args) -> Reply:
    """Another page of the subscriptions."""
    return list_(context, args["page"])


def set_lang(context: Context, args: Args) -> Reply:
    """Answer in this language from now on."""
    return lang(context, args["lang"])


BUTTONS: Mapping[str, Button] = MappingProxyType(
    {
        "mute_origin": mute_origin,
        "undo_mute": undo_mute,
        "not_relevant": not_relevant,
        "judge": judge,
        "withdraw": withdraw,
        "unlearn": unlearn,
        "guard": set_guard,
        "guard_honest": clear,
        "guard_undo": take_up,
        "sub": subscribe,
        "instead": instead,
        "test": try_rule,
        "search": look_up,
        "latest": show_latest,
        "spam": show_touts,
        "unsub": unsubscribe,
        "take_meaning": take_meaning,
        "keep_meaning": keep_meaning,
        "list": show_list,
        "why": tell_why,
        "why_more": tell_everything,
        "lang": set_lang,
        "story": tell_story,
        "mute_story": mute_story,
        "bell": set_bell,
        "held_page": turn_page,
        "quiet": set_quiet,
    }
)
