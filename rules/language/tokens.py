"""Cuts what a person typed into tokens, with the place of each.

It works on the folded text (full width, case, 繁/簡 and look-alikes are gone) and answers places in
it; ``Typed.place`` turns them into places of what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from rules import patterns
from rules.language import quantities
from rules.language.errors import RuleError
from rules.language.note import Value
from rules.language.quantities import Quantity
from rules.language.vocabulary import vocabulary
from rules.text import Folded, is_cjk

MOST_CHARACTERS = 500
DEEPEST = 20

_QUOTES = {
    '"': '"“”„',
    "“": '"”',
    "”": '"“”',
    "„": '"“”',
    "「": "」",
    "『": "』",
    "‘": "’",
    "'": "'",
}
_DASHES = "-−–—"
_OR, _AND = "|,、", "&"
_DECORATION = frozenset("[]{}【】〔〕《》〈〉。`^")  # as around 【快訊】: no part of a word
_STOPS = frozenset(' \n()|,、"“”„「」『』<>=≥≤≧≦') | _DECORATION
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")  # one number, where codes have four digits
_DOTS = re.compile(r"\.{2,}|[…⋯]+")
_TRAILING = "。！？!?.;:…"
_COMPARISONS = re.compile(r"[<>=≥≤≧≦]{1,2}")
_SPELLINGS = {"≥": ">=", "≧": ">=", "=>": ">=", "≤": "<=", "≦": "<=", "=<": "<=", "==": "="}
_REGEX_END = re.compile(r"/(?P<flags>[a-z]*)(?=[\s)|,、]|$)")
_FLAGS = frozenset("gimu")  # what others need to say and we do anyway
_FIELD_NAME = re.compile(r"[a-z_]{1,20}|[\u4e00-\u9fff]{1,8}")


def _is_decoration(char: str) -> bool:
    """Whether ``char`` is a picture or a mark around words rather than a part of one."""
    return char in _DECORATION or (char > "\u2000" and unicodedata.category(char) in {"So", "Sk"})


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token at ``[start, end)`` of the folded text; ``value`` is a word, phrase, field or op."""

    type: str
    value: str
    start: int
    end: int
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, folded. Words are looked up by ``known`` where a cut depends on it."""

    folded: Folded
    known: Callable[[str], bool]

    @property
    def text(self) -> str:
        """The folded text, which all places refer to."""
        return self.folded.text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Position and length in what was typed, for a range of the folded text."""
        if start >= len(self.text):
            return len(self.folded.original), 0
        first, last = self.folded.place(start, max(end, start + 1))
        return first, last - first

    def original(self, start: int, end: int) -> str:
        """The words as typed behind a range of the folded text."""
        first, length = self.place(start, end)
        return self.folded.original[first : first + length]

    def error(self, key: str, start: int, end: int, **values: Value) -> RuleError:
        """The error ``key`` at a range of the folded text; ``{typed}`` is what stands there."""
        position, length = self.place(start, end)
        typed = self.folded.original[position : position + length]
        return RuleError(key, position, length, {"typed": typed, **values})


def cut(typed: Typed) -> list[Lexeme]:
    """The tokens in order. Raises RuleError where something cannot be a token."""
    cutter = _Cutter(typed)
    while cutter.at < len(typed.text):
        cutter.step()
    if not cutter.found and typed.text.strip():
        raise typed.error("no_word", 0, len(typed.text))
    if cutter.open:
        start = cutter.open[-1]
        raise typed.error("unclosed_bracket", start, start + 1)
    return cutter.found


@dataclass(slots=True)
class _Cutter:
    typed: Typed
    at: int = 0
    found: list[Lexeme] = field(default_factory=list)
    open: list[int] = field(default_factory=list)

    def step(self) -> None:
        """Take one token (or skip a blank) at ``at``."""
        text, start = self.typed.text, self.at
        char, following = text[start], text[start + 1 : start + 2]
        if dots := _DOTS.match(text, start):
            self.at = dots.end()
        elif char.isspace() or _is_decoration(char):
            self.at += 1
        elif char in "()":
            self._bracket(char)
        elif char in _OR:
            self._operator("OR", start + 1)
        elif char in _AND:
            self._operator("AND", start + 1)
        elif self._opens_quote(char):
            self._phrase(_QUOTES[char])
        elif char == "!" or (char in _DASHES):
            self._minus(char, following)
        elif char == "+" and following and not following.isspace() and not following.isdigit():
            self.at += 1  # "+A": A is required, as everything is
        elif char in "<>=≥≤≧≦":
            self._comparison()
        elif char == "/" and (regex := self._slashes(start)):
            self._regex(start + 1, regex)
        else:
            self._word()

    def _add(self, kind: str, value: str, end: int, quantity: Quantity | None = None) -> None:
        self.found.append(Lexeme(kind, value, self.at, end, quantity))
        self.at = end

    def _operator(self, kind: str, end: int) -> None:
        if self.found and self.found[-1].type == kind:  # "||", "A, 或 B"
            self.at = end
        else:
            self._add(kind, self.typed.text[self.at : end], end)

    def _bracket(self, char: str) -> None:
        if char == "(":
            self.open.append(self.at)
            if len(self.open) > DEEPEST:
                raise self.typed.error("too_deep", self.at, self.at + 1, limit=str(DEEPEST))
            self._add("LPAR", char, self.at + 1)
            return
        if not self.open:
            raise self.typed.error("unopened_bracket", self.at, self.at + 1)
        start = self.open.pop()
        if self.found[-1].type == "LPAR":
            raise self.typed.error("empty_brackets", start, self.at + 1)
        self._add("RPAR", char, self.at + 1)

    def _opens_quote(self, char: str) -> bool:
        if char not in _QUOTES:
            return False
        # An apostrophe is a quotation mark only where a word may begin and its partner follows.
        return char not in "‘'" or bool(
            re.match(r"['‘][^'’]+['’](?=[\s)|,]|$)", self.typed.text[self.at :])
        )

    def _phrase(self, closers: str) -> None:
        text, start = self.typed.text, self.at
        end = next((i for i in range(start + 1, len(text)) if text[i] in closers), None)
        if end is None:
            raise self.typed.error("unclosed_quote", start, len(text), closer=closers[0])
        phrase = " ".join(text[start + 1 : end].split())
        if not phrase:
            raise self.typed.error("empty_phrase", start, end + 1)
        self._add("PHRASE", phrase, end + 1)

    def _minus(self, char: str, following: str) -> None:
        if char != "!" and (not following or following.isspace()):
            raise self.typed.error("lone_dash", self.at, self.at + 1)
        self._not(self.at + 1)

    def _not(self, end: int) -> None:
        if self.found and self.found[-1].type == "NOT":
            raise self.typed.error("double_not", self.at, end)
        self._add("NOT", self.typed.text[self.at : end], end)

    def _comparison(self) -> None:
        text, start = self.typed.text, self.at
        found = _COMPARISONS.match(text, start)
        assert found is not None
        op = _SPELLINGS.get(found[0], found[0])
        if op not in {">", ">=", "<", "<=", "="}:
            raise self.typed.error("bad_comparison", start, found.end())
        read = quantities.read(text, found.end())
        if read is None:
            end = self._word_end(
                found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
            )
            raise self.typed.error("no_number", start, max(end, found.end()), op=op)
        quantity, end = read
        rest = self._word_end(end)
        if rest > end and text[end:rest].strip(_TRAILING):
            raise self.typed.error("bad_unit", end, rest)
        self._add("COMPARE", op, rest, quantity)

    def _word(self) -> None:
        text, start = self.typed.text, self.at
        end = self._word_end(start)
        word = text[start:end]
        after_field = bool(self.found) and self.found[-1].type == "FIELD"
        if word.startswith("#"):
            self._event(word, end)
        elif not after_field and ":" in word and self._field(word):
            return
        elif not after_field and (operator := vocabulary().operators.get(word)):
            if operator == "unclear":
                raise self.typed.error("unclear_and", start, end)
            if operator == "not":
                self._not(end)
            else:
                self._operator(operator.upper(), end)
        else:
            kept = word.rstrip(_TRAILING)
            kept = kept.rstrip("*") or kept  # 台積* is found wherever 台積 is
            if kept != "*" and not any(char.isalnum() for char in kept):
                raise self.typed.error("no_word", start, end)
            self._add("WORD", kept, end)

    def _event(self, word: str, end: int) -> None:
        name = word[1:].rstrip(_TRAILING)
        if not name:
            raise self.typed.error("empty_event", self.at, end)
        self._add("EVENT", name, end)

    def _field(self, word: str) -> bool:
        """Take ``name:`` if ``word`` begins with a field's name; refuse an unknown one."""
        name, _, rest = word.partition(":")
        known = vocabulary().fields.get(name)
        end = self.at + len(name) + 1
        if known == "regex":
            return self._regex_field(end)
        if known:
            self._add("FIELD", known, end)
            return True
        if self.typed.known(f"{name}.{rest}"):  # AMZN:US, as some terminals write it
            self._add("WORD", f"{name}.{rest}", self.at + len(word))
            return True
        if self.typed.known(name):  # 台積電：裁員, as in a headline
            self._add("WORD", name, end - 1)
            self.at = end
            return True
        if not _FIELD_NAME.fullmatch(name) or not (
            rest or self.typed.text[end : end + 1] in _QUOTES
        ):
            return False
        last = self.at + len(word)
        typed_rest = self.typed.original(end, last) if end < last else ""
        typed_name = self.typed.original(self.at, end - 1)
        if name in {"http", "https"}:
            raise self.typed.error("link", self.at, last, rest=typed_rest)
        raise self.typed.error("unknown_field", self.at, last, name=typed_name, rest=typed_rest)

    def _slashes(self, start: int) -> re.Match[str] | None:
        """The slash that ends the regular expression which one at ``start`` begins."""
        text = self.typed.text
        if text[start + 1 : start + 2] in {"", " ", "/", "\n"}:
            return None
        place = start + 1
        while place < len(text) and text[place] != "\n":
            if text[place] == "/" and (end := _REGEX_END.match(text, place)):
                return end
            place += 2 if text[place] == "\\" else 1
        return None

    def _regex(self, first: int, end: re.Match[str]) -> None:
        """Take the regular expression between ``first`` and the slash that ends it."""
        start, body = self.at, self.typed.original(first, end.start())
        if not _FLAGS.issuperset(end["flags"]):
            raise self.typed.error("regex_flags", start, end.end(), body=body)
        self._add("REGEX", self._checked(body, start, end.end()), end.end())

    def _regex_field(self, first: int) -> bool:
        """Take what follows ``regex:``: between slashes or quotes, else up to the next blank."""
        text, start = self.typed.text, self.at
        while first < len(text) and text[first] == " ":
            first += 1
        opener = text[first : first + 1]
        if opener == "/" and (end := self._slashes(first)):
            self._regex(first + 1, end)
            return True
        closers = _QUOTES.get(opener, "")
        last = first + 1 if closers else first
        while last < len(text) and not (text[last] in closers if closers else text[last].isspace()):
            last += 1
        body = self.typed.original(first + bool(closers), last) if last > first else ""
        if not body:
            raise self.typed.error("empty_field", start, max(first, start + 1))
        end_ = min(len(text), last + bool(closers))
        self._add("REGEX", self._checked(body, start, end_), end_)
        return True

    def _checked(self, body: str, start: int, end: int) -> str:
        """The normal form of a regular expression, if it is accepted."""
        pattern = patterns.normal(body)
        try:
            patterns.check(pattern)
        except patterns.PatternError as error:
            raise self.typed.error(f"regex_{error.key}", start, end, body=body) from None
        return pattern

    def _word_end(self, start: int) -> int:
        """Where the word that starts at ``start`` ends."""
        text = self.typed.text
        number = _THOUSANDS.match(text, start)
        end = number.end() if number else start
        while end < len(text) and text[end] not in _STOPS and not self._breaks(start, end):
            end += 1
        return end

    def _breaks(self, start: int, at: int) -> bool:
        """Whether the character at ``at`` begins another token inside a run of word characters."""
        text = self.typed.text
        char, following = text[at], text[at + 1 : at + 2]
        if at == start:
            return False
        if _is_decoration(char) or _DOTS.match(text, at):
            return True
        if char == "!":
            return bool(following) and following.isalnum()
        if char == "#":
            return bool(following) and (following.isalpha() or is_cjk(following))
        return char == "&" and not self._keeps_ampersand(start, at)

    def _keeps_ampersand(self, start: int, at: int) -> bool:
        """``AT&T`` and ``R&D`` are words; ``裁員&財報`` is two."""
        text = self.typed.text
        end = at + 1
        while end < len(text) and text[end] not in _STOPS and text[end] not in "&!#":
            end += 1
        left, right = text[start:at], text[at + 1 : end]
        if self.typed.known(f"{left}&{right}"):
            return True
        return all(
            1 <= len(side) <= 2 and side.isascii() and side.isalpha() for side in (left, right)
        )
