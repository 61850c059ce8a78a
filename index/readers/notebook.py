"""Jupyter notebooks: their words, their code, and what it printed."""

import json
import re
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.markdown import read_markdown
from index.readers.plain import decode

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read_notebook(data: bytes) -> Extract:
    """The cells in their order, of version 3 or later.

    Raises:
        ReadError: If it is no notebook.
    """
    try:
        notebook = json.loads(decode(data))
        cells = notebook["cells"] if "cells" in notebook else notebook["worksheets"][0]["cells"]
    except (json.JSONDecodeError, LookupError, TypeError) as error:
        raise ReadError("damaged: not a notebook") from error
    composition = Composition()
    for cell in cells:
        _add(cell, composition)
    text = composition.extract()
    return composition.extract(title=composition.first_heading, date=header_date(text.text))


def _add(cell: dict[str, Any], composition: Composition) -> None:
    source = _text(cell.get("source", cell.get("input", "")))
    if cell.get("cell_type") == "markdown":
        composition.append(read_markdown(source.encode("utf-8", "replace")))
    elif cell.get("cell_type") == "heading":
        composition.heading(source)
    else:
        composition.paragraph(source.strip("\n"))
        for printed in _printed(cell.get("outputs", [])):
            composition.paragraph(_ESCAPES.sub("", printed).strip("\n"))


def _printed(outputs: list[dict[str, Any]]) -> Iterator[str]:
    """What the outputs show as plain text; pictures show none."""
    for output in outputs:
        yield _text(output.get("data", output).get("text/plain", output.get("text", "")))
        if output.get("output_type") in ("error", "pyerr"):
            yield f"{output.get('ename', '')}: {output.get('evalue', '')}"


def _text(source: str | list[str] | None) -> str:
    return source if isinstance(source, str) else "".join(source or ())


FORMAT = Format(read_notebook, (".ipynb",))
