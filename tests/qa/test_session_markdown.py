"""A conversation as Markdown: every quote a footnote, every warning a word, nothing that acts."""

import doctest
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import qa.markdown_text
import qa.session
import qa.session_file
from index.errors import SettingsError
from qa.answer import Answer, Citation
from qa.session import KeptTurn, Session
from qa.session_file import write_markdown
from qa.session_markdown import as_markdown
from tests.tui.fake_desk import CITATIONS, DISAGREEING, FIRST, REFUSING, answer, passage

NOON = datetime(2026, 11, 27, 12).astimezone()
SESSION = Session(3, "When was it lit?", NOON, NOON, 2)


def markdown(*answers: Answer, title: str = "The lamp") -> str:
    return as_markdown(title, [KeptTurn(NOON, each) for each in answers])


def test_a_turn_is_a_section_with_its_question_model_time_and_footnotes() -> None:
    assert markdown(answer(citations=CITATIONS[:2], rewritten="When was the lamp lit?")) == (
        "# The lamp\n"
        "\n"
        "## When was it lit?\n"
        "\n"
        "*Asked 2026-11-27 12:00 · model qwen2.5-1.5b"
        " · understood as “When was the lamp lit?”*\n"
        "\n"
        "The lamp was first lit on 3 October 1854 [^1-1]. The tower is 41 metres high [^1-2].\n"
        "\n"
        "[^1-1]: “The lamp of Skerry Light was first lit on 3 October 1854.” — Skerry Light: a"
        " history · history/skerry-light.md · line 11 · 1987-06-01\n"
        "[^1-2]: “The tower stands 41 metres above the high-water mark.” — Skerry Light: a"
        " history · history/skerry-light.md · line 11 · 1987-06-01\n"
    )


def test_each_turn_has_footnotes_of_its_own() -> None:
    text = markdown(answer(), answer("In 1854 [1], not in [7]."))
    assert "In 1854 [^2-1], not in \\[7\\]." in text
    assert text.count("[^1-1]:") == text.count("[^2-1]:") == 1


def test_warnings_and_disagreements_are_words() -> None:
    text = markdown(DISAGREEING)
    assert "painted red in 1901. **(⚠ unsupported)**" in text
    assert "**The documents disagree:**\n\n- 41 metres — Skerry Light: a history [^1-2]\n" in text
    assert "- 43 metres — Visiting the Skerry [^1-3]" in text
    assert "- *One file could not be searched: it holds no text.*" in text


def test_a_refusal_says_so_and_shows_what_was_nearest() -> None:
    text = markdown(REFUSING)
    assert "**Not answered.**\n\nYour documents do not say who designed it." in text
    assert f"- “{FIRST}" in text
    assert passage().chunk.title.split(":")[0] in text


HOSTILE = (
    "![](http://a.example/x.png) [this](http://a.example) <img src=x> &lt;b&gt; \\[a](b) "
    "[ref]: http://a.example \x1b[31m\n\n[ref][ref] <script>alert(1)</script>"
)


@pytest.mark.parametrize("quoted", [True, False])
def test_nothing_from_outside_reaches_out_or_becomes_html(quoted: bool) -> None:
    citation = Citation(1, HOSTILE, HOSTILE, HOSTILE, 0, len(HOSTILE), 1)
    text = markdown(
        replace(
            answer(f"{HOSTILE} [1]", question=HOSTILE, citations=(citation,), model=HOSTILE),
            quoted=quoted,
            notes=(HOSTILE,),
        ),
        title=HOSTILE,
    )
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert all(tag not in html for tag in ("<a ", "<img", "<script", "\x1b"))
    assert "&lt;script&gt;" in html


def test_a_file_is_named_by_the_title_and_never_written_over(tmp_path: Path) -> None:
    turns = [KeptTurn(NOON, answer())]
    first = write_markdown(SESSION, turns, tmp_path)
    first.write_text("mine", "utf-8")
    second = write_markdown(SESSION, turns, tmp_path)
    assert [first.name, second.name] == ["when-was-it-lit.md", "when-was-it-lit-2.md"]
    assert first.read_text("utf-8") == "mine"
    assert second.read_text("utf-8") == as_markdown(SESSION.title, turns)


@pytest.mark.parametrize("title", ["../../etc/passwd", "\0\x1b", "…", "灯台", "a" * 300, "CON: x"])
def test_whatever_the_title_the_file_stays_in_the_folder(tmp_path: Path, title: str) -> None:
    path = write_markdown(replace(SESSION, title=title), [], tmp_path)
    assert path.parent == tmp_path
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="could not be written"):
        write_markdown(SESSION, [], tmp_path / "nowhere")


@pytest.mark.parametrize(
    "module", [qa.markdown_text, qa.session, qa.session_file], ids=lambda m: m.__name__
)
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
