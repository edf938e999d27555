"""Amounts, headcounts, percentages and per-share figures, with what each measures and whose it is.

Values are exact decimals in whole units: 2000億美元 is 2E11 USD, 1.6萬人 is 16000 people.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal

from rules.document import Document
from rules.events.scene import Scene, scene
from rules.figures.amount import Amount
from rules.figures.amounts import amounts
from rules.figures.basis import Bases, cues
from rules.figures.currency import home_of
from rules.figures.kinds import Governors
from rules.figures.lines import is_broken
from rules.figures.lists import respective
from rules.figures.signs import falls, loses
from rules.figures.vocabulary import roles
from rules.model import Figure, Mention


def patterns() -> Iterable[str]:
    """The words around figures that tell about them, for the shared scanner."""
    return {*roles(), *cues()}


def find(document: Document, mentions: tuple[Mention, ...]) -> tuple[Figure, ...]:
    """Every figure of the article in order of position."""
    home = home_of(document, mentions)
    view = scene(document, mentions)
    governors = Governors(view)
    kept: list[tuple[Amount, str]] = []
    for amount in amounts(document.text, home):
        if _is_apart(document, amount):
            continue
        clause = view.clause(amount.begin)
        kind = governors.settle(amount, clause, home)
        if kind is not None:
            if kind == "amount" and kept and kept[-1][0].prior and kept[-1][0].unit == amount.unit:
                kind = kept[-1][1]  # what it changes to measures the same
            _sign(document.text, amount, kind, clause[0])
            kept.append((amount, kind))
    owners = respective(view, kept)
    bases = Bases(view)
    return tuple([_figure(view, amount, kind, owners, bases) for amount, kind in kept])


def _is_apart(document: Document, amount: Amount) -> bool:
    """Whether its parts stand on lines of their own or on either side of the headline's end."""
    text = document.text
    if text.find("\n", amount.start, amount.end) < 0:
        return False
    crosses = amount.start <= document.title_end < amount.end - 1
    return crosses or is_broken(text, amount.start, amount.end)


def _figure(view: Scene, amount: Amount, kind: str, owners: dict[int, str], bases: Bases) -> Figure:
    kind = "price_move" if kind == "price" and amount.unit == "percent" else kind
    return Figure(
        value=_plain(amount.value),
        unit=amount.unit,
        span=view.document.span(amount.start, amount.end),
        kind=kind,
        currency=amount.currency if amount.unit in {"money", "per_share"} else "",
        owner=owners.get(amount.begin) or _owner(view, amount),
        high=None if amount.high is None else _plain(amount.high),
        bound=amount.bound,
        basis=bases.of(amount, kind, view.clause(amount.begin)[0]),
    )


def _sign(text: str, amount: Amount, kind: str, clause: int) -> None:
    if amount.value <= 0:
        return
    if amount.unit == "percent":
        down = kind != "layoff" and falls(text, amount.start, amount.end, clause)
    else:
        down = kind == "eps" and loses(text, clause, amount.start)
    if down and amount.high is None:
        amount.value = -amount.value
    elif down and amount.high is not None:
        amount.value, amount.high = -amount.high, -amount.value


def _plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or an exponent: 16000, not 16000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _owner(view: Scene, amount: Amount) -> str:
    """The company named last before it, in its sentence or an earlier one."""
    last = bisect_left(view.starts, amount.begin)
    if last and view.named[last - 1].end > amount.begin:
        last -= 1
    return view.named[last - 1].symbol if last else ""
