"""What words name: companies, kinds of events, and what figures measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rules.language.vocabulary import Measure, vocabulary
from rules.measures import KINDS as FIGURES
from rules.model import And, Company, CompanyTerm, EventTerm, KeywordTerm, Term
from rules.text import folded

_LEAST = 2  # characters of a keyword that is left among words of asking
_SHARE_CLASS = re.compile(r"([a-z]{1,4})[- ]([a-z])")  # brk-b, brk b
_HONG_KONG = re.compile(r"(\d{1,3})\.hk")
_TAIWAN = re.compile(
    r"(?:tw|twse|tpex|tpe)?[.]?(\d{4,6}[a-z]?)(?:[.: ]?(?:two?|twse|tpex|otc|tt))?"
)
_AMERICA = re.compile(r"([a-z]{1,5})\.(?:us|n|o)")
# 併購金額: how large it is.
_AMOUNTS = frozenset(map(folded, ("金額", "規模", "總額", "人數", "比例", "比率", "幅度")))
_LONGEST_JOINED = 40  # characters: a longer word is not taken apart


class Directory(Protocol):
    """The companies, as ``rules.companies.directory()`` knows them."""

    @property
    def names(self) -> Mapping[str, object]:
        """Every name and alias, folded."""

    def __hash__(self) -> int:
        """It never changes, so that what is derived from it can be kept."""

    def get(self, symbol: str) -> Company | None:
        """The company with this symbol."""

    def resolve(self, name: str) -> tuple[Company, ...]:
        """The companies that exactly this name, alias, code or symbol stands for."""

    def nearest(self, name: str) -> Sequence[str]:
        """Known names or codes that look like ``name``, best first."""


class Events(Protocol):
    """The event kinds, as ``rules.events`` knows them."""

    def resolve(self, word: str) -> str | None:
        """The kind that this word names."""


@dataclass(frozen=True, slots=True)
class Known:
    """Look-ups of folded words."""

    directory: Directory
    events: Events

    def companies(self, name: str) -> tuple[Company, ...]:
        """The companies that exactly ``name`` stands for, also as ``brk-b`` or ``700.hk``."""
        found = self.directory.resolve(name)
        if not found and (parts := _SHARE_CLASS.fullmatch(name)):
            found = self.directory.resolve(f"{parts[1]}.{parts[2]}")
        if not found and (code := _HONG_KONG.fullmatch(name)):
            found = self.directory.resolve(f"{code[1]:0>4}.hk")
        if not found and (code := _TAIWAN.fullmatch(name)):  # 2330tw, twse2330
            local = self.directory.resolve(code[1])
            found = tuple(c for c in local if c.symbol.endswith((".TW", ".TWO")))
        if not found and (code := _AMERICA.fullmatch(name)):
            found = self.directory.resolve(code[1])
        return found

    def company(self, name: str) -> CompanyTerm | None:
        """The one company that ``name`` stands for."""
        if name in vocabulary().plain or (len(name) == 1 and name.isascii()):
            return None
        found = self.companies(name)
        return CompanyTerm(found[0].symbol) if len(found) == 1 else None

    def kind(self, word: str) -> str | None:
        """The event kind that ``word`` names: a kind itself, a short form, an event's name."""
        return kind_named(word, self.events)

    def happening(self, name: str) -> Term | None:
        """The event that ``name`` stands for; a word that says more is asked for as well."""
        kind = self.kind(name)
        if kind is None:
            return None
        event = EventTerm(kind)
        return And((event, KeywordTerm(name))) if name in vocabulary().narrower else event

    def named(self, name: str) -> Term | None:
        """The one company or event that ``name`` stands for."""
        return self.company(name) or self.happening(name)

    def measure(self, word: str) -> Measure | None:
        """What the figures of ``word`` measure."""
        if found := vocabulary().measures.get(word):
            return found
        if word in FIGURES:
            return Measure(word, "percent" if word in {"margin", "share"} else "money")
        kind = self.kind(word)
        if kind is None and word[-2:] in _AMOUNTS:
            kind = self.kind(word[:-2])
        if kind is None:
            return None
        meaning = vocabulary().kinds[kind]
        return Measure(kind, example=meaning.example, english=meaning.english)

    def comparable(self, word: str) -> tuple[CompanyTerm | None, str] | None:
        """The company, if any, and the measuring word that make up ``word``: 台積電營收."""
        if self.measure(word):
            return None, word
        for cut in range(1, min(len(word), _LONGEST_JOINED)):
            left, right = word[:cut].removesuffix("的"), word[cut:].lstrip()
            if self.measure(right) and (company := self.company(left)):
                return company, right
        return None


def kind_named(word: str, events: Events) -> str | None:
    """The event kind that folded ``word`` names: a kind itself, a short form, an event's name."""
    words = vocabulary()
    if word in words.kinds:
        return word
    return events.resolve(word) or words.kind_words.get(word)


def near_kinds(word: str) -> Sequence[str]:
    """Names of event kinds that look like ``word``."""
    import difflib

    words = vocabulary()
    near = difflib.get_close_matches(word, [*words.kinds, *words.kind_words], n=3, cutoff=0.5)
    return [words.kind_spellings.get(name, name) for name in near]


# --- words made of several ------------------------------------------------------------------------


def taken_apart(text: str, known: Known) -> tuple[Term, ...] | None:
    """The company and events that ``text`` is made of, besides words that say nothing.

    台積電裁員 and 輝達財報出來通知我 are; nothing else may be in ``text``, and one company at most.
    """
    if not 1 < len(text) <= _LONGEST_JOINED:
        return None
    found = _parts(text, 0, known, set(), False)
    named = tuple(dict.fromkeys(part for part in found or () if part is not None))
    companies = sum(isinstance(part, CompanyTerm) for part in named)
    return named if named and companies <= 1 else None


def is_filler(text: str) -> bool:
    """Whether ``text`` says nothing about what is wanted, as a word of its own."""
    fillers = vocabulary().fillers
    if text in fillers.alone or text in fillers.anywhere:
        return True
    return 1 < len(text) <= _LONGEST_JOINED and _only_fillers(text, fillers.anywhere)


def without_asking(text: str) -> str:
    """A keyword without the words of asking around it: 我要所有半導體新聞 is 半導體."""
    if len(text) > _LONGEST_JOINED:
        return text
    found = _asked().fullmatch(text)
    if found is None or not (found["asking"] or found["tail"]) or len(found["word"]) < _LEAST:
        return text
    return found["word"]


@lru_cache(maxsize=1)
def _asked() -> re.Pattern[str]:
    fillers = vocabulary().fillers
    asking, whole, tail = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (fillers.asking, fillers.whole, fillers.tail)
    )
    return re.compile(f"(?P<asking>(?:{asking})*)(?:{whole})?(?P<word>.+?)(?P<tail>(?:{tail})*)")


def _only_fillers(text: str, fillers: frozenset[str]) -> bool:
    if not text:
        return True
    return any(
        text[:end] in fillers and _only_fillers(text[end:], fillers)
        for end in range(min(len(text), 8), 0, -1)
    )


def _parts(
    text: str, start: int, known: Known, failed: set[int], after_company: bool
) -> list[Term | None] | None:
    """The parts of ``text[start:]``, the longest first; None stands for a filler."""
    if start == len(text):
        return []
    if start in failed:
        return None
    fillers = vocabulary().fillers
    for end in range(len(text), start, -1):
        piece = text[start:end]
        term = known.named(piece) if len(piece) > 1 or not start else None
        filler = piece in fillers.anywhere or (after_company and piece in fillers.company)
        if term is None and not filler:
            continue
        rest = _parts(text, end, known, failed, isinstance(term, CompanyTerm))
        if rest is not None:
            return [term, *rest]
    failed.add(start)
    return None
