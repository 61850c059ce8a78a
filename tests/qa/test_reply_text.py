"""Bytes become text, and a reply ends before a stop string."""

from hypothesis import given
from hypothesis import strategies as st

from qa.reply_text import ReplyText


def whole(pieces: list[bytes], stop: tuple[str, ...] = ()) -> str:
    reply = ReplyText(stop=stop)
    return "".join([reply.add(piece) for piece in pieces]) + reply.rest()


@given(text=st.text(max_size=60), cut=st.integers(1, 5))
def test_text_comes_back_however_its_bytes_are_cut(text: str, cut: int) -> None:
    data = text.encode()
    assert whole([data[start : start + cut] for start in range(0, len(data), cut)]) == text


@given(
    text=st.text("abé", max_size=30),
    stop=st.lists(st.text("abé", min_size=1, max_size=4), max_size=2),
    cut=st.integers(1, 4),
)
def test_a_reply_ends_where_the_first_stop_string_begins(
    text: str, stop: list[str], cut: int
) -> None:
    data = text.encode()
    pieces = [data[start : start + cut] for start in range(0, len(data), cut)]
    written = whole(pieces, tuple(stop))
    assert text.startswith(written)
    assert not any(end in written for end in stop)
    if not any(end in text for end in stop):
        assert written == text


def test_what_may_begin_a_stop_string_is_held_back() -> None:
    reply = ReplyText(stop=("\nUser:",))
    assert reply.add(b"Yes.\nUs") == "Yes."
    assert reply.add(b"ually") == "\nUsually"
    assert not reply.stopped


def test_half_a_character_is_never_shown() -> None:
    reply = ReplyText()
    assert reply.add("é".encode()[:1]) == ""
    assert reply.rest() == ""
