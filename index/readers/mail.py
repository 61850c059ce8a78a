"""Mails, one (EML) or many (MBOX): who wrote what to whom, and the names of what is attached."""

import contextlib
import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from index.readers.composition import Composition
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.html import page_text
from index.readers.html_text import compose, parsed
from index.readers.plain import decode

_NAMED = 12
"""Attachments that are named; more are counted."""
_TOLD = ("From", "To", "Cc", "Date")
_HEADER = re.compile(rb"\A(?:From [^\n]*\n)?(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_OF_MAIL = re.compile(
    rb"^(?:Received|Return-Path|Message-ID|MIME-Version|Delivered-To|X-Mailer|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_BORDER = re.compile(rb"(?:\A|\n\r?\n)From [^\n]{0,200}\d\d:\d\d[^\n]{0,200}\n(?=[\w-]+:)")
_QUOTED_BORDER = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mail(data: bytes) -> Extract:
    """A mail's text under its subject; what is attached is named, and not read."""
    message = email.message_from_bytes(data)
    mail = _Mail()
    mail.add(message)
    title = _header(message, "Subject")
    return mail.text.extract(title=title, date=_date(message), unread=mail.unread)


def read_mailbox(data: bytes) -> Extract:
    """All mails of a mailbox, each under its subject."""
    borders = [*_BORDER.finditer(data)]
    if not borders:
        return read_mail(data)
    mail = _Mail()
    ends = [border.start() for border in borders[1:]] + [len(data)]
    for border, end in zip(borders, ends, strict=True):
        one = _QUOTED_BORDER.sub(rb"\1", data[border.end() : end])
        mail.add(email.message_from_bytes(one))
    return mail.text.extract(unread=mail.unread)


class _Mail:
    """The text of one mail or many."""

    def __init__(self) -> None:
        self.text = Composition()
        self._attached: list[str] = []

    @property
    def unread(self) -> str:
        """What is attached, in words."""
        names, more = self._attached[:_NAMED], len(self._attached) - _NAMED
        told = ", ".join(names) + (f" and {more} more" if more > 0 else "")
        return f"attachments not read: {told}" if names else ""

    def add(self, message: Message) -> None:
        """Add a mail with its header and those that it forwards."""
        self.text.heading(_header(message, "Subject"))
        for name in _TOLD:
            told = _header(message, name)
            self.text.line(f"{name}: {told}" if told else "")
        self._add_part(message)

    def _add_part(self, part: Message) -> None:
        if part.is_multipart():
            forwarded = part.get_content_type() == "message/rfc822"
            for inner in _chosen(part):
                if forwarded:
                    self.add(inner)
                else:
                    self._add_part(inner)
        elif _is_text(part):
            self._add_text(part)
        elif part.get_content_maintype() != "image" or _is_attached(part):
            self._attached.append(_decoded(part.get_filename() or part.get_content_type()))

    def _add_text(self, part: Message) -> None:
        data, charset = body(part)
        if not data.strip():
            return
        if part.get_content_subtype() == "html":
            compose(parsed(page_text(data, declared=charset)), self.text)
        else:
            self.text.paragraph(decode(data, declared=charset).strip("\n"))


def body(part: Message) -> tuple[bytes, str]:
    """What a part holds, its transfer encoding undone, and the encoding it declares."""
    data = part.get_payload(decode=True)
    return (data if isinstance(data, bytes) else b""), str(part.get_content_charset() or "")


def _chosen(part: Message) -> Iterator[Message]:
    """The parts of a part; of alternatives only one: plain text where there is some."""
    parts = [each for each in part.get_payload() if isinstance(each, Message)]
    if part.get_content_type() == "multipart/alternative":
        parts.sort(key=lambda each: each.get_content_type() != "text/plain")
        plain = [each for each in parts if _is_text(each) and body(each)[0].strip()]
        parts = plain[:1] or parts
    yield from parts


def _is_text(part: Message) -> bool:
    # What is said to have parts and has none is a mail that was cut short.
    return part.get_content_maintype() in ("text", "multipart") and not _is_attached(part)


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    # What is encoded wrongly is shown as it stands.
    with contextlib.suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def is_mail(data: bytes) -> bool:
    """Whether a text begins with a header that mail programs write."""
    head = data[:8192].replace(b"\r\n", b"\n")
    return bool(_HEADER.match(head) and _OF_MAIL.search(head))


def _is_mailbox(data: bytes) -> bool:
    border = _BORDER.match(data[:2048])
    return bool(border) and is_mail(data[border.end() :] if border else b"")


MAIL = Format(read_mail, (".eml", ".emlx"), likely=is_mail)
MAILBOX = Format(read_mailbox, (".mbox", ".mbx"), likely=_is_mailbox)
