"""Remarks on the shape of a rule: what a space, a comma, an OR and an exclusion reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from rules.language import canonical
from rules.language.errors import RuleError
from rules.language.note import Note
from rules.language.remarking import Remarking
from rules.language.rule import understood
from rules.model import And, CompanyTerm, Not, Or, Term


@dataclass(frozen=True, slots=True)
class ShapeRemarks(Remarking):
    """What of the shape may be meant otherwise."""

    def all(self) -> Iterator[Note]:
        """The remarks, the most important first."""
        term = self.how.rule.term
        if isinstance(term, And):
            yield from self._all_companies(term)
        if isinstance(term, Or) and "(" not in self.how.typed.text:
            found = [*self._last_branch(term), *self._last_exclusion(term), *self._one_side(term)]
            yield from found[:1]

    def _all_companies(self, term: And) -> Iterator[Note]:
        """2330 2317 2454 asks for all three in one article, which a pasted list does not mean."""
        companies = [part for part in term.parts if isinstance(part, CompanyTerm)]
        if len(companies) < 2 or any(part.about for part in companies):
            return
        if any(lexeme.type == "AND" for lexeme in self.how.parsed.lexemes):
            return  # said in so many words
        rest = [part for part in term.parts if part not in companies]
        either = canonical.text(canonical.normal(And((Or(tuple(companies)), *rest))))
        if all(lexeme.type == "WORD" for lexeme in self.how.parsed.lexemes):
            words = sorted(self.how.meanings, key=lambda meaning: meaning.word.start)
            named = [self._typed(m) for m in words if m.way == "company"]
            others = [self._typed(m) for m in words if m.way != "company"]
            choice = " | ".join(dict.fromkeys(named))
            either = " ".join([f"({choice})", *others]) if others else choice
        key = "all_of_many" if len(companies) > 2 else "both"
        yield self._note(key, either, count=str(len(companies)))

    def _last_branch(self, term: Or) -> Iterator[Note]:
        """In 台積電,聯電 -傳聞 the exclusion is the last company's alone."""
        bare = [part for part in term.parts if isinstance(part, CompanyTerm)]
        more = [part for part in term.parts if part not in bare]
        if not bare or len(more) != 1 or not isinstance(more[0], And):
            return
        own = [part for part in more[0].parts if isinstance(part, CompanyTerm)]
        rest = [part for part in more[0].parts if part not in own]
        if len(own) != 1 or not rest:
            return
        all_of_it = canonical.normal(And((Or((*bare, *own)), *rest)))
        key = "excluded_of_one" if all(isinstance(part, Not) for part in rest) else "asked_of_one"
        yield self._note(key, self._bracketed(all_of_it), company=self._named(own[0]))

    def _one_side(self, term: Or) -> Iterator[Note]:
        """In 台積電 法說會 或 財報 the company stands on one side of the OR only."""
        lexemes = self.how.parsed.lexemes
        if any(lexeme.type not in {"WORD", "OR", "EVENT", "PHRASE"} for lexeme in lexemes):
            return
        companies = {m.word.start for m in self.how.meanings if m.way == "company"}
        choices = [n for n, lexeme in enumerate(lexemes) if lexeme.type == "OR"]
        if len(companies) != 1 or len(term.parts) < 2:
            return
        typed, (start,) = self.how.rule.typed, companies
        if start == lexemes[0].start and choices[0] > 1:
            cut = self.how.typed.place(lexemes[1].start, lexemes[1].end)[0]
            text = f"{typed[:cut].strip()} ({typed[cut:].strip()})"
        elif start == lexemes[-1].start and choices[-1] < len(lexemes) - 2:
            cut = self.how.typed.place(start, start + 1)[0]
            text = f"({typed[:cut].strip()}) {typed[cut:].strip()}"
        else:
            return
        own = next(m for m in self.how.meanings if m.way == "company")
        yield self._note("one_side", text, company=self._named(own.term))

    def _last_exclusion(self, term: Or) -> Iterator[Note]:
        """In AI 伺服器 OR 液冷 -傳聞 the exclusion is the last alternative's alone."""
        signs = [x.start for x in self.how.parsed.lexemes if x.type == "NOT"]
        choices = [x.start for x in self.how.parsed.lexemes if x.type == "OR"]
        if not signs or signs[0] < choices[-1]:
            return
        position, _ = self.how.typed.place(signs[0], signs[0] + 1)
        typed = self.how.rule.typed
        text = f"({typed[:position].strip()}) {typed[position:].strip()}"
        yield self._note("excluded_of_last", text)

    def _bracketed(self, wanted: Term) -> str:
        """The rule as typed with its companies in brackets, if that says ``wanted``."""
        companies = [m.word for m in self.how.meanings if m.way == "company"]
        end = max(word.end for word in companies)
        position, length = self.how.typed.place(end - 1, end)
        typed = self.how.rule.typed
        choice = " | ".join(self._spelt(word.start, word.end) for word in companies)
        taken = {word.start for word in companies}
        others = [x for x in self.how.parsed.lexemes if x.type != "OR" and x.start not in taken]
        rest = "".join(
            self._spelt(x.start, x.end) + ("" if x.type in {"NOT", "FIELD"} else " ")
            for x in others
        )
        first = f"({typed[: position + length].strip()}){typed[position + length :]}"
        for text in (first, f"({choice}) {rest}".strip()):
            with suppress(RuleError):
                if understood(text, self.known).rule.term == wanted:
                    return text
        return canonical.text(wanted)
