"""reStructuredText is its own text, with the titles of its sections."""

from tests.index.readers.conftest import Written

TEXT = """\
=====
Newts
=====

:date: 2024-05-06

They are small.

Their ponds
-----------

A table, which is no title:

=====  =====
Pond   Newts
=====  =====

::

    code

A line that runs on
and is followed by a rule
-------------------------
"""


def test_titles_are_headings(written: Written) -> None:
    document = written("a.rst", TEXT)
    assert document.text == TEXT
    assert document.lined
    assert document.title == "Newts"
    assert document.headings == (
        (TEXT.index("Newts"), "Newts"),
        (TEXT.index("Their ponds"), "Their ponds"),
    )
