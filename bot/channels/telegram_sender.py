"""Sending to Telegram: one message, one answer, and the second chances that lose nothing."""

from __future__ import annotations

from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.html import split, to_html
from bot.channels.telegram_answers import Trouble, answer_of, trouble_of
from bot.channels.telegram_updates import place_of
from bot.messages import Answer, Button, Later, Message, Refused, Sent, Uncertain, is_link

_PREVIEW_OFF = LinkPreviewOptions(is_disabled=True)
_TOKEN_BYTES = 64


class Sender:
    """Sends messages through a bot. A message too long for one goes out in pieces, in order."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        # How far an unfinished message came, by retry key, so that a repeat sends only the rest.
        self._done: dict[str, int] = {}

    async def send(
        self, address: str, message: Message, retry_key: str, answers: int | None = None
    ) -> Answer:
        """Send all pieces; the answer is that of the last one, or of the first that failed.

        ``answers`` is the id of the message in the same chat that this one answers.
        """
        try:
            place_of(address)
        except ValueError:
            return Refused(f"not a Telegram address: {address!r}")
        pieces = split(message)
        answer: Answer = Refused("the message is empty")
        start = self._done.pop(retry_key, 0)
        for number, piece in enumerate(pieces[start:], start):
            answer = await self._send_piece(address, piece, answers if number == 0 else None)
            if not isinstance(answer, Sent):
                if retry_key and number and isinstance(answer, Later | Uncertain):
                    self._done[retry_key] = number
                return answer
        return answer

    async def edit(self, address: str, provider_id: str, message: Message) -> Answer:
        """Put ``message`` in the place of an earlier one; only its first piece, which alerts fit.

        To say what it says already is a success, and so is a repeated call.
        """
        number = number_of(provider_id)
        try:
            place_of(address)
        except ValueError:
            return Refused(f"not a Telegram address: {address!r}")
        pieces = split(message)
        if number is None or not pieces:
            return Refused(f"not a message that can be edited: {provider_id!r}")
        plain = False
        while True:
            try:
                return await self._change(address, number, pieces[0], plain)
            except BadRequest as refusal:
                trouble = trouble_of(refusal)
                if trouble is Trouble.SAME:
                    return Sent(provider_id)
                if trouble is not Trouble.MARKUP or plain:
                    return answer_of(refusal)
                plain = True
            except TelegramError as problem:
                return answer_of(problem)

    async def _change(self, address: str, number: int, piece: Message, plain: bool) -> Sent:
        await self._bot.edit_message_text(
            chat_id=place_of(address)[0],
            message_id=number,
            text=piece.plain if plain else to_html(piece),
            parse_mode=None if plain else ParseMode.HTML,
            link_preview_options=_PREVIEW_OFF,
            reply_markup=keyboard(_without_links(piece) if plain else piece),
        )
        return Sent(str(number))

    async def _send_piece(self, address: str, piece: Message, answers: int | None) -> Answer:
        """Once as it is; where Telegram objects to the form or the topic, once more without it."""
        plain = topic_gone = False
        while True:
            target = address.partition(":")[0] if topic_gone else address
            try:
                return await self._call(target, piece, plain, answers)
            except BadRequest as refusal:
                trouble = trouble_of(refusal)
                if trouble is Trouble.MARKUP and not plain:
                    plain = True
                elif trouble is Trouble.TOPIC and ":" in target:
                    topic_gone = True
                else:
                    return answer_of(refusal)
            except TelegramError as problem:
                return answer_of(problem)

    async def _call(self, address: str, piece: Message, plain: bool, answers: int | None) -> Sent:
        chat, thread = place_of(address)
        sent = await self._bot.send_message(
            chat_id=chat,
            message_thread_id=thread,
            text=piece.plain if plain else to_html(piece),
            parse_mode=None if plain else ParseMode.HTML,
            disable_notification=piece.silent,
            link_preview_options=_PREVIEW_OFF,
            reply_markup=keyboard(_without_links(piece) if plain else piece),
            reply_parameters=(
                ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
            ),
        )
        return Sent(str(sent.message_id))


def number_of(provider_id: str) -> int | None:
    """The number by which Telegram knows a message, or None where this is none."""
    return int(provider_id) if provider_id.isascii() and provider_id.isdigit() else None


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The message's buttons as Telegram's; those that Telegram would refuse are left out."""
    rows = [[_button(button) for button in row if _usable(button)] for row in message.buttons]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.token)


def _usable(button: Button) -> bool:
    if button.url:
        return is_link(button.url)
    return 0 < len(button.token.encode()) <= _TOKEN_BYTES


def _without_links(piece: Message) -> Message:
    rows = (tuple(button for button in row if not button.url) for row in piece.buttons)
    return replace(piece, buttons=tuple(row for row in rows if row))
