"""Formats that are ZIP archives: looked into in memory, never unpacked to a disk."""

import io
import re
import zipfile
import zlib

from index.errors import ReadError

LARGEST = 1024**3
"""Bytes of all members together; what unpacks to more is a bomb, or no document."""

_MAGIC = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The older container; Office puts an encrypted file into one, as it does its older formats."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, ValueError)
"""What the standard library raises over a broken archive, or one packed in an unknown way."""


def is_container(head: bytes) -> bool:
    """Whether a file that begins so may be one of the formats that all of it must tell."""
    return head.startswith((_MAGIC, _OLE))


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, of which no member can unpack to more than it declares.

    Raises:
        ReadError: If it is damaged, encrypted, or unpacks to more than `LARGEST`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ReadError(_no_archive(data)) from error
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise ReadError("encrypted: it opens with a password only")
    if sum(member.file_size for member in members) > LARGEST:
        raise ReadError(f"too large: unpacks to more than {LARGEST // 1024**2} MB")
    return archive


def _no_archive(data: bytes) -> str:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return "encrypted: it opens with a password only"
    if data.startswith(_OLE):
        return "unsupported: no reader for this older Office format"
    return "damaged: not a whole ZIP archive"


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes.

    Raises:
        ReadError: If it is not there, or damaged.
    """
    try:
        return archive.read(name)
    except KeyError as error:
        raise ReadError(f"damaged: {name} is not in it") from error
    except _BROKEN as error:
        raise ReadError(f"damaged: {name} cannot be unpacked") from error


def holds(data: bytes, name: str, pattern: bytes) -> bool:
    """Whether this is an archive whose member `name`, a small one, matches `pattern`."""
    if not data.startswith(_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as file:
            return bool(re.search(pattern, file.read(1024**2)))
    except _BROKEN:  # what is wrong with it is for the reader to say
        return False
