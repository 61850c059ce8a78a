"""What the answered screen looks like, in a terminal of each kind."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.tui.fake_desk import DISAGREEING, FakeAssistant, script
from tests.tui.pilots import app_with, ask, until
from tui.question import QuestionInput
from tui.source_view import SourceView


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])
def test_the_answered_screen(snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    async def answered(pilot: Pilot[None]) -> None:
        pilot.app.query_one(QuestionInput).cursor_blink = False
        await ask(pilot)
        await until(pilot, lambda: pilot.app.query_one(SourceView).quote)

    app = app_with(FakeAssistant(script(DISAGREEING)))
    assert snap_compare(app, terminal_size=size, run_before=answered)
