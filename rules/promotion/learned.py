"""How much a text resembles the adverts that were learned: signals beside the explained ones.

A linear model over the characters, pairs and triples of a text's edges and over its ideas: the
concepts there (``concepts``), the explained signals that fired or saw something, and which of all
these stand together: that tells a call from talk about calls, which share their words. Fitted by
``benchmarks/data/make_promotion_model.py``: score = bias + for both kinds the sum of weights /
sqrt(number of known features + ``DAMPING``). It never decides alone: see ``policy.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import combinations
from math import fsum, sqrt
from operator import add
from types import MappingProxyType
from typing import NamedTuple

import daachorse

from rules.model import Signal
from rules.promotion.concepts import THEN

_HEAD, _TAIL = 150, 270  # folded characters; calls stand at a text's edges
_SHOWN, _LOOKED_AT = 3, 20  # n-grams that serve as evidence, and candidates for that
_BLANK = "␣"  # as the file writes it
_IDEA = "@"  # before an idea in the file; no n-gram is that long
_BETWEEN = re.compile(r"[^\w+%@]+")
_LONGEST_GRAM = 3
_FIRED, _SAW, _WITH = "+", "-", "&"  # in the name of an idea
# Added to the number of known features: in a short text none weighs as if it were the whole.
DAMPING = (30.0, 20.0)  # n-grams, ideas
# Of 1,086 texts of tests/cases whose ideas score less, 3 would reach 1 with their characters.
HOPELESS = -3.0
_NUMBER = re.compile(r"\d+")


class Ideas(NamedTuple):
    """What the model knows of a text besides its characters.

    ``single`` are its concepts, as ``concepts.features`` names them, and the signals that fired
    (``+NAME``) or only saw something (``-NAME``); ``follow`` are concepts that follow one another
    (``pick→give``). Any two of ``single`` are an idea too, wherever in the text they stand.
    """

    follow: tuple[str, ...] = ()
    single: tuple[str, ...] = ()

    def names(self) -> set[str]:
        """Every idea as the file writes it: two that stand together are ``want&+CLAIM``."""
        return {*self.follow, *self.single, *map(_WITH.join, combinations(self.single, 2))}


class Model:
    """Weights by n-gram and by idea (see ``Ideas``); positive ones speak for an advert."""

    def __init__(
        self, bias: float, grams: Mapping[str, float], ideas: Mapping[str, float] | None = None
    ) -> None:
        """Raises ValueError for an empty n-gram."""
        if "" in grams:  # it would be found everywhere
            raise ValueError("learned.tsv has an empty n-gram")
        self.bias = bias
        self.weights = grams
        self.ideas = ideas or {}
        self._beside: dict[str, dict[str, float]] = {}
        for idea, weight in self.ideas.items():
            one, together, other = idea.partition(_WITH)
            if together:
                self._beside.setdefault(one, {})[other] = weight
        self._values = list(grams.values())
        self._grams = daachorse.CharwiseDoubleArrayAhoCorasick(list(grams)) if grams else None

    def score(self, text: str, said: Ideas = Ideas()) -> float:  # noqa: B008
        """Above 0 an advert is likelier than not, as far as wording alone can say.

        ``said`` is what ``ideas`` answers for the text. Where it leaves no hope, the characters are
        not read and the score is that without them.
        """
        partly = self.bias + _damped(self._of_ideas(said), DAMPING[1])
        if self._grams is None or partly < HOPELESS:
            return partly
        known = {number for _, _, number in self._grams.find_overlapping(edges(text))}
        return partly + _damped([self._values[number] for number in known], DAMPING[0])

    def _of_ideas(self, said: Ideas) -> list[float]:
        values = [self.ideas[idea] for idea in (*said.follow, *said.single) if idea in self.ideas]
        for number, one in enumerate(said.single, 1):
            if beside := self._beside.get(one):
                values += [beside[other] for other in said.single[number:] if other in beside]
        return values

    def telling(
        self, text: str, said: Mapping[str, tuple[int, int]] = MappingProxyType({})
    ) -> tuple[tuple[int, int], ...]:
        """Where in ``text`` stands what speaks most for an advert: start and length.

        ``said`` is what ``concepts.features`` answers for it.
        """
        ranked = sorted((-self.ideas.get(idea, 0.0), idea) for idea in said if THEN in idea)
        ideas = [said[idea] for weight, idea in ranked if weight < 0][:_SHOWN]
        if ideas:
            return tuple((start, end - start) for start, end in ideas)
        read = edges(text)
        ranked = sorted((-self.weights.get(gram, 0.0), gram) for gram in grams(read))
        found = [(text.find(gram), len(gram)) for _, gram in ranked if len(gram) > 1][:_LOOKED_AT]
        standing = [place for place in found if place[0] >= 0][:_SHOWN]
        return tuple(standing) or ((len(text) - len(text.lstrip()), len(read)),)


def _damped(values: Sequence[float], damping: float) -> float:
    """Their sum over the root of their number; fsum, as a set has no order and scores are exact."""
    return fsum(values) / sqrt(len(values) + damping)


def ideas(concepts: Iterable[str], signals: Iterable[Signal]) -> Ideas:
    """The ideas of a text, each once. ``concepts`` are the keys of ``concepts.features``."""
    follow: list[str] = []
    alone: list[str] = []
    for concept in concepts:
        (follow if THEN in concept else alone).append(concept)
    marks = [(_FIRED if s.fired else _SAW) + s.name for s in signals if s.evidence]
    return Ideas(tuple(follow), (*sorted(alone), *sorted(marks)))


def edges(text: str) -> str:
    """What the model reads of folded ``text``: all of a short one, both ends of a long one.

    Layout and numbers are a source's or a day's, not an advert's: they are made alike.
    """
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    return _NUMBER.sub("0", _BETWEEN.sub(" ", text)).strip()


def grams(text: str) -> set[str]:
    """The characters, pairs and triples of ``text``."""
    pairs = list(map(add, text, text[1:]))
    return {*text, *pairs, *map(add, pairs, text[2:])}


@lru_cache(maxsize=1)
def load() -> Model:
    """The packaged model. Raises ValueError for a line that is not a weight and an n-gram."""
    source = resources.files("rules.data.promotion").joinpath("learned.tsv")
    return build(source.read_text("utf-8"))


def build(table: str) -> Model:
    """A model from its file: after comments, the bias, then a weight and an n-gram or @idea."""
    lines = [line for line in table.splitlines() if not line.startswith("#")]
    weights: dict[str, float] = {}
    ideas: dict[str, float] = {}
    for line in lines[1:]:
        weight, tab, name = line.partition("\t")
        if not tab or not name:
            raise ValueError(f"learned.tsv: not a weight and an n-gram: {line}")
        if name.startswith(_IDEA) and len(name) > _LONGEST_GRAM:
            ideas[name.removeprefix(_IDEA)] = float(weight)
        else:
            weights[name.replace(_BLANK, " ")] = float(weight)
    return Model(float(lines[0]), weights, ideas)
