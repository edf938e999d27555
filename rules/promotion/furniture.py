"""Sets apart the invitations that a publisher prints under every article.

「加入本報官方 LINE，新聞不漏接」 invites to read news, not to a stock-pick group: an invitation in a
sentence with a publisher's own words is furniture, unless the sentence also baits.
"""

from __future__ import annotations

from dataclasses import replace

from rules.promotion import vocabulary
from rules.promotion.page import Page
from rules.promotion.records import Mark
from rules.promotion.vocabulary import FURNITURE

_INVITING = frozenset({"contact", "solicitation"})
_BAITING = frozenset({"lure", "teacher", "touting"})


def without(page: Page) -> Page:
    """``page`` with the invitations of publishers' furniture marked as told about."""
    marks = page.marks.get(FURNITURE, ())
    if not marks:
        return page
    document = page.document
    groups = {r.name: r.group for r in vocabulary.records()}
    baited = {
        document.sentence_at(mark.start)
        for owner, owned in page.marks.items()
        if groups.get(owner) in _BAITING
        for mark in owned
    }
    sentences = {document.sentence_at(mark.start) for mark in marks} - baited

    def sort(mark: Mark) -> Mark:
        return replace(mark, told=True) if document.sentence_at(mark.start) in sentences else mark

    sorted_ = {
        owner: tuple(map(sort, owned)) if groups.get(owner) in _INVITING else owned
        for owner, owned in page.marks.items()
    }
    return replace(page, marks=sorted_)
