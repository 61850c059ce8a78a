"""A notebook gives its words, its code and what that printed."""

import json

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written


def test_cells_come_in_order(written: Written) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Newts\n", "\n", "They are *small*."]},
        {
            "cell_type": "code",
            "source": "print(count)\n",
            "outputs": [
                {"output_type": "stream", "text": ["\x1b[31m17\x1b[0m\n"]},
                {"output_type": "execute_result", "data": {"text/plain": "18", "image/png": "A"}},
                {"output_type": "display_data", "data": {"text/plain": None}},
                {"output_type": "error", "ename": "KeyError", "evalue": "'pond'"},
            ],
        },
        {"cell_type": "markdown", "source": "## Ponds"},
    ]
    document = written("a.ipynb", json.dumps({"cells": cells, "nbformat": 4}))
    assert document.text == (
        "# Newts\n\nThey are *small*.\n\nprint(count)\n\n17\n\n18\n\nKeyError: 'pond'\n\n## Ponds\n"
    )
    assert document.title == "Newts"
    assert document.headings == ((0, "Newts"), (document.text.index("## Ponds"), "Ponds"))


def test_old_notebooks_are_read(written: Written) -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Newts"]},
        {"cell_type": "code", "input": "1 + 1", "outputs": [{"text": "2"}]},
    ]
    document = written("a.ipynb", json.dumps({"worksheets": [{"cells": cells}]}))
    assert document.text == "Newts\n\n1 + 1\n\n2\n"


@pytest.mark.parametrize("text", ["{}", "[]", "no JSON", '{"worksheets": []}'])
def test_what_is_no_notebook_is_damaged(written: Written, text: str) -> None:
    with pytest.raises(ReadError, match=r"^damaged"):
        written("a.ipynb", text)
