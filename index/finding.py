"""What an examination finds."""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Severity(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """Everything works, though not as well as it could."""
    PROBLEM = "problem"
    """Something does not work, or gives wrong answers."""


class Mend(Enum):
    """What puts a finding right, in the order in which several are done."""

    CLOSE = "close what other people could open"
    EMPTY = "throw the vectors away, to be made again from the catalogue"
    REBUILD = "build everything anew from the sources"
    SYNCHRONISE = "bring the index up to date"
    REWRITE = "write the vectors afresh"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    """What was looked at, in a word or two."""
    severity: Severity
    message: str
    """What was found, as a sentence."""
    remedy: str = ""
    """The command or step that mends it, as a sentence; empty where nothing needs mending."""
    mend: Mend | None = None
    """None where a person has to do it."""


def fine(subject: str, message: str) -> Finding:
    """Nothing to mend."""
    return Finding(subject, Severity.OK, message)


def warning(subject: str, message: str, remedy: str, mend: Mend | None = None) -> Finding:
    """Something that could be better."""
    return Finding(subject, Severity.WARNING, message, remedy, mend)


def problem(subject: str, message: str, remedy: str, mend: Mend | None = None) -> Finding:
    """Something that does not work."""
    return Finding(subject, Severity.PROBLEM, message, remedy, mend)
