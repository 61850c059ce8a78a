"""Subtitles as running speech, each paragraph under the time at which it begins."""

import html

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode

_PARAGRAPH = 60_000
"""Milliseconds of speech after which a sentence's end ends the paragraph."""
_ENDS = (".", "!", "?", "…", "。", "”", '"')


def read_subtitles(data: bytes) -> Extract:
    """What is said, without the times of each line.

    Raises:
        ReadError: If there are no subtitles in it.
    """
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    try:
        subtitles = SSAFile.from_string(decode(data))
    except Pysubs2Error as error:
        raise ReadError("damaged: no subtitles in it") from error
    composition = Composition()
    spoken: list[str] = []
    since = 0
    for event in subtitles:
        words = " ".join(html.unescape(event.plaintext).split())
        if not words or event.is_comment or (spoken and spoken[-1] == words):
            continue  # captions that roll up show a line twice
        if spoken and event.start - since > _PARAGRAPH and spoken[-1].endswith(_ENDS):
            _add(composition, since, spoken)
            spoken = []
        since = since if spoken else event.start
        spoken.append(words)
    _add(composition, since, spoken)
    return composition.extract()


def _add(composition: Composition, since: int, spoken: list[str]) -> None:
    if spoken:
        minutes, seconds = divmod(since // 1000, 60)
        composition.under(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}")
        composition.paragraph(" ".join(spoken))


def _is_web_subtitles(data: bytes) -> bool:
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    return head.startswith(b"WEBVTT") and b"-->" in head


FORMAT = Format(read_subtitles, (".srt", ".vtt", ".ass", ".ssa"), likely=_is_web_subtitles)
