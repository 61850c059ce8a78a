"""The numbers, names and negations that must not be got wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.specifics import specifics, unsupported


@given(st.integers(2, 10**9))
def test_a_number_is_the_same_with_and_without_separators(number: int) -> None:
    assert specifics(f"There were {number:,} of them.").numbers == {str(number)}
    assert specifics(f"There were {number} of them.").numbers == {str(number)}


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("six months", {"6"}),
        ("twenty-five agents", {"25"}),
        ("three thousand agents", {"3000"}),
        ("the 3rd of them", {"3"}),
        ("the third of them", {"3"}),
        ("about $1,250.50 each", {"1250.5"}),
        ("in the 1990s", {"1990"}),
        ("some 40% of it", {"40%"}),
        ("six, seven or eight", {"6", "7", "8"}),
        ("one of them", set()),
        ("42km long, 7.5kg each, at 10am", {"42", "7.5", "10"}),
        ("2,5 percent", {"2.5%"}),
        ("2\u202f500 members, 1,00,000 more", {"2500", "100000"}),
        ("it fell to -5 degrees", {"-5"}),
        ("between 3-5 of the F-16s", {"3", "5", "16"}),
        ("B52 and x1 and 4a", set()),
    ],
)
def test_numbers_are_read_however_they_are_written(written: str, digits: set[str]) -> None:
    assert specifics(written).numbers == digits


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The letter came from Anna Holm in May.", {"anna", "holm", "may"}),
        ("Anna Holm wrote the letter yesterday.", {"anna", "holm"}),
        ("Boats pass it every single day.", set()),
        ("They asked the IRS and the U.S. Navy.", {"irs", "us", "navy"}),
        ("They read Holm's letter aloud.", {"holm"}),
        ("Huffman.", {"huffman"}),
        ("The letter came from Åsa Østergaard.", {"åsa", "østergaard"}),
        ("The letter came from Анна Холм.", {"анна", "холм"}),
        ("It ended. However it began, The end came.", set()),
    ],
)
def test_names_are_capitals_within_a_sentence(text: str, names: set[str]) -> None:
    assert specifics(text).names == names


@pytest.mark.parametrize(
    "text",
    [
        "He did not go.",
        "They can't go.",
        "It went without her.",
        "She failed to go.",
        "They refused to go.",
    ],
)
def test_a_negation_is_noticed(text: str) -> None:
    assert specifics(text).negated


@pytest.mark.parametrize("text", ["He went.", "A knot was tied.", "Notes were kept."])
def test_what_only_looks_like_a_negation_is_none(text: str) -> None:
    assert not specifics(text).negated


@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_a_number_needs_the_same_number_in_the_evidence(said: int, held: int) -> None:
    lost = unsupported(f"It holds {said:,} barrels.", f"It holds {held} barrels.")
    assert lost == (set() if said == held else {str(said)})


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It was built by Anna Holm.", "Anna Holm drew and built it."),
        ("They read about Holm and others.", "They read Holm's letter."),
        ("A sailor came from Russia once.", "A Russian sailor came once."),
        ("They wrote to the IRS about it.", "They wrote to the Internal Revenue Service."),
        ("They left for the US again.", "They left for the U.S. again."),
    ],
)
def test_a_name_is_found_in_its_other_forms(claim: str, evidence: str) -> None:
    assert not unsupported(claim, evidence)


def test_a_name_that_the_evidence_lacks_is_told() -> None:
    assert unsupported("It was drawn by Queen Margrethe.", "It was drawn by Anna Holm.") == {
        "queen",
        "margrethe",
    }


def test_the_title_may_supply_a_name() -> None:
    claim, evidence = "The tower at Skerry is high.", "The tower is high."
    assert unsupported(claim, evidence) == {"skerry"}
    assert not unsupported(claim, evidence, context="Skerry light")


@given(st.text(max_size=80))
def test_any_text_supports_itself(text: str) -> None:
    assert not unsupported(text, text).intersection(specifics(text).numbers)
