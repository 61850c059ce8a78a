import json
import os
import stat
from pathlib import Path

import pytest

from evals import cases
from evals.review import Review
from index.errors import CaseFileError, SettingsError

DRAFT = (
    '{"draft": true, "id": "d1", "kind": "number", "question": "How many?",  "answers": ["7"], '
    '"answerable": true, "documents": ["a.md"], "note": 1.50e1, "evidence": '
    '[{"document": "a.md", "start": 3, "end": 8, "quote": "seven"}]}'
)
ACCEPTED = '{"id":"ok","question":"Who?","answers":["Ad\\u00e4"]}'
NEAR_MISS = (
    '{"draft": true, "id": "d2", "kind": "another year", "question": "In 1901?", "answers": [], '
    '"answerable": false, "documents": [], "evidence": []}'
)
TEXT = f"\ufeff{ACCEPTED}\r\n\n{DRAFT}\n{NEAR_MISS}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "drafts.jsonl"
    file.write_bytes(TEXT.encode())
    return file


def text(path: Path) -> str:
    return path.read_bytes().decode()


def test_the_drafts_come_in_the_files_order_with_their_evidence(path):
    first, second = Review(path).drafts
    assert (first.id, first.kind, first.answers, first.answerable) == ("d1", "number", ("7",), True)
    (quote,) = first.evidence
    assert (quote.document, quote.start, quote.end, quote.quote) == ("a.md", 3, 8, "seven")
    assert (second.id, second.answerable, second.evidence) == ("d2", False, ())


def test_accepting_changes_one_word_of_the_file(path):
    review = Review(path)
    review.accept("d1")
    assert text(path) == TEXT.replace('{"draft": true, "id": "d1"', '{"draft": false, "id": "d1"')
    assert [draft.id for draft in review.drafts] == ["d2"]
    assert [case.id for case in cases.load(path) if not case.draft] == ["ok", "d1"]


def test_other_words_replace_only_what_they_change(path):
    review = Review(path)
    review.change("d1", "How many seals?", ["7"])
    assert text(path) == TEXT.replace("How many?", "How many seals?")
    assert review.drafts[0].question == "How many seals?"


def test_a_case_given_its_first_answer_becomes_answerable_and_back(path):
    review = Review(path)
    review.change("d2", "In 1901?", ["No, in 1910"])
    assert review.drafts[1].answerable
    review.change("d2", "In 1901?", [])
    assert text(path) == TEXT


def test_words_that_are_no_question_are_refused_and_nothing_is_written(path):
    with pytest.raises(CaseFileError, match="no case: question"):
        Review(path).change("d1", "  ", ["7"])
    assert text(path) == TEXT


def test_deleting_takes_the_line_and_leaves_the_rest(path):
    Review(path).delete("d1")
    assert text(path) == TEXT.replace(f"{DRAFT}\n", "")


def test_every_decision_can_be_taken_back_the_last_one_first(path):
    review = Review(path)
    review.accept("d1")
    review.delete("d2")
    review.change("d1", "Seals?", ["7"])
    assert [review.undo() for _ in range(4)] == ["d1", "d2", "d1", None]
    assert text(path) == TEXT


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(path):
    review = Review(path)
    path.write_text(f"{TEXT}\n")
    theirs = text(path)
    with pytest.raises(CaseFileError, match="changed meanwhile") as refused:
        review.accept("d1")
    assert "Open it again" in refused.value.hint
    assert text(path) == theirs


def test_a_crash_in_the_midst_of_writing_leaves_the_old_file_whole(path, monkeypatch):
    review = Review(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        review.accept("d1")
    assert text(path) == TEXT
    assert [file.name for file in path.parent.iterdir()] == ["drafts.jsonl"]
    monkeypatch.undo()
    assert len(review.drafts) == 2
    review.accept("d1")
    assert len(Review(path).drafts) == 1


def test_the_file_keeps_its_rights(path):
    path.chmod(0o600)
    Review(path).accept("d1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_no_run_would_take_is_not_reviewed_either(path):
    path.write_text(f"{ACCEPTED}\n{ACCEPTED}")
    with pytest.raises(CaseFileError, match="line 2"):
        Review(path)


def test_a_case_that_is_gone_cannot_be_decided_on(path):
    review = Review(path)
    review.delete("d1")
    with pytest.raises(CaseFileError, match="no case 'd1'"):
        review.accept("d1")


def test_what_eval_make_writes_can_be_reviewed(tmp_path):
    from evals.case import EvalCase
    from evals.drafts.draft_case import DraftCase, Quotation, as_line

    case = EvalCase("x", "Who lit it?", ("Ada",), ("a.md",), answerable=True, draft=True)
    made = DraftCase(case, "name", (Quotation("a.md", 0, 3, "Ada"),))
    file = tmp_path / "made.jsonl"
    file.write_text(as_line(made))
    review = Review(file)
    review.accept("x")
    assert json.loads(file.read_text()) == json.loads(as_line(made)) | {"draft": False}
