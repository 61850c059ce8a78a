"""Citations made of evidence, numbered as they come to be used."""

from index.shelf import Shelf
from qa.answer import Citation
from qa.sentence import Sentence


class Citations:
    """The citations of one answer, each sentence numbered once, from 1."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._numbered: dict[tuple[int, int, int], Citation] = {}

    def cite(self, sentence: Sentence) -> Citation:
        """The sentence's citation: the same one each time."""
        key = (sentence.chunk.document_id, sentence.start, sentence.end)
        if key not in self._numbered:
            self._numbered[key] = self._made(sentence, len(self._numbered) + 1)
        return self._numbered[key]

    def all(self) -> tuple[Citation, ...]:
        """In order of their numbers."""
        return tuple(self._numbered.values())

    def _made(self, sentence: Sentence, number: int) -> Citation:
        chunk = sentence.chunk
        return Citation(
            number=number,
            document=chunk.document,
            title=chunk.title,
            quote=sentence.text,
            start=sentence.start,
            end=sentence.end,
            document_id=chunk.document_id,
            page=self._shelf.page(chunk.document_id, sentence.start),
            lines=self._shelf.lines(chunk.document_id, sentence.start, sentence.end),
            date=chunk.date,
            copies=self._shelf.copies(chunk.document_id),
        )
