"""The garbage collector, told what never becomes garbage.

Reference counting frees an article's values as soon as they are done with; the collector only looks
for cycles. Left alone it looks several times in each article that is read, and every so often at
everything that was loaded, for as long as the process lives. See ``docs/performance.md``.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 10_000
"""Objects that may come into being, net, before it looks; an article makes some 500."""


@contextmanager
def kept_for_good() -> Iterator[None]:
    """What is loaded in here lives as long as the process and is never looked at again."""
    gc.disable()
    try:
        yield
        gc.freeze()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    finally:
        gc.enable()
