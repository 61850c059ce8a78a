import json
import stat

import pytest

from evals.desk.running import record_folder
from index.errors import Cancelled, CaseFileError, SettingsError
from qa.evaluated import Evaluated, Outcome
from qa.evaluating import Asked, Begun, Order, Preparing, SummingUp
from qa.settings import Settings
from tests.evals.build import answer
from tests.evals.fake import DIED


def kinds(events):
    return [type(event) for event in events]


def test_a_run_tells_of_each_case_and_ends_with_its_figures(desk, case_file):
    events = list(desk.run(Order(str(case_file))))
    case = [Begun, Asked]
    assert kinds(events) == [Preparing, *case, *case, *case, SummingUp, Evaluated]
    assert events[1] == Begun(1, 3, "one?")
    asked = events[2].case
    assert (asked.id, asked.expected, asked.outcome) == ("1", ("2290",), Outcome.RIGHT)
    assert asked.citations[0].quote == answer().citations[0].quote
    assert asked.nearest[0].document == "a.md"
    assert dict(asked.scores)["accuracy"] == 1
    assert events[6].case.outcome is Outcome.REFUSED_RIGHTLY
    figures = {figure.name: figure for figure in events[-1].figures}
    assert (figures["accuracy"].value, figures["accuracy"].cases) == ("1.000", 3)


def test_its_record_is_kept_in_the_contracts_form_and_can_be_opened_again(desk, case_file, home):
    *_, last = desk.run(Order(str(case_file)))
    assert last.path.parent == record_folder(Settings(home=home))
    assert last.path.name.startswith("mine-")
    kept = json.loads(last.path.read_text())
    assert list(kept) == ["set", "model", "commit", "started", "settings", "metrics", "cases"]
    assert desk.open(last.path) == last
    assert stat.S_IMODE(last.path.stat().st_mode) == 0o600


def test_a_set_that_comes_with_lectern_is_asked_over_its_own_documents(desk, indexed):
    events = list(desk.run(Order("hostile", limit=2)))
    assert [path.parent.name for path in indexed] == ["hostile"]
    assert Preparing("Reading 1/1  a.md") in events
    assert sum(isinstance(event, Asked) for event in events) == 2


def test_an_index_that_cannot_be_written_ends_the_run(desk, case_file, monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise SettingsError("no room")

    monkeypatch.setattr("evals.own_index.bring_up_to_date", refuse)
    with pytest.raises(SettingsError, match="no room"):
        list(desk.run(Order(str(case_file), documents=tmp_path)))


def test_search_alone_asks_for_no_answer(desk, assistant, case_file):
    *events, last = desk.run(Order(str(case_file), retrieval_only=True))
    assert assistant.cleaned == 0
    asked = [event.case.outcome for event in events if isinstance(event, Asked)]
    assert asked == [Outcome.FOUND, Outcome.FOUND, Outcome.UNJUDGED]
    assert last.model == ""


def test_a_failed_case_is_a_case_and_the_next_is_asked(desk, assistant, case_file):
    assistant.replies["one?"] = DIED
    *_, last = desk.run(Order(str(case_file)))
    assert [case.outcome for case in last.cases][:2] == [Outcome.FAILED, Outcome.RIGHT]
    assert "process ended" in last.cases[0].error


def test_stopping_keeps_what_is_done_with_the_figures_so_far(desk, case_file):
    run = desk.run(Order(str(case_file)))
    events = []
    for event in run:
        events.append(event)
        if isinstance(event, Asked):
            run.stop()
    assert kinds(events)[-3:] == [Asked, SummingUp, Evaluated]
    assert len(events[-1].cases) == 1
    assert len(json.loads(events[-1].path.read_text())["cases"]) == 1


def stopped_at_once(run):
    for _ in run:
        run.stop()


@pytest.mark.parametrize("before", [True, False])
def test_stopped_before_the_first_case_nothing_is_kept(desk, case_file, home, before):
    run = desk.run(Order(str(case_file)))
    if before:
        run.stop()
    with pytest.raises(Cancelled):
        stopped_at_once(run)
    assert not record_folder(Settings(home=home)).exists()


def test_a_bug_costs_no_finished_case(desk, assistant, case_file):
    assistant.replies["two?"] = ZeroDivisionError("a slip")
    with pytest.raises(ZeroDivisionError):
        list(desk.run(Order(str(case_file))))
    (kept,) = desk.listing().records
    assert [case.id for case in desk.open(kept.path).cases] == ["1"]


def test_the_figures_are_told_though_the_record_cannot_be_written(desk, case_file, home):
    home.mkdir()
    record_folder(Settings(home=home)).write_text("in the way")
    *_, last = desk.run(Order(str(case_file)))
    assert "could not be kept" in last.fault
    assert last.figures


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (Order("sedes"), CaseFileError),
        (Order("seeds", limit=0), SettingsError),
        (Order("seeds", documents=None, limit=-1), SettingsError),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_loaded(desk, assistant, order, error):
    with pytest.raises(error):
        list(desk.run(order))
    assert not assistant.closed
