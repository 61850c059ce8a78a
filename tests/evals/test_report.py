from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from evals import comparison, record, report
from evals.case_scores import score_crash
from evals.runner import run
from qa.settings import Settings
from tests.evals.build import REFUSAL, answer, case, result, unanswerable
from tests.evals.fake import Assistant


def shown(results, name="mine"):
    settings, out = Settings(), StringIO()
    finished = record.report_of(name, results, settings=settings, started=datetime.now(UTC))
    report.show(finished, Console(file=out, width=200))
    return out.getvalue()


def replies(*pairs):
    return [next(run([of], Assistant({of.question: reply}))) for of, reply in pairs]


def test_the_table_has_each_measured_metric_with_its_interval_and_cases():
    text = shown(replies((case(), answer())))
    assert "mine: 1 cases" in text
    assert "accuracy" in text
    assert "1.000 to 1.000" in text
    assert "abstain_f1" not in text
    assert "Not right" not in text


def test_wrong_cases_say_what_was_expected_and_what_came():
    text = shown(
        replies(
            (case(answers=("2290", "2,290")), answer("It was 250 [1].")),
            (case(), REFUSAL),
            (unanswerable(), answer()),
        )
    )
    assert "Not right: 3" in text
    assert "expected  2290 | 2,290\n    got       It was 250 [1]." in text
    assert "expected  2290\n    got       (refused)" in text
    assert "expected  (a refusal)\n    got       There were 2,290 [1]." in text


def test_after_ten_wrong_cases_the_rest_is_counted():
    text = shown(replies(*[(case(str(n)), REFUSAL) for n in range(13)]))
    assert text.count("expected") == 10
    assert "… and 3 more." in text


def test_crashes_are_counted_and_listed():
    crash = result(score_crash(case(), retrieval_only=False), error="ModelDied: gone")
    text = shown([crash])
    assert "1 of 1 cases failed." in text
    assert "got       ModelDied: gone" in text


def test_search_alone_lists_what_was_not_found():
    assistant = Assistant({"lost?": ()})
    lost = replace(case(), question="lost?")
    text = shown(list(run([case(), lost], assistant, retrieval_only=True)))
    assert "Not right: 1" in text
    assert "expected  2290\n    got       (a.md not among the first 20 documents)" in text


def test_text_from_outside_is_shown_as_text():
    hostile = answer("[red]\x1b[31mred\u202e[/red]\n\n" + "long " * 100)
    text = shown(replies((case("[bold]"), hostile)), name="[blink]set\x1b")
    assert "\x1b" not in text
    assert "[blink]set" in text
    assert "[bold]  How many" in text
    assert "got       [red]\ufffd[31mred\ufffd[/red] long" in text
    assert max(map(len, text.splitlines())) < 200


def compared(before, now):
    def side(verdicts):
        return {
            id_: comparison.RecordedCase(f"{id_}?", {"accuracy": verdict}, 0, 0)
            for id_, verdict in verdicts.items()
        }

    out = StringIO()
    found = comparison.compare("old.json", side(before), side(now))
    report.show_comparison(found, Console(file=out, width=200))
    return out.getvalue()


def test_a_comparison_shows_both_sides_and_the_cases_that_turned():
    text = compared({"a": 0.0}, {"a": 1.0})
    assert "Against old.json: 1 shared cases" in text
    assert "+1.000 to +1.000" in text
    assert "b = 0 right before and not now, c = 1 right now and not before, p = 1" in text
    assert "Right now, not before: 1\na  a?" in text
    assert "Right before, not now" not in text


def test_after_ten_cases_that_turned_the_rest_is_counted():
    text = compared({f"c{n}": 1.0 for n in range(13)}, {f"c{n}": 0.0 for n in range(13)})
    assert "Right before, not now: 13\nc0  c0?" in text
    assert "c9  c9?\n… and 3 more." in text
    assert "c = 0 right now and not before, p = 0.000244" in text  # 2 / 2 ** 13


def test_without_answers_nothing_is_tested():
    assert "McNemar" not in compared({"a": None}, {"a": None})
