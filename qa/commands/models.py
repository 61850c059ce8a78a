"""`lectern models`: which answering models there are, fetching, choosing and testing one."""

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.harmless import harmless, json_line
from qa.apart import run_apart
from qa.endpoint_address import is_endpoint
from qa.model_choice import choose
from qa.model_files import RECOMMENDED, Fetched, ListedModel, find, listing, locate, models_folder
from qa.pull import pull
from qa.settings import Settings
from qa.speeds import Speed
from qa.trial import Trial


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands and their options."""
    parser.add_argument("--json", action="store_true", help="print the list as one JSON object")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    lister = actions.add_parser("list", help="the models that are known or here (the default)")
    lister.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")
    puller = actions.add_parser("pull", help="fetch a model, or check one that is here")
    puller.add_argument(
        "name",
        nargs="?",
        default=RECOMMENDED.name,
        help=f"a name from the list, or a hub REPO:FILE (default: {RECOMMENDED.name})",
    )
    tester = actions.add_parser("test", help="measure how fast a model is on this machine")
    tester.add_argument(
        "name", nargs="?", default="", help="as for `use` (default: the one in use)"
    )
    tester.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")
    user = actions.add_parser("use", help="answer with this model from now on")
    user.add_argument(
        "name",
        help="a name from the list, a .gguf file's path, a hub REPO:FILE or the address of a "
        "server on your own network, http://HOST:PORT/v1#MODEL",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run `lectern models`; the exit code."""
    if arguments.action == "pull":
        return _pull(arguments.name, settings)
    if arguments.action == "use":
        return _use(arguments.name, settings)
    if arguments.action == "test":
        return _test(arguments.name or settings.model, settings, as_json=arguments.json)
    return _list(settings, as_json=arguments.json)


def _pull(name: str, settings: Settings) -> int:
    if is_endpoint(name):
        _note(f"There is nothing to pull. To answer with it: lectern models use {name}")
        return 0
    model = find(name)
    try:
        with _progress(f"Fetching {model.name}") as show:
            for fetched in pull(model, models_folder=models_folder(settings), hub=settings.hub):
                show(fetched)
    except KeyboardInterrupt:
        _note(f"Stopped. `lectern models pull {model.name}` goes on from here.")
        raise
    path = models_folder(settings) / model.file
    sys.stdout.write(f"{model.name} is here: {path}\n")
    if not any(listed.in_use and listed.path == path for listed in listing(settings)):
        _note(f"To answer with it: lectern models use {model.name}")
    return 0


def _use(name: str, settings: Settings) -> int:
    chosen = choose(settings, name)
    sys.stdout.write(f"Answering with {harmless(chosen.name)} from now on.\n")
    if chosen.overruled_by:
        _note(f"But {chosen.overruled_by} names another model, and comes first.")
    return 0


def _test(name: str, settings: Settings, *, as_json: bool) -> int:
    asked = dataclasses.replace(settings, model=name)
    called = name if is_endpoint(name) else locate(asked).name
    doing = ""
    with run_apart(Trial(settings, name)) as steps:
        for step in steps:
            if isinstance(step, Speed):
                speed = step
            elif step.doing != doing:
                doing = step.doing
                _note(f"{doing.capitalize()} …")
    if as_json:
        sys.stdout.write(json_line({"model": called, **dataclasses.asdict(speed)}))
    else:
        sys.stdout.write(f"{harmless(called)} {speed.in_words}.\n")
    return 0


def _list(settings: Settings, *, as_json: bool) -> int:
    listed = listing(settings)
    if as_json:
        models = [
            {**dataclasses.asdict(model), "path": str(model.path) if model.path else None}
            for model in listed
        ]
        sys.stdout.write(json_line({"models": models}))
        return 0
    width = max(len(model.name) for model in listed)
    sys.stdout.writelines(f"{_line(model, width)}\n" for model in listed)
    if not any(model.in_use for model in listed):
        _note("No model is in use. Fetch one: lectern models pull")
    return 0


def _line(model: ListedModel, width: int) -> str:
    mark = "*" if model.in_use else " "
    state = "in use" if model.in_use else "here" if model.present else "not fetched"
    words = (model.alias, model.licence)
    size = f"{model.size / 1e6:,.0f} MB" if model.size else ""
    about = ", ".join(filter(None, words))
    return f"{mark} {harmless(model.name):<{width}}  {size:>9}  {state:<11}  {about}".rstrip()


@contextmanager
def _progress(what: str) -> Iterator[Callable[[Fetched], None]]:
    """Shows how a fetch goes on: a bar on a terminal, a line for every tenth elsewhere."""
    if not sys.stderr.isatty():
        yield _Tenths(what).show
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(what, total=None)
        yield lambda at: bar.update(task, completed=at.done, total=at.total or None)


class _Tenths:
    """Progress as plain lines."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._said = -1

    def show(self, at: Fetched) -> None:
        tenth = 10 * at.done // at.total if at.total else at.done // 100_000_000
        if tenth != self._said:
            self._said = tenth
            of = f" of {at.total / 1e6:,.0f}" if at.total else ""
            _note(f"{self._what}: {at.done / 1e6:,.0f}{of} MB")


def _note(text: str) -> None:
    sys.stderr.write(f"{text}\n")
