"""An article's words as the signals see them: found, unmasked, and told about or said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.document import Document
from rules.promotion import frames, vocabulary
from rules.promotion.disguise import disguised_hits, hides
from rules.promotion.records import Mark
from rules.promotion.vocabulary import (
    SHIELD,
    STRONG,
    WEAK,
    WHOLE,
    Phrase,
    Vocabulary,
)
from rules.scan import Hit

_LONGEST_GAP = 18  # folded characters between two pieces of a gapped phrase
_WRAPPED_LEAST = 3  # characters; a blank inside a shorter word may well divide two others …
_INVITE = "LINE_INVITE"  # … but 「加 賴」 is short and says enough
_LINE_BREAKS = frozenset("。！？!?\n")
_NEGATION_REACH = 8  # characters before a word in which a negation of it can stand
_LONGEST_BYLINE = 20
_COMMENT = re.compile(r"(?:推|嘘|→) ?\w{2,12}:")  # as forums show them, folded
# What the form, the disclaimer and the subject witness is there however the article means it.
_TELLABLE = frozenset({"contact", "lure", "solicitation", "touting", "scarcity", "teacher"})
# A whole article is a warning or report with so many different strong words in so many sentences.
_WARNING_WORDS, _WARNING_SHARE = 3, 0.25


@dataclass(frozen=True, slots=True)
class Page:
    """``marks`` by what they mean: a signal's name, or one of the roles in ``vocabulary``.

    ``tells`` answers for any other place whether the text tells about it instead of saying it.
    """

    document: Document
    marks: Mapping[str, tuple[Mark, ...]]
    warning: bool
    tells: Callable[[Mark], bool]

    def said(self, owner: str) -> tuple[Mark, ...]:
        """The marks of ``owner`` that the article says itself."""
        return tuple(mark for mark in self.marks.get(owner, ()) if not mark.told)


def read(document: Document) -> Page:
    """Find every word of the catalogue and set apart what is only told about."""
    words = vocabulary.load()
    text, hits = document.text, document.hits.get("promotion", ())
    plain = [hit for hit in hits if hit[2] not in words.latin or vocabulary.stands_alone(text, hit)]
    masked = list(disguised_hits(text))
    found = _meanings(text, plain, masked, words)
    for signal, start, end in frames.find(text):
        found.setdefault(signal, []).append(Mark(start, end, text[start:end]))
    shields = found.pop(SHIELD, [])
    if shields:
        found = {owner: _unshielded(marks, shields) for owner, marks in found.items()}
    telling = _Telling(document, found)
    return Page(
        document,
        {owner: tuple(telling.sort(owner, marks)) for owner, marks in found.items()},
        telling.warning,
        telling.tells,
    )


def quoted(document: Document, position: int) -> bool:
    """Whether the line is one that a reply quotes (``: …``, ``> …``) or another user's comment."""
    start = document.text.rfind("\n", 0, position) + 1
    line = document.text[start : start + _LONGEST_BYLINE]
    return line[:2] in {": ", "> "} or bool(_COMMENT.match(line))


def _meanings(
    text: str, plain: Iterable[Hit], masked: Iterable[Hit], words: Vocabulary
) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    pieces: dict[str, list[Mark]] = defaultdict(list)
    make = tuple.__new__  # an article has a hundred: calling Mark takes three times as long
    for start, end, word in plain:
        pieces[word].append(make(Mark, (start, end, word, False, False)))
    for start, end, word in masked:
        disguised = hides(text[start:end], word)
        short = len(word) < _WRAPPED_LEAST and _INVITE not in words.single.get(word, ())
        if disguised or not short:
            pieces[word].append(Mark(start, end, word, disguised=disguised))
    for word in pieces.keys() & words.single.keys():
        for owner in words.single[word]:
            found[owner] += pieces[word]
    for last in pieces.keys() & words.gapped.keys():
        for first in pieces.keys() & words.gapped[last].keys():
            for phrase in words.gapped[last][first]:
                if all(piece in pieces for piece in phrase.pieces):
                    found[phrase.owner].extend(_chained(text, phrase, pieces))
    return found


def _chained(text: str, phrase: Phrase, pieces: Mapping[str, list[Mark]]) -> list[Mark]:
    """Where the phrase's pieces follow one another closely enough in one sentence."""
    chains = pieces[phrase.pieces[0]]
    for piece in phrase.pieces[1:]:
        longer = []
        for chain in chains:
            for mark in pieces[piece]:
                gap = text[chain.end : mark.start]
                if 0 <= mark.start - chain.end <= _LONGEST_GAP and _LINE_BREAKS.isdisjoint(gap):
                    masked = chain.disguised or mark.disguised
                    longer.append(
                        Mark(chain.start, mark.end, "…".join(phrase.pieces), disguised=masked)
                    )
                    break
        chains = longer
    return chains


def _unshielded(marks: list[Mark], shields: list[Mark]) -> list[Mark]:
    return [
        mark
        for mark in marks
        if not any(s.start <= mark.start and mark.end <= s.end and s != mark for s in shields)
    ]


@lru_cache(maxsize=1)
def _owners() -> tuple[frozenset[str], frozenset[str]]:
    """The signals whose words can be told about, and those that have rows of frames."""
    records = vocabulary.records()
    tellable = frozenset(r.name for r in records if r.group in _TELLABLE)
    return tellable, frozenset(r.name for r in records if r.framed)


class _Telling:
    """Decides which marks are told about: warned of, denied or reported, not said to the reader."""

    def __init__(self, document: Document, found: Mapping[str, list[Mark]]) -> None:
        self._document = document
        self._strong = {self._sentence(m) for m in found.get(STRONG, ())}
        self._weak = {self._sentence(m) for m in found.get(WEAK, ())}
        self._denial = vocabulary.load().denial
        self._kinds = {m.word for m in found.get(STRONG, ())}
        in_title = any(document.in_title(m.start) for m in found.get(STRONG, ()))
        share = len(self._strong) / max(1, len(document.sentences))
        whole = WHOLE in found
        self.warning = (
            whole or in_title or (len(self._kinds) >= _WARNING_WORDS and share >= _WARNING_SHARE)
        )

    def sort(self, owner: str, marks: list[Mark]) -> list[Mark]:
        """``marks`` with ``told`` set where it holds; roles are left as they are."""
        tellable, framed_owners = _owners()
        if owner not in tellable:
            return marks
        framed = owner in framed_owners
        return [
            m._replace(told=True) if self.tells(m) or (framed and self._denied(m)) else m
            for m in marks
        ]

    def _denied(self, mark: Mark) -> bool:
        """Whether a negation stands in a row's sentence, shortly before it or inside it."""
        start = max(self._document.sentence_at(mark.start).start, mark.start - _NEGATION_REACH)
        words = vocabulary.load()
        return bool(words.row_denial.search(self._document.text, start, mark.end))

    def tells(self, mark: Mark) -> bool:
        if self.warning:
            return True
        number = self._sentence(mark)
        if number in self._strong or number in self._weak or self._reported(mark, number):
            return True
        before = self._document.text[max(0, mark.start - _NEGATION_REACH) : mark.start]
        return bool(self._denial.search(before)) or quoted(self._document, mark.start)

    def _reported(self, mark: Mark, number: int) -> bool:
        """Whether it follows a warning in an article of them, or is quoted beside one."""
        if len(self._kinds) > 1 and number - 1 in self._strong:
            return True
        if not self._kinds:
            return False
        text, sentence = self._document.text, self._document.sentences[number]
        opened = text.rfind("「", sentence.start, mark.start + 1)
        return opened >= 0 and text.find("」", opened) >= mark.end

    def _sentence(self, mark: Mark) -> int:
        return self._document.sentence_number(mark.start)
