"""Line charts as SVG text, both axes logarithmic: enough for what the benchmarks show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 280, 76, 40, 44, 34  # pixels, a chart


class Line(NamedTuple):
    """A name, a colour and a value for each place on the x axis."""

    name: str
    colour: str
    values: Sequence[float]


def drawn(places: Sequence[int], along: str, charts: Sequence[tuple[str, Sequence[Line]]]) -> str:
    """Charts one above the other over the same ``places``; each has a title and its lines."""
    height = HEIGHT * len(charts) + 24
    body = [part for n, chart in enumerate(charts) for part in _chart(places, n * HEIGHT, *chart)]
    body.append(_text(WIDTH / 2, height - 8, along, "middle"))
    style = "font-family='sans-serif' font-size='13' fill='#333'"
    size = f"width='{WIDTH}' height='{height}' viewBox='0 0 {WIDTH} {height}'"
    head = f"<svg xmlns='http://www.w3.org/2000/svg' {size} {style}>"
    return "\n".join([head, "<rect width='100%' height='100%' fill='#fff'/>", *body, "</svg>", ""])


def _chart(places: Sequence[int], top: int, title: str, lines: Sequence[Line]) -> Iterator[str]:
    values = [value for line in lines for value in line.values]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(places[0]), math.log10(places[-1])
    bottom = top + HEIGHT - BOTTOM

    def x(place: float) -> float:
        share = (math.log10(place) - first) / ((last - first) or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        share = (math.log10(value) - low) / ((high - low) or 1)
        return bottom - share * (HEIGHT - TOP - BOTTOM)

    yield _text(LEFT, top + 20, title, "start", "font-weight='bold'")
    for power in range(low, high + 1):
        level = y(10**power)
        yield _stroke("#ddd", [(LEFT, level), (WIDTH - RIGHT, level)])
        yield _text(LEFT - 8, level + 4, f"{10**power:,}", "end")
    for place in places:
        yield _text(x(place), bottom + 18, f"{place:,}", "middle")
    for number, line in enumerate(lines):
        points = [(x(p), y(v)) for p, v in zip(places, line.values, strict=True)]
        yield _stroke(line.colour, points, 2.5)
        for (across, down), value in zip(points, line.values, strict=True):
            yield f"<circle cx='{across:.1f}' cy='{down:.1f}' r='3.5' fill='{line.colour}'/>"
            yield _text(
                across, down - 8 + 26 * number, f"{value:,.0f}", "middle", f"fill='{line.colour}'"
            )
        key = top + 20
        at = WIDTH - RIGHT - 240 * (len(lines) - number) + 30
        yield _text(at, key, f"● {line.name}", "start", f"fill='{line.colour}'")


def _stroke(colour: str, points: Sequence[tuple[float, float]], width: float = 1) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='{width}'/>"


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' {more}>{escape(words)}</text>"
