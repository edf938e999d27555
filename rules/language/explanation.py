"""A rule in words, as a person would say it: 台積電(2330)或聯電(2303)的擴產消息，排除「傳聞」."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.language.amounts import figure
from rules.language.known import Directory
from rules.language.note import label
from rules.language.rule import packaged_companies
from rules.language.traditional import traditional
from rules.language.vocabulary import vocabulary
from rules.model import (
    And,
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    RegexTerm,
    Rule,
    SourceTerm,
    Term,
)
from rules.text import Folded, fold, folded
from rules.wording import Catalogue


def explain(rule: Rule, lang: str = "zh-TW", directory: Directory | None = None) -> str:
    """What ``rule`` lets through, as a noun phrase without a full stop.

    Keywords are spelt as the person typed them, companies named as ``directory`` has them now.
    Raises KeyError for a language there is no catalogue for.
    """
    text = _speaker(rule.term, rule.typed, lang, directory).news(rule.term)
    return text[:1].upper() + text[1:] if lang == "en" else text


def name(part: Term, typed: str, lang: str, directory: Directory | None = None) -> str:
    """A part of the rule that a person typed so, as a noun: 台積電(2330), 裁員, 「傳聞」.

    Raises KeyError for a language there is no catalogue for.
    """
    return _speaker(part, typed, lang, directory).noun(part)


def _speaker(term: Term, typed: str, lang: str, directory: Directory | None) -> _Speaker:
    names = packaged_companies() if directory is None else directory
    catalogue = Catalogue.load("rules.data.wording", lang)
    return _Speaker(catalogue, names, fold(typed), dict(_measured(term)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an AND by what they say."""

    companies: list[Term]
    events: list[Term]
    words: list[Term]
    titles: list[Term]
    conditions: list[Term]
    groups: list[Term]
    excluded: list[Term]


def _measured(term: Term) -> Iterator[tuple[Term, str]]:
    """Figures with the word that stands beside them: 毛利率>50% is stored as two, said as one."""
    if isinstance(term, Not):
        yield from _measured(term.part)
    parts = term.parts if isinstance(term, And | Or) else ()
    words = [part.text for part in parts if isinstance(part, KeywordTerm)]
    for part in parts:
        yield from _measured(part)
        if isinstance(term, And) and isinstance(part, EventTerm) and part.comparison:
            named = ((word, vocabulary().measures.get(word)) for word in words)
            yield from ((part, word) for word, m in named if m and m.named and m.kind == part.kind)


@dataclass(frozen=True, slots=True)
class _Speaker:
    catalogue: Catalogue
    directory: Directory
    typed: Folded
    measured: Mapping[Term, str]

    def say(self, key: str, **values: object) -> str:
        return self.catalogue.say(f"explain.{key}", **values)

    def news(self, term: Term) -> str:
        """The phrase for a whole rule or a bracketed part of it."""
        if isinstance(term, Or) and not _kind_of(term):
            return self.say("alternatives", branches=self._branches(term))
        parts = _sorted(self._said_once(term.parts) if isinstance(term, And) else (term,))
        text = self._subject(parts)
        for group in parts.groups:
            text = self.say("and_group", news=text, branches=self._branches(group))
        for condition in parts.conditions:
            text = self.say("condition", news=text, condition=self._list(condition, self._noun))
        if parts.excluded:
            nouns = [self._noun(part) for part in self._ordered(parts.excluded)]
            text = self.say("excluding", news=text, excluded=self.say("comma").join(nouns))
        return text

    def _said_once(self, terms: Sequence[Term]) -> list[Term]:
        said = {self.measured[term] for term in terms if term in self.measured}
        return [t for t in terms if not (isinstance(t, KeywordTerm) and t.text in said)]

    def noun(self, term: Term) -> str:
        """A part of a rule in a list of its parts."""
        plain = not isinstance(term, And) and (not isinstance(term, Or) or _kind_of(term))
        return self._list(_positive(term), self._name) if plain else self.news(term)

    def _subject(self, parts: _Parts) -> str:
        """Who, what and which words, before conditions and exclusions."""
        companies = self._joined(parts.companies, "both")
        if len(parts.companies) > 1:
            companies = self.say("together", companies=companies)
        events = self._joined(parts.events, "both_events")
        words, titles = self._joined(parts.words, "both"), self._joined(parts.titles, "both")
        if companies or events:
            key = "company_events" if companies and events else ""
            key = key or ("company_news" if companies else "events_news")
            text = self.say(key, companies=companies, events=events)
        elif words:
            text, words = self.say("naming", words=words), ""
        elif titles:
            text, titles = self.say("titled", words=titles), ""
        else:
            text = self.say("all_news")
        if words:
            text = self.say("also_naming", news=text, words=words)
        return self.say("condition", news=text, condition=titles) if titles else text

    def _joined(self, terms: Sequence[Term], conjunction: str) -> str:
        """Terms that must all hold, each of which may be a choice."""
        several = len(terms) > 1
        texts = []
        for term in self._ordered(terms):
            text = self._list(term, self._name)
            texts.append(self.say("group", news=text) if several and isinstance(term, Or) else text)
        return self._chain(texts, conjunction)

    def _list(self, term: Term, name: Callable[[Term], str]) -> str:
        """One term, or the choice between several."""
        choices = term.parts if isinstance(term, Or) else (term,)
        return self._chain([name(choice) for choice in self._ordered(choices)], "either")

    def _chain(self, texts: Sequence[str], conjunction: str) -> str:
        """A、B或C."""
        if len(texts) < 2:
            return "".join(texts)
        first = self.say("comma").join(texts[:-1])
        return self.say(conjunction, first=first, last=texts[-1])

    def _branches(self, term: Term) -> str:
        assert isinstance(term, Or)
        numbered = (
            self.say("branch", number=number, news=self.news(part))
            for number, part in enumerate(self._ordered(term.parts), 1)
        )
        return self.say("branch_comma").join(numbered)

    def _ordered(self, terms: Iterable[Term]) -> list[Term]:
        """``terms`` in the order in which the person wrote them, as far as that is found."""
        return sorted(terms, key=self._place)

    def _place(self, term: Term) -> int:
        if isinstance(term, And | Or):
            return min(map(self._place, term.parts))
        spellings: tuple[str, ...] = ()
        match term:
            case Not(part):
                return self._place(part)
            case CompanyTerm(symbol):
                company = self.directory.get(symbol)
                names = (company.name, company.english, company.code) if company else ()
                spellings = tuple(map(folded, (symbol, *names)))
            case KeywordTerm(text) | SourceTerm(text):
                spellings = (text,)
            case EventTerm(kind):
                short = vocabulary().kind_words
                spellings = (kind, *(word for word, meant in short.items() if meant == kind))
        found = [at for name in spellings if name and (at := self.typed.text.find(name)) >= 0]
        return min(found, default=len(self.typed.text))

    # --- atoms ------------------------------------------------------------------------------------

    def _name(self, term: Term) -> str:
        """An atom inside a phrase that already says "news"."""
        match term:
            case CompanyTerm(symbol, about):
                label = self._label(symbol)
                return self.say("about_company", company=label) if about else label
            case EventTerm(kind, comparison):
                event = self.catalogue.say(f"event.{kind}")
                if comparison is None:
                    return event
                if kind == "earnings" and comparison.unit == "per_share" and comparison.value:
                    event, comparison = self.say("eps"), replace(comparison, unit="money")
                event = self._spelt(self.measured[term]) if term in self.measured else event
                amount = figure(self.catalogue, kind, comparison)
                return self.say("figure", event=event, figure=amount)
            case KeywordTerm(text, _, title):
                return self.say("in_title" if title else "quote", text=self._spelt(text))
            case RegexTerm(pattern, title):
                key = "title_pattern" if title else "pattern"
                return self.say(key, pattern=traditional(pattern))
            case SourceTerm(text):
                return self.say("from_source", text=self._spelt(text))
            case LangTerm(lang):
                return self.say(f"lang_{lang}")
            case PromoTerm(flagged):
                return self.say("promo_yes" if flagged else "promo_no")
        return self.say("group", news=self.news(term))

    def _noun(self, term: Term) -> str:
        """An atom that stands alone, as after "excluding"."""
        match term:
            case CompanyTerm(_, True):
                return self.say("company_news", companies=self._name(term))
            case EventTerm():
                return self.say("events_news", events=self._name(term))
            case Not(part):
                return self.say("excluding", news=self.say("all_news"), excluded=self._noun(part))
        return self._name(term)

    def _label(self, symbol: str) -> str:
        company = self.directory.get(symbol)
        if company is None:
            return symbol
        return label(company, self.catalogue.lang)

    def _spelt(self, text: str) -> str:
        """Folded ``text`` as the person spelt it."""
        start = self.typed.text.find(text)
        if start < 0:
            return traditional(text)
        first, last = self.typed.place(start, start + len(text))
        return " ".join(self.typed.original[first:last].split())


def _sorted(terms: Iterable[Term]) -> _Parts:
    parts = _Parts([], [], [], [], [], [], [])
    for term in terms:
        getattr(parts, _kind_of(term) or "groups").append(_positive(term))
    return parts


def _positive(term: Term) -> Term:
    return term.part if isinstance(term, Not) else term


def _kind_of(term: Term) -> str:
    """Which list of ``_Parts`` a term, or a choice of nothing but such terms, belongs to."""
    if isinstance(term, Or):
        kinds = {_kind_of(part) for part in term.parts}
        single = kinds.pop() if len(kinds) == 1 else ""
        return "" if single == "excluded" else single
    match term:
        case CompanyTerm():
            return "companies"
        case EventTerm():
            return "events"
        case KeywordTerm() | RegexTerm():
            return "titles" if term.title else "words"
        case SourceTerm() | LangTerm() | PromoTerm():
            return "conditions"
        case Not():
            return "excluded"
    return ""
