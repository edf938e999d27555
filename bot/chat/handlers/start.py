"""/start, /help and /lang."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.replies import Choice, Reply, reply, say, say_of, short
from bot.texts import LANGUAGES, texts


def start(context: Context) -> Reply:
    """Greet, or welcome back; the service has already restored a suspended chat."""
    count = len(context.store.rules.of_chat(context.chat.id))
    if not count:
        return reply(say("start.hello"), None, say("start.try"), None, say("start.more"))
    if context.chat.status == "suspended":
        return reply(say("start.back", count=count))
    return reply(say("start.hello"), None, say("start.kept", count=count), say("start.more"))


def help_() -> Reply:
    """Every command with an example, on one screen."""
    return reply(say("help.text"))


def lang(context: Context, argument: str) -> Reply:
    """Answer in another language from now on; without one, ask which."""
    if not argument:
        row = [Choice(say_of("lang", name), "lang", {"lang": name}) for name in LANGUAGES]
        return reply(say("lang.ask"), choices=[row])
    chosen = _language(argument)
    if chosen is None:
        return reply(say("lang.unknown", name=short(argument)))
    context.store.chats.set_lang(context.chat.id, chosen)
    return reply(say("lang.done"))


def _language(name: str) -> str | None:
    """``zh``, ``zh-tw``, ``中文``, ``english`` … as one of LANGUAGES."""
    wanted = name.strip().lower().replace("_", "-")
    return next(
        (lang for lang in LANGUAGES if wanted in texts(lang).say("lang.names").split()), None
    )
