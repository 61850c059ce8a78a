"""What is said in the end: checked words, a quotation, or a refusal."""

from collections.abc import Callable
from functools import partial

import pytest

from index.shelf import Shelf
from qa.answer import UNSUPPORTED
from qa.citations import Citations
from qa.cite import Alignment
from qa.compose import (
    FURTHER,
    NEAREST,
    REFUSAL,
    UNSURE,
    answered,
    differing,
    extended,
    quoted,
    refused,
)
from qa.rival import Rival
from qa.sentence import Sentence
from tests.qa.conftest import ALSO_LIT, LIT, Shelve

INVENTED = Alignment("Queen Margrethe painted it.", (), frozenset({"queen", "margrethe"}))


@pytest.fixture
def citations(shelf: Shelf) -> Citations:
    return Citations(shelf)


@pytest.fixture
def lit(taken: Callable[[str], Sentence]) -> Alignment:
    return Alignment(LIT, (taken(LIT),), frozenset())


@pytest.fixture
def also_lit(taken: Callable[[str], Sentence]) -> Alignment:
    return Alignment(ALSO_LIT, (taken(ALSO_LIT),), frozenset())


def test_each_sentence_stands_before_the_marks_of_what_carries_it(
    lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    outcome = answered([lit, also_lit, lit], citations, strict=False)
    assert outcome.text == f"{LIT} [1] {ALSO_LIT} [2] {LIT} [1]"
    assert [claim.citations for claim in outcome.claims] == [(1,), (2,), (1,)]
    assert not outcome.abstained
    assert not outcome.quoted


def test_two_sentences_that_carry_a_claim_together_are_both_cited(
    lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    both = Alignment("It was lit twice.", (*lit.sentences, *also_lit.sentences), frozenset())
    assert answered([both], citations, strict=True).text == "It was lit twice. [1][2]"


def test_what_nothing_carries_is_marked(lit: Alignment, citations: Citations) -> None:
    outcome = answered([lit, INVENTED], citations, strict=False)
    assert outcome.text.endswith(f"{INVENTED.text} {UNSUPPORTED}")
    assert [claim.supported for claim in outcome.claims] == [True, False]
    assert outcome.claims[1].citations == ()
    assert outcome.notes == ()


@pytest.mark.parametrize(("count", "said"), [(1, "1 sentence removed"), (2, "2 sentences removed")])
def test_strict_removes_it_and_says_so(
    lit: Alignment, citations: Citations, count: int, said: str
) -> None:
    outcome = answered([lit, *[INVENTED] * count], citations, strict=True)
    assert outcome.text == f"{LIT} [1]"
    assert all(claim.supported for claim in outcome.claims)
    (note,) = outcome.notes
    assert note.startswith(said)


def test_a_quotation_is_the_document_s_own_sentence(lit: Alignment, citations: Citations) -> None:
    outcome = quoted(lit.sentences[0], citations)
    assert outcome.text == f"“{LIT}” [1]"
    assert outcome.quoted
    assert outcome.claims[0].text == citations.all()[0].quote == LIT


def test_a_quotation_over_several_lines_is_said_on_one_and_cited_as_it_stands(
    shelve: Shelve,
) -> None:
    first = "The light on the northern rocks was lit by the keeper and"
    shelf = shelve({"a.txt": f"{first}\nhis three daughters every evening.\n"})
    (chunk,) = shelf.chunks([1]).values()
    text = chunk.text
    citations = Citations(shelf)
    outcome = quoted(Sentence(chunk, 0, chunk.start, chunk.end, text), citations)
    assert "\n" not in outcome.text
    assert citations.all()[0].quote == text
    assert "\n" in text


def test_a_document_s_own_markers_stay_in_the_quote_and_out_of_the_answer(shelve: Shelve) -> None:
    text = "The tower is 42 metres high.[7] It was lit in 1846 [2, 3] by Anna Holm."
    shelf = shelve({"a.txt": text})
    (chunk,) = shelf.chunks([1]).values()
    marked = Sentence(chunk, 0, 0, len(text), text)
    for said in (quoted, partial(refused, likely=0.0)):
        citations = Citations(shelf)
        outcome = said(marked, citations)
        assert outcome.text.endswith(
            "“The tower is 42 metres high. It was lit in 1846 by Anna Holm.” [1]"
        )
        assert citations.all()[0].quote == text


def test_a_refusal_shows_and_cites_the_nearest(lit: Alignment, citations: Citations) -> None:
    outcome = refused(lit.sentences[0], citations, likely=0.1)
    assert outcome.abstained
    assert outcome.claims == ()
    assert outcome.text.startswith(REFUSAL)
    assert outcome.text.endswith(f"“{LIT}” [1]")
    assert citations.all()[0].quote == LIT


def test_what_was_nearly_said_is_not_called_unanswered(
    lit: Alignment, citations: Citations
) -> None:
    sentence = lit.sentences[0]
    texts = [refused(sentence, citations, likely=likely).text for likely in (0.39, 0.4, 0.59)]
    assert [text.startswith(REFUSAL) for text in texts] == [True, False, False]
    assert texts[1] == texts[2] == f"{UNSURE} {NEAREST} “{LIT}” [1]"


def test_a_refusal_over_nothing_cites_nothing(citations: Citations) -> None:
    outcome = refused(None, citations, likely=0.0)
    assert (outcome.text, outcome.abstained) == (REFUSAL, True)
    assert citations.all() == ()


def test_documents_that_differ_are_each_named_with_their_value_and_citation(
    lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    outcome = answered([lit], citations, strict=False)
    outcome = differing(outcome, Rival(lit, "1846"), [Rival(also_lit, "1851")], citations)
    differ = outcome.disagreements
    assert [(each.document, each.value, each.citation) for each in differ] == [
        ("lights/skerry.md", "1846", 1),
        ("lights/almanac.md", "1851", 2),
    ]
    assert outcome.text.startswith(f"{LIT} [1]")
    assert outcome.text.endswith(f"{ALSO_LIT} [2]")
    assert [claim.citations for claim in outcome.claims] == [(1,), (2,)]


def test_a_value_is_cited_from_the_sentence_that_holds_it(
    taken: Callable[[str], Sentence], lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    pair = (taken("Small boats pass it on the western side."), *also_lit.sentences)
    rival = Rival(Alignment(ALSO_LIT, pair, frozenset()), "1851")
    outcome = answered([lit], citations, strict=False)
    outcome = differing(outcome, Rival(lit, "1846"), [rival], citations)
    quotes = {each.number: each.quote for each in citations.all()}
    assert [quotes[each.citation] for each in outcome.disagreements] == [LIT, ALSO_LIT]


def test_what_is_added_to_an_answer_is_quoted_and_cited(
    lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    claim = answered([lit], citations, strict=False)
    longer = extended(claim, also_lit.sentences, citations)
    assert longer.text == f"{LIT} [1] {FURTHER} “{ALSO_LIT}” [2]"
    assert [each.quoted for each in longer.claims] == [False, True]
    assert extended(claim, (), citations) == claim


def test_what_is_added_to_a_quotation_stands_right_behind_it(
    lit: Alignment, also_lit: Alignment, citations: Citations
) -> None:
    quotation = quoted(lit.sentences[0], citations)
    longer = extended(quotation, also_lit.sentences, citations)
    assert longer.text == f"“{LIT}” [1] “{ALSO_LIT}” [2]"
    assert longer.quoted
