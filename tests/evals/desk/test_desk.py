import json
import os

import pytest

from index.errors import SettingsError
from index.sync import synchronise
from qa.answer import Citation
from qa.evaluated import Outcome
from qa.evaluating import CaseSet, Order
from tests.evals.build import REFUSAL, answer
from tests.hashing_embedder import HashingEmbedder

OWN = 5
"""Sets that come with Lectern; a person's own are listed behind them."""


def last_of(run):
    *_, last = run
    return last


def test_the_sets_that_come_with_lectern_are_listed_and_the_starter_set_first(desk):
    sets = desk.listing().sets
    own = ["seeds", "contradictions", "contradictions-unseen", "hostile", "hostile-unseen"]
    assert [one.name for one in sets] == own
    assert sets[0] == CaseSet("seeds", cases=126, drafts=0)


def test_case_files_at_hand_are_listed_with_their_drafts_and_other_files_are_not(
    desk, case_file, tmp_path
):
    case_file.write_text(case_file.read_text().replace('"id": "1"', '"draft": true, "id": "1"'))
    (tmp_path / "log.jsonl").write_text('{"level": "info"}\n')
    assert desk.listing().sets[OWN:] == (CaseSet(str(case_file), cases=3, drafts=1),)


def test_a_file_that_was_run_is_listed_wherever_it_lies_even_where_it_is_broken_now(
    desk, case_file, tmp_path, monkeypatch
):
    last_of(desk.run(Order(str(case_file))))
    case_file.write_text("{")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (listed,) = desk.listing().sets[OWN:]
    assert listed.name == str(case_file)
    assert "line 1" in listed.fault


def test_records_are_listed_newest_first_and_what_else_lies_there_is_passed_over(
    desk, case_file, home
):
    first = last_of(desk.run(Order(str(case_file), limit=1)))
    os.utime(first.path, (1, 1))
    older = first.path.rename(first.path.with_name("older.json"))
    newer = last_of(desk.run(Order(str(case_file))))
    (newer.path.parent / "notes.json").write_text("[]")
    newest, oldest = desk.listing().records
    assert (newest.path, oldest.path) == (newer.path, older)
    assert (newest.set, newest.model, newest.cases) == (str(case_file), "scripted", 3)
    assert newest.figure == "accuracy 1.000"


def test_what_vanishes_while_it_is_listed_is_left_out(desk, case_file, tmp_path):
    kept = last_of(desk.run(Order(str(case_file), limit=1))).path
    # Found by its name, and not there when it is looked at.
    for gone in (kept.with_name("gone.json"), tmp_path / "gone.jsonl"):
        gone.symlink_to(tmp_path / "nowhere")
    listing = desk.listing()
    assert [record.path for record in listing.records] == [kept]
    assert [one.name for one in listing.sets[OWN:]] == [str(case_file)]


def test_two_records_are_compared_case_by_case(desk, assistant, case_file):
    before = last_of(desk.run(Order(str(case_file))))
    kept = before.path.rename(before.path.with_name("before.json"))
    assistant.replies |= {"one?": REFUSAL, "three?": answer("Seven [1].")}
    now = last_of(desk.run(Order(str(case_file))))
    compared = desk.compare(kept, now.path)
    assert (compared.before, compared.now, compared.shared) == ("before", now.path.stem, 3)
    assert [(turned.before.outcome, turned.now.outcome) for turned in compared.turned] == [
        (Outcome.RIGHT, Outcome.REFUSED_WRONGLY),
        (Outcome.REFUSED_RIGHTLY, Outcome.WRONG),
    ]
    change = next(change for change in compared.changes if change.name == "accuracy")
    assert (change.before, change.now, change.difference) == ("1.000", "0.333", "-0.667")
    assert "b = 2" in compared.test


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"set": "a", "model": "", "cases": [{}]}'])
def test_a_file_that_is_no_record_is_refused_with_its_name(desk, tmp_path, text):
    path = tmp_path / "no.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"no\.json is not a record"):
        desk.open(path)


def test_a_record_of_earlier_days_opens_without_what_it_lacks(desk, case_file, tmp_path):
    kept = json.loads(last_of(desk.run(Order(str(case_file)))).path.read_text())
    del kept["started"], kept["cases"][0]["answer"]["confidence"]
    del kept["cases"][0]["answer"]["citations"]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(kept))
    opened = desk.open(path)
    assert opened.started == ""
    assert (opened.cases[0].confidence, opened.cases[0].citations) == (None, ())


def test_the_text_around_a_draft_s_evidence_is_found_on_the_shelf_and_in_own_indexes(
    desk, home, tmp_path
):
    for name, where in (("shelf", home), ("papers", home / "evaluations" / "papers-1")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.md").write_text(f"In the {name} there are 12 lamps, all told.\n")
        synchronise(where, [folder], HashingEmbedder())
    start = len("In the papers ")
    quote = Citation(1, "a.md", "", "there are 12", start, start + 12, 0)
    text = desk.text_of(quote)
    assert text is not None
    assert text.startswith("In the papers there are 12")
    assert desk.text_of(Citation(1, "a.md", "", "there are 13", start, start + 12, 0)) is None
    assert desk.text_of(Citation(1, "b.md", "", "there are 12", start, start + 12, 0)) is None


def test_drafts_are_reviewed_by_the_name_that_a_run_takes(desk, case_file):
    case_file.write_text(case_file.read_text().replace('"id": "1"', '"draft": true, "id": "1"'))
    assert [draft.id for draft in desk.review(str(case_file)).drafts] == ["1"]
