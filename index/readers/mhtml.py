"""Web pages that a browser saved whole: the page among its pictures and scripts."""

import email
import re
from email.message import Message

from index.errors import ReadError
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.html import read_html
from index.readers.mail import body, is_mail

_SNAPSHOT = re.compile(rb"^Snapshot-Content-Location:", re.MULTILINE)


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
    return is_mail(data) and bool(_SNAPSHOT.search(data[:4096]))


FORMAT = Format(read_mhtml, (".mhtml", ".mht"), certain=_is_mhtml)
