"""A scripted assistant, and the documents it cites."""

import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path
from time import sleep

from index.document import Chunk
from index.errors import Cancelled
from index.scope import Scope
from qa.answer import (
    Answer,
    Citation,
    Claim,
    Disagreement,
    Event,
    Finished,
    Found,
    Passage,
    Reading,
    Timings,
    Token,
    Turn,
)

Step = Event | threading.Event | float | Exception
"""What a script is made of: an event to yield, something to wait for, or an error to raise."""

FIRST = "The lamp of Skerry Light was first lit on 3 October 1854."
HEIGHT = "The tower stands 41 metres above the high-water mark."
OTHER_HEIGHT = "Its tower rises 43 metres from the rock."

_FILLER = (
    "The keepers kept three watches of four hours through the night, wound the clockwork of the "
    "lens every thirty minutes, and wrote the weather into the log at each change of the watch. "
)
_BEFORE = "".join(
    f"On the {day} day of the month nothing came in sight. {_FILLER}\n\n"
    for day in ("first", "second", "third", "fourth", "fifth")
)

TEXTS = {
    1: f"{_BEFORE}{FIRST} {HEIGHT} Oil was landed twice a year.\n\n{_FILLER * 3}",
    2: f"A guide for visitors. {OTHER_HEIGHT} The stairs have 168 steps.\n\n{_FILLER * 2}",
}
_PATHS = {1: "history/skerry-light.md", 2: "guides/visitors.pdf"}
_TITLES = {1: "Skerry Light: a history", 2: "Visiting the Skerry"}


def citation(number: int, quote: str, document_id: int = 1) -> Citation:
    """The quote, where it stands in one of the documents."""
    start = TEXTS[document_id].index(quote)
    lines = (11, 11) if document_id == 1 else None
    return Citation(
        number=number,
        document=_PATHS[document_id],
        title=_TITLES[document_id],
        quote=quote,
        start=start,
        end=start + len(quote),
        document_id=document_id,
        page=4 if document_id == 2 else None,
        lines=lines,
        date="1987-06-01" if document_id == 1 else "",
    )


CITATIONS = (citation(1, FIRST), citation(2, HEIGHT), citation(3, OTHER_HEIGHT, 2))


SAID = "The lamp was first lit on 3 October 1854 [1]. The tower is 41 metres high [2]."
CLAIMS = (
    Claim("The lamp was first lit on 3 October 1854", (1,), supported=True),
    Claim("The tower is 41 metres high", (2,), supported=True),
)


def answer(
    text: str = SAID,
    **given: object,
) -> Answer:
    """A finished answer, of which a test names the parts that it is about."""
    fields: dict[str, object] = {
        "question": "When was it lit?",
        "text": text,
        "abstained": False,
        "model": "qwen2.5-1.5b",
        "claims": CLAIMS if text == SAID else (),
        "citations": CITATIONS,
        "passages": (),
        "timings": Timings(retrieve=0.2, first_token=2.1, total=6.24),
        "prompt_tokens": 258,
    }
    return Answer(**(fields | given))  # type: ignore[arg-type]


def passage() -> Passage:
    """A passage of the first document."""
    start = TEXTS[1].index(FIRST)
    text = f"{FIRST} {HEIGHT}"
    chunk = Chunk(7, 1, _PATHS[1], _TITLES[1], start, start + len(text), text)
    return Passage(chunk, score=0.03)


DISAGREEING = answer(
    "The tower is 41 metres high. [2] It was painted red in 1901. (unsupported) "
    f"But another document differs: {OTHER_HEIGHT} [3]",
    claims=(
        Claim("The tower is 41 metres high.", (2,), supported=True),
        Claim("It was painted red in 1901.", (), supported=False),
        Claim(OTHER_HEIGHT, (3,), supported=True),
    ),
    confidence=0.82,
    disagreements=(
        Disagreement(_PATHS[1], "41 metres", 2),
        Disagreement(_PATHS[2], "43 metres", 3),
    ),
    notes=("One file could not be searched: it holds no text.",),
)
REFUSING = answer(
    "Your documents do not say who designed it.",
    abstained=True,
    citations=(),
    passages=(passage(),),
    confidence=0.31,
)
QUOTING = answer(
    f"“{FIRST}” [1]",
    claims=(Claim(FIRST, (1,), supported=True, quoted=True),),
    citations=CITATIONS[:1],
    quoted=True,
    confidence=0.93,
)


def script(finished: Answer | None = None) -> tuple[Step, ...]:
    """An ordinary question's events."""
    return (
        Found(passages=(), best=CITATIONS[0]),
        Reading(120, 258),
        *(Token(word) for word in ("The lamp ", "was **first** ", "lit in 1854.")),
        Finished(finished or answer()),
    )


class FakeAssistant:
    """Plays one script a question, the last one again and again."""

    model = "qwen2.5-1.5b"
    document_count = documents_by_now = 12

    def __init__(self, *scripts: Iterable[Step], texts: dict[int, str] | None = None) -> None:
        self._scripts = [tuple(steps) for steps in scripts] or [script()]
        self._texts = TEXTS if texts is None else texts
        self._stop = threading.Event()
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.folder = Path("/nowhere")
        self.within: list[Scope | None] = []
        self.cancelled = 0
        self.closed = 0

    def ask(
        self, question: str, *, history: Sequence[Turn], within: Scope | None = None
    ) -> Generator[Event, None, None]:
        self._stop.clear()
        steps = self._scripts[min(len(self.asked), len(self._scripts) - 1)]
        self.asked.append((question, tuple(history)))
        self.within.append(within)
        for step in steps:
            if isinstance(step, threading.Event):
                self._wait(step.is_set)
            elif isinstance(step, float):
                sleep(step)
            elif isinstance(step, Exception):
                raise step
            else:
                yield step

    def _wait(self, done: Callable[[], bool]) -> None:
        while not done():
            if self._stop.wait(0.01):
                raise Cancelled

    def look(self) -> None:
        self.document_count = self.documents_by_now

    def cancel(self) -> None:
        self.cancelled += 1
        self._stop.set()

    def close(self) -> None:
        self.closed += 1

    def key_of(self, citation: Citation) -> int:
        return citation.document_id

    def text_of(self, document_id: int) -> str:
        return self._texts[document_id]

    def path_of(self, document_id: int) -> Path:
        return self.folder / _PATHS[document_id]
