"""Which figures of the article measure which telling of an event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rules.events.growth import continues
from rules.events.scene import placed
from rules.events.stage import Anchor, Stage
from rules.model import Basis, Figure

_NEAR = 40  # folded characters around an event's own words within which a figure measures it
_GROWING = frozenset({"revenue", "earnings"})  # kinds of which growth is told behind them
_ALSO = {
    "earnings": frozenset({"eps", "margin", "earnings", "growth"}),
    "revenue": frozenset({"revenue", "growth"}),
    "guidance": frozenset({"guidance", "revenue", "earnings", "eps", "margin", "growth"}),
    "rating": frozenset({"rating", "target_price"}),
    "investment": frozenset({"investment", "stake"}),
    "mna": frozenset({"mna", "stake"}),
    "price_move": frozenset({"price_move", "price"}),
    "ipo": frozenset({"ipo", "offering"}),
}


class Measures:
    """The figures of an article by the kind of event that they measure, and by place."""

    def __init__(self, view: Stage, figures: Sequence[Figure]) -> None:
        """Put every figure where it stands in the folded text."""
        document = view.scene.document
        self._all = [(placed(document, f.span)[0], f) for f in figures]
        self._rivals: dict[str, tuple[list[int], list[Anchor]]] = {}
        for anchor in view.anchors:
            starts, anchors = self._rivals.setdefault(anchor.wording.kind, ([], []))
            starts.append(anchor.start)
            anchors.append(anchor)
        self._ends = [placed(document, f.span)[1] for f in figures]
        self._names = view.scene.named
        self._text = document.text
        self._sentences = document.sentences
        self._of: dict[str, tuple[list[int], list[Figure]]] = {}

    def within(self, kind: str, start: int, end: int) -> bool:
        """Whether a figure that could measure an event of ``kind`` begins in ``[start, end)``."""
        places, _ = self._kind(kind)
        first = bisect_left(places, start)
        return first < len(places) and places[first] < end

    def counts_people(self, anchor: Anchor) -> bool:
        """Whether the sentence counts heads, or gives a share of them, near ``anchor``."""
        sentence = self._sentences[anchor.number]
        start = max(sentence.start, anchor.start - _NEAR)
        end = min(sentence.end, anchor.end + _NEAR)
        return any(
            start <= place < end
            and (figure.unit == "people" or (figure.unit == "percent" and figure.kind == "layoff"))
            for place, figure in self._all
        )

    def of(self, anchor: Anchor, symbols: Sequence[str]) -> tuple[Figure, ...]:
        """Those of this kind and owner in the same sentence, nearer to no other telling."""
        kind = anchor.wording.kind
        places, figures = self._kind(kind)
        if not places:
            return ()
        sentence = self._sentences[anchor.number]
        first = bisect_left(places, max(sentence.start, anchor.start - _NEAR))
        last = bisect_left(places, min(sentence.end, anchor.end + _NEAR + 1), first)
        if first == last:
            return ()
        found = [
            number
            for number in range(first, last)
            if (not figures[number].owner or not symbols or figures[number].owner in symbols)
            and self._measures(anchor, places, figures, number)
        ]
        if found and figures[found[-1]].basis is Basis.PRIOR:  # what it changes to belongs to it
            following = found[-1] + 1
            found += [following] if bisect_left(places, sentence.end) > following else []
        return tuple([figures[number] for number in found])

    def _measures(
        self, anchor: Anchor, places: Sequence[int], figures: Sequence[Figure], number: int
    ) -> bool:
        """Whether the figure belongs to ``anchor``: it stands nearest, or goes on from there."""
        place = places[number]
        kind = anchor.wording.kind
        if figures[number].kind != "growth" or kind not in _GROWING or place < anchor.end:
            return self._nearest(anchor, place)
        starts, anchors = self._rivals[kind]
        if anchors[bisect_left(starts, place) - 1] is not anchor:  # told of again in between
            return False
        earlier = max((end for end in self._ends if anchor.end <= end <= place), default=anchor.end)
        return continues(self._text[anchor.end : earlier], self._unnamed(earlier, place))

    def _unnamed(self, start: int, end: int) -> str:
        """The folded text there without the names of companies."""
        text = self._text[start:end]
        for name in self._names:
            if start <= name.start and name.end <= end:
                text = text.replace(self._text[name.start : name.end], " ")
        return text

    def _nearest(self, anchor: Anchor, place: int) -> bool:
        """Whether no other telling of the same kind stands nearer to ``place``."""
        mine = _distance(anchor, place)
        starts, anchors = self._rivals[anchor.wording.kind]
        first = bisect_left(starts, place - _NEAR * 2)
        last = bisect_left(starts, place + _NEAR * 2, first)
        return all(_distance(other, place) >= mine for other in anchors[first:last])

    def _kind(self, kind: str) -> tuple[list[int], list[Figure]]:
        found = self._of.get(kind)
        if found is None:
            kinds = _ALSO.get(kind) or {kind}
            own = [pair for pair in self._all if pair[1].kind in kinds]
            found = self._of[kind] = [p for p, _ in own], [f for _, f in own]
        return found


def _distance(anchor: Anchor, place: int) -> int:
    return place - anchor.end if place >= anchor.end else max(0, anchor.start - place)
