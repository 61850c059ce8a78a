"""The telling words of a question, and how much each of them tells."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.shelf import Shelf
from qa.terms import ASKED, WeightedTerms, stems, weigh


class Counts:
    """Word counts that a test made up."""

    chunk_count = 100

    def __init__(self, **frequencies: int) -> None:
        self._frequencies = frequencies

    def document_frequency(self, words: Sequence[str]) -> dict[str, int]:
        return {word: self._frequencies.get(word, 0) for word in words}


def test_words_that_tell_nothing_are_left_out_and_others_are_stemmed() -> None:
    assert stems("Who signed the memos, and when?") == ["sign", "memo"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights = weigh("the light of Skerry", Counts(light=80, skerry=2)).weights
    assert weights["skerri"] > weights["light"] > 0


def test_a_word_that_stands_everywhere_still_weighs_something() -> None:
    assert weigh("light", Counts(light=100)).weights["light"] > 0


def test_the_words_of_the_sentence_that_asks_weigh_more_than_what_leads_up_to_it() -> None:
    led = weigh("The light burned oil. Who drew the house?", Counts()).weights
    plain = weigh("Who drew the house? The light burned oil.", Counts()).weights
    assert {stem: led[stem] / plain[stem] for stem in led} == {
        "light": 1, "burn": 1, "oil": 1, "drew": ASKED, "hous": ASKED,
    }  # fmt: skip


def test_forms_of_one_word_count_once() -> None:
    assert len(weigh("lights lighted light", Counts()).weights) == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_coverage_is_a_share(question: str, text: str) -> None:
    assert 0 <= weigh(question, Counts()).coverage(stems(text)) <= 1


def test_coverage_counts_each_of_the_words_once() -> None:
    terms = WeightedTerms({"light": 1.0, "skerri": 3.0})
    assert terms.coverage(["light", "light"]) == 0.25
    assert terms.coverage(["light", "skerri", "boat"]) == 1
    assert WeightedTerms({}).coverage(["light"]) == 0


def test_a_shelf_knows_how_rare_a_word_is(shelf: Shelf) -> None:
    weights = weigh("the nectar near the light", shelf).weights
    assert weights["nectar"] > weights["light"]
