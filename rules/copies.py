"""How much of one text stands in another word for word: reposts, with or without a new ending."""

from __future__ import annotations

import re

_RUN = 8  # characters: a changed name, figure or date spoils the eight runs around it and no more
_WORDLESS = re.compile(r"[\W_]+")


def containment(text: str, other: str) -> float:
    """The share of ``text`` that stands in ``other``, from 0 to 1; both are folded.

    Counted in the different runs of eight letters, digits or Chinese characters, whatever marks
    and blanks stand between: the containment of A. Broder, "On the resemblance and containment of
    documents" (1997). A text shorter than a run is contained in nothing.
    """
    own = _runs(text)
    return len(own & _runs(other)) / len(own) if own else 0.0


def _runs(text: str) -> set[str]:
    bare = _WORDLESS.sub("", text)
    return {bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1)}
