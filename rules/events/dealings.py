"""Who of two that deal with one another it is that an event happened to."""

from __future__ import annotations

from itertools import pairwise

from rules.events.names import Names
from rules.events.scene import Named
from rules.events.stage import Anchor, Stage

_REACH = 16  # folded characters from the noun to the target after it
_TAKEOVERS = frozenset({"takeover", "acquisition", "buyout", "merger", "并购", "收购", "整并"})
_CASES = frozenset("案战计交传")
_CUSTOMERS = frozenset({"客户", "大客户", "的客户", "主要客户", " customer "})


def party(stage: Stage, names: Names, anchor: Anchor) -> list[Named] | None:
    """Who it is where the words around say so: None where they do not.

    日月光客戶高通砍單 happens to 日月光; a takeover of Nissan by Honda is Honda's.
    """
    if anchor.wording.kind == "order":
        return _served(stage, names, anchor)
    if anchor.wording.kind == "mna":
        return _buyers(stage, names, anchor)
    return None


def _served(stage: Stage, names: Names, anchor: Anchor) -> list[Named] | None:
    """Whose order it is where the customer is named as one."""
    text = stage.scene.document.text
    for left, right in pairwise(names.between(anchor.clause[0], anchor.start)):
        if text[left.end : right.start] in _CUSTOMERS:
            return [left]
    return None


def _buyers(stage: Stage, names: Names, anchor: Anchor) -> list[Named] | None:
    """Who takes over, where the noun has the target beside it.

    A takeover of Nissan by Honda, Netflix denies talk of a Warner Bros takeover,
    中信金退出新光金併購戰.
    """
    text = stage.scene.document.text
    if text[anchor.start : anchor.end] not in _TAKEOVERS:
        return None
    if stage.is_latin(anchor.start):
        return _english_buyers(stage, names, anchor)
    target = names.right_before(anchor.start)
    if target is None or text[anchor.end : anchor.end + 1] not in _CASES:
        return None  # 收購 with what is bought after it
    start = max(anchor.clause[0], text.rfind("〉", 0, anchor.start) + 1)
    return names.last_list(start, target[0].start, objects=False)


def _english_buyers(stage: Stage, names: Names, anchor: Anchor) -> list[Named] | None:
    text = stage.scene.document.text
    targets = list(names.right_before(anchor.start) or ())
    if text.startswith((" of ", " bid for "), anchor.end):
        targets += names.between(anchor.end, anchor.end + _REACH)[:1]
    if not targets:
        return None
    sentence = stage.scene.document.sentences[anchor.number]
    bought = {t.symbol for t in targets}
    others = [n for n in names.between(sentence.start, sentence.end) if n.symbol not in bought]
    by = [n for n in others if text.endswith(" by ", anchor.end, n.start)]
    before = [n for n in others if n.end <= anchor.start and not names.is_object(n)]
    after = [n for n in others if n.start > anchor.end]
    return by[:1] or before[-1:] or after[:1] or None
