"""Writes small ZIP archives."""

import io
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """An archive of these members, the first of them stored as EPUB and OpenDocument want it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(members.items()):
            packed = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            archive.writestr(name, data, packed)
    return buffer.getvalue()


def locked(archive: bytes) -> bytes:
    """The archive with its members said to be encrypted."""
    data = bytearray(archive)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)
