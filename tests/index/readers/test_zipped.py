"""An archive is refused before it is unpacked into too much."""

import struct

import pytest

from index.errors import ReadError
from index.readers import zipped as reader
from tests.index.readers.zip_file import zipped


def test_a_bomb_is_refused_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 10_000_000)
    bomb = zipped({"mimetype": b"", "a": bytes(9_000_000), "b": bytes(9_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(ReadError, match=r"^too large: unpacks to more than 9 MB$"):
        reader.opened(bomb)


def test_a_member_cannot_unpack_to_more_than_it_declares() -> None:
    data = bytearray(zipped({"a": b"x", "b": bytes(1_000_000)}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)
    with reader.opened(bytes(data)) as archive, pytest.raises(ReadError, match=r"^damaged"):
        reader.member(archive, "b")


def test_what_is_not_there_is_damage() -> None:
    with reader.opened(zipped({"a": "x"})) as archive, pytest.raises(ReadError, match=r"^damaged"):
        reader.member(archive, "../../etc/passwd")


def test_whether_something_is_held_is_asked_of_anything() -> None:
    assert reader.holds(zipped({"mimetype": "application/x"}), "mimetype", b"^application/x$")
    assert not reader.holds(zipped({"a": "x"}), "mimetype", b"x")
    assert not reader.holds(b"PK\x03\x04" + bytes(99), "mimetype", b"x")
