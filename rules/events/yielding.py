"""When words of one kind of event are only part of another's telling."""

from __future__ import annotations

import re

from rules.events.stage import Anchor, Stage

# 投資千億建廠 is the building of a plant, 分拆上市 a listing, 參與…增資 an investment.
_PUT_IN = ("投资", "invest")
_YIELDS = {"investment": "capex", "mna": "ipo", "offering": "investment"}
# A round of somebody else, where the company is the one that invests.
_RAISED = ("募资", "筹资", "新一轮融资", "融资轮", "完成融资")
_LED = ("领投", "跟投", "参投", "注资", "入股")
# 收購16%股份 is a stake, 收購六成股權 or 收購全數股份 a takeover.
_BOUGHT = ("收购", "并购", "购并", "买下")
_WHOLE = re.compile(r"全部|全数|全资|百分之百|100%|过半|[5-9]\d(?:\.\d+)?%|[五六七八九5-9]成")


def yields(view: Stage, anchor: Anchor) -> bool:
    """Whether what stands at ``anchor`` is told better by words of another kind in its clause."""
    kind = anchor.wording.kind
    if kind in _YIELDS and _is_part(view, anchor, _YIELDS[kind]):
        return True
    if kind == "offering" and _is_anothers_round(view, anchor):
        return True
    return kind in {"investment", "mna"} and _is_other_share(view, anchor)


def _is_part(view: Stage, anchor: Anchor, kind: str) -> bool:
    """Whether words of ``kind`` in the same clause hold or overlap those at ``anchor``.

    What is invested, without a word of in whom, belongs to the building in the same sentence,
    where nobody else is named between.
    """
    near = view.anchors_near(anchor.clause[0], anchor.end)
    if any(a.wording.kind == kind and a.end > anchor.start for a in near):
        return True
    if not view.scene.document.text.startswith(_PUT_IN, anchor.start):
        return False
    sentence = view.scene.document.sentences[anchor.number]
    return any(
        a.wording.kind == kind and not view.scene.names_in(anchor.end, a.start)
        for a in view.anchors_near(sentence.start, sentence.end)
    )


def _is_anothers_round(view: Stage, anchor: Anchor) -> bool:
    """Whether somebody else raises the money: 輝達領投某新創 本輪募資45億."""
    text = view.scene.document.text
    if not text.startswith(_RAISED, anchor.start):
        return False
    sentence = view.scene.document.sentences[anchor.number]
    return any(
        a.wording.kind == "investment"
        and text.startswith(_LED, a.start)
        and not view.scene.names_in(a.end, anchor.start)
        for a in view.anchors_near(sentence.start, anchor.start)
    )


def _is_other_share(view: Stage, anchor: Anchor) -> bool:
    """Whether a takeover is only of a stake, or what is told as a stake is a takeover."""
    text = view.scene.document.text
    if not text.startswith(_BOUGHT, anchor.start):
        return False
    stakes = [
        a
        for a in view.anchors_near(anchor.start, anchor.start + 1)
        if a.wording.kind == "investment" and a.wording.tail is not None
    ]
    if not stakes:
        return False
    whole = bool(_WHOLE.search(text, anchor.start, stakes[0].end))
    return whole == (anchor.wording.kind == "investment")
