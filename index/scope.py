"""Which documents a search is limited to."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scope:
    """All documents of some sources, and single documents of others."""

    sources: tuple[Path, ...] = ()
    documents: tuple[tuple[Path, str], ...] = ()
    """Each as its source and its path within it."""


Within = str | Scope
"""A scope, or a glob that a document's path must match, `*` standing for slashes too."""


def condition(within: Within) -> tuple[str, tuple[str, ...]]:
    """What must hold of a document `d` of a source `s`, as SQL and its values."""
    if isinstance(within, str):
        return "d.path GLOB ?", (within,)
    # As JSON: SQLite takes some tens of thousands of values at most, and folders are larger.
    sources = json.dumps([str(source) for source in within.sources])
    documents = json.dumps([(str(source), path) for source, path in within.documents])
    return (
        "(s.path IN (SELECT value FROM json_each(?)) OR (s.path, d.path) IN"
        " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)))",
        (sources, documents),
    )
