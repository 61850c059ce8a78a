"""The kept conversations, as a list."""

from collections.abc import Sequence
from datetime import UTC, datetime

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line
from qa.session import Session
from tui.when import when


class SessionList(OptionList):
    """Conversations, what was asked last first; one of them is highlighted."""

    BORDER_TITLE = "Conversations"
    HELP = """\
    The conversations that are kept. **Enter** goes on with one, **r** renames it, **e** writes it
    to a file as Markdown, **d** deletes it; **n** begins a new one, **/** searches.
    """

    def __init__(self, current: int | None) -> None:
        super().__init__(id="session-list", markup=False)
        self._current = current
        self._sessions: tuple[Session, ...] = ()

    @property
    def chosen(self) -> Session | None:
        """The highlighted one."""
        at = self.highlighted
        return self._sessions[at] if at is not None and at < len(self._sessions) else None

    def list_sessions(self, sessions: Sequence[Session]) -> None:
        """Replace the list; what was highlighted stays so, or what takes its place does."""
        numbers = [session.id for session in sessions]
        chosen, before = self.chosen, self.highlighted or 0
        self._sessions = tuple(sessions)
        now = datetime.now(UTC).astimezone()
        self.clear_options()
        self.add_options(Option(self._entry(session, now)) for session in sessions)
        if chosen is not None and chosen.id in numbers:
            self.highlighted = numbers.index(chosen.id)
        elif sessions:
            self.highlighted = min(before, len(sessions) - 1)

    def _entry(self, session: Session, now: datetime) -> Content:
        facts = [when(session.updated.astimezone(), now), questions(session)]
        if session.id == self._current:
            facts.append("on the screen")
        return Content.assemble(
            (one_line(session.title), "bold"), "\n", ("  " + " · ".join(facts), "dim")
        )


def questions(session: Session) -> str:
    """How many were asked in it."""
    return "1 question" if session.questions == 1 else f"{session.questions:,} questions"
