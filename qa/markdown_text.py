"""Text from outside, written into Markdown without becoming more than text."""

import re

_MARKER = re.compile(r"(\[\d{1,4}\])")
_ACTS_WITHIN = re.compile(r"([\\`*_\[\]<>&~|$])")
_ACTS_AT_START = re.compile(r"^([ \t]*\d*)([#+\-=.):])", re.MULTILINE)
_REACHES_OUT = re.compile(r"([\\\[\]<&])")


def plain(text: str) -> str:
    r"""The text as Markdown that shows it letter for letter, citation markers aside.

    It stays easy to read as it is: only what would act where it stands is escaped.

    >>> plain("- a well-known *b* [1].")
    '\\- a well-known \\*b\\* [1].'
    """
    return _ACTS_AT_START.sub(r"\1\\\2", _between_markers(_ACTS_WITHIN, text))


def tame(text: str) -> str:
    r"""A model's Markdown without links, images, HTML and entities: those show as written.

    >>> tame("**So** [1] ![](http://a.example)")
    '**So** [1] !\\[\\](http://a.example)'
    """
    return _between_markers(_REACHES_OUT, text)


def _between_markers(acting: re.Pattern[str], text: str) -> str:
    parts = _MARKER.split(text)
    return "".join(part if at % 2 else acting.sub(r"\\\1", part) for at, part in enumerate(parts))
