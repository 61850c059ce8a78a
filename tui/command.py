"""`lectern` without a sub-command: the terminal app."""

import gc
import importlib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from qa.sessions import SessionStore
from qa.settings import Settings, editor, remember, viewer

if TYPE_CHECKING:
    from qa.model_keeping import ModelKeeping
    from tui.app import LecternApp
    from tui.assistant import Assistant
    from tui.evaluation.evaluations import Evaluations

USAGE = """\
usage: lectern [COMMAND]

The terminal app needs a terminal. Without one:
    lectern ask QUESTION      answer on standard output
    lectern --help            every command
"""


def configure(parser: ArgumentParser) -> None:
    """The app takes no arguments of its own."""


def run(_arguments: Namespace, settings: Settings) -> int:
    """Run the app until the person leaves it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write(USAGE)
        return 2
    return open_app(settings)


def open_app(settings: Settings) -> int:
    """Run the app wherever it is shown; the exit code."""
    app = app_over(settings)
    # What is loaded by now stays: a collection that looks through it all again would hold the
    # screen up for some 50 ms, in the middle of an answer.
    gc.freeze()
    app.run()
    return app.return_code or 0


def app_over(settings: Settings) -> "LecternApp":
    """The app, and behind it all that the settings name."""
    from qa.beginning import look_around
    from qa.keeping import Keeper
    from qa.model_keeping import ModelKeeping
    from tui.app import LecternApp  # textual: 0.3 s
    from tui.assistant import Facts
    from tui.looks import Looks
    from tui.opener import Programs
    from tui.services import Services

    keeper = ModelKeeping(settings)
    return LecternApp(
        Services(
            open_assistant=_opener(keeper),
            facts=Facts(home=str(settings.home), model=settings.model),
            index_starter=_starter(settings),
            look_around=lambda: look_around(keeper.settings),
            looks=Looks(settings.theme, settings.linear, partial(remember, settings)),
            shelf_keeper=Keeper(settings),
            sessions=SessionStore(settings.home, origin="app"),
            other_models=OtherModels(keeper),
            programs=Programs(editor=editor(), viewer=viewer()),
            model_keeper=keeper,
            open_evaluations=evaluations_of(keeper),
        )
    )


class OtherModels:
    """The models on this machine besides the one in use; see `tui.other_models`."""

    def __init__(self, keeper: "ModelKeeping") -> None:
        self._keeper = keeper

    def names(self) -> tuple[str, ...]:
        from qa.model_files import listing

        known = listing(self._keeper.settings)
        return tuple(model.name for model in known if model.present and not model.in_use)

    def open(self, name: str) -> "Assistant":
        from qa.desk import DeskAssistant

        return DeskAssistant.open(replace(self._keeper.settings, model=name))


def _opener(keeper: "ModelKeeping") -> "Callable[[], Assistant]":
    def open_assistant() -> "Assistant":
        from qa.desk import DeskAssistant

        return DeskAssistant.open(keeper.settings)  # with the model that was chosen last

    return open_assistant


def evaluations_of(keeper: "ModelKeeping") -> "Callable[[], Evaluations]":
    """What opens the evaluations under the settings that the keeper has by then."""

    def open_evaluations() -> "Evaluations":
        # By its name, as the command line loads its commands: the app and the evaluations know
        # nothing of each other, and only what runs needs the other.
        desk = importlib.import_module("evals.desk.desk")
        # Measured is the model that answers here, whatever comes first at the next start.
        evaluations: Evaluations = desk.EvaluationDesk(lambda: keeper.settings)
        return evaluations

    return open_evaluations


def _starter(settings: Settings) -> Callable[[Callable[[str], None]], None]:
    def index_starter(report: Callable[[str], None]) -> None:
        from index.starter import starter_documents
        from qa.apart import run_apart
        from qa.upkeep_events import Step
        from qa.upkeep_jobs import Synchronising

        with run_apart(Synchronising(settings, (starter_documents(),))) as events:
            for event in events:
                if isinstance(event, Step):
                    report(f"{event.stage}: {event.done} of {event.total}  {event.label}")

    return index_starter
