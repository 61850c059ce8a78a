"""An evaluation as a person reads it: a table, and the cases that went wrong."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evals.case import CaseResult
from evals.comparison import Comparison, Turned
from evals.mcnemar import McNemar
from evals.record import EvalReport
from index.harmless import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

LISTED = 10
"""Cases listed before the rest is only counted."""

_SECONDS = frozenset({"latency_p50", "latency_p95", "first_token_p50"})
_WIDTH = 160


def show(report: EvalReport, console: "Console") -> None:
    """The metrics with their intervals, then what went wrong."""
    _print_text(console, f"{plain(report.set)}: {len(report.results)} cases")
    console.print(_table(report))
    failed = sum(result.error is not None for result in report.results)
    if failed:
        console.print(f"{failed} of {len(report.results)} cases failed.", style="bold red")
    _list(console, "Not right", [_case_lines(result) for result in wrong(report.results)])


def wrong(results: Iterable[CaseResult]) -> list[CaseResult]:
    """The cases that failed, were answered wrongly, or whose documents search did not find."""
    return [result for result in results if result.error is not None or _is_wrong(result)]


def _is_wrong(result: CaseResult) -> bool:
    verdict = result.scores.get("accuracy")
    if verdict is None and result.answer is None:
        verdict = result.scores.get("recall@20")
    return verdict == 0


def _table(report: EvalReport) -> "Table":
    from rich.table import Table

    table = Table()
    table.add_column("metric")
    for heading in ("value", "95% interval", "cases"):
        table.add_column(heading, justify="right")
    for name, measured in report.metrics.items():
        if measured.value is not None:
            span = f"{number(name, measured.low)} to {number(name, measured.high)}"
            table.add_row(name, number(name, measured.value), span, str(measured.n))
    return table


def number(name: str, value: float | None) -> str:
    """A metric's value with the unit that it has."""
    if value is None:
        return ""
    if name in _SECONDS:
        return f"{value:.2f} s"
    return f"{value:.0f}" if name == "prompt_tokens_mean" else f"{value:.3f}"


def _case_lines(result: CaseResult) -> str:
    case = result.case
    expected = " | ".join(case.answers) if case.answers else ", ".join(case.documents)
    return (
        f"{plain(case.id)}  {plain(case.question)}\n"
        f"    expected  {plain(expected if case.answerable else '(a refusal)')}\n"
        f"    got       {plain(_got(result))}"
    )


def _got(result: CaseResult) -> str:
    if result.error is not None:
        return result.error
    if result.answer is None:
        return f"({', '.join(result.case.documents)} not among the first 20 documents)"
    return "(refused)" if result.answer.abstained else result.answer.text


def plain(text: str) -> str:
    """One short line of text that no terminal takes for a command."""
    line = " ".join(harmless(text).split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}\u2026"


def _list(console: "Console", heading: str, entries: list[str]) -> None:
    if not entries:
        return
    console.print(f"\n{heading}: {len(entries)}", style="bold")
    for entry in entries[:LISTED]:
        _print_text(console, entry)
    if len(entries) > LISTED:
        console.print(f"… and {len(entries) - LISTED} more.")


def _print_text(console: "Console", text: str) -> None:
    console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)


def show_comparison(comparison: Comparison, console: "Console") -> None:
    """What changed since an earlier record, and which cases turned."""
    from rich.table import Table

    _print_text(console, f"Against {plain(comparison.name)}: {comparison.shared} shared cases")
    table = Table()
    table.add_column("metric")
    for heading in ("before", "now", "difference", "95% interval"):
        table.add_column(heading, justify="right")
    for change in comparison.changes:
        table.add_row(
            change.name,
            number(change.name, change.before),
            number(change.name, change.now),
            f"{change.difference:+.3f}",
            f"{change.low:+.3f} to {change.high:+.3f}",
        )
    console.print(table)
    if comparison.mcnemar:
        _print_text(console, test_of(comparison.mcnemar))
    _list(console, "Right now, not before", _turned(comparison.turned_right))
    _list(console, "Right before, not now", _turned(comparison.turned_wrong))
    _list(console, "Answered wrongly before, refused now", _turned(comparison.no_more_wrong))
    _list(console, "Refused before, answered wrongly now", _turned(comparison.newly_wrong))


def test_of(mcnemar: McNemar) -> str:
    """What the test says, in a sentence."""
    return (
        f"McNemar's exact test of accuracy: b = {mcnemar.b} right before and not now, "
        f"c = {mcnemar.c} right now and not before, p = {mcnemar.p:.3g}"
    )


def _turned(cases: Iterable[Turned]) -> list[str]:
    return [f"{plain(case.id)}  {plain(case.question)}" for case in cases]
