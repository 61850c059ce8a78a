"""Which command shows which file."""

from pathlib import Path

import pytest

from tui.opener import Launch, Programs, launch

TEXT, PDF = Path("/shelf/a note.md"), Path("/shelf/a paper.PDF")


def everywhere(name: str) -> str | None:
    return f"/usr/bin/{name}"


def nowhere(name: str) -> str | None:
    return None


@pytest.mark.parametrize(
    ("editor", "command", "in_terminal"),
    [
        ("vim", ("vim", "+11", str(TEXT)), True),
        ("/usr/bin/nvim -R", ("/usr/bin/nvim", "-R", "+11", str(TEXT)), True),
        ("nano", ("nano", "+11", str(TEXT)), True),
        ("emacsclient -t", ("emacsclient", "-t", "+11", str(TEXT)), True),
        ("hx", ("hx", f"{TEXT}:11"), True),
        ("code --wait", ("code", "--wait", "--goto", f"{TEXT}:11"), False),
        ("subl", ("subl", f"{TEXT}:11"), False),
        ("my-own-editor", ("my-own-editor", str(TEXT)), True),
        ("vim 'unclosed", ("vim", "'unclosed", "+11", str(TEXT)), True),
    ],
)
def test_a_text_opens_in_the_editor_at_its_line(
    editor: str, command: tuple[str, ...], in_terminal: bool
) -> None:
    found = launch(TEXT, Programs(editor=editor), platform="linux", line=11, which=nowhere)
    assert found == Launch(command, in_terminal)


def test_without_an_editor_the_first_that_is_installed_is_taken() -> None:
    def only_vi(name: str) -> str | None:
        return "/bin/vi" if name == "vi" else None

    found = launch(TEXT, Programs(), platform="linux", line=3, which=only_vi)
    assert found == Launch(("vi", "+3", str(TEXT)), in_terminal=True)
    found = launch(TEXT, Programs(), platform="darwin", line=3, which=everywhere)
    assert found == Launch(("open", "-t", str(TEXT)), in_terminal=False)


@pytest.mark.parametrize(
    ("viewer", "command"),
    [
        ("zathura", ("zathura", "-P", "4", str(PDF))),
        ("evince -f", ("evince", "-f", "-i", "4", str(PDF))),
        ("okular", ("okular", "-p", "4", str(PDF))),
        ("xpdf", ("xpdf", str(PDF))),
    ],
)
def test_a_pdf_opens_at_its_page_where_the_viewer_is_known(
    viewer: str, command: tuple[str, ...]
) -> None:
    found = launch(PDF, Programs("vim", viewer), platform="linux", page=4, which=nowhere)
    assert found == Launch(command, in_terminal=False)


def test_what_is_neither_is_left_to_the_desktop() -> None:
    deck, programs = Path("/shelf/deck.pptx"), Programs("vim", "zathura")
    linux = launch(deck, programs, platform="linux", page=4, which=everywhere)
    assert linux == Launch(("xdg-open", str(deck)), in_terminal=False)
    mac = launch(deck, programs, platform="darwin", page=4, which=everywhere)
    assert mac == Launch(("open", str(deck)), in_terminal=False)


def test_where_nothing_is_installed_there_is_no_command() -> None:
    assert launch(TEXT, Programs(), platform="linux", line=3, which=nowhere) is None
    assert launch(PDF, Programs(), platform="linux", which=nowhere) is None
