"""A text put together from a file's parts, with the places of its headings and pages."""

from index.readers.extract import Extract

_PARAGRAPH, _LINE = "\n\n", "\n"


class Composition:
    """Grows by paragraphs, with a blank line between them; parts without words add nothing."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[tuple[int, str]] = []
        self._pages: list[int] = []
        self._pages_begun = 0
        self._item = False
        """Whether the last part was a line of a list or a table."""

    def __len__(self) -> int:
        """Characters so far."""
        return self._length

    def paragraph(self, words: str) -> None:
        """Add words that stand for themselves."""
        if words.strip():
            self._add(words, _PARAGRAPH)
            self._item = False

    def line(self, words: str) -> None:
        """Add a line of a list or a table: no blank line between it and the one before."""
        if words.strip():
            self._add(words, _LINE if self._item else _PARAGRAPH)
            self._item = True

    def heading(self, words: str) -> None:
        """Add a heading, which holds until the next."""
        if words := " ".join(words.split()):
            self._headings.append((self._add(words, _PARAGRAPH), words))
            self._item = False

    def page(self) -> None:
        """Begin a page."""
        self._pages_begun += 1
        self._item = False

    def append(self, extract: Extract) -> None:
        """Add all of another text, with its headings."""
        if words := extract.text.rstrip("\n"):
            at = self._add(words, _PARAGRAPH)
            self._headings += [(at + offset, heading) for offset, heading in extract.headings]
            self._item = False

    def under(self, words: str) -> None:
        """Let what follows stand under these words, which are not part of the text."""
        border = len(_PARAGRAPH) if self._parts else 0
        self._headings.append((self._length + border, words))

    def _add(self, words: str, border: str) -> int:
        """Where the words, of which there are some, begin."""
        if self._parts:
            self._parts.append(border)
            self._length += len(border)
        self._begin_pages()
        at = self._length
        self._parts.append(words)
        self._length += len(words)
        return at

    def _begin_pages(self) -> None:
        self._pages += [self._length] * (self._pages_begun - len(self._pages))

    @property
    def first_heading(self) -> str:
        """Its words; empty if there is none."""
        return self._headings[0][1] if self._headings else ""

    def extract(
        self, *, title: str = "", date: str = "", lined: bool = False, unread: str = ""
    ) -> Extract:
        """What has been put together; the text ends with a line break."""
        self._begin_pages()
        return Extract(
            text="".join(self._parts) + "\n",
            title=title,
            date=date,
            headings=tuple(self._headings),
            pages=tuple(self._pages),
            lined=lined,
            unread=unread,
        )
