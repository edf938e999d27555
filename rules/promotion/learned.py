"""How much a text resembles the adverts that were learned: one signal beside the explained ones.

A linear model over the characters, pairs and triples of a text's edges, fitted by
``benchmarks/data/make_promotion_model.py``: score = bias + sum of weights / sqrt(number of known
n-grams). It never decides alone: see the routes in ``policy.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import fsum, sqrt
from operator import add

import daachorse

_HEAD, _TAIL = 150, 270  # folded characters; calls stand at a text's edges
_SHOWN, _LOOKED_AT = 3, 20  # n-grams that serve as evidence, and candidates for that
_BLANK = "␣"  # as the file writes it
_BETWEEN = re.compile(r"[^\w+%@]+")
_NUMBER = re.compile(r"\d+")


class Model:
    """``weights`` by n-gram; positive ones speak for an advert."""

    def __init__(self, bias: float, weights: Mapping[str, float]) -> None:
        """Raises ValueError for an empty n-gram."""
        if "" in weights:  # it would be found everywhere
            raise ValueError("learned.tsv has an empty n-gram")
        self.bias = bias
        self.weights = weights
        self._values = list(weights.values())
        self._grams = daachorse.CharwiseDoubleArrayAhoCorasick(list(weights)) if weights else None

    def score(self, text: str) -> float:
        """Above 0 an advert is likelier than not, as far as wording alone can say."""
        if self._grams is None:
            return self.bias
        known = {number for _, _, number in self._grams.find_overlapping(edges(text))}
        # fsum: a set has no order, and the same text always gets the same score.
        total = fsum(map(self._values.__getitem__, known))
        return self.bias + total / sqrt(max(1, len(known)))

    def telling(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in ``text`` the n-grams stand that speak most for an advert: start and length."""
        read = edges(text)
        ranked = sorted((-self.weights.get(gram, 0.0), gram) for gram in grams(read))
        found = [(text.find(gram), len(gram)) for _, gram in ranked if len(gram) > 1][:_LOOKED_AT]
        standing = [place for place in found if place[0] >= 0][:_SHOWN]
        return tuple(standing) or ((len(text) - len(text.lstrip()), len(read)),)


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
    """A model from its file: after comments, the bias alone, then a weight and an n-gram a line."""
    lines = [line for line in table.splitlines() if not line.startswith("#")]
    weights = {}
    for line in lines[1:]:
        weight, tab, gram = line.partition("\t")
        if not tab or not gram:
            raise ValueError(f"learned.tsv: not a weight and an n-gram: {line}")
        weights[gram.replace(_BLANK, " ")] = float(weight)
    return Model(float(lines[0]), weights)
