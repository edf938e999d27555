"""What the words of a rule mean: company, then event, then keyword, in this fixed order.

1. ``$AMZN``, ``company:亞馬遜`` and a bare word that is a company's code, symbol, name or alias are
   the company. A few English words that are also tickers (AI, IT, ON; ``words.toml``) stay words.
2. A bare word that names an event kind (裁員, layoff) is the event; one that says more than the
   kind (跌停 is not just any price move) is the event and the word.
3. A word made of one company and one event without a space (台積電裁員) is both.
4. Four to six digits, or capitals that look like a ticker, but known to nobody, are refused.
5. Everything else is a keyword. Quotes switch 1 to 4 off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

from lark import Token, Tree

from rules.language import canonical, quantities
from rules.language.errors import RuleError
from rules.language.quantities import Quantity
from rules.language.tokens import Lexeme, Typed
from rules.language.vocabulary import vocabulary
from rules.model import (
    And,
    Company,
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    RegexTerm,
    SourceTerm,
    Term,
)

_CODE = re.compile(r"\d{4,6}[a-z]?")
_SYMBOL = re.compile(r"\d{4,6}[a-z]?\.(?:two?|hk|t|ks|kq|ss|sz)")
_TICKER = re.compile(r"[A-Z]{2,5}(?:\.[A-Z])?")
_LONGEST_JOINED = 40  # characters: a longer word is not tried as company and event in one
_SMALL = 10_000  # money below this is meant per share where that is usual
_SHOWN = 4  # candidates that an error lists
_OVER = re.compile(r"(超过|超逾|大于|高于|多于|逾|破|达|至少|上看)?(?P<rest>.*?)(以上|以下)?")


class Directory(Protocol):
    """The companies, as ``rules.companies.directory()`` knows them."""

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


class Resolver:
    """Turns the syntax tree of one rule into a term."""

    def __init__(
        self, typed: Typed, lexemes: Sequence[Lexeme], directory: Directory, events: Events
    ) -> None:
        self._typed = typed
        self._lexemes = lexemes
        self._directory = directory
        self._events = events

    def term(self, tree: Tree[Token]) -> Term:
        """The term that ``tree`` stands for. Raises RuleError for a word that means nothing."""
        if tree.data == "start":
            return self.term(_only(tree))
        if tree.data == "atom":
            return self._atom([self._lexemes[int(leaf)] for leaf in _leaves(tree)])
        parts = tuple(self.term(child) for child in _branches(tree))
        if tree.data == "exclusion":
            return Not(parts[0])
        return And(parts) if tree.data == "all" else Or(parts)

    def _atom(self, lexemes: Sequence[Lexeme]) -> Term:
        first, last = lexemes[0], lexemes[-1]
        if first.type == "FIELD":
            return self._field(first, lexemes[1], lexemes[2] if len(lexemes) > 2 else None)
        compared = last if last.type == "COMPARE" else None
        if first.type == "PHRASE":
            return KeywordTerm(first.value, exact=True)
        if first.type == "REGEX":
            return RegexTerm(first.value)
        if first.type == "EVENT":
            return self._event(first, compared)
        return self._compared(first, compared) if compared else self._word(first)

    # --- words ------------------------------------------------------------------------------------

    def _word(self, word: Lexeme) -> Term:
        text = word.value
        if text.startswith("$") and len(text) > 1:
            return CompanyTerm(self._company(word, text).symbol)
        if text not in vocabulary().plain and (company := self._named(word, text)):
            return CompanyTerm(company.symbol)
        if happening := self._happening(text):
            return happening
        if joined := self._joined(text) or self._choice_in(word):
            return joined
        self._refuse_code(word)
        self._refuse_wordy_comparison(word)
        if len(text) == 1 and text.isascii():
            raise self._error("too_short", word)
        return KeywordTerm(text)

    def _named(self, word: Lexeme, name: str) -> Company | None:
        found = self._directory.resolve(name)
        if len(found) > 1:
            raise self._error(
                "ambiguous_company",
                word,
                candidates=tuple(f"{c.name} {canonical.symbol(c.symbol)}" for c in found[:_SHOWN]),
                symbols=tuple(canonical.symbol(c.symbol) for c in found[:_SHOWN]),
            )
        return found[0] if found else None

    def _company(self, word: Lexeme, name: str) -> Company:
        """The company that must be meant by ``name``; ``$MSI`` is that ticker and no alias."""
        if name.startswith("$"):
            name = name[1:]
            if company := self._directory.get(name.upper()):
                return company
        if company := self._named(word, name):
            return company
        raise self._error("unknown_company", word, **self._near(name))

    def _joined(self, text: str) -> Term | None:
        """台積電裁員 or 台積電的裁員 as company and event, if it is exactly that."""
        if len(text) > _LONGEST_JOINED:
            return None
        for cut in range(len(text) - 1, 0, -1):
            left, right = text[:cut].removesuffix("的"), text[cut:]
            for name, happening in ((left, right), (right, left)):
                event = self._happening(happening)
                if event and len(found := self._directory.resolve(name)) == 1:
                    return And((CompanyTerm(found[0].symbol), event))
        return None

    def _choice_in(self, word: Lexeme, start: int = 0) -> Term | None:
        """輝達或博通 as a choice, if all are known; 輝達和博通 is refused as it is with blanks."""
        text = word.value[start:]
        if len(text) > _LONGEST_JOINED:
            return None
        for cut, char in enumerate(text[1:-1], 1):
            operator = vocabulary().operators.get(char)
            left = self._meant(text[:cut]) if operator in {"or", "unclear"} else None
            if left is None:
                continue
            right = self._meant(text[cut + 1 :]) or self._choice_in(word, start + cut + 1)
            if right and operator == "unclear":
                at = word.start + start + cut
                raise self._typed.error("unclear_and", at, at + 1)
            if right:
                return Or((left, right))
        return None

    def _meant(self, name: str) -> Term | None:
        """The one company or event that ``name`` stands for."""
        found = self._directory.resolve(name)
        if len(found) == 1:
            return CompanyTerm(found[0].symbol)
        return self._happening(name)

    def _happening(self, name: str) -> Term | None:
        """The event that ``name`` stands for; a word that says more is asked for as well."""
        kind = kind_named(name, self._events)
        if kind is None:
            return None
        event = EventTerm(kind)
        return And((event, KeywordTerm(name))) if name in vocabulary().narrower else event

    def _refuse_code(self, word: Lexeme) -> None:
        typed = unicodedata.normalize("NFKC", self._typed.original(word.start, word.end))
        capitals = _TICKER.fullmatch(typed) and word.value not in vocabulary().acronyms
        if _CODE.fullmatch(word.value) or _SYMBOL.fullmatch(word.value) or capitals:
            if word.value in vocabulary().plain:
                return
            raise self._error("unknown_code", word, **self._near(word.value))

    def _near(self, name: str) -> dict[str, tuple[str, ...] | bool]:
        """Companies that may be meant by an unknown ``name``, as errors list them."""
        likely = [self._directory.resolve(known) for known in self._directory.nearest(name)]
        found = {c.symbol: c for companies in likely for c in companies[:1]}
        near = tuple(found.values())[:_SHOWN]
        return {
            "nearest": tuple(f"{c.name} {canonical.symbol(c.symbol)}" for c in near),
            "symbols": tuple(canonical.symbol(c.symbol) for c in near),
            "near": bool(near),
        }

    def _refuse_wordy_comparison(self, word: Lexeme) -> None:
        """裁員1萬人以上 is meant as 裁員>=1萬人: say so instead of searching for it."""
        for cut in range(min(len(word.value), _LONGEST_JOINED) - 1, 0, -1):
            if not kind_named(word.value[:cut], self._events):
                continue
            found = _OVER.fullmatch(word.value[cut:])
            assert found is not None  # every part of the pattern may be empty
            amount = found["rest"]
            read = quantities.read(amount, 0)
            if read and read[1] == len(amount):
                op = "<=" if word.value.endswith("以下") else ">="
                name = self._typed.original(word.start, word.start + cut)
                start = word.start + cut + found.start("rest")
                figure = self._typed.original(start, start + len(amount))
                raise self._error("wordy_comparison", word, rule=f"{name}{op}{figure}")

    # --- events and figures -----------------------------------------------------------------------

    def _event(self, word: Lexeme, compared: Lexeme | None) -> Term:
        kind = kind_named(word.value, self._events)
        if kind is None:
            near = tuple(near_kinds(word.value))
            raise self._error("unknown_event", word, nearest=near, near=bool(near))
        return EventTerm(kind, self._comparison(kind, compared) if compared else None)

    def _compared(self, word: Lexeme, compared: Lexeme) -> Term:
        kind = kind_named(word.value, self._events)
        if kind is None:
            raise self._typed.error(
                "compares_no_event", word.start, compared.end, name=self._spelt(word)
            )
        return EventTerm(kind, self._comparison(kind, compared))

    def _comparison(self, kind: str, compared: Lexeme) -> Comparison:
        quantity = compared.quantity
        assert quantity is not None
        meaning = vocabulary().kinds[kind]
        unit, currency = self._unit(kind, quantity)
        if not unit:
            raise self._typed.error(
                "no_unit", compared.start, compared.end, example=meaning.example, kind=kind
            )
        people = meaning.default == "people"
        fits = unit == "percent" if meaning.default == "percent" else (unit == "people") == people
        if not fits and not (people and unit == "percent"):
            raise self._typed.error(
                "unit_misfit", compared.start, compared.end, example=meaning.example, kind=kind
            )
        return Comparison(compared.value, quantity.value, unit, currency)

    def _unit(self, kind: str, quantity: Quantity) -> tuple[str, str]:
        """The unit and currency meant; no unit where it cannot be told."""
        meaning = vocabulary().kinds[kind]
        unit, currency = quantity.unit, quantity.currency
        if not unit and meaning.default:
            return meaning.default, ""
        if not unit and quantity.scaled and not quantity.scaled.isascii():
            unit, currency = "money", "TWD"  # 1000億 in Taiwan is 1000億元
        if meaning.small and quantity.value < _SMALL and unit in {"", "money"}:
            return meaning.small, currency or "TWD"  # nobody pays a dividend of 5 元 in all
        return unit, currency

    # --- fields -----------------------------------------------------------------------------------

    def _field(self, name: Lexeme, value: Lexeme, compared: Lexeme | None) -> Term:
        if value.type == "REGEX":
            if compared or name.value not in {"title", "word"}:
                raise self._typed.error("regex_misplaced", value.start, value.end)
            return RegexTerm(value.value, title=name.value == "title")
        if name.value == "event":
            return self._event(value, compared)
        if compared:
            raise self._typed.error(
                "compares_no_event", name.start, compared.end, name=self._spelt(value)
            )
        text, exact = value.value, value.type == "PHRASE"
        if name.value in {"about", "company"}:
            company = self._company(value, text)
            return CompanyTerm(company.symbol, about=name.value == "about")
        if name.value in {"title", "word"}:
            title = name.value == "title"
            exact = title and (exact or not canonical.plain(text))
            return KeywordTerm(text, exact=exact, title=title)
        if name.value == "source":
            return SourceTerm(text)
        return self._choice(name, value)

    def _choice(self, name: Lexeme, value: Lexeme) -> Term:
        words = vocabulary()
        table: Mapping[str, str] = words.langs if name.value == "lang" else words.promos
        meaning = table.get(value.value)
        if meaning is None:
            raise self._error(f"bad_{name.value}", value)
        return LangTerm(meaning) if name.value == "lang" else PromoTerm(meaning == "yes")

    def _spelt(self, lexeme: Lexeme) -> str:
        return self._typed.original(lexeme.start, lexeme.end)

    def _error(self, key: str, word: Lexeme, **values: str | tuple[str, ...] | bool) -> RuleError:
        """The error ``key`` at ``word``; with ``near`` false the form without candidates."""
        if values.pop("near", True) is False:
            key = f"{key}_at_all"
        shown = {name: value for name, value in values.items() if not isinstance(value, bool)}
        return self._typed.error(key, word.start, word.end, **shown)


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


def _branches(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _leaves(tree: Tree[Token]) -> list[Token]:
    return [child for child in tree.children if isinstance(child, Token)]


def _only(tree: Tree[Token]) -> Tree[Token]:
    (branch,) = _branches(tree)
    return branch
