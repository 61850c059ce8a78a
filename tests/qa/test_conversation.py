"""The last conversation is kept for `--continue`, for its owner's eyes."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from qa.answer import Turn
from qa.conversation import MOST_TURNS, Conversation
from tests.qa.conftest import HISTORY


def test_nothing_was_asked_yet(tmp_path: Path) -> None:
    assert Conversation(tmp_path).turns() == ()


@pytest.mark.parametrize("text", ["plain", "“quotes” \n\x1b[31m \\ 💡", "\udcff"])
def test_what_was_said_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    Conversation(tmp_path).keep(HISTORY, text, f"{text} [1]")
    assert Conversation(tmp_path).turns() == (
        *HISTORY,
        Turn("user", text),
        Turn("assistant", f"{text} [1]"),
    )


def test_only_the_last_messages_are_kept(tmp_path: Path) -> None:
    for number in range(30):
        conversation = Conversation(tmp_path)
        conversation.keep(conversation.turns(), f"Question {number}?", "Yes.")
    turns = conversation.turns()
    assert len(turns) == MOST_TURNS
    assert turns[-2] == Turn("user", "Question 29?")
    assert turns[0].role == "user"


def test_a_new_conversation_takes_the_place_of_the_old(tmp_path: Path) -> None:
    Conversation(tmp_path).keep((), "First?", "Yes.")
    Conversation(tmp_path).keep((), "Second?", "No.")
    assert [turn.content for turn in Conversation(tmp_path).turns()] == ["Second?", "No."]


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    Conversation(tmp_path).keep((), "Who?", "Anna.")
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", [b"{", b"[1]", b'{"role": 1}', b'[{"role": "user"}]', b"\xff"])
def test_a_file_that_cannot_be_read_is_named_with_the_way_out(tmp_path: Path, kept: bytes) -> None:
    Conversation(tmp_path).keep((), "Who?", "Anna.")
    (file,) = tmp_path.iterdir()
    file.write_bytes(kept)
    with pytest.raises(SettingsError) as caught:
        Conversation(tmp_path).turns()
    assert str(file) in caught.value.hint


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="could not be kept"):
        Conversation(tmp_path / "nowhere").keep((), "Who?", "Anna.")
