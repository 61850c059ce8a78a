"""What the models' screen needs of what lies beneath it."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from qa.model_choice import Chosen
from qa.model_files import Fetched
from qa.model_keeping import KeptModel
from qa.speeds import Speed
from qa.trial import Trying

E_co = TypeVar("E_co", covariant=True)


class Work(Protocol[E_co]):
    """Something that takes its time, for one thread to iterate over.

    Iterating raises `Cancelled` after `cancel`, and any other `LecternError` that ends the work.
    """

    def __iter__(self) -> Iterator[E_co]: ...

    def cancel(self) -> None:
        """Give it up; from any thread."""


class ModelKeeper(Protocol):
    """The answering models of this machine. Every method blocks, and may be called from any thread.

    Every method but `models` raises a `LecternError` where there is no such model, or it cannot
    be done.
    """

    def models(self) -> tuple[KeptModel, ...]:
        """The models that can be had by name or are here."""

    def look_up(self, name: str) -> KeptModel:
        """The model that a person means by what they typed."""

    def pull(self, name: str) -> Work[Fetched]:
        """Begin to fetch a model, or go on with it."""

    def test(self, name: str) -> Work[Trying | Speed]:
        """Begin to measure a model; its speed comes last."""

    def use(self, name: str) -> Chosen:
        """Answer with a model from now on."""

    def delete(self, name: str) -> None:
        """Delete a model's file, or what has come of it."""
