"""What a change of the shelf tells of itself, step by step."""

from dataclasses import dataclass

from index.report import IndexReport


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come; as `index.report.Progress` is told."""

    stage: str
    done: int
    total: int
    label: str
    """May hold control characters."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that a person should know, in a sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a synchronisation did, counted."""

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: int
    repaired: int
    seconds: float

    @classmethod
    def of(cls, report: IndexReport) -> "Kept":
        """The counts of a report."""
        return cls(
            report.added,
            report.changed,
            report.unchanged,
            report.removed,
            len(report.skipped),
            report.repaired,
            report.seconds,
        )


@dataclass(frozen=True, slots=True)
class Removed:
    """A source is off the shelf."""

    documents: int
    """That it held."""


@dataclass(frozen=True, slots=True)
class Watching:
    """All is taken in, and what changes from now on will be."""


UpkeepEvent = Step | Noticed | Kept | Removed | Watching
