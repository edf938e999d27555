"""Sets apart the invitations that a publisher prints under every article.

「加入本報官方 LINE，新聞不漏接」 invites to read news, not to a stock-pick group. An invitation is
furniture where its sentence has a publisher's words and no bait. 「加入官方 LINE」 alone is too,
unless the article baits elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from rules.promotion import vocabulary
from rules.promotion.page import Page
from rules.promotion.records import Mark
from rules.promotion.vocabulary import OFFICIAL, PUBLISHER
from rules.sentences import Sentence

_INVITING = frozenset({"contact", "solicitation"})
_BAITING = frozenset({"lure", "teacher", "touting"})
_TOPICAL = frozenset({"HOT_WORDS"})  # what news itself talks about is no bait


def without(page: Page) -> tuple[Page, frozenset[Sentence]]:
    """``page`` with invitations in furniture marked as told about, and furniture's sentences."""
    publisher, official = page.marks.get(PUBLISHER, ()), page.marks.get(OFFICIAL, ())
    if not publisher and not official:
        return page, frozenset()
    groups = {r.name: r.group for r in vocabulary.records()}
    baiting = {owner for owner in page.marks if groups.get(owner) in _BAITING}
    baited = _sentences(page, [mark for owner in baiting for mark in page.marks[owner]])
    own = list(publisher)
    if not any(page.said(owner) for owner in baiting - _TOPICAL):
        own += official
    sentences = _sentences(page, own) - baited
    marks = {
        owner: tuple(_told(page, mark, sentences) for mark in owned)
        if groups.get(owner) in _INVITING
        else owned
        for owner, owned in page.marks.items()
    }
    return replace(page, marks=marks), sentences


def _sentences(page: Page, marks: list[Mark]) -> frozenset[Sentence]:
    return frozenset(page.document.sentence_at(mark.start) for mark in marks)


def _told(page: Page, mark: Mark, sentences: frozenset[Sentence]) -> Mark:
    within = page.document.sentence_at(mark.start) in sentences
    return mark._replace(told=True) if within else mark
