"""A presentation's slides are its pages."""

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from tests.index.readers.conftest import Written

PLACE = [Inches(1), Inches(1), Inches(5), Inches(3)]


def test_slides_are_pages(written: Written) -> None:
    presentation = Presentation()
    title_only, blank = presentation.slide_layouts[5], presentation.slide_layouts[6]
    first = presentation.slides.add_slide(title_only)
    first.shapes.title.text = "Bats of the county"
    group = first.shapes.add_group_shape()
    group.shapes.add_textbox(*PLACE).text_frame.text = "They sleep in barns."
    first.notes_slide.notes_text_frame.text = "Mention the church."
    presentation.slides.add_slide(blank)
    third = presentation.slides.add_slide(blank)
    table = third.shapes.add_table(2, 2, *PLACE).table
    for at, text in enumerate(["Kind", "Roosts", "Noctule", "12"]):
        table.cell(at // 2, at % 2).text = text
    data = CategoryChartData()
    data.categories = ["2020", "2021"]
    data.add_series("Bats", (310, 280.5))
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *PLACE, data)
    buffer = io.BytesIO()
    presentation.save(buffer)
    document = written("a.pptx", buffer.getvalue())
    assert document.text == (
        "Bats of the county\n\nThey sleep in barns.\n\nMention the church.\n\n"
        "Kind | Roosts\nNoctule | 12\n\n2020 | 2021\nBats; 2020: 310; 2021: 280.5\n"
    )
    third_starts = document.text.index("Kind")
    assert document.pages == (0, third_starts, third_starts)
    assert document.title == "Bats of the county"
    assert written("a.bin", buffer.getvalue()).pages == document.pages
