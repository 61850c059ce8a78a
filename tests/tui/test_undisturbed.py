"""When everything is collected."""

import gc
from collections.abc import Callable, Iterator

import pytest

from tui.undisturbed import Undisturbed


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    thresholds = gc.get_threshold()
    yield thresholds
    gc.set_threshold(*thresholds)


def test_full_collections_wait_for_the_lull_after_an_answer(usual: tuple[int, int, int]) -> None:
    later: list[Callable[[], None]] = []
    undisturbed = Undisturbed(lambda _, call: later.append(call))
    undisturbed.begin()
    assert gc.get_threshold()[:2] == usual[:2]
    assert gc.get_threshold()[2] > 1000
    undisturbed.end()
    assert gc.get_threshold()[2] > 1000
    later.pop()()
    assert gc.get_threshold() == usual


def test_an_answer_that_begins_in_the_lull_is_not_disturbed(usual: tuple[int, int, int]) -> None:
    later: list[Callable[[], None]] = []
    undisturbed = Undisturbed(lambda _, call: later.append(call))
    undisturbed.begin()
    undisturbed.end()
    undisturbed.begin()
    later.pop()()
    assert gc.get_threshold() != usual
    undisturbed.leave()
    assert gc.get_threshold() == usual
