"""Text from outside, for a place that holds one line."""

from index.harmless import harmless


def one_line(text: str) -> str:
    r"""The text made harmless, with every run of white space made one space.

    >>> one_line(" A title\n in two lines ")
    'A title in two lines'
    """
    return " ".join(harmless(text).split())
