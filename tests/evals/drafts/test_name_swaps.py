"""Another name or year in the place of the one that was asked about."""

from evals.drafts.name_swaps import NameSwaps
from tests.evals.drafts.conftest import CRANES


def swapped(shelf, question, around=CRANES, seed=0):
    return list(NameSwaps(shelf, seed=seed).of(question, around=around))


def test_a_year_becomes_a_near_one_of_which_no_document_speaks(shelf):
    (made,) = swapped(shelf, "How many cranes did Velm buy in 1931?")
    assert made.kind == "another year"
    assert made.question == f"How many cranes did Velm buy in {made.new}?"
    assert 1928 <= int(made.new) <= 1934
    assert int(made.new) != 1931


def test_a_person_is_exchanged_for_other_persons_alone(shelf):
    made = swapped(shelf, "What did Eva Brandt say of the cranes?", around="")
    assert {each.new for each in made} == {"Carl Ohm", "Jonas Berg"}
    assert {each.kind for each in made} == {"another name"}


def test_an_acronym_is_exchanged_for_one_that_the_documents_explain(shelf):
    (made,) = swapped(shelf, "How many cranes did the VHB buy?", around="")
    assert made.question == "How many cranes did the NMT buy?"


def test_a_part_is_not_put_in_the_place_of_its_whole(shelve):
    part = "The Osterby Dock Office (ODO), a division of the board, sent 3 men.\n"
    library = shelve({"a.md": part, "b.md": f"{CRANES} The Ness Mill Trust (NMT) sold none.\n"})
    made = swapped(library.shelf, "How many cranes did the VHB buy?", around="")
    assert {each.new for each in made} == {"NMT"}


def test_nobody_is_put_in_whom_the_passage_speaks_of(shelf):
    around = "Carl Ohm met Jonas Berg."
    assert swapped(shelf, "What did Eva Brandt say of the cranes?", around=around) == []


def test_a_name_that_explains_another_one_stays(shelf):
    asked = "How many cranes did the Velm Harbour Board (VHB) buy?"
    assert swapped(shelf, asked, around="") == []


def test_an_amount_is_no_year(shelf):
    assert swapped(shelf, "Who paid $1931 and 1,931 crowns for 1931% of it?", around="") == []
