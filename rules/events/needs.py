"""What an event's wording asks for besides whose it is: ``needs`` in ``data/events/words.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from rules.events.actors import Cast
from rules.events.stage import Anchor, Stage

PUBLIC = frozenset({"legal", "regulation"})
_HEADLINE_KINDS = frozenset({"earnings", "revenue", "guidance", "dividend", "order"})
# What an outlook may speak of besides.
_OWN = frozenset({"earnings", "revenue", "guidance", "price_move"})
# What may follow the office that somebody was named to; elsewhere its holder speaks or is praised.
_NAMED = re.compile(
    r"$|[,;.:\n]| (?:as|to|after|amid|in|from|effective|following|and|replacing)(?![a-z])"
)
_PARTED = re.compile(r" (?:to|in|for|with|on|after|over|against|among|by|that|sues?) ")
_NAME = 40  # folded characters of a name in English
_CLOSING = "总后典仪在时日了暨。!?〉》】」)"  # 新廠啟用典禮, 啟用後
_TARGET = 16  # folded characters; a name that somebody buys is no longer
_NEXT = 16  # folded characters of a headline's next part


def meets(view: Stage, cast: Cast, anchor: Anchor) -> bool:
    """Whether everything that the wording at ``anchor`` needs of its place is there.

    ``stock``, ``company``, ``people`` and ``told`` are asked for where owners, figures and verbs
    are known.
    """
    needs = anchor.wording.needs
    if "near" in needs and not cast.is_named_near(anchor):
        return False
    return all(_NEEDS[need](view, anchor) for need in needs if need in _NEEDS)


def nameless_headline(view: Stage, anchor: Anchor) -> bool:
    """Whether it stands in a headline without name and text, as a wire's follow-ups do.

    What authorities do to everybody is news of nobody in any headline that names no company.
    """
    document = view.scene.document
    end = document.title_end
    if anchor.wording.kind in PUBLIC:
        return document.in_title(anchor.start) and not view.scene.names_in(0, end)
    return (
        anchor.wording.kind in _HEADLINE_KINDS
        and document.in_title(anchor.start)
        and not view.scene.named
        and not document.article.text.strip()
        and not view.cues_in("scope.macro", 0, end)
        and _of_business(view, anchor, end)
    )


def _of_business(view: Stage, anchor: Anchor, end: int) -> bool:
    """Whether a nameless outlook is a business's: 明年出貨倍增, not 有望釋出快篩."""
    if view.cues_in("telling.business", 0, end):
        return True
    return "fresh" not in anchor.wording.needs and not view.cues_in("scope.themes", 0, end)


def _titled(view: Stage, anchor: Anchor) -> bool:
    return view.scene.in_headline(anchor.start)


def _alone(view: Stage, anchor: Anchor) -> bool:
    return not view.other_between(anchor, *anchor.clause)


def _led(view: Stage, anchor: Anchor) -> bool:
    """Whether who does it is named before it, and nobody's ceo is only spoken of.

    Startup names former Google executive CEO and Fortune names Nvidia CEO to its list are not.
    """
    if not view.scene.names_in(anchor.clause[0], anchor.start):
        return False
    text = view.scene.document.text
    inside = view.scene.names_in(anchor.head_end, anchor.end)
    if inside and text[inside[-1].end : anchor.end].lstrip("'s ").count(" ") == 0:
        return False
    if _PARTED.search(text, anchor.head_end, anchor.end):
        return False
    return _NAMED.match(text, anchor.end, anchor.clause[1]) is not None


def _next(view: Stage, anchor: Anchor) -> bool:
    """Whether a company's name stands right before it."""
    return any(
        name.end in {anchor.start, anchor.start - 1}
        for name in view.scene.names_in(anchor.start - _NAME, anchor.start)
    )


def _launched(view: Stage, anchor: Anchor) -> bool:
    """Whether the clause, or a headline's next part, says what became of the new thing."""
    end = anchor.clause[1]
    if view.scene.document.in_title(anchor.start):
        end = min(view.scene.document.title_end, max(end, anchor.end + _NEXT))
    return bool(view.cues_in("telling.launches", anchor.clause[0], end))


def _fresh(view: Stage, anchor: Anchor) -> bool:
    """Whether nothing but results is spoken of in the clause: 明年擴產 is no guidance.

    全年將衝破40% is no move of a share where the clause speaks of none.
    """
    start, end = anchor.clause
    if view.cues_in("scope.prices", start, end) or view.cues_in("scope.macro", start, end):
        return False
    return _OWN.issuperset(a.wording.kind for a in view.anchors_near(start, end))


def _ahead(view: Stage, anchor: Anchor) -> bool:
    """Whether its words do not open with a year that has come."""
    year = view.scene.document.text[anchor.start : anchor.start + len("2026")]
    return not year.isdigit() or int(year) > view.scene.document.article.at.year


def _ends(view: Stage, anchor: Anchor) -> bool:
    """Whether it ends its clause, but for a word or two of what comes after it."""
    text = view.scene.document.text
    rest = text[anchor.end : anchor.clause[1]]
    return not rest.strip(_CLOSING) or rest[0] in _CLOSING


def _targets(view: Stage, anchor: Anchor) -> bool:
    """Whether a company's name stands right after it: 吃下新光金, but not 吃下大單."""
    after = view.scene.names_in(anchor.end, anchor.end + _TARGET)
    return bool(after) and after[0].start - anchor.end <= 1


def _between(view: Stage, anchor: Anchor) -> bool:
    """Whether it stands between two names: 聯電併格芯."""
    before = view.scene.names_in(max(0, anchor.start - _TARGET), anchor.start)
    return _targets(view, anchor) and bool(before) and before[-1].end == anchor.start


def _reaches(view: Stage, anchor: Anchor) -> bool:
    """Whether the sentence speaks of what can reach to a time: 訂單看到明年, 產線滿到年底."""
    sentence = view.scene.document.sentences[anchor.number]
    return bool(view.cues_in("telling.reach", sentence.start, sentence.end))


_Test: TypeAlias = Callable[[Stage, Anchor], bool]
_NEEDS: Mapping[str, _Test] = {
    "headline": _titled,
    "alone": _alone,
    "led": _led,
    "next": _next,
    "launched": _launched,
    "public": nameless_headline,
    "fresh": _fresh,
    "ahead": _ahead,
    "reach": _reaches,
    "ends": _ends,
    "target": _targets,
    "between": _between,
}
