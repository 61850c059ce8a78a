"""Presentations: a page for each slide, with its notes."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.readers.composition import Composition
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.rows import rows_as_lines
from index.readers.zipped import holds, opened

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

_MAIN = rb"(?:presentationml\.|ms-powerpoint\.)(?:presentation|slideshow|template)\.[\w.]*main\+xml"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_pptx(data: bytes) -> Extract:
    """The text of the slides, in their order; page numbers are slide numbers.

    Raises:
        ReadError: If the file is encrypted, damaged, or unpacks to far too much.
    """
    from pptx.package import Package  # 0.3 s

    opened(data).close()
    presentation = Package.open(io.BytesIO(data)).main_document_part.presentation
    composition = Composition()
    for slide in presentation.slides:
        composition.page()
        _add(slide, composition)
    title = presentation.core_properties.title
    unhelpful = title.lower() in ("powerpoint presentation", "presentation")
    text = composition.extract()
    return composition.extract(
        title="" if unhelpful else title or composition.first_heading, date=header_date(text.text)
    )


def _add(slide: "Slide", composition: Composition) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        composition.heading(title.text_frame.text)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            for words in _words(shape):
                composition.paragraph(words)
    for words in _diagrams(slide):
        composition.line(words)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
        composition.paragraph(_lines(p.text for p in notes.paragraphs))


def _words(shape: "BaseShape") -> Iterator[str]:
    """The paragraphs of a shape, of a table or of a group of shapes."""
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame

    if isinstance(shape, Shape):
        yield _lines(paragraph.text for paragraph in shape.text_frame.paragraphs)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        rows = ([cell.text for cell in row.cells] for row in shape.table.rows)
        yield _lines(" | ".join(row) for row in rows if any(map(str.strip, row)))
    elif isinstance(shape, GraphicFrame) and shape.has_chart:
        yield _lines(_charted(shape.chart))
    for inner in getattr(shape, "shapes", ()):
        yield from _words(inner)


def _charted(chart: "Chart") -> Iterator[str]:
    """A chart's title, and a line for each of its series, with the categories' names."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        names = [str(category) for category in plot.categories]
        rows = [(series.name, *series.values) for series in plot.series]
        yield from rows_as_lines([("", *names), *rows] if rows else [])


def _lines(paragraphs: Iterable[str]) -> str:
    lines = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return "\n".join(line for line in lines if line)


def _diagrams(slide: "Slide") -> Iterator[str]:
    """The words of diagrams, which lie in parts of their own."""
    from lxml import etree

    for relation in slide.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/diagramData"):
            parser = etree.XMLParser(resolve_entities=False)
            data = etree.fromstring(relation.target_part.blob, parser)
            for paragraph in data.iter(_TEXT + "p"):
                yield "".join(text.text or "" for text in paragraph.iter(_TEXT + "t"))


def _is_pptx(data: bytes) -> bool:
    return holds(data, "[Content_Types].xml", _MAIN)


FORMAT = Format(
    read_pptx, (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), certain=_is_pptx, binary=True
)
