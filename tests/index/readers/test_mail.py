"""A mail gives its header and its words, and names what is attached."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from tests.index.readers.conftest import Written


def mail(subject: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Ann Ólafsdóttir <ann@example.org>"
    message["To"] = "bo@example.org"
    message["Date"] = "Tue, 04 Mar 2025 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body)
    return message


def test_a_mail(written: Written) -> None:
    message = mail("Grüße vom See", "Dear Bo,\n\nthe ice is thick.\n")
    message.add_alternative("<p>Dear Bo, <b>the ice</b> is thick.</p>", subtype="html")
    message.add_attachment(b"\0", maintype="image", subtype="png", filename="See im März.png")
    document = written("a.eml", bytes(message))
    assert document.text == (
        "Grüße vom See\n\nFrom: Ann Ólafsdóttir <ann@example.org>\nTo: bo@example.org\n"
        "Date: Tue, 04 Mar 2025 10:00:00 +0100\n\nDear Bo,\n\nthe ice is thick.\n"
    )
    assert (document.title, document.date) == ("Grüße vom See", "2025-03-04")
    assert document.unread == "attachments not read: See im März.png"
    assert written("a mail", bytes(message)).text == document.text


def test_a_mail_that_is_a_page(written: Written) -> None:
    message = mail("News", "")
    message.set_content("<p>The <b>ice</b></p><p style='display:none'>x</p>melts.", subtype="html")
    assert written("a.eml", bytes(message)).text.endswith("\n\nThe ice\n\nmelts.\n")


def test_a_forwarded_mail_is_part_of_the_text(written: Written) -> None:
    message = mail("Fwd", "See below.\n")
    message.add_attachment(mail("The ice", "It melts.\n"))
    document = written("a.eml", bytes(message))
    assert [heading for _, heading in document.headings] == ["Fwd", "The ice"]
    assert document.text.endswith("It melts.\n")


def test_old_encodings_are_read(written: Written) -> None:
    raw = (
        b"Subject: =?iso-2022-jp?B?GyRCSTkbKEI=?=\nFrom: =?nonsense?Q?x?=\n"
        b'Content-Type: text/plain; charset="iso-2022-jp"\n\n'
        + "氷が厚い。\n".encode("iso-2022-jp")
    )
    document = written("a.eml", raw)
    assert document.title == "氷"
    assert document.text.endswith("氷が厚い。\n")


def test_a_mailbox_gives_each_mail_under_its_subject(written: Written, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    for subject, body in [("One", "From here on it froze.\n"), ("Two", "It melted.\n")]:
        box.add(mail(subject, body))
    box.close()
    document = written("b.txt", (tmp_path / "a.mbox").read_bytes())
    assert [heading for _, heading in document.headings] == ["One", "Two"]
    assert "\nFrom here on it froze." in document.text
    assert document.text == written("a.mbox", (tmp_path / "a.mbox").read_bytes()).text


def test_a_letter_is_no_mail(written: Written) -> None:
    text = "From: Ann\nTo: Bo\nSubject: Ice\n\nIt melts.\n"
    assert written("a.txt", text).text == text


def test_a_text_that_begins_like_a_mailbox_is_read_whole(written: Written) -> None:
    text = "From Ann at 10:30 we heard\nNote: it rained\nall day\n"
    assert written("a.txt", text).text == text
    assert "all day" in written("a.mbox", text).text
