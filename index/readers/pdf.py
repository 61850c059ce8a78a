"""PDF: its pages as prose, in the order in which a person reads them.

PDFium (through pypdfium2) reads them: of the libraries under a free licence it is some twenty
times as fast as the pure Python ones and gives up on the fewest files.
"""

import re
from contextlib import closing
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.pdf_columns import in_reading_order
from index.readers.pdf_heads import without_running_heads
from index.readers.pdf_page import Line, lines_of, shows_picture
from index.readers.pdf_prose import Prose
from index.readers.plain import is_text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_SCANNED = "scanned: no text, only pictures"
_FEW = 20
"""Characters; what a scanner prints on the picture of a page, such as its number or a stamp."""
_NAMED = 12
"""Pages that are named one by one; more are counted."""
_NO_TITLE = re.compile(
    r"untitled|microsoft word|\.(?:docx?|odt|tex|dvi|indd|qxd|pdf)\b|^\W*$", re.I
)


def read_pdf(data: bytes) -> Extract:
    """The text of the pages, with their numbers and the headings of the outline.

    Raises:
        ReadError: If the file is encrypted or damaged, or no page has text.
    """
    import pypdfium2  # 60 ms

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            return _text_of(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("encrypted: it opens with a password only") from error
        raise ReadError("damaged: not readable as a PDF file") from error


def _text_of(document: "PdfDocument") -> Extract:
    pages, scanned = [], []
    for number in range(len(document)):
        with closing(document[number]) as page:
            lines = lines_of(page)
            if sum(len(line.text) for line in lines) < _FEW and shows_picture(page):
                scanned.append(number + 1)
                lines = []
            pages.append(in_reading_order(lines))
    if not any(pages):
        raise ReadError(_SCANNED if scanned else "no text")
    kept = without_running_heads(pages)
    prose = Prose(kept)
    for lines in kept:
        prose.page(lines)
    text = prose.text
    return Extract(
        text=text,
        title=_title(document, pages),
        date=header_date(text),
        headings=_headings(document, prose),
        pages=tuple(prose.pages),
        unread=f"{_counted(scanned)} {_SCANNED}" if scanned else "",
    )


def _counted(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) > _NAMED:
        return f"{len(pages)} pages"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"


def _title(document: "PdfDocument", pages: list[list[Line]]) -> str:
    """As the file gives it; else what stands out on the first page."""
    named = " ".join(document.get_metadata_value("Title").split())
    if len(named) > 3 and not _NO_TITLE.search(named):
        return named
    first = next(lines for lines in pages if lines)
    heights = sorted(line.height for line in first)
    tallest, usual = heights[-1], heights[len(heights) // 2]
    big = [line.text for line in first if line.height > max(0.9 * tallest, 1.25 * usual)]
    title = " ".join(" ".join(big[:3]).split())
    return title if any(map(str.isalpha, title)) and 3 < len(title) < 200 else ""


def _headings(document: "PdfDocument", prose: Prose) -> tuple[tuple[int, str], ...]:
    """The outline's entries where their words stand on their page."""
    found: dict[int, str] = {}
    at = 0
    for entry in document.get_toc():
        words, destination = " ".join(entry.get_title().split()), entry.get_dest()
        page = destination.get_index() if destination else None
        if not words or page is None or not 0 <= page < len(prose.pages):
            continue
        start = max(at, prose.pages[page])
        end = prose.pages[page + 1] if page + 1 < len(prose.pages) else len(prose.text)
        place = prose.text.find(words, start, end)
        if place >= 0:
            found[place] = words
            at = place
    return tuple(sorted(found.items()))


def _is_pdf(data: bytes) -> bool:
    # Anything may stand before the mark, but a text that speaks of it is a text.
    head = data[:1024]
    return head.startswith(b"%PDF-") or (b"%PDF-" in head and not is_text(head))


FORMAT = Format(read_pdf, (".pdf",), certain=_is_pdf, binary=True)
