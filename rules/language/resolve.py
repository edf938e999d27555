"""What the words of a rule mean: company, then event, then keyword, in this fixed order.

1. ``$AMZN``, ``company:亞馬遜`` and a bare word that is a company's code, symbol, name or alias are
   the company. A few English words that are also tickers (AI, IT, ON; ``words.toml``) stay words.
2. A bare word that names an event kind (裁員, layoff) is the event; one that says more than the
   kind (跌停 is not just any price move) is the event and the word.
3. A word made of nothing but one company, events and words that say nothing (台積電裁員,
   輝達財報出來通知我) is what it names.
4. Four to six digits, or capitals that look like a ticker, but known to nobody, are refused.
5. Everything else is a keyword. Quotes switch 1 to 4 off.

Before that ``rephrase`` has turned comparisons and exclusions said in words into signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lark import Token, Tree

from rules.language import canonical, quantities
from rules.language.errors import RuleError
from rules.language.known import Known, near_kinds, taken_apart
from rules.language.quantities import Quantity
from rules.language.tokens import Lexeme, Typed
from rules.language.vocabulary import Measure, vocabulary
from rules.measures import KINDS as FIGURES
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
from rules.text import is_cjk

_CODE = re.compile(r"\d{4,6}[a-z]?")
_SYMBOL = re.compile(r"\d{4,6}[a-z]?\.(?:two?|hk|t|ks|kq|ss|sz)")
_TICKER = re.compile(r"[A-Z]{2,5}(?:\.[A-Z])?")
_LONGEST_JOINED = 40  # characters: a longer word is not tried as company and event in one
_SMALL = 10_000  # money below this is meant per share where that is usual
_SHOWN = 4  # candidates that an error lists
_CODES = re.compile(r"(\d{4})[-~](\d{4})")
_COMMAND = re.compile(r"/[a-z]{2,12}")
_SPAN = 20  # codes of a range that a correction lists at most
_DASH = re.compile(r"[-−–—~]")
_LEAST_PRICE = 20  # 股價>5 may be five per cent or five dollars
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "="}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word was taken for. ``way``: company, event, several (names in one), keyword."""

    word: Lexeme
    term: Term
    way: str


class Resolver:
    """Turns the syntax tree of one rule into a term."""

    def __init__(self, typed: Typed, lexemes: Sequence[Lexeme], known: Known) -> None:
        self._typed = typed
        self._lexemes = lexemes
        self._known = known
        self.meanings: list[Meaning] = []

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
        way, term = self._meaning(word)
        self.meanings.append(Meaning(word, term, way))
        return term

    def _meaning(self, word: Lexeme) -> tuple[str, Term]:
        """What a bare word is taken for, and the way that the module's docstring numbers."""
        text = word.value
        money = text[1:2].isdigit() and not self._known.companies(text[1:])
        marked = (text[:1] == "$" and not money) or (
            text[:1] == "@" and self._known.company(text[1:])
        )
        if marked and len(text) > 1:
            return "company", CompanyTerm(self._company(word, text.removeprefix("@")).symbol)
        if self._may_be_company(word) and (company := self._named(word, text)):
            return "company", CompanyTerm(company.symbol)
        if happening := self._known.happening(text):
            return "event", happening
        if parts := taken_apart(text, self._known):
            return "several", parts[0] if len(parts) == 1 else And(parts)
        if choice := self._choice_in(word):
            return "several", choice
        self._refuse(word)
        return "keyword", KeywordTerm(text)

    def _may_be_company(self, word: Lexeme) -> bool:
        """Whether a word is no word of its own; a single letter is a ticker only as a capital."""
        if len(word.value) == 1 and word.value.isascii():
            return self._spelt(word)[:1].isupper()
        return word.value not in vocabulary().plain

    def _refuse(self, word: Lexeme) -> None:
        """Raise RuleError for a word that can hardly be meant as a keyword."""
        if not word.start and (
            word.value in vocabulary().leaving or _COMMAND.fullmatch(word.value)
        ):
            leaving = word.value in vocabulary().leaving
            raise self._error("unsubscribes" if leaving else "command", word)
        self._refuse_code(word)
        self._refuse_wordy_comparison(word)
        self._refuse_glued(word)
        if len(word.value) == 1 and word.value.isascii():
            raise self._error("too_short", word)

    def _named(self, word: Lexeme, name: str) -> Company | None:
        found = self._known.companies(name)
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
            if company := self._known.directory.get(name.upper()):
                return company
        if company := self._named(word, name):
            return company
        raise self._error("unknown_company", word, **self._near(name))

    def _choice_in(self, word: Lexeme, start: int = 0) -> Term | None:
        """輝達或博通 as a choice, if all are known; 輝達和博通 is refused as it is with blanks."""
        text = word.value[start:]
        if len(text) > _LONGEST_JOINED:
            return None
        for cut, char in enumerate(text[1:-1], 1):
            operator = vocabulary().operators.get(char)
            left = self._known.named(text[:cut]) if operator in {"or", "unclear"} else None
            if left is None:
                continue
            right = self._known.named(text[cut + 1 :]) or self._choice_in(word, start + cut + 1)
            if right and operator == "unclear":
                at = word.start + start + cut
                raise self._typed.error("unclear_and", at, at + 1)
            if right:
                return Or((left, right))
        return None

    def _refuse_code(self, word: Lexeme) -> None:
        typed = unicodedata.normalize("NFKC", self._typed.original(word.start, word.end))
        capitals = _TICKER.fullmatch(typed) and word.value not in vocabulary().acronyms
        if _CODE.fullmatch(word.value) or _SYMBOL.fullmatch(word.value) or capitals:
            if word.value in vocabulary().plain:
                return
            raise self._error("unknown_code", word, **self._near(word.value))

    def _near(self, name: str) -> dict[str, tuple[str, ...] | bool]:
        """Companies that may be meant by an unknown ``name``, as errors list them."""
        likely = [self._known.companies(known) for known in self._known.directory.nearest(name)]
        found = {c.symbol: c for companies in likely for c in companies[:1]}
        code = name.partition(".")[0]
        ordered = sorted(found.values(), key=lambda company: ".TW" not in company.symbol)
        near = tuple(c for c in ordered if not code.isdigit() or _slip(code, c.code))[:_SHOWN]
        return {
            "nearest": tuple(f"{c.name} {canonical.symbol(c.symbol)}" for c in near),
            "symbols": tuple(canonical.symbol(c.symbol) for c in near),
            "near": bool(near),
        }

    def _refuse_wordy_comparison(self, word: Lexeme) -> None:
        """裁員1萬人 is meant as 裁員>=1萬人: say so instead of searching for it."""
        for cut in range(min(len(word.value), _LONGEST_JOINED) - 1, 0, -1):
            read = quantities.read(word.value, cut)
            if read and read[1] == len(word.value) and self._known.comparable(word.value[:cut]):
                name = self._typed.original(word.start, word.start + cut)
                figure = self._typed.original(word.start + cut, word.start + len(word.value))
                raise self._error("wordy_comparison", word, rule=f"{name}>={figure}")

    def _refuse_glued(self, word: Lexeme) -> None:
        """Refuse 台積電-傳聞 and 1101~1110, which look like signs of the language and are none."""
        text = word.value
        if codes := _CODES.fullmatch(text):
            first, last = sorted((int(codes[1]), int(codes[2])))
            known = [str(code) for code in range(first, min(last, first + _SPAN) + 1)]
            listed = tuple(code for code in known if self._known.companies(code))
            raise self._error("code_range", word, codes=listed)
        left, right = _DASH.split(text, 1) if _DASH.search(text) else ("", "")
        if left and right and self._known.named(left) and not right.isascii():
            raise self._error(
                "glued_dash",
                word,
                left=self._typed.original(word.start, word.start + len(left)),
                right=self._typed.original(word.start + len(left) + 1, word.start + len(text)),
            )

    # --- events and figures -----------------------------------------------------------------------

    def _event(self, word: Lexeme, compared: Lexeme | None) -> Term:
        if compared:
            if measure := self._known.measure(word.value):
                bare = word.type == "EVENT" and word.value in FIGURES
                name = "" if bare else word.value  # #margin>50% is how a rule is stored
                return self._figure(name, measure, compared)
        elif kind := self._known.kind(word.value):
            return EventTerm(kind)
        elif measure := self._known.measure(word.value):
            raise self._error("needs_number", word, example=self._example(measure))
        if word.type == "EVENT" and (company := self._known.company(word.value)) and not compared:
            return company  # a hashtag
        near = tuple(near_kinds(word.value))
        raise self._error("unknown_event", word, nearest=near, near=bool(near))

    def _compared(self, word: Lexeme, compared: Lexeme) -> Term:
        found = self._known.comparable(word.value)
        if found is None:
            company = self._known.company(word.value.removeprefix("$"))
            key = "compares_company" if company else "compares_no_event"
            raise self._typed.error(key, word.start, compared.end, name=self._spelt(word))
        company, name = found
        measure = self._known.measure(name)
        assert measure is not None
        term = self._figure(name, measure, compared)
        return And((company, term)) if company else term

    def _figure(self, name: str, measure: Measure, compared: Lexeme) -> Term:
        """The event or figure that compares as asked; beside it the word, where that says more."""
        event = self._comparison(measure, compared)
        return And((event, KeywordTerm(name))) if measure.named and name else event

    def _comparison(self, measure: Measure, compared: Lexeme) -> EventTerm:
        quantity, sign = compared.quantity, compared.value
        assert quantity is not None
        if measure.kind == "price" and _is_move(quantity):
            measure = Measure("price_move", "percent", "股價>=5%", "move>=5%")
        unit, currency = self._unit(measure, quantity)
        key = "no_unit" if not unit else "" if self._fits(measure, unit) else "unit_misfit"
        if key:
            example = self._example(measure)
            raise self._typed.error(
                key, compared.start, compared.end, example=example, kind=measure.kind
            )
        value = quantity.value
        if measure.falls:
            sign, value = _TURNED[sign], -value
        return EventTerm(measure.kind, Comparison(sign, value, unit, currency))

    def _example(self, measure: Measure) -> str:
        """A comparison of this kind in the language of the rule."""
        chinese = any(map(is_cjk, self._typed.text)) or not measure.english
        return measure.example if chinese else measure.english

    def _fits(self, measure: Measure, unit: str) -> bool:
        if measure.unit:
            return unit == measure.unit
        default = vocabulary().kinds[measure.kind].default
        if default == "percent":
            return unit == "percent"
        return (unit == "people") == (default == "people") or (
            default == "people" and unit == "percent"
        )

    def _unit(self, measure: Measure, quantity: Quantity) -> tuple[str, str]:
        """The unit and currency meant; no unit where it cannot be told."""
        unit, currency = quantity.unit, quantity.currency
        if measure.unit:
            if unit == "per_share" and measure.unit == "money":
                unit = "money"  # a price is one share's in any case
            if unit == "money" and measure.unit == "per_share":
                unit = "per_share"
            if not unit and quantity.scaled and measure.unit == "percent":
                unit = "money"  # 毛利率>100億 is no share of anything
            unit = unit or measure.unit
            if measure.kind == "price" and unit == "money" and not currency:
                small = quantity.value < _LEAST_PRICE and not quantity.unit
                return ("", "") if small else (unit, "")
            if measure.kind == "target_price":
                return unit, currency  # without one: in the company's currency
            return unit, currency or ("TWD" if unit in {"money", "per_share"} else "")
        meaning = vocabulary().kinds[measure.kind]
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


def _slip(typed: str, code: str) -> bool:
    """Whether two numbers differ by a digit too many or too few, or by two that changed places."""
    if abs(len(typed) - len(code)) == 1:
        longer, shorter = sorted((typed, code), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    swaps = (
        typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1)
    )
    return typed == code or code in swaps


def _is_move(quantity: Quantity) -> bool:
    """Whether 股價>5% or 股價<-5 asks for a move and not for a price."""
    return quantity.unit == "percent" or (not quantity.unit and quantity.value < 0)


def _branches(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _leaves(tree: Tree[Token]) -> list[Token]:
    return [child for child in tree.children if isinstance(child, Token)]


def _only(tree: Tree[Token]) -> Tree[Token]:
    (branch,) = _branches(tree)
    return branch
