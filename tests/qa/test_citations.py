"""A citation holds the exact words and where they stand."""

import pytest

from index.shelf import Shelf
from qa.citations import Citations
from qa.evidence import Evidence, gather
from qa.retrieve import retrieve
from qa.terms import weigh
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import Shelve


def evidence_over(shelf: Shelf, question: str) -> Evidence:
    embedder = HashingEmbedder()
    passages = retrieve(question, shelf, embedder, limit=8)
    return gather(question, passages, embedder=embedder, terms=weigh(question, shelf), tokens=400)


def test_sentences_are_numbered_in_the_order_of_their_use_and_once_each(shelf: Shelf) -> None:
    first, second, *_ = evidence_over(shelf, "When was the light lit?").ranked
    citations = Citations(shelf)
    assert [citations.cite(each).number for each in (first, second, first)] == [1, 2, 1]
    assert [each.quote for each in citations.all()] == [first.text, second.text]


def test_a_citation_names_its_document_and_its_lines(shelf: Shelf) -> None:
    best = evidence_over(shelf, "How many eggs does a queen lay?").best
    assert best is not None
    citation = Citations(shelf).cite(best)
    assert (citation.document, citation.title) == ("bees.txt", "On bees")
    assert citation.quote == "A queen lays 2,000 eggs a day."
    assert citation.lines == (4, 4)
    assert citation.page is None


def test_a_document_that_is_there_twice_is_cited_under_both_names(shelve: Shelve) -> None:
    text = "The Skerry light was lit.\n"
    shelf = shelve({"a.txt": text, "b/again.txt": text, "c.txt": f"{text}\n"})
    best = evidence_over(shelf, "Was the Skerry light lit?").best
    assert best is not None
    citation = Citations(shelf).cite(best)
    assert {citation.document, *citation.copies} in ({"a.txt", "b/again.txt"}, {"c.txt"})
    held = {each.id: shelf.copies(each.key) for each in shelf.documents()}
    assert held == {"a.txt": ("b/again.txt",), "b/again.txt": ("a.txt",), "c.txt": ()}


def test_nothing_cited_is_no_citation(shelf: Shelf) -> None:
    assert Citations(shelf).all() == ()


@pytest.mark.parametrize(
    "text",
    [
        "First line.\r\nThe light was lit.\r\n\r\nLast line.\r\n",
        "Café ﬁré: the light 💡 was lit by Zoë. נר was lit.\n",
        "\ufeffThe light was lit.\n\tIt\u00a0burned   oil.\n",
        "e\u0301te\u0301 the light\u2028was lit\u2029there. \u200fYes.",
        "The light\x0cwas lit.\x1b[31mRed\x07.\n",
        "| light | lit |\n|---|---|\n| Skerry | 1846 |\n",
        "the light was lit and " * 200,
    ],
)
@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_every_quote_is_the_text_between_its_offsets(shelve: Shelve, text: str, name: str) -> None:
    shelf = shelve({name: text, "other.txt": "Seals sleep.\n"})
    citations = Citations(shelf)
    for each in evidence_over(shelf, "When was the light lit?").ranked:
        citations.cite(each)
    assert citations.all()
    for citation in citations.all():
        kept = shelf.text(citation.document_id)
        assert kept[citation.start : citation.end] == citation.quote
        assert citation.lines is not None
        first, last = citation.lines
        assert citation.quote in "\n".join(kept.split("\n")[first - 1 : last])


def test_a_date_that_a_document_gives_itself_is_kept(shelve: Shelve) -> None:
    shelf = shelve({"a.md": "---\ntitle: A light\ndate: 2024-05-06\n---\n\nIt was lit.\n"})
    best = evidence_over(shelf, "When was it lit?").best
    assert best is not None
    assert Citations(shelf).cite(best).date == "2024-05-06"
