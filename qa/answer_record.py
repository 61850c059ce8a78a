"""An answer as text, from which it is made again exactly as it was."""

import json
from dataclasses import asdict, is_dataclass
from types import NoneType, UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from qa.answer import Answer

T = TypeVar("T")


def recorded(answer: Answer) -> str:
    """All of the answer, the catalogue's keys included, as one JSON object."""
    # Pure ASCII: a lone surrogate, as in the name of a file, is not to be had in UTF-8.
    return json.dumps(asdict(answer))


def restored(record: str) -> Answer:
    """The answer that was recorded.

    What a later version added is passed over, what an earlier one did not know is the default.

    Raises:
        ValueError: If the text records no answer.
    """
    try:
        return _rebuilt(Answer, json.loads(record))
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"This records no answer: {error}") from error


def _rebuilt(kind: type[T], value: object) -> T:
    """What JSON made of a value of this kind, as it was before."""
    if get_origin(kind) is UnionType:
        kinds = get_args(kind)
        given = NoneType if value is None else next(each for each in kinds if each is not NoneType)
        return cast("T", _rebuilt(given, value))
    if get_origin(kind) is tuple:
        return cast("T", _row(kind, value))
    if is_dataclass(kind) and isinstance(value, dict):
        hints = get_type_hints(kind)
        known = {name: each for name, each in value.items() if name in hints}
        return kind(**{name: _rebuilt(hints[name], each) for name, each in known.items()})
    if not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return cast("T", value)


def _row(kind: type, value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    first, *others = get_args(kind)
    of_each = [first] * len(value) if others == [Ellipsis] else [first, *others]
    return tuple(_rebuilt(each, part) for each, part in zip(of_each, value, strict=True))
