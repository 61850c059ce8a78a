"""Which sources and documents are marked, to have questions limited to them."""

from dataclasses import dataclass
from pathlib import Path

from index.scope import Scope
from index.shelved import Overview, ShelvedDocument
from tui.shelf_counts import counted

ALL, SOME, NONE = "●", "◐", " "
"""Signs of how much of something is marked."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Whole sources, and documents of others."""

    sources: frozenset[Path] = frozenset()
    documents: frozenset[tuple[Path, str]] = frozenset()

    def toggle_source(self, source: Path) -> "Marks":
        """Mark all of a source, or nothing of it."""
        others = frozenset(name for name in self.documents if name[0] != source)
        return Marks(self.sources ^ {source}, others)

    def toggle_document(self, document: ShelvedDocument, overview: Overview) -> "Marks":
        """Mark a document, or no longer; of a source that is marked, all the others stay so."""
        name = _name(document)
        if document.source not in self.sources:
            return Marks(self.sources, self.documents ^ {name})
        others = {_name(each) for each in overview.documents if each.source == document.source}
        return Marks(self.sources - {document.source}, self.documents | (others - {name}))

    def still_there(self, overview: Overview) -> "Marks":
        """Those of the marks whose source or document is on the shelf."""
        sources = frozenset(source.path for source in overview.sources)
        documents = frozenset(_name(document) for document in overview.documents)
        return Marks(self.sources & sources, self.documents & documents)

    def of_source(self, source: Path) -> str:
        """The source's sign."""
        if source in self.sources:
            return ALL
        return SOME if any(name[0] == source for name in self.documents) else NONE

    def of_document(self, document: ShelvedDocument) -> str:
        """The document's sign."""
        marked = document.source in self.sources or _name(document) in self.documents
        return ALL if marked else NONE

    def scope(self) -> Scope | None:
        """What questions are limited to; None for all, where nothing is marked."""
        if not (self.sources or self.documents):
            return None
        return Scope(tuple(sorted(self.sources)), tuple(sorted(self.documents)))

    def said(self, overview: Overview) -> str:
        """The same in a few words, as "in 2 of 5 sources"; empty where nothing is marked."""
        parts = []
        if self.sources:
            parts.append(f"{len(self.sources)} of {counted(len(overview.sources), 'source')}")
        if self.documents:
            of = "" if self.sources else f"{len(self.documents):,} of "
            among = self.documents if self.sources else overview.documents
            parts.append(of + counted(len(among), "document"))
        if not parts:
            return ""
        empty = not any(self.of_document(document) == ALL for document in overview.documents)
        return f"in {' and '.join(parts)}{', which hold nothing' if empty else ''}"


def _name(document: ShelvedDocument) -> tuple[Path, str]:
    return document.source, document.id
