"""What a text speaks of, whatever the words: concepts (``concepts.toml``) and how they follow.

The many wordings of 「想要的私我」 share what they say: one who wants it, then getting in touch.
The learned part reads that beside characters, and so knows adverts in words it never met.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.promotion.frames import Ranges, edges
from rules.promotion.vocabulary import stands_alone
from rules.scan import Scanner

NEAR = 14  # folded characters from the end of one concept to the beginning of the next
THEN, QUOTED, DENIED = "→", '"', "!"
_BREAK = re.compile(r"[。!?\n;]")  # what follows is in the same sentence
# From eight characters on it is somebody's words; shorter ones are names and what to answer.
_QUOTED = re.compile(
    r"「[^「」\n]{8,120}」|『[^『』\n]{8,120}』|“[^“”\n]{8,120}”|\"[^\"\n]{8,120}\""
)
_DENIAL = re.compile(r"[不没未无非别勿]\w?$|n't $|never $|not $")
_DENIED_WITHIN = 6  # characters
_EXPRESSION = "~"


@dataclass(frozen=True, slots=True)
class Concepts:
    """What ``concepts.toml`` says, ready to be looked for.

    ``words`` finds every concept's words but ``forms``, its regular expressions. ``pairs`` are the
    features any of which fires a computed test, by its name.
    """

    words: Scanner
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    pairs: Mapping[str, tuple[str, ...]]

    def found(self, text: str, ranges: Ranges) -> list[tuple[int, int, str]]:
        """Start, end and concept of every word in ``ranges`` of folded ``text``, in order."""
        places: list[tuple[int, int, str]] = []
        for start, end in ranges:
            part = text[start:end]
            for name, hits in self.words.scan(part).items():
                places += [
                    (h[0] + start, h[1] + start, name) for h in hits if stands_alone(part, h)
                ]
            for name, form in self.forms:
                places += [(*match.span(), name) for match in form.finditer(text, start, end)]
        return sorted(places)


def features(text: str) -> Mapping[str, tuple[int, int]]:
    """What stands at the edges of folded ``text``: ``pick``, ``pick→give``, each with its place.

    A concept within quotation marks is ``"pick``, one that is denied ``!pick``: what a text quotes
    or denies it does not say itself.
    """
    places = load().found(text, edges(text))
    spans = [match.span() for match in _QUOTED.finditer(text)]
    opened = [start for start, _ in spans]
    breaks = [match.start() for match in _BREAK.finditer(text)]
    sentences = [bisect_right(breaks, start) for start, _, _ in places]
    names = []
    for start, _, name in places:
        around = bisect_right(opened, start) - 1
        if around >= 0 and start < spans[around][1]:
            names.append(QUOTED + name)
        elif _DENIAL.search(text, max(0, start - _DENIED_WITHIN), start):
            names.append(DENIED + name)
        else:
            names.append(name)
    first: dict[str, tuple[int, int]] = {}
    for number, (start, end, _) in enumerate(places):
        first.setdefault(names[number], (start, end))
        for follower in range(number + 1, len(places)):
            after, stop, _ = places[follower]
            if after > end + NEAR or sentences[follower] != sentences[number]:
                break
            if after >= end:
                first.setdefault(names[number] + THEN + names[follower], (start, stop))
    return first


@lru_cache(maxsize=1)
def load() -> Concepts:
    """The packaged concepts."""
    source = resources.files("rules.data.promotion").joinpath("concepts.toml")
    return build(tomllib.loads(source.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Concepts:
    """Concepts from their file's content. Raises ValueError where a pair names an unknown one."""
    slots: Mapping[str, Sequence[str]] = data["slots"]
    words = {s: [w for w in ws if not w.startswith(_EXPRESSION)] for s, ws in slots.items()}
    forms = [
        (s, "|".join(f"(?:{w[1:]})" for w in ws if w.startswith(_EXPRESSION)))
        for s, ws in slots.items()
        if any(w.startswith(_EXPRESSION) for w in ws)
    ]
    pairs = {entry["test"]: tuple(entry["pairs"]) for entry in data.get("signal", ())}
    named = {name for owned in pairs.values() for pair in owned for name in pair.split(THEN)}
    if unknown := named - set(slots):
        raise ValueError(f"concepts.toml: no such concept: {sorted(unknown)}")
    return Concepts(Scanner(words), tuple((s, re.compile(w)) for s, w in forms), pairs)
