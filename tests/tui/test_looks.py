"""What the reading screen looks like, in a terminal of each kind."""

from collections.abc import Callable

import pytest
from textual.app import App
from textual.pilot import Pilot

from qa.answer import Answer, Citation, Claim
from tests.tui.fake_desk import DISAGREEING, QUOTING, REFUSING, FakeAssistant, answer, script
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import app_with, ask, strips, until
from tui.question import QuestionInput
from tui.source_view import SourceView

Compare = Callable[..., bool]

LATIN = "Le phare fut allume\u0301 le 3 octobre 1854."
WIDE = "灯台は1854年10月3日に点灯した。🗼"
RIGHT_TO_LEFT = "המגדלור הודלק בפעם הראשונה ב־3 באוקטובר 1854."
COMBINED = "หอคอยสูง ๔๑ เมตร 👨‍👩‍👧 🇫🇷 ❤️ 👍🏽 e\u0301\u0302\u0323."
SCRIPTS = (LATIN, WIDE, RIGHT_TO_LEFT, COMBINED)


def foreign() -> tuple[Answer, dict[int, str]]:
    """An answer, and documents, in scripts of every kind."""
    texts = {number: f"{quote} {quote}\n\n{quote * 9}" for number, quote in enumerate(SCRIPTS, 1)}
    citations = tuple(
        Citation(number, f"{quote[:9]}.md", quote, quote, 0, len(quote), document_id=number)
        for number, quote in enumerate(SCRIPTS, 1)
    )
    claims = tuple(
        Claim(quote, (number,), supported=bool(number % 2))
        for number, quote in enumerate(SCRIPTS, 1)
    )
    text = " ".join(f"{claim.text} [{claim.citations[0]}]" for claim in claims)
    return answer(text, claims=claims, citations=citations), texts


def answered(theme: str = "lectern-dark", *, number: str = "") -> Callable[[Pilot[None]], object]:
    """Ask, and wait until the source stands open; `number` is then pressed."""

    async def ask_and_wait(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        pilot.app.query_one(QuestionInput).cursor_blink = False
        await ask(pilot, seen="▸ When")
        view = pilot.app.query_one(SourceView)
        await until(pilot, lambda: view.quote and not pilot.app.query(".draft"))
        if number:
            pilot.app.query_one("#conversation").focus()
            first = view.quote
            await pilot.press(number)
            await until(pilot, lambda: view.quote != first)

    return ask_and_wait


@EACH_KIND
def test_the_answered_screen(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app = app_with(FakeAssistant(script(DISAGREEING)))
    assert snap_compare(app, terminal_size=size, run_before=answered(theme))


def test_the_answered_screen_in_a_broad_terminal(snap_compare: Compare) -> None:
    app = app_with(FakeAssistant(script(DISAGREEING)))
    assert snap_compare(app, terminal_size=(200, 50), run_before=answered())


def test_the_marker_of_the_open_citation_stands_out(snap_compare: Compare) -> None:
    app = app_with(FakeAssistant(script(DISAGREEING)))
    assert snap_compare(app, terminal_size=(140, 40), run_before=answered(number="3"))


@pytest.mark.parametrize("said", [QUOTING, REFUSING], ids=["quoted", "refused"])
def test_what_is_no_sentence_of_a_model_looks_different(
    snap_compare: Compare, said: Answer
) -> None:
    app = app_with(FakeAssistant(script(said)))
    assert snap_compare(app, terminal_size=(110, 30), run_before=answered())


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
def test_scripts_of_every_kind(snap_compare: Compare, size: tuple[int, int]) -> None:
    said, texts = foreign()
    app = app_with(FakeAssistant(script(said), texts=texts))
    assert snap_compare(app, terminal_size=size, run_before=answered())


@pytest.mark.parametrize("width", [80, 100, 160, 200])
async def test_no_script_pushes_a_line_out_of_its_place(width: int) -> None:
    said, texts = foreign()
    app: App[None] = app_with(FakeAssistant(script(said), texts=texts))
    async with app.run_test(size=(width, 40)) as pilot:
        await answered()(pilot)
        assert {strip.cell_length for strip in strips(pilot)} == {width}
