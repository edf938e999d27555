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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lark import Token, Tree

from rules.language import canonical
from rules.language.figuring import Figuring
from rules.language.known import Known, taken_apart, without_asking
from rules.language.nearby import MOST, nearby
from rules.language.tokens import Lexeme, Typed
from rules.language.unlikely import refuse
from rules.language.vocabulary import vocabulary
from rules.model import (
    And,
    Company,
    CompanyTerm,
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

_LONGEST_JOINED = 40  # characters: a longer word is not tried as company and event in one


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
        self._figuring = Figuring(typed, known)
        self.meanings: list[Meaning] = []
        self.places: list[tuple[Term, int, int]] = []  # where each atom stands

    def term(self, tree: Tree[Token]) -> Term:
        """The term that ``tree`` stands for. Raises RuleError for a word that means nothing."""
        if tree.data == "start":
            return self.term(_only(tree))
        if tree.data == "atom":
            lexemes = [self._lexemes[int(leaf)] for leaf in _leaves(tree)]
            term = self._atom(lexemes)
            self.places.append((term, lexemes[0].start, lexemes[-1].end))
            return term
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
            return self._figuring.event(first, compared)
        return self._figuring.compared(first, compared) if compared else self._word(first)

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
        refuse(word, self._typed, self._known)
        return "keyword", KeywordTerm(without_asking(text))

    def _may_be_company(self, word: Lexeme) -> bool:
        """Whether a word is no word of its own; a single letter is a ticker only as a capital."""
        if len(word.value) == 1 and word.value.isascii():
            return self._spelt(word)[:1].isupper()
        return word.value not in vocabulary().plain

    def _named(self, word: Lexeme, name: str) -> Company | None:
        found = self._known.companies(name)
        if len(found) > 1:
            candidates = found[:MOST]
            key = "ambiguous_company"
            raise self._typed.error(key, word.start, word.end, candidates=candidates)
        return found[0] if found else None

    def _company(self, word: Lexeme, name: str) -> Company:
        """The company that must be meant by ``name``; ``$MSI`` is that ticker and no alias."""
        if name.startswith("$"):
            name = name[1:]
            if company := self._known.directory.get(name.upper()):
                return company
        if company := self._named(word, name):
            return company
        near = nearby(name, self._known)
        key = "unknown_company" if near else "unknown_company_at_all"
        raise self._typed.error(key, word.start, word.end, nearest=near)

    def _choice_in(self, word: Lexeme, start: int = 0) -> Term | None:
        """輝達或博通 as a choice, if all are known; 輝達和博通 is refused as it is with blanks."""
        text = word.value[start:]
        if len(text) > _LONGEST_JOINED:
            return None
        for cut, sign in _signs(text):
            left = self._said(text[:cut])
            if left is None:
                continue
            after = cut + len(sign)
            right = self._said(text[after:]) or self._choice_in(word, start + after)
            if right and vocabulary().operators[sign] == "unclear":
                at = word.start + start + cut
                raise self._typed.error("unclear_and", at, at + len(sign))
            if right:
                return _either(left, right)
        return None

    def _said(self, text: str) -> Term | None:
        """What ``text`` names, also among words that say nothing."""
        parts = taken_apart(text, self._known)
        named = self._known.named(text)
        return named or ((parts[0] if len(parts) == 1 else And(parts)) if parts else None)

    # --- fields -----------------------------------------------------------------------------------

    def _field(self, name: Lexeme, value: Lexeme, compared: Lexeme | None) -> Term:
        if value.type == "REGEX":
            if compared or name.value not in {"title", "word"}:
                raise self._typed.error("regex_misplaced", value.start, value.end)
            return RegexTerm(value.value, title=name.value == "title")
        if name.value == "event":
            return self._figuring.event(value, compared)
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
            raise self._typed.error(f"bad_{name.value}", value.start, value.end)
        return LangTerm(meaning) if name.value == "lang" else PromoTerm(meaning == "yes")

    def _spelt(self, lexeme: Lexeme) -> str:
        return self._typed.original(lexeme.start, lexeme.end)


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Places inside ``text`` where a word for "or" or "and" may stand, and the word."""
    for found in _joining().finditer(text, 1, len(text) - 1):
        yield found.start(), found[0]


@lru_cache(maxsize=1)
def _joining() -> re.Pattern[str]:
    """The words for "or" and "and" that also work without blanks, the longest first."""
    words = [
        word
        for word, meaning in vocabulary().operators.items()
        if meaning in {"or", "unclear"} and (not word.isalpha() or any(map(is_cjk, word)))
    ]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _either(left: Term, right: Term) -> Term:
    """輝達或博通的財報 asks for the results of both."""
    if isinstance(left, CompanyTerm) and isinstance(right, And):
        companies = tuple(part for part in right.parts if isinstance(part, CompanyTerm))
        rest = tuple(part for part in right.parts if part not in companies)
        if companies and rest:
            return And((Or((left, *companies)), *rest))
    return Or((left, right))


def _branches(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _leaves(tree: Tree[Token]) -> list[Token]:
    return [child for child in tree.children if isinstance(child, Token)]


def _only(tree: Tree[Token]) -> Tree[Token]:
    (branch,) = _branches(tree)
    return branch
