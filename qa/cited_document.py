"""The document that a citation was made from, found again on the shelf as it is now."""

from index.shelf import Shelf
from qa.answer import Citation


def key_of(citation: Citation, shelf: Shelf) -> int:
    """The key that the catalogue knows the cited document by.

    A kept citation outlives the catalogue's keys: a document that is read anew gets another one,
    and a catalogue that begins anew gives the old ones to other documents. Of several documents
    with the citation's path, the one in which its words stand where it says is meant.

    Raises:
        KeyError: If the document is not on the shelf any more.
    """
    if not (known := shelf.documents_at(citation.document)):
        raise KeyError(citation.document)

    def likeness(key: int) -> tuple[bool, bool]:
        words = shelf.text(key)[citation.start : citation.end]
        return words == citation.quote, key == citation.document_id

    return max((document.key for document in known), key=likeness)
