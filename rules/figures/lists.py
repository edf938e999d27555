"""Figures told in a list, one for each company of another: A、B、C分別為1億、2億、3億."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.events.scene import Named, Scene
from rules.figures.amount import Amount

_WORDS = ("分别", "依序", "依次", "各为", "各自", "respectively")
_EACH = re.compile("|".join(_WORDS))
_JOINT = re.compile(r"\s?(?:[、,和与及跟/&]|以及|and|\))?\s?(?:and\s)?")


@dataclass(frozen=True, slots=True)
class _Told:
    names: Sequence[Named]
    amounts: Sequence[Amount]


def respective(scene: Scene, kept: Sequence[tuple[Amount, str]]) -> dict[int, str]:
    """Whose the figures of such lists are, by the place where each begins.

    The members of one list of percentages share the sign of its first: 分別下跌3%、1%.
    """
    owners: dict[int, str] = {}
    text = scene.document.text
    if len(kept) < 2 or not any(word in text for word in _WORDS):
        return owners
    for match in _EACH.finditer(text):
        told = _told(scene, kept, match)
        if told is None:
            continue
        owners.update({a.begin: n.symbol for a, n in zip(told.amounts, told.names, strict=True)})
        first = told.amounts[0]
        if first.unit == "percent" and first.value < 0:
            for amount in told.amounts[1:]:
                amount.value = -abs(amount.value)
    return owners


def _told(scene: Scene, kept: Sequence[tuple[Amount, str]], match: re.Match[str]) -> _Told | None:
    sentence = scene.sentence(match.start())
    names = _last_list(scene, sentence.start, match.start())
    start = match.end() if match[0] != "respectively" else sentence.start
    unit = next((a.unit for a, _ in kept if start <= a.begin < sentence.end), None)
    amounts = [a for a, _ in kept if start <= a.begin < sentence.end and a.unit == unit]
    amounts = amounts[: len(names)]
    return _Told(names, amounts) if len(names) >= 2 and len(amounts) == len(names) else None


def _last_list(scene: Scene, start: int, end: int) -> list[Named]:
    text = scene.document.text
    group: list[Named] = []
    for name in reversed(scene.names_in(start, end)):
        if group and name.symbol == group[0].symbol:
            group[0] = name  # 亞馬遜(AMZN)
        elif group and not _JOINT.fullmatch(text, name.end, group[0].start):
            break
        else:
            group.insert(0, name)
    return group
