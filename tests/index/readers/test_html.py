"""A page gives what it shows, under the title that it shows."""

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bees of Kent</title>
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<script>var tracking = 1;</script></head>
<body><nav><a href="/">Home</a> <a href="/login">Log in to subscribe</a></nav>
<article><h1>Bees of Kent</h1>
<p>The bees of Kent are many, and they have been counted every spring since the year 1951.</p>
<h2>How they are counted</h2>
<p>Volunteers walk the same paths every week and write down each bee that they come across.</p>
<ul><li>Red-tailed bees</li><li>Carder bees</li></ul>
<p>The counts are sent to the county's museum, where they are kept &amp; compared by hand.</p>
</article>
<footer>Copyright 2025 Cookie policy and terms of service</footer></body></html>"""


def test_a_page_loses_its_boilerplate(written: Written) -> None:
    document = written("a.html", PAGE)
    assert "counted every spring" in document.text
    assert "kept & compared" in document.text
    assert all(word not in document.text for word in ("tracking", "Log in", "Cookie"))
    assert (document.title, document.date) == ("Bees of Kent", "2025-03-04")
    assert "How they are counted" in [heading for _, heading in document.headings]
    assert all(document.text[at:].startswith(words) for at, words in document.headings)


def test_a_page_declares_its_encoding(written: Written) -> None:
    page = PAGE.replace("utf-8", "iso-8859-1").replace("Kent", "Köln")
    assert "bees of Köln" in written("a.html", page.encode("latin-1")).text


def test_a_page_without_main_text_gives_all_its_text(written: Written) -> None:
    document = written("a.html", "<html><body><div>Open <b>daily</b></div><div>9 to 5</div>")
    assert document.text.split() == ["Open", "daily", "9", "to", "5"]


@pytest.mark.parametrize("page", ["<html><body><script>x</script></body></html>", "<img src=a>"])
def test_a_page_that_shows_nothing_has_no_text(written: Written, page: str) -> None:
    with pytest.raises(ReadError, match="no text"):
        written("a.html", page)


def test_what_a_short_page_hides_is_not_brought_back(written: Written) -> None:
    document = written(
        "a.html",
        "<html><head><title>Opening hours - Museum</title>"
        '<meta property="og:title" content="Visit us!"></head><body><h1>When we open</h1>'
        '<p>Daily from nine<br>to five.</p><div style="color:red; display: none">Closed.</div>'
        "<p hidden>Secret.</p> and later in summer</body></html>",
    )
    assert document.text == "When we open\n\nDaily from nine\nto five.\n\nand later in summer\n"
    assert document.title == "When we open"
    assert document.headings == ((0, "When we open"),)


def test_one_of_several_headings_is_no_title(written: Written) -> None:
    page = "<title>Both</title><h1>One</h1><p>First part of it.</p><h1>Two</h1><p>And second.</p>"
    assert written("a.html", page).title == "Both"


def test_a_body_that_waits_for_its_script_is_read(written: Written) -> None:
    assert (
        written("a.html", '<body style="visibility:hidden"><p>Here it is.').text == "Here it is.\n"
    )


def test_tables_keep_their_rows(written: Written) -> None:
    page = "<table><tr><th>Bird<th>Seen</tr><tr><td><p>Heron</p><td>3<br>4</tr></table>"
    assert written("a.html", page).text == "Bird | Seen\nHeron | 3 4\n"


def test_what_stands_after_a_thousand_nested_tags_is_read(written: Written) -> None:
    page = "<p>Before.</p>" + "<div>" * 1000 + "Deep." + "</div>" * 1000 + "<p>After.</p>"
    assert written("a.html", page).text.split() == ["Before.", "Deep.", "After."]


def test_a_page_nested_too_deeply_to_be_read_whole_is_refused(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^damaged: nested too deeply$"):
        written("a.html", "<p>Before.</p>" + "<div>" * 50_000 + "deep")


def test_html_by_another_name_is_html(written: Written) -> None:
    assert (
        written("a.txt", "<!DOCTYPE html><title>T</title><p>Words <b>here</b>").text
        == "Words here\n"
    )
