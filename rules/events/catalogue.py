"""The kinds of events, their wording and the cues around them, read from ``data/events``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from rules.model import Direction
from rules.text import folded


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event; ``zh`` and ``en`` are what people may type, the label first."""

    kind: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that names this kind, its key included."""
        return (self.kind, *self.zh, *self.en)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that tell of an event of ``kind``: alone, or followed by one that ``tail`` finds.

    ``direction`` is what they say themselves, ``usually`` what they mean where nothing is said.
    Words of one ``family`` say the same.
    """

    kind: str
    tail: re.Pattern[str] | None = None
    gap: int = 0
    needs: frozenset[str] = frozenset()
    direction: Direction | None = None
    usually: Direction | None = None
    family: str = ""


_ANY_YEAR = "####"
_YEARS = range(2015, 2046)
_WAYS = {f"direction.{way.value}": way for way in Direction}
# A word of the left is a longer word in which a cue of the right says nothing of its own.
_MUTES = {
    "denied.neutral": ("denied.before", "denied.after", "denied.object", "denied.absent"),
    "rumoured.neutral": (
        *("rumoured.sources", "rumoured.talk", "rumoured.alone", "rumoured.anywhere"),
        *("rumoured.speakers", "rumoured.modal", "rumoured.open", "rumoured.planned"),
        *("rumoured.announced", "rumoured.decided", "rumoured.settled", "rumoured.undecided"),
        *("rumoured.verdicts", "rumoured.unanswered", "rumoured.worries", "rumoured.perhaps"),
    ),
    "background.neutral": ("background.words", "background.results_words", "background.ago"),
    "direction.neutral": ("direction",),
    "scope.compounds": ("scope.generic", "scope.roles", "scope.folk", "scope.others"),
}


class Pattern(NamedTuple):
    """What a word of the scanner's says.

    ``wording`` tells of events, ``blocks`` are the kinds that it silences as a longer word,
    ``cues`` the categories of cues it belongs to, ``mutes`` those that say nothing inside it,
    ``way`` the direction it says. ``opens`` and ``closes`` say whether its ends are Latin letters,
    ``bounded`` whether these or a digit bind it. ``only_cues`` where it is nothing else.
    """

    wording: tuple[Wording, ...]
    blocks: frozenset[str]
    cues: tuple[str, ...]
    mutes: tuple[str, ...]
    way: Direction | None
    opens: bool
    closes: bool
    bounded: bool
    only_cues: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All ``patterns`` by their folded words, and words that the scanner need not find."""

    patterns: Mapping[str, Pattern]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _load(name: str) -> dict[str, Any]:
    text = resources.files("rules.data").joinpath("events", name).read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, EventKind]:
    """The twenty kinds by their key, in the order of the data file."""
    return {
        key: EventKind(key, tuple(entry["zh"]), tuple(entry["en"]))
        for key, entry in _load("kinds.toml").items()
    }


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {folded(name): kind.kind for kind in kinds().values() for name in kind.names}


def resolve(word: str) -> str | None:
    """The kind that ``word`` names (any script or case, a leading # aside), or None."""
    return _names().get(folded(word).strip().removeprefix("#").strip())


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The wording and the cues; made once."""
    wording: dict[str, list[Wording]] = {}
    blocked: dict[str, set[str]] = {}
    for kind, groups in _load("words.toml").items():
        for group in groups:
            entry = _wording(kind, group)
            for word in _each_year((*group.get("words", ()), *group.get("head", ()))):
                wording.setdefault(folded(word), []).append(entry)
            for word in group.get("not", ()):
                blocked.setdefault(folded(word), set()).add(kind)
    cues, lists = _cues({**_load("cues.toml"), **_load("stance.toml")})
    words = {*wording, *blocked, *cues}
    patterns = {
        word: _pattern(
            word, tuple(wording.get(word, ())), blocked.get(word, ()), cues.get(word, ())
        )
        for word in words
    }
    return Vocabulary(patterns, lists)


def _pattern(
    word: str, wording: tuple[Wording, ...], blocks: Iterable[str], names: Iterable[str]
) -> Pattern:
    ordered, blocked = sorted(names), frozenset(blocks)
    cues = tuple([name for name in ordered if name not in _WAYS and name not in _MUTES])
    mutes = tuple([muted for name in ordered for muted in _MUTES.get(name, ())])
    way = next((_WAYS[name] for name in ordered if name in _WAYS), None)
    opens, closes = "a" <= word[0] <= "z", "a" <= word[-1] <= "z"
    bounded = opens or closes or "0" <= word[0] <= "9"
    only_cues = not (wording or blocked or mutes or way)
    return Pattern(wording, blocked, cues, mutes, way, opens, closes, bounded, only_cues)


def _each_year(words: Iterable[str]) -> Iterator[str]:
    """``words``, those with ``####`` once for every year that news may look ahead to."""
    for word in words:
        yield from (
            [word.replace(_ANY_YEAR, str(y)) for y in _YEARS] if _ANY_YEAR in word else [word]
        )


def _tail(words: Iterable[str], unless: Iterable[str]) -> re.Pattern[str]:
    """Any of ``words``, the shortest first; Latin ones do not end or begin inside a word.

    Not where one of ``unless``, longer words that mean something else, stands.
    """
    tail = "|".join(_bounded(w) for w in sorted(map(folded, words), key=len))
    others = "|".join(re.escape(folded(w)) for w in unless)
    return re.compile(f"(?!{others})(?:{tail})" if others else tail)


def _bounded(word: str) -> str:
    """``word`` as a pattern that opens with its first character, so that `re` can skip to it."""
    left = rf"(?<![a-z]{word[0]})" if "a" <= word[0] <= "z" else ""
    right = r"(?![a-z])" if "a" <= word[-1] <= "z" else ""
    pattern = re.escape(word[0]) + left + re.escape(word[1:]) + right
    return pattern.replace(re.escape(_ANY_YEAR), "20[0-9][0-9]")


def _wording(kind: str, group: Mapping[str, Any]) -> Wording:
    direction, usually = group.get("direction"), group.get("usually")
    return Wording(
        kind,
        _tail(group["tail"], group.get("tail_not", ())) if "tail" in group else None,
        group.get("gap", 0),
        frozenset(group.get("needs", ())),
        Direction(direction) if direction else None,
        Direction(usually) if usually else None,
        " ".join([kind, direction or "", *sorted(group.get("needs", ()))]),
    )


# Lists that are asked for by name and that the scanner need not find.
_LISTS = frozenset(
    [f"rumoured.{name}" for name in ("speech", "deferring", "pending", "unmade")]
    + [f"rumoured.{name}" for name in ("details", "tails", "results", "public", "done")]
    + [f"denied.{name}" for name in ("filler", "reference", "plans", "absent_filler")]
    + [f"denied.{name}" for name in ("troubles", "charges", "clarifying")]
    + [f"scope.{name}" for name in ("joints", "objects", "brokers", "venues", "organisations")]
    + [f"scope.{name}" for name in ("own_acts", "places", "buyers", "authorities")]
    + ["background.results", "background.subordinate", "direction.kinds"]
    + ["telling.plans", "telling.trends"]
)
# Of these the entries are symbols and keys, which are not folded.
_KEYS = frozenset(
    [f"rumoured.{name}" for name in ("results", "public")]
    + [f"denied.{name}" for name in ("troubles", "charges")]
    + ["scope.brokers", "scope.venues", "scope.own_acts", "direction.kinds", "background.results"]
)


def _cues(
    data: Mapping[str, Mapping[str, Any]],
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    cues: dict[str, set[str]] = {}
    lists: dict[str, frozenset[str]] = {}
    for table, entries in data.items():
        for key, words in entries.items():
            name = f"{table}.{key}"
            if name in _LISTS:
                lists[name] = frozenset(words if name in _KEYS else map(folded, words))
            for word in [words] if isinstance(words, str) else words:
                if name not in _LISTS:
                    cues.setdefault(folded(word), set()).add(name)
    return {word: frozenset(names) for word, names in cues.items()}, lists
