"""Talking with people: commands, answers, buttons. ``ChatService`` is the door."""

from bot.chat.engine import RuleReader
from bot.chat.service import AllowList, ChatService

__all__ = ["AllowList", "ChatService", "RuleReader"]
