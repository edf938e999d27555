"""What one currency is worth in another, by the documented table ``data/currencies.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=256)
def factor(currency: str, wanted: str) -> Decimal | None:
    """What one unit of ``currency`` is worth in ``wanted``; None if a rate is not known.

    Both are ISO 4217 codes, or empty for an amount that has no currency.
    """
    if currency == wanted:
        return Decimal(1)
    rates = _rates()
    if currency not in rates or wanted not in rates:
        return None
    return rates[wanted] / rates[currency]


@lru_cache(maxsize=1)
def _rates() -> Mapping[str, Decimal]:
    text = resources.files("rules.data").joinpath("currencies.toml").read_text("utf-8")
    return {code: Decimal(row["per_usd"]) for code, row in tomllib.loads(text).items()}
