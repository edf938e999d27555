"""A Telegram Bot API over HTTP for tests: scripted answers, everything that arrived is recorded.

    async with TelegramServer() as telegram:
        telegram.script("sendMessage", Reply.refused(403, "Forbidden: bot was blocked by the user"))
        ...Telegram(TOKEN, base_url=telegram.url)...
        assert telegram.texts == ["…"]

Where ``TICKERBELL_SHARED`` names a folder with the Bot API's description, every request is checked
against it; what does not fit is in ``invalid``, which must be empty at the end.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "123456789:AAEexampleexampleexampleexample-0123"
BOT = {"id": 123456789, "is_bot": True, "first_name": "TickerBell", "username": "tickerbell_bot"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted answer. ``cut`` closes the line after the request was taken in (``"after"``)

    or half-way through the answer (``"middle"``); ``delay`` waits first. ``accepted`` is whether
    the message counts as delivered.
    """

    status: int = 200
    body: bytes = b""
    cut: str = ""
    delay: float = 0.0
    accepted: bool = False

    @classmethod
    def refused(cls, status: int, description: str, **parameters: object) -> Reply:
        """An error as Telegram words it."""
        answer: dict[str, object] = {"ok": False, "error_code": status, "description": description}
        if parameters:
            answer["parameters"] = parameters
        return cls(status, json.dumps(answer).encode())

    @classmethod
    def result(cls, result: object) -> Reply:
        """The call succeeded, with this result, and the message is delivered."""
        return cls(body=json.dumps({"ok": True, "result": result}).encode(), accepted=True)

    @classmethod
    def page(cls, status: int) -> Reply:
        """An error page of some proxy on the way."""
        return cls(status, b"<html><body><h1>Bad Gateway</h1></body></html>")


@dataclass(frozen=True, slots=True)
class Call:
    """One request that arrived, with when (the loop's time)."""

    method: str
    parameters: dict[str, Any]
    at: float


@dataclass
class TelegramServer:
    """The server; use it as an asynchronous context manager."""

    admins: set[int] = field(default_factory=set)
    reads_all: bool = False  # privacy mode is off
    bot_rights: dict[int, set[str]] = field(default_factory=dict)  # where the bot is an admin
    linked: dict[int, int] = field(default_factory=dict)  # the channel that a group belongs to
    plain_groups: set[int] = field(default_factory=set)  # groups that are no supergroups
    strangers: set[int] = field(default_factory=set)  # who never started the bot
    deleted: list[tuple[int, int]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self._scripts: dict[str, deque[Reply]] = defaultdict(deque)
        self._updates: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self._next_update = 1000
        self._next_message = 1
        self._spec = _described_methods()
        self._serving: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> TelegramServer:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # closed transports go in the loop's next round
        await self._server.wait_closed()

    def script(self, method: str, *replies: Reply) -> None:
        """The next calls of ``method`` are answered so, in this order; later ones succeed."""
        self._scripts[method].extend(replies)

    @property
    def texts(self) -> list[str]:
        """The texts of the messages that were delivered, in order."""
        return [message["text"] for message in self.accepted]

    def called(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of ``method``."""
        return [call.parameters for call in self.calls if call.method == method]

    def push(self, **update: Any) -> int:
        """Hand out an update with the next poll; its id."""
        self._next_update += 1
        self._updates.append({"update_id": self._next_update, **update})
        self._news.set()
        return self._next_update

    def write(self, text: str, *, chat: int = 7, user: int = 7, **more: Any) -> int:
        """Somebody writes: in a private chat, or in a group where ``chat`` is negative."""
        return self.push(message=self.message(text, chat=chat, user=user, **more))

    def edit(self, number: int, text: str, *, chat: int, user: int, **more: Any) -> int:
        """Somebody changes what they wrote."""
        edited = {**self.message(text, chat=chat, user=user, **more), "message_id": number}
        return self.push(edited_message={**edited, "edit_date": 1_700_000_100})

    def press(self, data: str, *, chat: int = 7, user: int = 7, **more: Any) -> int:
        """Somebody presses a button under the bot's last message."""
        message = self.message("alert", chat=chat, user=0, **more)
        message["from"] = BOT
        query = {"id": "q1", "from": _person(user), "chat_instance": "1", "data": data}
        return self.push(callback_query={**query, "message": message})

    def message(self, text: str, *, chat: int, user: int, **more: Any) -> dict[str, Any]:
        """A message as Telegram describes it."""
        self._next_message += 1
        return {
            "message_id": self._next_message,
            "date": 1_700_000_000,
            "chat": self._chat(chat),
            "from": _person(user),
            "text": text,
            **more,
        }

    async def until(self, method: str, count: int = 1, seconds: float = 5.0) -> None:
        """Wait until ``method`` was called so often. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.called(method)) >= count)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _request(reader):
                if not await self._take(*request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client went away; what it sent is recorded
        finally:
            writer.close()

    async def _take(self, path: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; false where the line is cut."""
        token, _, method = path.removeprefix("/bot").partition("/")
        parameters = _parameters(body)
        self.calls.append(Call(method, parameters, asyncio.get_running_loop().time()))
        self._check(method, parameters)
        async with self._changed:
            self._changed.notify_all()
        scripted = self._scripts[method].popleft() if self._scripts[method] else None
        if scripted is None:
            reply = await self._normal(token, method, parameters)
        else:
            reply = scripted
            if reply.accepted:
                self.accepted.append(parameters)
        await asyncio.sleep(reply.delay)
        if reply.cut == "after":
            return False
        head = f"HTTP/1.1 {reply.status} X\r\nContent-Length: {len(reply.body)}\r\n\r\n"
        whole = head.encode() + reply.body
        writer.write(whole[: len(whole) // 2] if reply.cut == "middle" else whole)
        await writer.drain()
        return reply.cut != "middle"

    async def _normal(self, token: str, method: str, parameters: dict[str, Any]) -> Reply:
        if token != TOKEN:
            return Reply.refused(401, "Unauthorized")
        result: Any = True
        if method == "getMe":
            result = BOT | {"can_read_all_group_messages": self.reads_all}
        elif method == "getUpdates":
            result = await self._poll(parameters)
        elif method == "getChatMember":
            result = self._member(parameters["chat_id"], parameters["user_id"])
        elif method == "getChatAdministrators":
            result = [self._member(parameters["chat_id"], user) for user in sorted(self.admins)]
        elif method == "getChat":
            chat = int(parameters["chat_id"])
            more = {"linked_chat_id": self.linked[chat]} if chat in self.linked else {}
            result = self._chat(chat) | _FULL_CHAT | more
        elif method == "deleteMessage":
            return self._delete(int(parameters["chat_id"]), int(parameters["message_id"]))
        elif method == "sendMessage" and parameters["chat_id"] in self.strangers:
            return Reply.refused(403, "Forbidden: bot can't initiate conversation with a user")
        elif method in {"sendMessage", "editMessageText"}:
            self.accepted.append(parameters)
            result = self.message(parameters["text"], chat=int(parameters["chat_id"]), user=0)
            result["from"] = BOT
        return Reply(body=json.dumps({"ok": True, "result": result}).encode())

    def _member(self, chat: int, user: int) -> dict[str, Any]:
        if user == BOT["id"]:
            rights = self.bot_rights.get(chat)
            return _member(user, rights is not None, rights or set())
        return _member(user, user in self.admins)

    def _delete(self, chat: int, message: int) -> Reply:
        """As deleteMessage is described: in a supergroup by a right of its own."""
        rights = self.bot_rights.get(chat)
        if (chat, message) in self.deleted:
            return Reply.refused(400, "Bad Request: message to delete not found")
        if rights is None or not (chat in self.plain_groups or "can_delete_messages" in rights):
            return Reply.refused(400, "Bad Request: message can't be deleted")
        self.deleted.append((chat, message))
        return Reply(body=b'{"ok": true, "result": true}')

    def _chat(self, chat: int) -> dict[str, Any]:
        if chat < 0:
            kind = "group" if chat in self.plain_groups else "supergroup"
            return {"id": chat, "type": kind, "title": f"Group {chat}"}
        return {"id": chat, "type": "private", "first_name": f"Person {chat}"}

    async def _poll(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(parameters.get("offset", 0))
        self._updates = [u for u in self._updates if u["update_id"] >= offset]
        if not self._updates:
            self._news.clear()
            try:
                async with asyncio.timeout(float(parameters.get("timeout", 0))):
                    await self._news.wait()
            except TimeoutError:
                return []
        return list(self._updates)

    def _check(self, method: str, parameters: dict[str, Any]) -> None:
        """Note whatever the Bot API's description does not allow."""
        if self._spec is None:
            return
        if method not in self._spec:
            self.invalid.append(f"there is no method {method}")
            return
        fields = {field["name"]: field for field in self._spec[method].get("fields", [])}
        self.invalid += [f"{method}: no parameter {name}" for name in parameters.keys() - fields]
        required = {name for name, field in fields.items() if field["required"]}
        self.invalid += [f"{method}: {name} is missing" for name in required - parameters.keys()]


def _described_methods() -> dict[str, Any] | None:
    folder = os.environ.get("TICKERBELL_SHARED")
    path = Path(folder, "specs", "telegram-bot-api.json") if folder else None
    if path is None or not path.exists():
        return None
    methods: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["methods"]
    return methods


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes] | None:
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    first, *headers = head.decode("latin-1").split("\r\n")
    named = dict(line.lower().split(": ", 1) for line in headers if ": " in line)
    body = await reader.readexactly(int(named.get("content-length", "0")))
    return first.split(" ")[1], body


def _parameters(body: bytes) -> dict[str, Any]:
    """Form fields, nested ones and numbers decoded."""
    form = parse_qsl(body.decode(), keep_blank_values=True)
    return {name: value if name == "text" else _decoded(value) for name, value in form}


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"Person {user}", "language_code": "zh-hant"}


# What getChat must tell of every chat.
_FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        [
            *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
            "gifts_from_channels",
        ],
        False,
    ),
}


def _member(user: int, is_admin: bool, granted: Collection[str] = ()) -> dict[str, Any]:
    member: dict[str, Any] = {"user": _person(user), "status": "member"}
    if is_admin:
        rights = [
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
            "can_manage_video_chats", "can_restrict_members", "can_promote_members",
            "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
            "can_delete_stories",
        ]  # fmt: skip
        member |= {"status": "administrator", **{right: right in granted for right in rights}}
    return member
