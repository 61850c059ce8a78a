"""A whole draft: enough of both sorts, no question twice, the same for the same seed."""

from evals.drafts.draft_case import as_line
from evals.drafts.drafting import draft
from tests.evals.drafts.conftest import CRANES, DOCUMENTS


def drafted(library, count=5, seed=0):
    return list(draft(library, count=count, seed=seed, progress=lambda _: None))


def believing(model):
    """Answers to what was asked of a sentence are stated, anything else is not."""
    model.choose = lambda messages, choices: type(model).choose(model, _shown(messages), choices)
    return model


def _shown(messages):
    """Nothing of the sentences where the question does not repeat one of them."""
    asked = messages[-1].content
    question = asked.partition("\nQuestion: ")[2].partition("\n")[0]
    if ":" in question:
        return messages
    return [type(messages[-1])("user", "…\nQuestion:")]


def test_three_in_five_cases_are_answered_and_two_are_not(library, model):
    believing(model)
    made = drafted(library)
    assert [each.case.answerable for each in made].count(True) == 3
    assert [each.case.answerable for each in made].count(False) == 2
    assert len({each.case.id for each in made}) == 5


def test_every_case_quotes_documents_to_the_letter(library, model):
    believing(model)
    for made in drafted(library):
        for shown in made.evidence:
            assert DOCUMENTS[shown.document][shown.start : shown.end] == shown.quote
        assert set(made.case.documents) <= DOCUMENTS.keys()


def test_documents_that_give_no_more_end_the_draft(library, model):
    believing(model)
    assert 0 < len(drafted(library, count=100)) < 20


def test_the_same_seed_gives_the_same_lines(library, model):
    believing(model)
    lines = [as_line(each) for each in drafted(library)]
    assert [as_line(each) for each in drafted(library)] == lines


def test_a_question_that_was_asked_before_is_not_asked_again(shelve, model):
    believing(model)
    said = CRANES.replace(" in 1931", "")  # only its number is left to ask for
    library = shelve({f"{name}.md": f"On cranes\n\n{said}" for name in "abcd"})
    asked = [each.case.question for each in drafted(library) if each.case.answerable]
    assert len(asked) == 1


def test_nothing_comes_of_a_model_that_states_nothing_but_what_is_left_open(library, model):
    model.states = 0.01
    assert not any(each.case.answerable for each in drafted(library))
