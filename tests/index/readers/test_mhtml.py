"""A page that a browser saved whole is the page."""

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written

SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/ice
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x"

----x
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

<html><head><title>Ice</title></head><body><h1>The sm=F8rrebr=F8d</h1><p>It is =
thick.</p></body></html>
----x
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
----x--
"""


@pytest.mark.parametrize("name", ["a.mhtml", "a.html", "a.eml"])
def test_the_page_is_read(written: Written, name: str) -> None:
    document = written(name, SAVED)
    assert document.text == "The smørrebrød\n\nIt is thick.\n"
    assert document.title == "The smørrebrød"


def test_a_text_about_such_pages_is_a_text(written: Written) -> None:
    text = "Browsers write\nSnapshot-Content-Location: x\nContent-Type: multipart/related\n"
    assert written("a.txt", text).text == text


def test_a_file_without_a_page_is_damaged(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^damaged: there is no page in it$"):
        written("a.mht", "Content-Type: text/plain\n\nNothing.\n")
