"""Talking with people: commands, answers, buttons. ``ChatService`` is the door."""

from bot.chat.engine import RuleLanguage, RuleReader
from bot.chat.service import AllowList, ChatService

__all__ = ["AllowList", "ChatService", "RuleLanguage", "RuleReader"]
