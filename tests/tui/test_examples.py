"""The examples in the docstrings of the terminal app."""

import doctest

import pytest

import tui.source_view
import tui.when


@pytest.mark.parametrize("module", [tui.source_view, tui.when], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
