"""Web pages that a browser saved whole: the page among its pictures and scripts."""

import email
from email.message import Message

from index.errors import ReadError
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.html import read_html
from index.readers.mail import body


def read_mhtml(data: bytes) -> Extract:
    """The page's main text; see `read_html`.

    Raises:
        ReadError: If there is no page in it.
    """
    for part in email.message_from_bytes(data).walk():
        if isinstance(part, Message) and part.get_content_subtype() in ("html", "xhtml+xml"):
            page, charset = body(part)
            return read_html(page, declared=charset)
    raise ReadError("damaged: there is no page in it")


def _is_mhtml(data: bytes) -> bool:
    head = data[:4096]
    return b"Snapshot-Content-Location:" in head and b"multipart/related" in head


FORMAT = Format(read_mhtml, (".mhtml", ".mht"), certain=_is_mhtml)
