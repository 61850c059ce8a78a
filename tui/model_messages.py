"""What the models' screen, and the threads behind it, tell each other and the app."""

from dataclasses import dataclass

from textual.message import Message

from index.errors import LecternError
from qa.model_choice import Chosen
from qa.model_files import Fetched
from qa.model_keeping import KeptModel
from qa.speeds import Speed
from qa.trial import Trying


@dataclass
class ModelsListed(Message):
    """What models there are."""

    models: tuple[KeptModel, ...]
    typed: tuple[KeptModel, ...] = ()
    """What has become of those that were typed."""


@dataclass
class ModelFound(Message):
    """What a person meant by a name that they typed."""

    model: KeptModel


@dataclass
class ModelUsed(Message):
    """A choice was remembered."""

    chosen: Chosen


@dataclass
class ModelDeleted(Message):
    """A model's file, or what had come of it, is gone."""

    name: str


@dataclass
class ModelRefused(Message):
    """What was asked for cannot be done."""

    error: LecternError


@dataclass
class WorkMoved(Message):
    """A fetch or a test got a step further."""

    event: Fetched | Trying


@dataclass
class WorkEnded(Message):
    """A fetch or a test is over."""

    name: str
    speed: Speed | None = None
    """What a test has measured."""
    error: LecternError | None = None
    """What ended it early; `Cancelled` where a person did."""


@dataclass
class ModelChosen(Message):
    """To the app: another model answers from the next question on."""

    name: str
