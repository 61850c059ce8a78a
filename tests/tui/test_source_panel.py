"""The sources: listed, opened, highlighted, and shown as they are."""

import threading

from textual.widgets import Input, OptionList

from qa.answer import Citation, Claim, Found, Token
from tests.tui.fake_desk import (
    CITATIONS,
    DISAGREEING,
    FIRST,
    HEIGHT,
    OTHER_HEIGHT,
    TEXTS,
    FakeAssistant,
    answer,
    script,
)
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.source_view import WINDOW, SourceView, window

EVIL_TITLE = "[bold]A title[/bold] \x1b]0;owned\x07"
EVIL = "See [link=https://evil.example]this[/link], [@click=app.quit]that[/], `code` \x1b[31mred."


async def opened(pilot: AppPilot, quote: str) -> None:
    view = pilot.app.query_one(SourceView)
    await until(pilot, lambda: view.quote == quote)


def at(pilot: AppPilot, text: str) -> tuple[int, int]:
    """The first place on the screen that shows the text."""
    lines = enumerate(shown(pilot).splitlines())
    return next((line.index(text), row) for row, line in lines if text in line)


async def test_the_first_source_opens_with_its_exact_words_highlighted_in_view() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await opened(pilot, FIRST)
        screen = shown(pilot)
        assert "1987-06-01 · line 11 · history/skerry-light.md" in screen
        assert "Oil was landed twice a year." in screen
        assert "The lamp of Skerry Light" in screen


async def test_keys_go_through_the_sources() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await opened(pilot, FIRST)
        await pilot.press("ctrl+n")
        await opened(pilot, HEIGHT)
        await pilot.press("ctrl+p", "ctrl+p")
        await opened(pilot, OTHER_HEIGHT)
        assert "p. 4 · guides/visitors.pdf" in shown(pilot)
        await pilot.press("tab", "2")
        await opened(pilot, HEIGHT)
        await pilot.press("n")
        await opened(pilot, OTHER_HEIGHT)
        await pilot.press("p")
        await opened(pilot, HEIGHT)


async def test_letters_and_digits_are_text_while_a_question_is_typed() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await opened(pilot, FIRST)
        await pilot.press("2", "n", "p")
        assert pilot.app.query_one(Input).value == "2np"
        await opened(pilot, FIRST)


async def test_a_click_opens_a_source_from_the_list_and_from_the_answer() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await pilot.click(OptionList, offset=(6, 5))
        await opened(pilot, OTHER_HEIGHT)
        await pilot.click(offset=at(pilot, "[2]"))
        await opened(pilot, HEIGHT)
        await pilot.press("escape")
        await ask(pilot, "Again?", seen="▸ Again?")
        await opened(pilot, FIRST)
        await pilot.click(offset=at(pilot, "[2]"))
        await opened(pilot, HEIGHT)


async def test_a_value_that_documents_differ_about_opens_by_key_and_by_mouse() -> None:
    async with app_with(FakeAssistant(script(DISAGREEING))).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await opened(pilot, FIRST)
        await pilot.press("tab", "tab", "tab", "enter")
        await opened(pilot, OTHER_HEIGHT)
        await pilot.click(offset=at(pilot, "▎ 41 metres"))
        await opened(pilot, HEIGHT)


async def test_a_quotation_opens_by_mouse() -> None:
    read = threading.Event()
    fake = FakeAssistant((Found((), CITATIONS[1]), read, script()[-1]))
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen=f"“{HEIGHT}”")
        await opened(pilot, HEIGHT)
        pilot.app.query_one(SourceView).clear()
        await pilot.click(offset=at(pilot, "— Skerry Light"))
        await opened(pilot, HEIGHT)
        read.set()


async def test_an_earlier_answer_can_be_selected_for_its_sources() -> None:
    second = script(answer("43 metres [3].", citations=answer().citations[2:]))
    fake = FakeAssistant(script(), second)
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await ask(pilot, "Really?", seen="43 metres [3].")
        await opened(pilot, OTHER_HEIGHT)
        await pilot.press("ctrl+up")
        await opened(pilot, FIRST)
        await pilot.press("ctrl+down")
        await opened(pilot, OTHER_HEIGHT)


async def test_a_document_that_changed_since_says_so() -> None:
    fake = FakeAssistant(texts={1: "Something else now."})
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await until(pilot, lambda: "has changed since" in shown(pilot))


async def test_a_document_that_left_the_shelf_is_said_to_be_gone() -> None:
    async with app_with(FakeAssistant(texts={})).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await until(pilot, lambda: "is not on the shelf" in shown(pilot))
        assert FIRST.split(" on ")[0] in shown(pilot)


async def test_markup_and_escapes_are_shown_and_not_obeyed() -> None:
    text = f"Before. {EVIL} After."
    start = text.index(EVIL)
    citation = Citation(1, "a.txt", EVIL_TITLE, EVIL, start, start + len(EVIL), document_id=1)
    said = f"<b>html</b> [x](https://evil.example) &#8238; [1] {EVIL}"
    finished = answer(
        said,
        citations=(citation,),
        claims=(Claim(EVIL, (1,), supported=False),),
        notes=(EVIL_TITLE,),
    )
    events = script(finished)
    fake = FakeAssistant((events[0], Token(EVIL), events[-1]), texts={1: text})
    async with app_with(fake).run_test(size=(220, 40)) as pilot:
        await ask(pilot, EVIL_TITLE.replace("\x1b", "").replace("\x07", ""))
        await opened(pilot, EVIL.replace("\x1b", "\ufffd"))
        screen = shown(pilot)
        assert "[bold]A title[/bold] \ufffd]0;owned\ufffd" in screen
        assert "[link=https://evil.example]this[/link]" in screen
        assert "\ufffd[31mred." in screen
        assert "[1]" in screen
        assert "<b>html</b> [x](https://evil.example) &#8238;" in screen
        assert "⚠ " in screen
        assert "unsupported" in screen
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        await pilot.press("ctrl+y")
        assert "\x1b" not in pilot.app.clipboard


async def test_below_a_hundred_columns_the_sources_fold_under_the_conversation() -> None:
    async with app_with(FakeAssistant()).run_test(size=(80, 24)) as pilot:
        assert pilot.app.query_one("#evidence").display is False
        await ask(pilot)
        await opened(pilot, FIRST)
        conversation = pilot.app.query_one("#conversation").region
        evidence = pilot.app.query_one("#evidence").region
        assert evidence.y == conversation.bottom
        assert evidence.width == conversation.width == 80
        assert FIRST in shown(pilot)
        await pilot.resize_terminal(140, 40)
        await until(pilot, lambda: pilot.app.query_one("#evidence").region.y == 1)
        assert pilot.app.query_one("#evidence").region.x > 60


async def test_a_large_document_is_not_laid_out_whole() -> None:
    text = "word " * 400_000
    middle = 1_000_000
    quote = text[middle : middle + 50]
    citation = Citation(1, "big.txt", "Big", quote, middle, middle + 50, document_id=1)
    fake = FakeAssistant(script(answer("So [1].", citations=(citation,))), texts={1: text})
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await until(pilot, lambda: "Big" in shown(pilot))
        laid_out = pilot.app.query_one("#source-scroll").virtual_size.height
        assert laid_out < 200
        view = pilot.app.query_one(SourceView)
        assert view.quote == quote
        first, last = window(text, middle, middle + 50)
        assert last - first <= WINDOW + 50
        assert text[first - 1] == text[last] == " "


def test_the_fake_documents_hold_what_is_cited() -> None:
    assert all(TEXTS[c.document_id][c.start : c.end] == c.quote for c in answer().citations)
