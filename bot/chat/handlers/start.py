"""/start, /help and /lang."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.replies import Choice, Reply, reply, say, say_of
from bot.texts import LANGUAGES


def start(context: Context, argument: str) -> Reply:
    """Greet, or welcome back; the service has already restored a suspended chat."""
    rules = context.store.rules.of_chat(context.chat.id)
    back = say("start.back", count=len(rules)) if rules else say("start.try")
    return reply(say("start.hello"), None, back, None, say("start.more"))


def help_(context: Context, argument: str) -> Reply:
    """Every command with an example, on one screen."""
    return reply(say("help.text"))


def lang(context: Context, argument: str) -> Reply:
    """Answer in another language from now on; without one, ask which."""
    if not argument:
        row = [Choice(say_of("lang", name), "lang", {"lang": name}) for name in LANGUAGES]
        return reply(say("lang.ask"), choices=[row])
    chosen = _language(argument)
    if chosen is None:
        return reply(say("lang.unknown", name=argument))
    context.store.chats.set_lang(context.chat.id, chosen)
    return reply(say("lang.done"))


def _language(name: str) -> str | None:
    """``zh``, ``zh-tw``, ``中文``, ``english`` … as one of LANGUAGES."""
    wanted = name.strip().lower()
    by_name = {
        "zh": "zh-TW", "zh-tw": "zh-TW", "zh_tw": "zh-TW", "中文": "zh-TW", "繁體中文": "zh-TW",
        "en": "en", "en-us": "en", "english": "en", "英文": "en",
    }  # fmt: skip
    return by_name.get(wanted)
