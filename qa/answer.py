"""The nouns of an answer, and the events that lead up to it."""

from dataclasses import dataclass

from index.document import Chunk

UNSUPPORTED = "(unsupported)"
"""Stands in an answer's text behind a sentence that no evidence carries."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: str
    """`user` or `assistant`."""
    content: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as search found it."""

    chunk: Chunk
    score: float
    """Of the fusion, 0 to 1, and up to 2 near a day that is asked about; of one that a reranker
    read, 2 to 3. Higher is better."""
    ranks: tuple[tuple[str, int], ...] = ()
    """(list, rank from 1) for each list that found it: `words`, `vectors`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words that an answer rests on; always `quote == document.text[start:end]`."""

    number: int
    """As it stands in the answer, from 1."""
    document: str
    title: str
    quote: str
    start: int
    end: int
    document_id: int
    """The catalogue's key, for opening the source."""
    page: int | None = None
    lines: tuple[int, int] | None = None
    """First and last line, from 1."""
    date: str = ""
    copies: tuple[str, ...] = ()
    """The other documents that are the same to the byte, and so say it too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer."""

    text: str
    """Without citation markers."""
    citations: tuple[int, ...]
    """Numbers of the citations that carry it."""
    supported: bool
    quoted: bool = False
    """Whether it is a document's own sentence rather than a model's."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What one document says where documents differ."""

    document: str
    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds from the question on."""

    retrieve: float
    first_token: float | None
    """None where no model wrote."""
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and its proof, or a refusal and the nearest evidence."""

    question: str
    """As it was asked."""
    text: str
    """With citation markers such as `[1]`."""
    abstained: bool
    model: str
    """The model that wrote it; `evidence` where none was at hand."""
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    timings: Timings
    disagreements: tuple[Disagreement, ...] = ()
    prompt_tokens: int = 0
    """Read by the model, in all its requests; not those it still knew from the question before."""
    completion_tokens: int = 0
    rewritten: str | None = None
    """The question that was searched for, where a follow-up was rewritten."""
    quoted: bool = False
    """Whether the answer is a document's own sentence rather than a model's."""
    confidence: float = 0.0
    """Estimated probability that the answer is right, 0 to 1; of the likeliest one where all are
    refused."""
    notes: tuple[str, ...] = ()
    """What a person should know about how it came about, each a sentence."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A follow-up was turned into a question that stands alone."""

    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """Search is done; nothing has been written yet."""

    passages: tuple[Passage, ...]
    best: Citation | None
    """The sentence of the best passages that fits the question best, to be shown at once."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The model is reading the prompt."""

    read: int
    total: int
    """Prompt tokens."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the model's draft, which the finished answer may correct."""

    text: str


@dataclass(frozen=True, slots=True)
class Checking:
    """The draft is written, and is now held against the documents."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The checked answer; always the last event."""

    answer: Answer


Event = Rewritten | Found | Reading | Token | Checking | Finished
