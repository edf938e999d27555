"""Every sentence that the bot says, in the reader's language.

``texts(lang)`` gives the sentences of one language. They live in the TOML files beside this
module: ``zh-TW.toml`` and ``en.toml``, and any ``*.zh-TW.toml`` and ``*.en.toml`` that other parts
of the bot put there. A sentence may hold ``{name}`` placeholders and ``**bold**``; nothing else in
it means anything, and nothing in an inserted value means anything at all.
"""

from __future__ import annotations

from bot.texts.catalogue import CatalogueError, Texts, Value, texts
from rules.wording import LANGUAGES

__all__ = ["LANGUAGES", "CatalogueError", "Texts", "Value", "texts"]
