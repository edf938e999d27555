"""The chat's one door: a text or a pressed button in, what to answer out.

    text ─► Command ─┐
                     ├─► handler (Context) ─► Reply ─► Message
    button ─► Action ┘

Everything that one text or button does is one transaction with the note that it was seen, so that
a crash repeats it whole and a delivery that the network repeats has no second effect.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.buttons import BUTTONS
from bot.chat.commands import Command, parse
from bot.chat.context import Context, LinkKeys, SayChanges
from bot.chat.engine import ArticleReader, RuleReader
from bot.chat.handlers import HANDLERS
from bot.chat.handlers.check import wordless
from bot.chat.handlers.unknown import unknown
from bot.chat.heldback import heldback
from bot.chat.notices import notice
from bot.chat.offers import offer_notice
from bot.chat.replies import Choice, Reply, render, reply, say
from bot.messages import Incoming, Message, Posted, Pressed
from bot.ports import Clock
from bot.texts import texts
from storage.rows import Chat, OutboxRow
from storage.store import Store

GUARD = "guard"  # the command, and its buttons
BUTTONS_LIVE = timedelta(days=7)
NOTICE_BUTTONS_LIVE = timedelta(days=90)  # nobody asked for it: it may lie unread for long
# In a group only its admins may use what changes something for everybody; all may look and judge.
_LOOKING = frozenset({"list", "test", "search", "latest", "why", "spam", "story", "held_page"})
_ANYBODY = _LOOKING | {"start", "help", "mutes", "sources", "check", "ham", "held"}
_ANYBODY_PRESSES = _LOOKING | {"not_relevant", "judge", "withdraw", "why_more"}


class AllowList(Protocol):
    """Who may talk to the bot."""

    def allows(self, platform: str, address: str, user: str) -> bool:
        """Whether this person may, in this chat."""
        ...

    def trust(self, platform: str, address: str, user: str, *, is_admin: bool) -> str:
        """Whose word it is on what is an advert: the ``owner``'s, an ``admin``'s or ``other``."""
        ...


class ChatService:
    """Answers chats. Called on the database's thread; never waits for anything.

    ``on_rules_changed`` is called after a change of any chat's rules is on disk. ``bot_name`` is
    the bot's own name on Telegram: ``/sub@AnotherBot`` is then left alone. ``link_keys`` gives the
    keys under which the article behind a link is stored. ``reader`` reads what people paste,
    ``say_changes`` words what changed in a story.
    """

    def __init__(
        self,
        store: Store,
        engine: RuleReader,
        clock: Clock,
        allowed: AllowList,
        on_rules_changed: Callable[[], None],
        default_lang: str = "zh-TW",
        zone: str = "Asia/Taipei",
        *,
        reader: ArticleReader,
        link_keys: LinkKeys,
        say_changes: SayChanges,
        bot_name: str = "",
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._engine = engine
        self._reader = reader
        self._clock = clock
        self._allowed = allowed
        self._on_rules_changed = on_rules_changed
        self._lang = default_lang
        self._zone = zone
        self._link_keys = link_keys
        self._timer = timer
        self._say_changes = say_changes
        self._bot_name = bot_name.removeprefix("@").lower()

    def incoming(self, text: Incoming) -> tuple[Message, ...]:
        """What to answer to a text; nothing where it is not for the bot, or was seen before."""
        command = _command(text)
        if text.is_group and not self._is_meant(command, is_answer=bool(text.reply_to)):
            return ()
        if not self._allowed.allows(text.platform, text.address, text.user):
            return (self._closed(text.platform, text.address),)
        return self._answer(text, lambda context: _obey(context, text, command))

    def pressed(self, button: Pressed) -> tuple[Message, ...]:
        """What to answer to a pressed button; a forged or expired one has no effect."""
        if not self._allowed.allows(button.platform, button.address, button.user):
            return (self._closed(button.platform, button.address),)
        return self._answer(button, lambda context: _press(context, button))

    def notice(self, row: OutboxRow) -> Message:
        """What an outbox row tells the chat of a rule or a source. Raises RuleGoneError.

        Of a source it is told without a sound: it is no news.
        """
        now = self._clock()
        context = self._own(row.chat, now)
        if "about" in row.payload:
            said = offer_notice(context, row.payload)
            return replace(self._render(row.chat, said, now, NOTICE_BUTTONS_LIVE), silent=True)
        return self._render(row.chat, notice(context, row.payload), now, NOTICE_BUTTONS_LIVE)

    def collected(self, row: OutboxRow) -> Message | None:
        """What was held back in a slot that is over; None where nothing of it is wanted still."""
        now = self._clock()
        found = heldback(self._own(row.chat, now), row.id)
        if found and row.repeat:
            found = replace(found, parts=(*found.parts, None, say("card.repeat")))
        return self._render(row.chat, found, now, NOTICE_BUTTONS_LIVE) if found else None

    def _own(self, chat: Chat, now: datetime) -> Context:
        """What the bot has to say of itself, with nobody asking."""
        return Context(
            self._store,
            self._engine,
            self._link_keys,
            chat,
            "",
            now,
            reader=self._reader,
            say_changes=self._say_changes,
        )

    def is_meant(self, post: Posted) -> bool:
        """Whether what somebody wrote in a group is for the bot."""
        return self._is_meant(parse(post.text, is_group=True), is_answer=post.is_reply)

    def move(self, platform: str, old: str, new: str) -> bool:
        """The chat at ``old`` lives at ``new`` from now on; whether there was one."""
        chat = self._store.chats.find(platform, old)
        if chat is None:
            return False
        self._store.chats.move(chat.id, new, self._clock())
        self._on_rules_changed()
        return True

    def needs_powers(self, request: Incoming | Pressed) -> bool:
        """Whether the answer depends on what the bot itself may do in the group."""
        if isinstance(request, Incoming):
            command = _command(request)
            return request.is_group and command is not None and command.name == GUARD
        chat = self._store.chats.find(request.platform, request.address)
        action = self._store.actions.take(request.token, chat.id, self._clock()) if chat else None
        return action is not None and action.kind == GUARD

    def _is_meant(self, command: Command | None, *, is_answer: bool) -> bool:
        """Whether a command in a group is for the bot; an everyday word only in answer to it."""
        if command is None or (command.everyday and not is_answer):
            return False
        return not command.bot or not self._bot_name or command.bot == self._bot_name

    def _closed(self, platform: str, address: str) -> Message:
        closed = reply(say("chat.closed", platform=platform, address=address))
        return render(closed, texts(self._lang), lambda _: "")

    def _answer(
        self, request: Incoming | Pressed, handle: Callable[[Context], Reply | None]
    ) -> tuple[Message, ...]:
        now = self._clock()
        with self._store.transaction():
            if request.update and not self._store.updates.first_time(
                request.platform, request.update, now
            ):
                return ()
            context = self._context(request, now)
            answer = handle(context)
            message = self._render(context.chat, answer, now) if answer else None
            # Who writes can be reached again, and the rules of a reachable chat count.
            is_back = context.chat.status == "suspended"
            if is_back:
                self._store.chats.restore(context.chat.id, now)
        if is_back or (answer and answer.rules_changed):
            self._on_rules_changed()
        return (message,) if message else ()

    def _context(self, request: Incoming | Pressed, now: datetime) -> Context:
        title, reply_to, quoted = "", "", ""
        if isinstance(request, Incoming):
            title, reply_to, quoted = request.chat_title, request.reply_to, request.quoted
        chat = self._store.chats.ensure(
            request.platform, request.address, title, self._lang, self._zone, now
        )
        return Context(
            self._store,
            self._engine,
            self._link_keys,
            chat,
            request.user,
            now,
            reply_to,
            quoted=quoted,
            quotes_us=isinstance(request, Incoming) and request.quotes_us,
            is_group=request.is_group,
            powers=request.powers,
            may_teach=request.is_admin or not request.is_group,
            trust=self._allowed.trust(
                request.platform, request.address, request.user, is_admin=request.is_admin
            ),
            reader=self._reader,
            timer=self._timer,
            say_changes=self._say_changes,
        )

    def _render(
        self, chat: Chat, answer: Reply, now: datetime, live: timedelta = BUTTONS_LIVE
    ) -> Message:
        """The answer in the chat's language as it is now, which the handler may have changed."""
        current = self._store.chats.get(chat.id) or chat

        def mint(choice: Choice) -> str:
            until = now + live
            return self._store.actions.create(chat.id, choice.kind, choice.args, now, until)

        return render(answer, texts(current.lang), mint)


def _command(text: Incoming) -> Command | None:
    """What is asked; a message passed on to the bot itself is to be checked, whatever it says."""
    if text.forwarded and not text.is_group:
        return Command("check", text.text)
    return parse(text.text, is_group=text.is_group)


def _obey(context: Context, text: Incoming, command: Command | None) -> Reply | None:
    if text.wordless:
        return wordless()
    if command is None:
        return unknown(context, text.text)
    if text.is_group and not text.is_admin and command.name not in _ANYBODY:
        return reply(say("chat.admins_only"))
    if text.is_group and command.everyday and context.answered() is None:
        return None
    return HANDLERS[command.name](context, command.argument)


def _press(context: Context, button: Pressed) -> Reply:
    action = context.store.actions.take(button.token, context.chat.id, context.now)
    if action is None or action.kind not in BUTTONS:
        return Reply((say("button.expired"),), fleeting=button.is_group)
    if button.is_group and not button.is_admin and action.kind not in _ANYBODY_PRESSES:
        return Reply((say("chat.admins_only"),), fleeting=True)
    return BUTTONS[action.kind](context, action.args)
