"""Source code is its own text, with its definitions as headings."""

import pytest

from tests.index.readers.conftest import Written


@pytest.mark.parametrize(
    ("name", "text", "headings"),
    [
        (
            "a.py",
            "import os\n\n\nclass Newt(Animal):\n    def swim(self): ...\n\n\nasync def f(x):\n",
            ["class Newt(Animal)", "async def f(x)"],
        ),
        (
            "a.rs",
            "pub(crate) fn swim(far: u8) -> bool {\n}\n",
            ["pub(crate) fn swim(far: u8) -> bool"],
        ),
        ("a.ts", "export default class Newt {\n}\n", ["export default class Newt"]),
    ],
)
def test_definitions_are_headings(
    written: Written, name: str, text: str, headings: list[str]
) -> None:
    document = written(name, text)
    assert document.text == text
    assert document.lined
    assert [heading for _, heading in document.headings] == headings


def test_xml_declares_its_encoding(written: Written) -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?>\n<a>лёд</a>\n'
    assert written("a.xml", text.encode("windows-1251")).text == text
