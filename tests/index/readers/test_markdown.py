"""Markdown is its own text, with the headings that its grammar gives it."""

from tests.index.readers.conftest import Written


def test_markdown_is_its_own_text_with_headings(written: Written) -> None:
    text = (
        "---\ntitle: T\n---\n# One *two*\n\ntext\n\n```\n# no heading\n```\n\nThree\n-----\n\nx\n"
    )
    document = written("a.md", text)
    assert document.text == text
    assert document.lined
    assert [heading for _, heading in document.headings] == ["One two", "Three"]
    assert all(text[at:].startswith(("# One", "Three")) for at, _ in document.headings)
