"""Which public lists there are: data, so that an operator can follow a page that moved."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from bot.companies.errors import ListError


@dataclass(frozen=True, slots=True)
class PublicList:
    """One list; ``lists.toml`` explains each field."""

    key: str
    name: str
    address: str
    format: Literal["isin", "sec"]
    least: int
    suffix: str = ""
    encoding: str = "utf-8"
    most: int | None = None
    sections: tuple[str, ...] = field(default=())


def load_lists(path: Path | None = None) -> tuple[PublicList, ...]:
    """The lists in the TOML file ``path``, or the packaged ones.

    Raises ListError for a file that cannot be read or says something else.
    """
    packaged = resources.files("bot.companies").joinpath("lists.toml")
    try:
        text = path.read_text("utf-8") if path else packaged.read_text("utf-8")
        return tuple(_one(entry) for entry in tomllib.loads(text)["list"])
    except OSError as error:
        raise ListError("listings.unreadable", path=str(path), reason=str(error.strerror)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ListError("listings.bad_lists", path=str(path), reason=str(error)) from error


def _one(entry: dict[str, Any]) -> PublicList:
    unknown = set(entry) - {f.name for f in fields(PublicList)}
    if unknown or entry.get("format") not in {"isin", "sec"}:
        raise TypeError(f"unknown key or format in {entry.get('key')}: {sorted(unknown)}")
    return PublicList(**{**entry, "sections": tuple(entry.get("sections", ()))})
