"""Chunks are exact, complete, and end where sections do."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document
from index.splitter import page_at, split
from tests.index.test_sentences import ODD


def document(text: str, **about: object) -> Document:
    return Document(id="a.txt", title="A", text=text, digest="", **about)  # type: ignore[arg-type]


@given(st.one_of(st.text(), ODD), st.integers(1, 50), st.lists(st.integers(0, 300), max_size=5))
def test_chunks_are_exact_and_complete(text: str, size: int, borders: list[int]) -> None:
    headings = tuple((at, f"h{at}") for at in sorted(set(borders)))
    chunks = split(document(text, headings=headings), size=size)
    assert all(chunk.text == text[chunk.start : chunk.end] for chunk in chunks)
    assert all(0 < len(chunk.text) <= size for chunk in chunks)
    assert all(a.end <= b.start for a, b in pairwise(chunks))
    covered = {at for chunk in chunks for at in range(chunk.start, chunk.end)}
    assert all(at in covered or letter.isspace() for at, letter in enumerate(text))


def test_chunks_end_with_sentences_and_are_of_like_length() -> None:
    text = "This is a sentence of the long text. " * 100
    chunks = split(document(text), size=1000)
    assert all(chunk.text.endswith("text.") for chunk in chunks)
    assert max(len(c.text) for c in chunks) - min(len(c.text) for c in chunks) < 100


def test_paragraph_borders_are_preferred() -> None:
    paragraph = "This is a sentence. " * 20
    chunks = split(document(f"{paragraph}\n\n{paragraph}\n\n{paragraph}"), size=900)
    assert sorted(len(chunk.text) for chunk in chunks) == [399, 801]


def test_a_heading_starts_a_chunk() -> None:
    first, second = "One sentence. " * 30, "Two sentences. " * 30
    text = f"# First\n\n{first}\n\n# Second\n\n{second}"
    headings = ((0, "First"), (text.index("# Second"), "Second"))
    chunks = split(document(text, headings=headings), size=2000)
    assert [chunk.heading for chunk in chunks] == ["First", "Second"]
    assert chunks[1].text.startswith("# Second")


def test_a_tiny_section_joins_the_next_and_takes_its_heading() -> None:
    text = "# Title\n\nBy someone.\n\n# Body\n\n" + "A sentence of the body. " * 10
    headings = ((0, "Title"), (text.index("# Body"), "Body"))
    (chunk,) = split(document(text, headings=headings))
    assert chunk.heading == "Body"


def test_a_chunk_knows_its_page_title_and_date() -> None:
    text = "Page one. " * 10 + "Page two. " * 10
    made = split(document(text, pages=(0, 100), date="2025-06-13"), size=100)
    assert [chunk.page for chunk in made] == [1, 2]
    assert {(chunk.title, chunk.date) for chunk in made} == {("A", "2025-06-13")}


def test_pages_count_from_one() -> None:
    assert [page_at((0, 10), at) for at in (0, 9, 10, 99)] == [1, 1, 2, 2]
    assert page_at((), 5) is None


class Counted(tuple[tuple[int, str], ...]):
    """Headings that know how often they were gone through."""

    times = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        self.times += 1
        return super().__iter__()


def test_headings_are_not_gone_through_for_each_chunk() -> None:
    headings = Counted((at, "Heading") for at in range(0, 3000, 30))
    chunks = split(document("Heading\n\nA sentence of it.\n\n" * 107, headings=headings))
    assert len(chunks) > 10
    assert headings.times < 5


def test_size_must_be_positive() -> None:
    with pytest.raises(ValueError, match="size"):
        split(document("a"), size=0)
