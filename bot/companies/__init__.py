"""The exchanges' and the SEC's public lists of companies, fetched and kept as one file.

    lists.toml ─► fetch ─► isin | sec ─► checked against what is known ─► the owner's CSV file

``tickerbell companies update`` is the only user. Nothing is written unless every list was read.
"""

from __future__ import annotations

from bot.companies.errors import ListError
from bot.companies.lists import PublicList, load_lists
from bot.companies.update import Changes, update

__all__ = ["Changes", "ListError", "PublicList", "load_lists", "update"]
