"""How much of one text stands in another word for word: reposts, with or without a new ending."""

from __future__ import annotations

import re
from heapq import nsmallest
from zlib import crc32

_SKETCH = 16  # hashes of a text by which those that say the same are found again
_SKETCHED = 4000  # letters, digits and Chinese characters of a text that are sketched
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


def sketch(text: str) -> frozenset[int]:
    """The 16 smallest hashes of the folded text's runs of eight: its bottom-k sketch (Broder 1997).

    Two texts that share most runs share most of these, whatever their headlines are; of a text and
    a part of it the share is about the part's.
    """
    return frozenset(nsmallest(_SKETCH, (crc32(r.encode()) for r in _runs(text, _SKETCHED))))


def _runs(text: str, most: int | None = None) -> set[str]:
    bare = _WORDLESS.sub("", text)[:most]
    return {bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1)}
