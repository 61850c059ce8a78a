"""What is drawn has the same width in every terminal."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from rich.cells import cell_len, get_character_cell_size
from textual.app import App

from tests.tui.fake_desk import FakeAssistant, script
from tests.tui.pilots import app_with, strips
from tests.tui.test_looks import answered, foreign
from tui.steady import steady

SEQUENCES = {
    "👨‍👩‍👧": "👨",
    "👩🏽‍🚒": "👩",
    "👍🏽": "👍",
    "🇫🇷": "FR",
    "❤️": "❤ ",
    "☎️": "☎ ",
    "1️⃣": "1 ",
    "🏴‍☠️": "🏴",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿": "🏴",
    "🗼": "🗼",
}
SCRIPTS = ("naïve", "הדליק", "灯台は", "หอคอยสูง", "क्\u200dष", "می\u200cخواهم", "e\u0301\u0302")


def cells_one_by_one(text: str) -> int:
    """As a terminal counts that knows no sequences."""
    return sum(map(get_character_cell_size, text))


@pytest.mark.parametrize(("sequence", "shown"), SEQUENCES.items())
def test_a_sequence_gives_way_to_what_every_terminal_measures_alike(
    sequence: str, shown: str
) -> None:
    assert steady(f"a{sequence}b") == f"a{shown}b"
    assert cells_one_by_one(shown) == cell_len(shown) == cell_len(sequence) == 2


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_letter_of_any_script_is_touched(text: str) -> None:
    assert steady(text) == text


@example(["\u200d", "❤️", "👨‍👩‍👧"])
@example(["\u200d", "\u200d", "👨‍👩‍👧", "\u200d", "1️⃣"])
@given(some.lists(some.sampled_from([*SEQUENCES, *SCRIPTS, " ", "x", "\u200d", "\ufe0f"])))
def test_the_width_stays(parts: list[str]) -> None:
    text = "".join(parts)
    assert cell_len(steady(text)) == cell_len(text)


@pytest.mark.parametrize("width", [80, 100, 160])
async def test_no_line_is_wider_for_a_terminal_that_counts_characters(width: int) -> None:
    said, texts = foreign()
    app: App[None] = app_with(FakeAssistant(script(said), texts=texts))
    async with app.run_test(size=(width, 40)) as pilot:
        await answered()(pilot)
        lines = [strip.text for strip in strips(pilot)]
        assert any("👨" in line for line in lines)
        assert {cells_one_by_one(line) for line in lines} == {width}
