"""A line of an answer as it is shown."""

from hypothesis import given
from hypothesis import strategies as some

from tui.cited_text import copied, marked, written


def links(content: object) -> list[str]:
    spans = content.spans  # type: ignore[attr-defined]
    return [str(span.style.meta) for span in spans if getattr(span.style, "meta", None)]


def test_emphasis_is_shown_and_markers_of_citations_are_links() -> None:
    line = written("It was **lit** in `1854` [1][7].", (1,))
    assert line.plain == "It was lit in 1854 [1][7]."
    assert [span.style for span in line.spans if isinstance(span.style, str)] == [
        "bold",
        "bold dim",
    ]
    assert len(links(line)) == 1
    assert "open_citation(1)" in links(line)[0]


def test_what_acts_in_markdown_and_in_markup_shows_as_it_is_written() -> None:
    said = "<b>x</b> [y](https://evil.example) ![z](a.png) &#8238; [@click=app.quit]q[/]"
    line = written(said, ())
    assert line.plain == said
    assert links(line) == []


def test_a_document_s_words_show_letter_for_letter() -> None:
    line = copied("5 * 3 * 2 _is_ # 30 [1]", (1,))
    assert line.plain == "5 * 3 * 2 _is_ # 30 [1]"
    assert len(links(line)) == 1


def test_only_the_open_citation_stands_out() -> None:
    line = marked(copied("a [1] b [11] c [1]", (1, 11)), 1)
    assert [line.plain[s.start : s.end] for s in line.spans if s.style == "reverse"] == ["[1]"] * 2


@given(some.text(some.sampled_from("ab *_~`[]()1\\<>!#-\n"), max_size=40))
def test_no_letter_is_lost_whatever_a_model_writes(said: str) -> None:
    letters = [letter for letter in said if letter in "ab1"]
    assert [letter for letter in written(said, (1,)).plain if letter in "ab1"] == letters
