"""Which cases are asked, and over which documents: settled before the first question."""

from dataclasses import dataclass
from pathlib import Path

from evals import cases, own_index
from evals.case import EvalCase
from index.errors import SettingsError
from qa.evaluating import Order

DEFAULT_SET = "seeds"


@dataclass(frozen=True, slots=True)
class Selection:
    """What an order comes to."""

    name: str
    """The set's name or file, as it was asked for."""
    cases: tuple[EvalCase, ...]
    left_out: int
    """Drafts that are not asked."""
    folder: Path | None
    """What is evaluated over; None for the user's own shelf."""
    retrieval_only: bool


def select(order: Order) -> Selection:
    """Read the set and see that the order can be carried out.

    Raises:
        CaseFileError: If there is no such set, or none of its cases can be asked.
        SettingsError: If the limit or the folder cannot be used.
    """
    if order.limit is not None and order.limit < 1:
        raise SettingsError(f"The limit is {order.limit} cases, which is not at least 1.")
    path = cases.find_set(order.set)
    loaded = cases.load(path)
    chosen = loaded if order.drafts else cases.accepted(loaded, path)
    return Selection(
        name=order.set,
        cases=chosen[: order.limit],
        left_out=len(loaded) - len(chosen),
        folder=_folder(order.documents, path),
        retrieval_only=order.retrieval_only,
    )


def _folder(documents: Path | None, set_path: Path) -> Path | None:
    if documents is not None:
        return own_index.checked(documents)
    if set_path == cases.SETS / f"{DEFAULT_SET}.jsonl":
        from index.starter import starter_documents

        return starter_documents()
    return cases.documents_of(set_path)
