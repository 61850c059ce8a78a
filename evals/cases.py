"""Reading evaluation sets: JSON lines, one case a line."""

import difflib
import json
from pathlib import Path

from evals.case import EvalCase
from index.errors import CaseFileError
from qa.answer import Turn

SETS = Path(__file__).with_name("sets")
"""Folder of the sets that come with Lectern."""


def find_set(name: str) -> Path:
    """The file of a set: the name of one that comes with Lectern, or a path to a `.jsonl` file.

    Raises:
        CaseFileError: If there is neither such a set nor such a file.
    """
    packaged = {path.stem: path for path in sorted(SETS.glob("*.jsonl"))}
    if name in packaged:
        return packaged[name]
    path = Path(name).expanduser()
    if path.suffix == ".jsonl" and path.is_file():
        return path
    raise CaseFileError(
        f"There is no evaluation set or .jsonl file {name!r}.", hint=_suggestion(path, packaged)
    )


def documents_of(set_path: Path) -> Path | None:
    """The documents that a set which comes with Lectern brings along, if it does."""
    folder = SETS / set_path.stem / "documents"
    return folder if set_path.parent == SETS and folder.is_dir() else None


def _suggestion(path: Path, packaged: dict[str, Path]) -> str:
    if path.is_file():
        return "A case file's name ends in .jsonl."
    folder = path.parent
    beside = [str(folder / near.name) for near in folder.glob("*.jsonl")] if folder.is_dir() else []
    near = difflib.get_close_matches(str(path), [*packaged, *beside], n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Sets: {', '.join(packaged) or 'none'}."


def load(path: Path) -> tuple[EvalCase, ...]:
    """Read a case file. Keys that a case does not have are passed over, and so are empty lines.

    Raises:
        CaseFileError: If the file cannot be read, holds no case, holds two cases of one id, or
            has a line that is not a case; the message names file and line.
    """
    cases: dict[str, EvalCase] = {}
    for number, line in _lines(path):
        try:
            case = case_of(json.loads(line))
            if case.id in cases:
                raise ValueError(f"the id {case.id!r} is taken by an earlier case")
        except ValueError as error:
            raise CaseFileError(f"{path}, line {number}: {error}.", hint=_FORM) from error
        cases[case.id] = case
    if not cases:
        raise CaseFileError(f"{path} holds no cases.", hint=_FORM)
    return tuple(cases.values())


def accepted(cases: tuple[EvalCase, ...], path: Path) -> tuple[EvalCase, ...]:
    """The cases without those that are still drafts.

    Raises:
        CaseFileError: If none is left.
    """
    left = tuple(case for case in cases if not case.draft)
    if not left:
        raise CaseFileError(
            f"Every case of {path} is still a draft, {len(cases)} in all.",
            hint=f"{HOW_TO_ACCEPT} With --drafts they are asked as they are.",
        )
    return left


HOW_TO_ACCEPT = (
    'Read each draft beside its evidence. Where it is right, set its "draft" to false; mend it '
    "or delete its line where it is not."
)

_FORM = 'A case is {"id": "1", "question": "Who?", "answers": ["Ada"], "documents": ["a.md"]}.'


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        # Not splitlines(): JSON may hold U+2028, which it would take for the end of a line.
        with path.open(encoding="utf-8-sig") as lines:
            return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise CaseFileError(f"{path} could not be read: {error}.") from error


def case_of(fields: object) -> EvalCase:
    """A case from the object on its line.

    Raises:
        ValueError: If it is none; the message says what is wrong with it.
    """
    if not isinstance(fields, dict):
        raise ValueError("a case is an object")
    answers = _texts(fields, "answers", required=True)
    documents = _texts(fields, "documents")
    answerable = _flag(fields, "answerable", bool(answers or documents))
    trap = _texts(fields, "trap")
    if not all(map(str.strip, trap)):
        raise ValueError("a trap is empty")
    if answers and not answerable:
        raise ValueError("a case that is not answerable has no accepted answers")
    return EvalCase(
        id=_text(fields, "id"),
        question=_text(fields, "question"),
        answers=answers,
        documents=documents,
        answerable=bool(answerable),
        history=_history(fields.get("history")),
        disagreement=_flag(fields, "disagreement", None),
        trap=trap,
        draft=bool(_flag(fields, "draft", False)),
    )


def _flag(fields: dict[str, object], name: str, absent: bool | None) -> bool | None:
    value = fields.get(name, absent)
    if value is not absent and not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}, which is neither true nor false")
    return value


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is {value!r}, which is not text" if value else f"no {name}")
    return value


def _texts(fields: dict[str, object], name: str, *, required: bool = False) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None and not required:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name} is {value!r}, which is not a list of texts")
    return tuple(value)


def _history(value: object) -> tuple[Turn, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(turn, dict) for turn in value):
        raise ValueError("history is not a list of objects with role and content")
    return tuple(_turn(turn) for turn in value)


def _turn(fields: dict[str, object]) -> Turn:
    role, content = fields.get("role"), fields.get("content")
    if role not in ("user", "assistant") or not isinstance(content, str):
        raise ValueError("a turn of history needs the role user or assistant, and a content")
    return Turn(str(role), content)
