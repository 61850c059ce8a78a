"""Going through the drafts of a case file: each decision is in the file before the next is made."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals import cases, record
from evals.case import EvalCase
from evals.json_line import with_values
from index.errors import CaseFileError
from qa.answer import Citation
from qa.evaluating import Draft

_BOM = "\ufeff"


class Review:
    """The drafts of one file, in its order; what is not decided on stays as it is, to the byte."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            CaseFileError: If it is no case file.
        """
        cases.load(path)  # refuses what a run would refuse, and names the line
        self.path = path
        self._text = _read(path)
        self._earlier: list[tuple[str, str]] = []
        """(id, text before it) of each decision that can be taken back."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is still to be decided on."""
        found = (_fields(line) for line in self._lines() if line.strip(f"{_BOM} \t\r"))
        return tuple(_draft(fields) for fields in found if fields.get("draft") is True)

    def accept(self, id_: str) -> None:
        """Let the case count from now on; see `_decide` for what is raised."""
        self._decide(id_, lambda line: with_values(line, {"draft": False}))

    def change(self, id_: str, question: str, answers: Sequence[str]) -> None:
        """Put it in other words; it stays a draft.

        A case that is given its first answer becomes answerable, one that loses its last stops
        being so. See `_decide` for what is raised.
        """
        values: dict[str, object] = {"question": question, "answers": list(answers)}

        def changed(line: str) -> str:
            before = cases.case_of(_fields(line))
            if bool(before.answers) != bool(answers):
                values["answerable"] = bool(answers)
            after = with_values(line, _differing(values, before))
            cases.case_of(_fields(after))
            return after

        self._decide(id_, changed)

    def delete(self, id_: str) -> None:
        """Take the case's line out of the file; see `_decide` for what is raised."""
        self._decide(id_, lambda _: None)

    def undo(self) -> str | None:
        """Take the last decision back.

        Returns:
            The id of its case; None where there is nothing to take back.

        Raises:
            CaseFileError: If the file was changed by somebody else meanwhile.
            SettingsError: If it cannot be written.
        """
        if not self._earlier:
            return None
        id_, text = self._earlier[-1]
        self._write(text)
        self._earlier.pop()
        return id_

    def _decide(self, id_: str, change: Callable[[str], str | None]) -> None:
        """Change the line of a case and write the file.

        Raises:
            CaseFileError: If there is no such draft, the change leaves no case, or the file was
                changed by somebody else meanwhile.
            SettingsError: If it cannot be written.
        """
        lines = self._lines()
        at = self._line_of(id_, lines)
        try:
            changed = change(lines[at])
        except ValueError as error:
            raise CaseFileError(f"That would be no case: {error}.") from error
        lines[at : at + 1] = [] if changed is None else [changed]
        before = self._text
        self._write("\n".join(lines))
        self._earlier.append((id_, before))

    def _write(self, text: str) -> None:
        if _read(self.path) != self._text:
            raise CaseFileError(
                f"{self.path} was changed meanwhile.",
                hint="Open it again, so that nothing of that is lost.",
            )
        record.write(text, self.path)
        self._text = text

    def _lines(self) -> list[str]:
        # Not splitlines(): JSON may hold U+2028, which it would take for the end of a line.
        return self._text.split("\n")

    def _line_of(self, id_: str, lines: Sequence[str]) -> int:
        for at, line in enumerate(lines):
            if line.strip(f"{_BOM} \t\r") and _fields(line).get("id") == id_:
                return at
        raise CaseFileError(f"{self.path} has no case {id_!r} any more.")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CaseFileError(f"{path} could not be read: {error}.") from error


def _fields(line: str) -> dict[str, object]:
    fields: dict[str, object] = json.loads(line.removeprefix(_BOM))
    return fields


def _differing(values: Mapping[str, object], case: EvalCase) -> dict[str, object]:
    had = {"question": case.question, "answers": list(case.answers), "answerable": case.answerable}
    return {key: value for key, value in values.items() if had[key] != value}


def _draft(fields: dict[str, object]) -> Draft:
    case = cases.case_of(fields)
    evidence = fields.get("evidence")
    quotes = evidence if isinstance(evidence, list) else []
    return Draft(
        id=case.id,
        kind=str(fields.get("kind") or ""),
        question=case.question,
        answers=case.answers,
        answerable=case.answerable,
        documents=case.documents,
        evidence=tuple(
            _quotation(number, quote)
            for number, quote in enumerate(quotes, 1)
            if isinstance(quote, dict)
        ),
    )


def _quotation(number: int, fields: Mapping[str, object]) -> Citation:
    document, start, end = str(fields.get("document", "")), fields.get("start"), fields.get("end")
    return Citation(
        number=number,
        document=document,
        title=document,
        quote=str(fields.get("quote", "")),
        start=start if isinstance(start, int) else 0,
        end=end if isinstance(end, int) else 0,
        document_id=0,  # A case file outlives the shelf whose keys these are.
    )
