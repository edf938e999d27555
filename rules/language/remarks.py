"""What to tell people of a rule that is understood, but perhaps not as they meant it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rules.language.errors import RuleError
from rules.language.known import Directory, Events, Known
from rules.language.likeness import alike
from rules.language.note import Note, Value
from rules.language.remarking import Remarking
from rules.language.rephrase import amount_end
from rules.language.resolve import Meaning
from rules.language.rule import packaged_companies, packaged_events, understood
from rules.language.shape import ShapeRemarks
from rules.language.traditional import traditional
from rules.language.vocabulary import vocabulary
from rules.model import And, Company, CompanyTerm, Not, Or, Rule, Term
from rules.text import folded, is_cjk

_YEARS = re.compile(r"20[12]\d")
_BOPOMOFO = re.compile(r"[\u3105-\u312f]+")
_FUND = re.compile(r"\d{2,3}[a-z]?")
_LONG = 4  # Chinese characters from which on a keyword may be several words written as one
_LOOKED_AT = 10  # words of a rule: comparing one with all names takes some milliseconds
_LEAST_EXCLUDED = 3  # letters behind a dash
_MOST = 5  # notes on a rule
_MOST_NAMESAKES = 3


def notes(
    rule: Rule, directory: Directory | None = None, events: Events | None = None
) -> tuple[Note, ...]:
    """What may be meant otherwise in ``rule.typed``, the most important first; often nothing.

    Each suggestion is a rule that is understood. It takes some ten milliseconds where a keyword is
    compared with all names, and is meant for when a rule is added, not for matching.
    """
    known = Known(
        packaged_companies() if directory is None else directory,
        packaged_events() if events is None else events,
    )
    try:
        how = understood(rule.typed, known)
    except RuleError:  # kept from a time when it was understood
        return ()
    found = {(note.key, note.suggestion): note for note in _Remarks(how, known).all()}
    sensible = [n for n in found.values() if n.suggestion != rule.typed and _sensible(n, known)]
    return tuple(sensible)[:_MOST]


def _sensible(note: Note, known: Known) -> bool:
    try:
        return all(understood(suggestion, known) for suggestion in note.suggestions)
    except RuleError:
        return False


def _is_listed_here(company: Company) -> bool:
    return company.symbol.endswith((".TW", ".TWO"))


@dataclass(frozen=True, slots=True)
class _Remarks(Remarking):
    def all(self) -> Iterator[Note]:
        looked_at = {meaning.word.value: meaning for meaning in reversed(self.how.meanings)}
        for meaning in [*reversed(looked_at.values())][:_LOOKED_AT]:
            yield from self._of_word(meaning)
        yield from ShapeRemarks(self.how, self.known).all()
        if self.how.parsed.idle:
            words = [self._spelt(word.start, word.end) for word in self.how.parsed.idle]
            yield self._note("idle", words=tuple(words))

    # --- words ------------------------------------------------------------------------------------

    def _of_word(self, meaning: Meaning) -> Iterator[Note]:
        if meaning.way == "several":
            yield from self._apart(meaning)
        elif meaning.way == "company" and _YEARS.fullmatch(meaning.word.value):
            name = self._named(meaning.term)
            typed = self._typed(meaning)
            yield self._note(
                "year", self._instead(meaning, f'"{typed}"'), typed=typed, company=name
            )
        elif meaning.way == "company":
            yield from self._namesakes(meaning)
        elif meaning.way == "keyword":
            of_keyword: tuple[Callable[[Meaning], Note | None], ...] = (
                self._common,
                self._bopomofo,
                self._number,
                self._advert,
                self._outlet,
                self._elsewhere,
                self._dash,
                self._near,
                self._measure,
                self._long,
                self._single,
            )
            yield from list(filter(None, (remark(meaning) for remark in of_keyword)))[:1]

    def _namesakes(self, meaning: Meaning) -> Iterator[Note]:
        """長榮 is 2603, and 長榮航 another company that is often meant; so with 聯發 and 聯發科."""
        word, own = meaning.word.value, self._named(meaning.term)
        if not isinstance(own, Company) or folded(own.name) != word or not _is_listed_here(own):
            return
        if sum(isinstance(found.term, CompanyTerm) for found in self.how.meanings) > 1:
            return  # whoever names several companies tells them apart
        longer = [name for name in self.known.directory.names if name[:-1] == word]
        found = [c for name in longer for c in self.known.companies(name) if folded(c.name) == name]
        others = {c.symbol: c for c in found if _is_listed_here(c)}
        shown = sorted(others.values(), key=lambda c: c.symbol)[:_MOST_NAMESAKES]
        if shown:
            first, *rest = (self._instead(meaning, c.name) for c in shown)
            values: dict[str, Value] = {"typed": self._typed(meaning), "company": own}
            yield Note("namesake", values | {"candidates": tuple(shown)}, first, tuple(rest))

    def _common(self, meaning: Meaning) -> Note | None:
        if meaning.word.value not in vocabulary().common or self._excluded(meaning.term):
            return None
        return self._note("common", typed=self._typed(meaning))

    def _single(self, meaning: Meaning) -> Note | None:
        word = meaning.word.value
        return self._note("single", typed=self._typed(meaning)) if len(word) == 1 else None

    def _bopomofo(self, meaning: Meaning) -> Note | None:
        found = _BOPOMOFO.search(meaning.word.value)
        return self._note("bopomofo", typed=self._typed(meaning)) if found else None

    def _number(self, meaning: Meaning) -> Note | None:
        """配息 5元: the figure is searched as a word; behind an event it may be a limit."""
        word = meaning.word
        text, end = word.value, len(word.value)
        if text.isdigit() or all(amount_end(text, at, worded=at > 0) != end for at in range(end)):
            return None
        typed = self._typed(meaning)
        before = [m for m in self.how.meanings if m.word.end <= word.start]
        if before and self.known.comparable(before[-1].word.value):
            start = before[-1].word.end
            limit = self._edited(start, word.end, f">={typed}")
            return self._note("limit", limit, typed=typed)
        return self._note("number", typed=typed)

    def _dash(self, meaning: Meaning) -> Note | None:
        """intel-rumor: perhaps a blank is missing before the dash."""
        left, dash, right = meaning.word.value.partition("-")
        if not dash or len(right) < _LEAST_EXCLUDED or not self.known.company(left):
            return None
        place = meaning.word.start + len(left)
        typed = self._typed(meaning)
        return self._note("dash", self._edited(place, place + 1, " -"), typed=typed)

    def _advert(self, meaning: Meaning) -> Note | None:
        if meaning.word.value not in vocabulary().fields or not self._excluded(meaning.term):
            return None
        if vocabulary().fields[meaning.word.value] != "promo":
            return None
        signs = [x.start for x in self.how.parsed.lexemes if x.type == "NOT"]
        first = max((at for at in signs if at < meaning.word.start), default=meaning.word.start)
        typed = self._typed(meaning)
        return self._note("advert", self._edited(first, meaning.word.end, "promo:no"), typed=typed)

    def _outlet(self, meaning: Meaning) -> Note | None:
        if meaning.word.value not in vocabulary().outlets:
            return None
        typed, start = self._typed(meaning), meaning.word.start
        before = [m.word for m in self.how.meanings if m.word.end <= start]
        if before and vocabulary().fields.get(before[-1].value) == "source":
            start = before[-1].start  # 來源 經濟日報, without the colon
        text, end = self.how.typed.text, meaning.word.end
        if text[start - 1 : start] in {"《", "〈"} and text[end : end + 1] in {"》", "〉"}:
            start, end = start - 1, end + 1
        only = self._edited(start, end, f"來源:{typed}")
        return self._note("outlet", only, typed=typed)

    def _elsewhere(self, meaning: Meaning) -> Note | None:
        usual = vocabulary().elsewhere.get(meaning.word.value)
        words = {found.word.value for found in self.how.meanings}
        if not usual or folded(usual) in words:
            return None
        typed = self._typed(meaning)
        both = f"({typed} | {usual})"
        return self._note("elsewhere", self._instead(meaning, both), typed=typed, usual=usual)

    def _measure(self, meaning: Meaning) -> Note | None:
        """市值 alone is a keyword; perhaps it was to be compared with a number."""
        measure = vocabulary().measures.get(meaning.word.value)
        later = (m.word for m in self.how.meanings if m.word.start >= meaning.word.end)
        following = next(later, None)
        compared = following is not None and amount_end(following.value, 0) >= 0
        if measure is None or not measure.example or compared:
            return None
        chinese = any(map(is_cjk, self.how.typed.text))
        example = self._instead(meaning, measure.example if chinese else measure.english)
        return self._note("measure", example, typed=self._typed(meaning))

    def _near(self, meaning: Meaning) -> Note | None:
        """栽員, 台機電, nvdia: near a name; 亞馬遜裁圓: a company, then what is near an event."""
        word = meaning.word.value
        if _FUND.fullmatch(word):
            return self._fund(meaning)
        if word in vocabulary().measures:
            return None
        near, kept = alike(word, self.known), ""
        for cut in range(2, len(word) - 1) if not near else ():
            likely = alike(word[cut:], self.known) if self.known.company(word[:cut]) else ()
            if near := [name for name in likely if self.known.happening(name)]:
                kept = self._spelt(meaning.word.start, meaning.word.start + cut) + " "
                break
        if not near:
            return None
        meant = kept + self._shown(near[0])
        typed = self._typed(meaning)
        return self._note("near", self._instead(meaning, meant), typed=typed)

    def _fund(self, meaning: Meaning) -> Note | None:
        """878, as forums write 00878."""
        word = meaning.word.value
        known = [code for code in (f"00{word}", f"0{word}") if self.known.companies(code)]
        codes = [code for code in known if self._is_fund(code)]
        codes += [f"0{word}.HK"] if self.known.companies(f"0{word}.hk") else []
        if not codes:
            return None
        first, *rest = (self._instead(meaning, code) for code in codes)
        return Note("near", {"typed": self._typed(meaning)}, first, tuple(rest))

    def _is_fund(self, code: str) -> bool:
        return any(_is_listed_here(company) for company in self.known.companies(code))

    def _long(self, meaning: Meaning) -> Note | None:
        """第三季財報, 鴻海電動車: a name is in it, and all of it is looked for as one word."""
        word = meaning.word.value
        pieces = self._pieces(word)
        if len(word) < _LONG or len(pieces) < 2 or self._in_dictionary(word):
            return None
        starts = [meaning.word.start + sum(map(len, pieces[:n])) for n in range(len(pieces) + 1)]
        apart = " ".join(self._spelt(*ends) for ends in pairwise(starts))
        return self._note("long", self._instead(meaning, apart), typed=self._typed(meaning))

    def _pieces(self, word: str) -> list[str]:
        """``word`` cut where a name begins or ends, if what is left are words of two characters."""
        if not any(map(is_cjk, word)):
            return [word]
        for cut in (*range(len(word) - 2, 1, -1), *range(2, len(word) - 1)):
            left, right = word[:cut], word[cut:]
            if self.known.named(left):
                return [left, *self._pieces(right)]
            if self.known.named(right):
                return [*self._pieces(left), right]
        return [word]

    def _apart(self, meaning: Meaning) -> Iterator[Note]:
        parts = meaning.term.parts if isinstance(meaning.term, And) else (meaning.term,)
        if isinstance(meaning.term, Or):
            return
        yield self._note("apart", typed=self._typed(meaning), parts=tuple(map(self._named, parts)))

    def _excluded(self, term: Term) -> bool:
        """Whether the whole rule excludes ``term``."""
        whole = self.how.rule.term
        parts = whole.parts if isinstance(whole, And) else (whole,)
        return Not(term) in parts

    def _shown(self, name: str) -> str:
        """A folded name as its company or event is written."""
        company = self.known.company(name)
        found = self.known.directory.get(company.symbol) if company else None
        if found and any(map(is_cjk, name)):
            return found.name
        return vocabulary().kind_spellings.get(name, traditional(name))

    @staticmethod
    def _in_dictionary(word: str) -> bool:
        from rules.words import words

        return words().count(word) > 0
