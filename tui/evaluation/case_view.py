"""A case, with what was expected, what came, and what it rests on; or the figures of all."""

from collections.abc import Iterator, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from index.harmless import harmless_text, one_line
from qa.answer import Citation
from qa.evaluated import AskedCase, Evaluated, TurnedCase
from qa.footnotes import origin
from tui.evaluation.verdict import verdict

_MARKED = "bold $text-primary"
Part = Content | str | tuple[str, str]


class CaseView(VerticalScroll):
    """One text, scrolled to its beginning whenever it is another one."""

    BORDER_TITLE = "Case"

    def __init__(self) -> None:
        super().__init__(classes="case")
        self._text = Static(markup=False)

    def compose(self) -> Iterator[Static]:
        yield self._text

    def say(self, text: str) -> None:
        """Say what stands here otherwise."""
        self._put("Case", [(harmless_text(text), "dim")])

    def show_case(self, case: AskedCase) -> None:
        """Show a case and its evidence."""
        self._put("Case", [*_asked(case), *_outcome(case), *_evidence(case)])

    def show_turned(self, turned: TurnedCase) -> None:
        """Show a case as it was and as it is."""
        parts = [*_asked(turned.now)]
        for word, case in (("Before", turned.before), ("Now", turned.now)):
            parts += [(f"\n{word}\n", _MARKED), *_outcome(case), *_evidence(case)]
        self._put("Case", parts)

    def show_figures(self, evaluated: Evaluated) -> None:
        """Show the metrics with their intervals."""
        self._put("Figures", _figures(evaluated))

    def _put(self, title: str, parts: Sequence[Part]) -> None:
        self.border_title = title
        self._text.update(Content.assemble(*parts))
        self.scroll_home(animate=False)


def _asked(case: AskedCase) -> Iterator[Part]:
    expected = " | ".join(map(one_line, case.expected)) if case.answerable else "a refusal"
    yield one_line(case.question), "bold"
    yield "\n"
    yield from _line("expected", expected or "(only search is measured)")
    yield from _line("in", ", ".join(map(one_line, case.documents)))
    yield from _line("case", one_line(case.id))


def _outcome(case: AskedCase) -> Iterator[Part]:
    sure = "" if case.confidence is None else f"  confidence {case.confidence:.2f}"
    yield f"\n{verdict(case.outcome)}", "bold"
    yield f"{sure}  {case.seconds:.1f} s\n", "dim"
    if case.error:
        yield f"{harmless_text(case.error)}\n"
    elif case.answer:
        yield f"{harmless_text(case.answer)}\n"


def _evidence(case: AskedCase) -> Iterator[Part]:
    if case.citations:
        yield "\nIts quotes\n", _MARKED
        for citation in case.citations:
            yield from quoted(citation)
    if case.nearest:
        yield "\nNearest passages\n", _MARKED
        for citation in case.nearest:
            yield from quoted(citation)
    if case.scores:
        yield "\nScores\n", _MARKED
        yield " · ".join(f"{name} {_short(value)}" for name, value in case.scores), "dim"
        yield "\n"


def quoted(citation: Citation) -> Iterator[Part]:
    """A citation's words, and where they are from."""
    yield f"[{citation.number}] ", "bold"
    yield f"“{one_line(citation.quote)}”\n"
    yield f"    — {origin(citation)}\n", "dim"


def _figures(evaluated: Evaluated) -> list[Part]:
    if not evaluated.figures:
        return ["Nothing could be measured."]
    name, value, interval = (
        max(len(text) for text in texts)
        for texts in zip(*((f.name, f.value, f.interval) for f in evaluated.figures), strict=True)
    )
    heading = f"{'':<{name}}  {'value':>{value}}  {'95% interval':>{interval}}  cases\n"
    lines: list[Part] = [
        f"{f.name:<{name}}  {f.value:>{value}}  {f.interval:>{interval}}  {f.cases:>5}\n"
        for f in evaluated.figures
    ]
    return [(heading, "dim"), *lines]


def _line(word: str, text: str) -> Iterator[Part]:
    if text:
        yield f"{word:<10}", "dim"
        yield f"{text}\n"


def _short(value: float) -> str:
    return f"{value:.2f}".removesuffix(".00")
