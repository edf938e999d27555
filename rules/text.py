"""One folding for rules and articles alike, with a map back to the original.

Two texts that a reader takes for the same fold to the same characters: NFKC, lower case, look-alike
letters (Cyrillic and Greek to Latin, enclosed letters), accents off Latin letters, traditional and
variant characters to simplified ones (which is what jieba's dictionary holds). What a reader does
not see (zero-width, bidi and filler characters, combining marks) is dropped.

Folding works character by character, so every folded character knows where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import repeat

_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
_SPACES = frozenset(" \t\r\n\f\v\u0085\u2028\u2029")
# Squared, negative circled and negative squared A to Z: NFKC leaves them as they are. Regional
# letters stay too: people write flags with them, not words.
_ENCLOSED_A = (0x1F130, 0x1F150, 0x1F170)
_UNEVEN = "\ue000"  # for private use, so that a text hardly holds it; one that does may
_NOT_CHINESE = re.compile(r"[^\n\u4e00-\u9fff]")
_CJK = re.compile("[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the index in ``original`` it came from."""

    original: str
    text: str
    origins: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The ``[start, end)`` of ``original`` that folded ``[start, end)`` came from.

        Raises ValueError for an empty or reversed range.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such range in the folded text: {start}..{end}")
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold ``text``. Folding a folded text changes nothing; the map never goes backwards."""
    table = _table()
    even = text.translate(table)
    if _UNEVEN not in even:
        return Folded(text, even, range(len(text)))
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    while (at := even.find(_UNEVEN, start)) >= 0:
        piece = table.uneven[ord(text[at])]
        pieces += (even[start:at], piece)
        origins += (*range(start, at), *repeat(at, len(piece)))
        start = at + 1
    pieces.append(even[start:])
    origins += range(start, len(text))
    return Folded(text, "".join(pieces), origins)


def folded(text: str) -> str:
    """Only the folded characters, for keys and vocabularies."""
    table = _table()
    even = text.translate(table)
    if _UNEVEN not in even:
        return even
    uneven = table.uneven
    return "".join(
        [uneven[ord(old)] if new == _UNEVEN else new for old, new in zip(text, even, strict=True)]
    )


def changing(text: str) -> Iterator[int]:
    """The places in ``text`` of characters that folding may change; it changes no others."""
    yield from (match.start() for match in _NOT_CHINESE.finditer(text))
    variants = re.compile(f"[{re.escape(''.join(_table().variants))}]")
    yield from (match.start() for match in variants.finditer(text))


def is_cjk(char: str) -> bool:
    """Whether ``char`` is a Chinese character (also compatibility and radical forms)."""
    return _CJK.match(char) is not None


def has_cjk(text: str) -> bool:
    """Whether a Chinese character stands in ``text``."""
    return _CJK.search(text) is not None


class _Table(dict[int, str]):
    """Code point to its folded form, worked out when first met and kept, for ``str.translate``.

    What folds to no character or to several is ``_UNEVEN`` here, so that the places of a
    translated text are those of the original; ``uneven`` holds what it folds to.
    """

    def __init__(self, variants: dict[str, str], lookalikes: dict[str, str]) -> None:
        super().__init__()
        self.uneven: dict[int, str] = {}
        self.variants = variants
        self._lookalikes = lookalikes

    def __missing__(self, point: int) -> str:
        value = self._fold(chr(point))
        if len(value) != 1 or value == _UNEVEN:
            self.uneven[point] = value
            value = _UNEVEN
        self[point] = value
        return value

    def _fold(self, char: str) -> str:
        if "\u4e00" <= char <= "\u9fff" and char not in self._lookalikes:
            return self.variants.get(char, char)  # as below, in less time
        if char in _SPACES:
            return "\n" if char == "\n" else " "
        if char in self._lookalikes:
            return self._lookalikes[char]
        # Twice: lower-casing can yield characters that NFKC or the tables still change.
        once = "".join(self._one(c) for c in unicodedata.normalize("NFKC", char).casefold())
        return "".join(self._one(c) for c in unicodedata.normalize("NFKC", once).casefold())

    def _one(self, char: str) -> str:
        category = unicodedata.category(char)
        if category in {"Cf", "Cc", "Cs", "Mn", "Me"} or char in _FILLERS:
            return ""
        if category in {"Zs", "Zl", "Zp"}:
            return " "
        char = self._lookalikes.get(char, char)
        if len(char) == 1 and "LATIN" in unicodedata.name(char, ""):
            char = "".join(
                c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)
            )
        return self.variants.get(char, char)


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table(_chinese_variants(), _lookalikes())


def _chinese_variants() -> dict[str, str]:
    """Traditional, variant and compatibility characters to simplified ones, by OpenCC's tables."""
    import opencc  # here, not above: it loads its dictionaries when imported

    points = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)]
    chars = [unicodedata.normalize("NFKC", chr(p)) for p in points]
    joined = "\n".join(chars)
    for scheme in ("tw2s", "hk2s", "t2s"):  # regional variants first, then the general table
        joined = opencc.OpenCC(scheme).convert(joined)
    pairs = zip(points, chars, joined.split("\n"), strict=True)
    table = {chr(p): simple for p, char, simple in pairs if chr(p) != simple or char != chr(p)}
    # A simplified form may itself be listed: follow it, so that folding twice changes nothing.
    return {char: table.get(simple, simple) for char, simple in table.items()}


def _lookalikes() -> dict[str, str]:
    lines = resources.files("rules.data").joinpath("lookalikes.txt").read_text("utf-8")
    table = {chr(a + i): chr(ord("a") + i) for a in _ENCLOSED_A for i in range(26)}
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            target, _, chars = line.partition(" ")
            table.update(dict.fromkeys(chars.replace(" ", ""), target))
    return table
