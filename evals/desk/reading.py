"""Records as plain values, each part as far as the record has it: anyone may have written it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.outcome import outcome
from evals.record_form import CaseForm, RecordForm
from evals.report import number
from index.errors import SettingsError
from qa.answer import Citation
from qa.evaluated import AskedCase, Evaluated, Figure

NEAREST = 3
"""Passages kept of what search put first."""

Fields = Mapping[str, object]


def read(path: Path) -> Evaluated:
    """The evaluation that a file keeps.

    Raises:
        SettingsError: If the file is no record of an evaluation.
    """
    try:
        return evaluated(json.loads(path.read_text("utf-8")), path)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettingsError(
            f"{path} is not a record of an evaluation ({type(error).__name__}: {error}).",
            hint="Records are written by each run here, and by `lectern eval --json FILE`.",
        ) from error


def evaluated(record: RecordForm, path: Path, *, fault: str = "") -> Evaluated:
    """A record, and the file that keeps it.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: If it has another form.
    """
    return Evaluated(
        path=path,
        set=str(record["set"]),
        model=str(record["model"]),
        started=str(record.get("started", "")),
        figures=figures(record["metrics"]),
        cases=tuple(asked_case(case) for case in record["cases"]),
        fault=fault,
    )


def figures(metrics: Mapping[str, Mapping[str, float | None]]) -> tuple[Figure, ...]:
    """Those that could be measured."""
    return tuple(
        Figure(name, number(name, measured["value"]), _span(name, measured), int(measured["n"]))
        for name, measured in metrics.items()
        if measured["value"] is not None and measured["n"] is not None
    )


def _span(name: str, measured: Mapping[str, float | None]) -> str:
    return f"{number(name, measured['low'])} to {number(name, measured['high'])}"


def asked_case(form: CaseForm) -> AskedCase:
    """A case of a record.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: If it has another form.
    """
    case: Fields = form["case"]
    answer: Fields = dict(form["answer"] or {})
    confidence = answer.get("confidence")
    return AskedCase(
        id=str(case["id"]),
        question=str(case["question"]),
        expected=_texts(case.get("answers")),
        documents=_texts(case.get("documents")),
        answerable=bool(case.get("answerable", True)),
        outcome=outcome(form),
        seconds=float(form["seconds"]),
        answer=str(answer.get("answer", "")),
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        scores=tuple((n, float(value)) for n, value in form["scores"].items() if value is not None),
        citations=tuple(map(_citation, _objects(answer.get("citations")))),
        nearest=tuple(map(_passage, range(1, 1 + NEAREST), _objects(answer.get("passages")))),
        error=form["error"] or "",
    )


def _citation(fields: Fields) -> Citation:
    start, end = _whole(fields.get("start")) or 0, _whole(fields.get("end")) or 0
    return Citation(
        number=_whole(fields.get("number")) or 0,
        document=str(fields.get("document", "")),
        title=str(fields.get("title") or ""),
        quote=str(fields.get("quote", "")),
        start=start,
        end=end,
        document_id=0,  # A record outlives the shelf whose keys these are.
        page=_whole(fields.get("page")),
        lines=_lines(fields.get("lines")),
        date=str(fields.get("date") or ""),
    )


def _passage(number: int, fields: Fields) -> Citation:
    return _citation({**fields, "number": number, "quote": fields.get("text", "")})


def _lines(value: object) -> tuple[int, int] | None:
    match value:
        case [int(first), int(last)]:
            return first, last
    return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _objects(value: object) -> Sequence[Fields]:
    if not isinstance(value, (list, tuple)):
        return ()
    return [each for each in value if isinstance(each, Mapping)]
