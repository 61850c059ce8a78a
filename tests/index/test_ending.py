"""How a process ended, in words."""

import pytest

from index.ending import ending


@pytest.mark.parametrize(("code", "words"), [(-9, "SIGKILL"), (3, "exit code 3")])
def test_a_signal_is_named_and_an_exit_code_is_told(code: int, words: str) -> None:
    assert ending(code) == words
