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
    undisturbed.begin("an answer")
    assert gc.get_threshold()[:2] == usual[:2]
    assert gc.get_threshold()[2] > 1000
    undisturbed.end("an answer")
    assert gc.get_threshold()[2] > 1000
    later.pop()()
    assert gc.get_threshold() == usual


def test_an_answer_that_begins_in_the_lull_is_not_disturbed(usual: tuple[int, int, int]) -> None:
    later: list[Callable[[], None]] = []
    undisturbed = Undisturbed(lambda _, call: later.append(call))
    undisturbed.begin("an answer")
    undisturbed.end("an answer")
    undisturbed.begin("an answer")
    later.pop()()
    assert gc.get_threshold() != usual
    undisturbed.leave()
    assert gc.get_threshold() == usual


def test_what_ends_first_does_not_disturb_the_other(usual: tuple[int, int, int]) -> None:
    later: list[Callable[[], None]] = []
    undisturbed = Undisturbed(lambda _, call: later.append(call))
    undisturbed.begin("an answer")
    undisturbed.begin("laying out")
    undisturbed.end("an answer")
    later.pop()()
    assert gc.get_threshold() != usual
    undisturbed.end("laying out")
    later.pop()()
    assert gc.get_threshold() == usual


def test_the_lull_is_counted_from_the_last_end(usual: tuple[int, int, int]) -> None:
    later: list[Callable[[], None]] = []
    undisturbed = Undisturbed(lambda _, call: later.append(call))
    for _ in range(2):
        undisturbed.begin("an answer")
        undisturbed.end("an answer")
    first, second = later
    first()
    assert gc.get_threshold() != usual
    second()
    assert gc.get_threshold() == usual
