"""What speaks for two articles being one story and what against it, each as a number."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from functools import lru_cache

from rules.model import Fingerprint
from rules.stories import amounts, knowledge, wording

_TAIPEI = timezone(timedelta(hours=8))
_SESSION = timedelta(hours=14)  # what prices did is old after this
_UNSURE = 0.3  # 營收大漲 may be read as a price, 漲停 may not


def wordings(one: Fingerprint, other: Fingerprint) -> dict[str, float]:
    """How much wording two articles share: each from 0 to 1, ``telling`` in rare terms of 9."""
    both = one.shingles & other.shingles
    titles = wording.total(one.title & other.title)
    least = min(wording.whole(one.shingles), wording.whole(other.shingles))
    mine, theirs = wording.whole(one.title), wording.whole(other.title)
    # A title whose words stand in the other's lead tells as much as one in its title.
    across = max(
        wording.total(one.title & other.shingles) / (mine + 15),
        wording.total(other.title & one.shingles) / (theirs + 15),
    )
    return {
        "text": wording.total(both) / (least + 40),
        "title": titles / (min(mine, theirs) + 15),
        "across": across,
        "telling": min(wording.rare(both) / 9, 3.0),
        "copy": float(_copied(one) == _copied(other)),
    }


def _copied(mark: Fingerprint) -> tuple[frozenset[str] | frozenset[int], ...]:
    return mark.subjects, mark.title, mark.shingles, mark.amounts


def matter(one: Fingerprint, other: Fingerprint) -> dict[str, float]:
    """Whether who, what and how much agree or contradict each other."""
    acts = {act for act in one.acts & other.acts if act[1]}
    kinds_one, kinds_other = {k for k, _ in one.acts}, {k for k, _ in other.acts}
    told = sum(amounts.digits(token) for token in one.amounts & other.amounts)
    stranger = bool(one.subjects and other.subjects) and not one.subjects & other.subjects
    no_amount = bool(one.amounts and other.amounts) and not told
    return {
        "subject": float(bool(one.subjects & other.subjects)),
        "subjects": float(one.subjects == other.subjects and len(one.subjects) > 0),
        "pair": float(len(one.subjects & other.subjects) > 1),
        "other_subject": float(stranger),
        "act": float(bool(acts)),
        "kind": float(bool(kinds_one & kinds_other) and not acts),
        "languages": float(_differ(one.marks, other.marks, "lang:")),
        "other_act": _acts_differ(kinds_one, kinds_other),
        "amounts": min(told, 12) / 4,
        "no_amount": float(no_amount),
        "template": float(stranger and not told),  # the same words for another company
        "main": float(_main_agrees(one, other)),
    }


def _acts_differ(one: set[str], other: set[str]) -> float:
    """1 for acts of different sorts, less for those that headlines of one happening mix up."""
    if not (one and other) or one & other:
        return 0.0
    alike, mixed_up = _alike()
    return mixed_up if any(one & group and other & group for group in alike) else 1.0


@lru_cache(maxsize=1)
def _alike() -> tuple[tuple[frozenset[str], ...], float]:
    table = knowledge.table("weights")
    return tuple(map(frozenset, table["alike"])), table["mixed_up"]


def contradictions(one: Fingerprint, other: Fingerprint) -> dict[str, float]:
    """Marks that tell two happenings of one series apart."""
    a, b = one.marks, other.marks
    market = ("market" in a) != ("market" in b) and not (
        "market:beside" in a or "market:beside" in b
    )
    days = abs(one.at - other.at) / timedelta(days=1)
    brief = float("brief" in a and "brief" in b)
    return {
        "period": float(
            any(_differ(a, b, kind) for kind in ("month:", "quarter:", "date:", "part:"))
        ),
        "preview": float(("preview" in a) != ("preview" in b)),
        "market": float(market),
        "mixed": float(("market" in a) != ("market" in b) and not market),
        "way": float(_differ(a, b, "went:")),
        "session": _another_session(one, other),
        "main_differs": float(_main_differs(one, other)),
        "roundup": float(("roundup" in a) + ("roundup" in b)),
        "official": float(("official" in a) != ("official" in b)),
        "outlet": float(any(mark.startswith("from:") for mark in a & b)),
        "brief": brief,
        "brief_days": brief * days,
        "days": days,
    }


def _differ(a: frozenset[str], b: frozenset[str], kind: str) -> bool:
    left = {mark for mark in a if mark.startswith(kind)}
    right = {mark for mark in b if mark.startswith(kind)}
    return bool(left and right) and left.isdisjoint(right)


def _another_session(one: Fingerprint, other: Fingerprint) -> float:
    """1 where both tell of prices on two days of that market, less where only their words may."""
    if "market" not in one.marks or "market" not in other.marks:
        return 0.0
    two_days = _in_taipei(one) and _in_taipei(other) and _day(one) != _day(other)
    if not two_days and abs(one.at - other.at) <= _SESSION:
        return 0.0
    return 1.0 if "session" in one.marks and "session" in other.marks else _UNSURE


def _in_taipei(mark: Fingerprint) -> bool:
    return "taipei" in mark.marks or any(s.endswith((".TW", ".TWO")) for s in mark.subjects)


def _day(mark: Fingerprint) -> date:
    return mark.at.astimezone(_TAIPEI).date()


def _main_agrees(one: Fingerprint, other: Fingerprint) -> bool:
    """The same thing is measured and comes to the same."""
    return any(mark.startswith("main:") for mark in one.marks & other.marks)


def _main_differs(one: Fingerprint, other: Fingerprint) -> bool:
    """The same thing is measured, and neither's first amount of it stands in the other."""
    mine = dict(m.removeprefix("main:").split("=") for m in one.marks if m.startswith("main:"))
    theirs = dict(m.removeprefix("main:").split("=") for m in other.marks if m.startswith("main:"))
    for measure in mine.keys() & theirs.keys():
        a, b = float(mine[measure]), float(theirs[measure])
        if abs(a - b) > 0.05 * max(abs(a), abs(b)):
            unit = ":".join(measure.split(":")[1:])
            if not (_told(other, unit, a) or _told(one, unit, b)):
                return True
    return False


def _told(mark: Fingerprint, unit: str, value: float) -> bool:
    unit = unit.replace("per_share", "money")
    return any(
        token.startswith(f"{unit}:")
        and abs(float(token.rpartition(":")[2]) - abs(value)) <= 0.05 * abs(value)
        for token in mark.amounts
    )
