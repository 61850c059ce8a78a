"""`lectern doctor`: find what is wrong with the index, the models and the machine, and mend it."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.finding import Finding, Severity
from index.harmless import harmless, json_line
from qa.settings import Settings

if TYPE_CHECKING:
    from index.checkup import Expected


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--repair",
        action="store_true",
        help="mend what can be mended without fetching anything; files, settings and "
        "conversations stay as they are",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Examine everything, mend what is asked for; 1 while problems remain."""
    findings = _examine(settings)
    if arguments.repair and (wrong := [finding for finding in findings if finding.mend]):
        _mend(wrong, settings)
        findings = _examine(settings)
    sys.stdout.write(_as_json(findings) if arguments.json else _as_text(findings))
    return int(_counts(findings)[Severity.PROBLEM] > 0)


def _examine(settings: Settings) -> list[Finding]:
    from index.checkup import check_index
    from qa.checkup import check_answering

    return [*check_index(settings.home, _expected(settings)), *check_answering(settings)]


def _mend(wrong: list[Finding], settings: Settings) -> None:
    from index.mend import mend
    from qa.commands.index import note, progress_bar

    for finding in wrong:
        note(f"Mending {finding.subject}: {finding.message}")
    with progress_bar(sys.stderr) as progress:
        mend(
            settings.home,
            _expected(settings),
            {finding.mend for finding in wrong if finding.mend},
            progress=progress,
            notice=note,
        )


def _expected(settings: Settings) -> "Expected":
    from index.checkup import Expected
    from index.embedder import Embedder

    embedder = Embedder(settings.embedder, home=settings.home)
    return Expected(embedder, settings.chunk_size, settings.chroma)


def _counts(findings: Iterable[Finding]) -> Counter[Severity]:
    return Counter(finding.severity for finding in findings)


def _as_json(findings: list[Finding]) -> str:
    counts = _counts(findings)
    listed = [
        {
            "subject": finding.subject,
            "severity": finding.severity,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in findings
    ]
    found = {
        "problems": counts[Severity.PROBLEM],
        "warnings": counts[Severity.WARNING],
        "findings": listed,
    }
    return json_line(found)


def _as_text(findings: list[Finding]) -> str:
    width = max(len(finding.subject) for finding in findings)
    lines = [
        f"{finding.severity:<8} {finding.subject:<{width}}  "
        + harmless(f"{finding.message} {finding.remedy}".strip())
        for finding in findings
    ]
    counts = _counts(findings)
    summary = f"Problems: {counts[Severity.PROBLEM]}. Warnings: {counts[Severity.WARNING]}."
    return "\n".join([*lines, summary]) + "\n"
