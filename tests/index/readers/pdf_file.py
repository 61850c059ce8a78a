"""Writes small PDF files: words at places, pictures, an outline, a password."""

from collections.abc import Iterable, Sequence

Words = tuple[float, float, float, bytes]
"""Left, baseline, size in points, and what stands there, in WinAnsi."""

PICTURE = b"q 500 0 0 700 50 50 cm /Im Do Q"


def pdf(
    pages: Sequence[Iterable[Words] | bytes], *, title: bytes = b"", encrypted: bool = False
) -> bytes:
    """A file with these pages, each given by its words or by its content stream."""
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
        b"<< /Title (%s) >>" % title,
    ]
    for number, page in enumerate(pages):
        content = page if isinstance(page, bytes) else b"\n".join(map(_shown, page))
        parts += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> >>"
            % (first + 2 * number + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    return _file(parts, lock % (b"5a" * 32, b"a5" * 32) if encrypted else b"")


def _shown(words: Words) -> bytes:
    left, baseline, size, text = words
    for special in (b"\\", b"(", b")"):
        text = text.replace(special, b"\\" + special)
    return b"BT /F %g Tf %g %g Td (%s) Tj ET" % (size, left, baseline, text)


def _file(parts: Sequence[bytes], trailer: bytes) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R /Info 5 0 R %s >>\n" % (size, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )


def lines(left: float, top: float, *texts: bytes, size: float = 10) -> list[Words]:
    """Words below one another."""
    return [(left, top - 12 * number, size, text) for number, text in enumerate(texts)]
