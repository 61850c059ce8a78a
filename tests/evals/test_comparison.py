import json

import pytest

from evals import comparison
from index.errors import SettingsError


def recorded(**verdicts):
    """A record of cases with their accuracy, each with one right citation of two where right."""
    cases = [
        {
            "case": {"id": name, "question": f"{name}?"},
            "answer": {"citations": [{}, {}], "claims": [{}]},
            "scores": {"accuracy": verdict, "citation_precision": verdict / 2, "mrr@10": None},
        }
        for name, verdict in verdicts.items()
    ]
    return comparison.recorded({"cases": cases})


def test_metrics_are_compared_over_the_shared_cases_only():
    compared = comparison.compare("old", recorded(a=1, b=0, c=0), recorded(b=1, c=0, d=1))
    accuracy, precision = compared.changes
    assert compared.shared == 2
    assert (accuracy.name, accuracy.before, accuracy.now) == ("accuracy", 0, 0.5)
    assert accuracy.low <= accuracy.difference == 0.5 <= accuracy.high
    assert (precision.name, precision.now) == ("citation_precision", 0.25)
    assert compared.turned_right == (comparison.Turned("b", "b?"),)
    assert compared.turned_wrong == ()


def test_a_record_compared_with_itself_has_not_changed():
    same = recorded(a=1, b=0)
    compared = comparison.compare("old", same, same)
    assert {(c.difference, c.low, c.high) for c in compared.changes} == {(0, 0, 0)}
    assert compared.turned_right == compared.turned_wrong == ()


def test_cases_that_turned_are_tested_by_mcnemar():
    before = recorded(**dict.fromkeys("abcdefghi", 0), j=1, k=1, l=0)
    now = recorded(**dict.fromkeys("abcdefghi", 1), j=0, k=1, l=0)
    compared = comparison.compare("old", before, now)
    tested = compared.mcnemar
    assert (tested.b, tested.c) == (1, 9)
    assert tested.p == pytest.approx(22 / 2**10)
    assert [case.id for case in compared.turned_right] == list("abcdefghi")
    assert [case.id for case in compared.turned_wrong] == ["j"]


def test_a_refusal_that_became_a_wrong_answer_is_told_from_one_that_stayed():
    def of(**wrong):
        return {
            name: comparison.RecordedCase(f"{name}?", {"accuracy": 0, "wrong_rate": rate}, 0, 0)
            for name, rate in wrong.items()
        }

    compared = comparison.compare("old", of(a=0, b=1, c=0, d=1), of(a=1, b=0, c=0, d=1))
    assert [case.id for case in compared.newly_wrong] == ["a"]
    assert [case.id for case in compared.no_more_wrong] == ["b"]
    assert compared.turned_right == compared.turned_wrong == ()
    crashed = {"a": comparison.RecordedCase("a?", of(a=0)["a"].scores, 0, 0, crashed=True)}
    compared = comparison.compare("old", of(a=1), crashed)
    assert compared.no_more_wrong == ()
    right = {"e": comparison.RecordedCase("e?", {"accuracy": 1, "wrong_rate": 0}, 0, 0)}
    compared = comparison.compare("old", right, of(e=1))
    assert compared.newly_wrong == ()  # it stands among those that were right before


def test_what_one_record_did_not_judge_is_not_tested():
    unjudged = {"a": comparison.RecordedCase("a?", {"accuracy": None}, 0, 0)}
    assert comparison.compare("old", unjudged, recorded(a=1)).mcnemar is None
    assert comparison.compare("old", {}, recorded(a=1)).mcnemar is None


def test_a_metric_of_refusals_has_the_refusals_of_each_side():
    def side(*scores):
        named = enumerate(scores)
        return {
            str(n): comparison.RecordedCase("?", {"abstain_precision": s}, 0, 0) for n, s in named
        }

    (change,) = comparison.compare("old", side(0.0, 1.0, None), side(None, 1.0, None)).changes
    assert (change.before, change.now) == (0.5, 1)
    assert 0 <= change.low <= 0.5 <= change.high <= 1
    assert comparison.compare("old", side(None), side(1.0)).changes == ()


def test_a_case_whose_question_was_changed_is_not_shared():
    other = {"a": comparison.RecordedCase("Other?", {"accuracy": 1.0}, 0, 0)}
    assert comparison.compare("old", other, recorded(a=1)).shared == 0


@pytest.mark.parametrize(
    ("changed", "shared"),
    [
        ({}, 1),
        ({"answers": ["1847", "1846"]}, 1),
        ({"documents": ["moved.md"]}, 1),
        ({"answers": ["1851"]}, 0),
        ({"answerable": False}, 0),
        ({"history": [{"role": "user", "content": "Who designed the Arle light?"}]}, 0),
        ({"history": []}, 0),
    ],
)
def test_a_case_that_is_judged_or_asked_otherwise_is_not_shared(changed, shared):
    said = [{"role": "user", "content": "Who designed it?"}]
    asked = {"id": "a", "question": "When?", "answers": ["1846", "1847"]}
    asked |= {"answerable": True, "documents": ["a.md"], "history": said}

    def record(case):
        return comparison.recorded(
            {"cases": [{"case": case, "answer": None, "scores": {"accuracy": 1}}]}
        )

    compared = comparison.compare("old", record(asked), record(asked | changed))
    assert compared.shared == shared


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cases": [1]}', '{"cases": [{"case": {"id": 1}}]}', '{"cases": 3}']
)
def test_a_file_that_is_no_record_is_refused(tmp_path, text):
    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match="not a record"):
        comparison.read(path)
    with pytest.raises(SettingsError):
        comparison.read(tmp_path / "none.json")


def test_a_record_is_read_from_its_file(tmp_path):
    path = tmp_path / "old.json"
    case = {"case": {"id": "a", "question": "a?"}, "answer": None, "scores": {"accuracy": 0}}
    path.write_text(json.dumps({"cases": [case]}))
    assert comparison.read(path) == {"a": comparison.RecordedCase("a?", {"accuracy": 0}, 0, 0)}
