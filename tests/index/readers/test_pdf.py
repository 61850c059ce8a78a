"""PDF pages become prose in reading order; what has no text is said to have none."""

from itertools import chain

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written
from tests.index.readers.pdf_file import PICTURE, lines, pdf

LEFT = [
    b"Otters live along the slow rivers of the",
    b"northern plain, where they were counted",
    b"for the first time in spring. Each bank",
    b"was walked twice, once at dawn and once",
    b"at dusk, and every track was measured.",
    b"The count found nine hundred animals.",
]
RIGHT = [
    b"A second count followed in the autumn of",
    b"the same year. It was done by students",
    b"who had been taught to tell the tracks",
    b"of otters from those of mink. They found",
    b"more animals than had been found before,",
    b"and put the difference down to the rain.",
]


def words(*texts: bytes) -> str:
    return b" ".join(texts).decode()


def flat(text: str) -> str:
    return " ".join(text.split())


def test_pages_are_numbered_and_lines_become_paragraphs(written: Written) -> None:
    document = written(
        "a.pdf", pdf([lines(72, 700, *LEFT), lines(72, 700, *RIGHT)], title=b"Counting otters")
    )
    assert document.title == "Counting otters"
    assert words(*LEFT) in document.text
    assert [document.text[at : at + 8] for at in document.pages] == ["Otters l", "A second"]
    assert not document.lined


@pytest.mark.parametrize("interleaved", [True, False])
def test_columns_are_read_one_after_the_other(written: Written, interleaved: bool) -> None:
    left, right = lines(60, 640, *LEFT), lines(320, 640, *RIGHT)
    body = list(chain(*zip(left, right, strict=True))) if interleaved else left + right
    head = lines(60, 700, b"A title that runs across both of the columns of this page", size=16)
    text = flat(written("a.pdf", pdf([head + body])).text)
    assert text.index("A title") < text.index(words(*LEFT)) < text.index(words(*RIGHT))


def test_a_table_is_read_by_rows(written: Written) -> None:
    rows = [
        [(72, 700 - 14 * n, 10, name), (300, 700 - 14 * n, 10, b"%d animals" % n)]
        for n, name in enumerate([b"Otter", b"Mink", b"Vole", b"Heron", b"Coot", b"Teal"])
    ]
    text = written("a.pdf", pdf([list(chain(*rows))])).text
    assert text.splitlines()[:2] == ["Otter 0 animals", "Mink 1 animals"]


def test_a_table_of_long_cells_is_read_by_rows(written: Written) -> None:
    cells = [
        (b"Otter count of the spring", b"nine hundred"),
        (b"Mink, of all the rivers together", b"four hundred in the lower valley"),
        (b"Voles on the dam", b"not counted since the flood of the year before last"),
        (b"Herons at their nests", b"forty pairs"),
        (b"Coots on the old reservoir", b"seventeen, or eighteen by another count"),
        (b"Teal, most of them passing", b"no number"),
    ]
    rows = [
        [(72.0, 700.0 - 14 * n, 10.0, name), (300.0, 700.0 - 14 * n, 10.0, told)]
        for n, (name, told) in enumerate(cells)
    ]
    text = written("a.pdf", pdf([list(chain(*rows))])).text
    assert text.splitlines()[1] == words(*cells[1])


def test_words_torn_at_the_end_of_a_line_are_mended(written: Written) -> None:
    page = lines(
        *(72, 700),
        b"The otters of the plain were seen again and the obser-",
        b"vation was a surprise to the well-known and well-",
        b"known students of the Austro-",
        b"Hungarian school.",
    )
    text = written("a.pdf", pdf([page])).text
    assert "the observation was" in flat(text)
    assert "and well-known students of the Austro-Hungarian school." in flat(text)


def test_a_word_torn_at_the_end_of_a_page_is_mended(written: Written) -> None:
    document = written("a.pdf", pdf([lines(72, 700, b"It was a sur-"), lines(72, 700, b"prise.")]))
    assert document.text == "It was a surprise.\n"
    assert document.pages == (0, len("It was a sur"))


def test_ligatures_are_letters(written: Written) -> None:
    map_ = b"/Differences [1 /fi /fl]"
    data = pdf([[(72, 700, 10, b"The \x01rst \x02ood came in spring.")]])
    data = data.replace(b"/Encoding /WinAnsiEncoding", b"/Encoding << %s >>" % map_)
    assert written("a.pdf", data).text == "The first flood came in spring.\n"


def test_running_heads_and_page_numbers_are_left_out(written: Written) -> None:
    pages = [
        [
            (72, 750, 9, b"The Otter Review"),
            (72, 720, 14, b"Section %d" % (2 * n)),
            *lines(72, 690, *(b"In year %d of the count," % (year * n) for year in range(9))),
            (300, 40, 9, b"%d" % n),
        ]
        for n in range(9008, 9013)
    ]
    text = written("a.pdf", pdf(pages)).text
    assert "Review" not in text
    assert "9012\n" not in text
    assert text.count("Section") == 5


def test_a_scan_has_no_text(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^scanned: no text, only pictures$"):
        written("a.pdf", pdf([PICTURE, PICTURE]))


def test_a_scanned_page_among_others_is_told(written: Written) -> None:
    document = written("a.pdf", pdf([lines(72, 700, *LEFT), PICTURE, lines(72, 700, *RIGHT)]))
    assert document.unread == "page 2 scanned: no text, only pictures"
    assert document.text[document.pages[2] :].startswith("A second")


def test_a_blank_file_has_no_text(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^no text$"):
        written("a.pdf", pdf([b""]))


def test_a_file_with_a_password_is_encrypted(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^encrypted: it opens with a password only$"):
        written("a.pdf", pdf([lines(72, 700, *LEFT)], encrypted=True))


def test_half_a_file_is_damaged(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^damaged: not readable as a PDF file$"):
        written("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Cat")


def test_content_decides_where_the_name_lies(written: Written) -> None:
    assert written("a.txt", pdf([lines(72, 700, *LEFT)])).text.startswith("Otters")
    assert written("scan.jpg", pdf([lines(72, 700, *LEFT)])).pages == (0,)
    assert written("a.md", "A file that begins with %PDF-1.7 is one.\n").lined
    assert written("a.pdf", "No PDF at all,\nbut a note.\n").text.startswith("No PDF")
