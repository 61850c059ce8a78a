"""Sentences partition what is not white space, and keep to the lines' structure."""

from itertools import pairwise

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from index import sentences as module
from index.sentences import LONGEST, sentences

ODD = st.text(
    st.sampled_from("aB .!?\n\r\t,;#-*|\0\u0301é😀مرحبا漢字。\u202e\u00a0\u2028'\"1)"), max_size=300
)


def spelled(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.one_of(st.text(), ODD))
def test_every_character_lies_in_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered or letter.isspace() for at, letter in enumerate(text))


@given(st.text(st.sampled_from("ab ,;\u0301"), min_size=LONGEST, max_size=4 * LONGEST))
def test_none_is_endless(text: str) -> None:
    assert all(end - start <= LONGEST for start, end in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there.", ["One here.", "Two there."]),
        ("Dr. Noem met Mr. Bessent at 9 a.m. on Friday.", None),
        ("It cost $2.1 billion. It rose.", ["It cost $2.1 billion.", "It rose."]),
        ("A title\n\nThen text.", ["A title", "Then text."]),
        ("A title\nThen text.", ["A title", "Then text."]),
        ("# Heading\nText after it.", ["# Heading", "Text after it."]),
        ("- one item\n- another item", ["- one item", "- another item"]),
        ("1. first\n2. second", ["1. first", "2. second"]),
        ("“Is it so?” she asked. It was.", ["“Is it so?” she asked.", "It was."]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_borders(text: str, expected: list[str] | None) -> None:
    assert spelled(text) == ([text] if expected is None else expected)


def test_wrapped_prose_is_joined() -> None:
    text = (
        "The quick brown fox jumps over the lazy dog and then it\n"
        "runs away from the scene of the crime. The dog sleeps on\n"
        "quietly.\n"
    )
    assert len(spelled(text)) == 2
    assert spelled(text)[0].count("\n") == 1


def test_long_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    line = "A paragraph without its full stop that is wider than any wrapped line would be " * 2
    assert len(spelled(f"{line}\n{line}")) == 2


def test_the_library_is_given_no_more_than_it_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    told = sentencex.get_sentence_boundaries

    def noted(language: str, text: str) -> object:
        asked.append(len(text))
        return told(language, text)

    monkeypatch.setattr(sentencex, "get_sentence_boundaries", noted)
    text = "漢字。" * 20_000
    assert spelled(text) == ["漢字。"] * 20_000
    assert max(asked) <= 2 * module._PART
    assert sum(asked) < 3 * len(text)


@pytest.mark.parametrize("words", ["One is here. Dr. No, at 9 a.m., is two! ", "no end in sight, "])
def test_it_is_the_same_whether_or_not_a_block_is_looked_at_in_parts(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    whole = sentences(words * 100)
    monkeypatch.setattr(module, "_PART", 150)
    assert sentences(words * 100) == whole
