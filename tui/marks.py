"""Which sources and documents are marked, to have questions limited to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.scope import Scope
from index.shelved import Holding, ShelvedDocument
from tui.shelf_counts import counted

ALL, SOME, NONE = "●", "◐", " "
"""Signs of how much of something is marked."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Whole sources, and documents of others."""

    sources: frozenset[Path] = frozenset()
    documents: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    """Of each source that some are marked of, their paths within it."""

    def toggle_source(self, source: Path) -> "Marks":
        """Mark all of a source, or nothing of it."""
        return Marks(self.sources ^ {source}, self._documents(source, ()))

    def toggle_document(self, document: ShelvedDocument, holding: Holding) -> "Marks":
        """Mark a document, or no longer; of a source that is marked, all the others stay so."""
        source = document.source
        if source in self.sources:
            marked = frozenset(each.id for each in holding.documents)
        else:
            marked = self.documents.get(source, frozenset())
        return Marks(self.sources - {source}, self._documents(source, marked ^ {document.id}))

    def still_there(self, shelf: Iterable[Holding]) -> "Marks":
        """Those of the marks whose source or document is on the shelf."""
        there = {holding.source.path: holding for holding in shelf}
        documents = {
            source: marked & {each.id for each in there[source].documents}
            for source, marked in self.documents.items()
            if source in there
        }
        kept = {source: marked for source, marked in documents.items() if marked}
        return Marks(self.sources & there.keys(), kept)

    def of_source(self, source: Path) -> str:
        """The source's sign."""
        if source in self.sources:
            return ALL
        return SOME if source in self.documents else NONE

    def of_document(self, document: ShelvedDocument) -> str:
        """The document's sign."""
        source = document.source
        marked = source in self.sources or document.id in self.documents.get(source, ())
        return ALL if marked else NONE

    def scope(self) -> Scope | None:
        """What questions are limited to; None for all, where nothing is marked."""
        if not (self.sources or self.documents):
            return None
        documents = ((source, path) for source, paths in self.documents.items() for path in paths)
        return Scope(tuple(sorted(self.sources)), tuple(sorted(documents)))

    def said(self, shelf: Iterable[Holding]) -> str:
        """The same in a few words, as "in 2 of 5 sources"; empty where nothing is marked."""
        counts = {holding.source.path: len(holding.documents) for holding in shelf}
        parts = []
        if self.sources:
            parts.append(f"{len(self.sources):,} of {counted(len(counts), 'source')}")
        single = sum(map(len, self.documents.values()))
        if single and parts:
            parts.append(counted(single, "document"))
        elif single:
            parts.append(f"{single:,} of {counted(sum(counts.values()), 'document')}")
        if not parts:
            return ""
        empty = not single and not any(counts.get(source) for source in self.sources)
        return f"in {' and '.join(parts)}{', which hold nothing' if empty else ''}"

    def _documents(self, source: Path, marked: Iterable[str]) -> Mapping[Path, frozenset[str]]:
        """The marked documents, with those of one source replaced."""
        others = {path: paths for path, paths in self.documents.items() if path != source}
        return others | ({source: chosen} if (chosen := frozenset(marked)) else {})
