"""What is loaded for good is left alone by the garbage collector, which goes on for all else."""

import gc
from collections.abc import Iterator

import pytest

from bot.garbage import kept_for_good


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


class _Cycle:
    def __init__(self) -> None:
        self.me = self


def test_what_is_loaded_is_never_looked_at_again() -> None:
    with kept_for_good():
        loaded = _Cycle()

    assert not any(thing is loaded for thing in gc.get_objects())


def test_what_comes_later_is_looked_at() -> None:
    with kept_for_good():
        pass

    later = _Cycle()

    assert any(thing is later for thing in gc.get_objects())
    assert gc.isenabled()


def test_a_load_that_fails_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()

    with pytest.raises(OSError, match="no file"), kept_for_good():
        raise OSError("no file")

    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    assert gc.isenabled()
