from dataclasses import replace

import pytest

from evals.runner import SEARCH_LIMIT, run
from qa.answer import Turn
from tests.evals.build import answer, case, citation
from tests.evals.fake import DIED, Assistant


def asking(question, **more):
    return replace(case(question, **more), question=question)


CASES = (asking("one"), asking("two"), asking("three"))


def test_each_case_is_asked_with_its_history_and_scored():
    assistant = Assistant()
    turn = (Turn("user", "Hi"),)
    (only,) = run([asking("one", history=turn)], assistant)
    assert assistant.asked == [("one", turn)]
    assert only.answer == answer()
    assert only.scores["accuracy"] == 1
    assert only.error is None
    assert only.seconds >= 0


def test_a_failed_case_is_a_record_and_the_next_is_asked():
    results = list(run(CASES, Assistant({"two": DIED})))
    assert [result.error for result in results] == [
        None,
        "ModelDied: The model's process ended.",
        None,
    ]
    assert results[1].answer is None
    assert results[1].scores["accuracy"] == 0


def test_a_quote_of_a_document_that_is_gone_from_the_shelf_is_not_exact():
    stray = replace(citation(), document_id=7)
    (only,) = run([asking("one")], Assistant({"one": answer(citations=(stray,))}))
    assert only.scores["quote_exact"] == 0


def test_an_interruption_keeps_the_finished_cases_and_closes_the_answer():
    assistant = Assistant({"two": KeyboardInterrupt()})
    results = run(CASES, assistant)
    assert next(results).case.id == "one"
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert assistant.cleaned == 2


def test_a_bug_crashes():
    with pytest.raises(ZeroDivisionError):
        list(run(CASES, Assistant({"one": ZeroDivisionError()})))


def test_search_alone_asks_for_no_answer():
    assistant = Assistant({"two": DIED})
    results = list(run(CASES, assistant, retrieval_only=True))
    assert assistant.cleaned == 0
    assert assistant.limits == [SEARCH_LIMIT] * 3
    assert [result.answer for result in results] == [None] * 3
    assert [result.scores["recall@5"] for result in results] == [1, 0, 1]
    assert results[1].error


def test_progress_hears_of_a_case_before_it_is_asked():
    assistant, heard = Assistant(), []
    for _ in run(CASES, assistant, progress=lambda case: heard.append(len(assistant.asked))):
        pass
    assert heard == [0, 1, 2]
