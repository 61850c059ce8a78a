"""Fits the probe of a model: `python -m tests.qa.fit_probe STEP …`.

    log CASES --documents FOLDER FILE   what the chosen model makes of every candidate, resumable
    fit FILE … [--output FILE]          a probe of what was logged

`log` needs a probe of the model in `qa/probes`, which says what layer to look at; for a model that
has none, put one there without weights: {"layer": 18, "bias": 0, "weights": []}.

Each file that was logged is a set of its own. `fit` says how well each set is judged without a
probe, and with one that was fitted to the other sets alone; with `--output` it writes that of all.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import partialmethod
from pathlib import Path
from unittest import mock

import numpy as np
import numpy.typing as npt
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evals.case import EvalCase
from evals.cases import accepted, load
from evals.own_index import prepare
from evals.runner import run
from evals.text_match import answer_match, normalised
from qa import decide, settings
from qa.language_model import Chosen, LanguageModel, Message
from qa.wiring import open_assistant

LAYER = 18
"""Of the recommended model's 28, counted from 0; 16 and 20 tell less."""
RIDGE = 2e-4
"""`C` of the regression over the states, each value of them scaled to a deviation of 1: so small
that the direction is nearly that between the means of right and wrong. From 1e-2 on it tells less
of a set that it has not seen."""
STEP = 0.8
"""Log-odds that a standard deviation of the probe adds; .5 to 1.1 do as well over unseen sets."""
DOUBT = -0.3
"""Log-odds added to every candidate's, as a probe makes an answer likelier: with it as many of the
starter questions, which it was not fitted to, are answered rightly as without one."""
SURE = 20.0
"""Scale of the columns that tell the sets apart, so that the ridge leaves these free."""
LONG = 12
"""Words from which on an accepted answer is not looked for word by word."""
ALIKE = 0.6
"""Share of a candidate's words that such an answer has to hold."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A candidate as the model saw it, and whether it was right."""

    quoted: bool
    said: str
    right: bool
    odds: float
    """Log-odds without a probe."""
    state: tuple[float, ...]


@dataclass(frozen=True)
class Logged:
    """The candidates of a case."""

    case: str
    judged: tuple[Judged, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    steps = parser.add_subparsers(required=True)
    logging = steps.add_parser("log")
    logging.add_argument("cases", type=Path)
    logging.add_argument("file", type=Path)
    logging.add_argument("--documents", type=Path, required=True)
    logging.set_defaults(step=log)
    fitting = steps.add_parser("fit")
    fitting.add_argument("files", type=Path, nargs="+")
    fitting.add_argument("--output", type=Path)
    fitting.add_argument("--layer", type=int, default=LAYER, help="the one that was logged")
    fitting.set_defaults(step=fit)
    given = vars(parser.parse_args())
    given.pop("step")(**given)


# What a model makes of the candidates


@dataclass
class Watched:
    """A model that keeps what it chose, and shows no state, so that no probe counts."""

    model: LanguageModel
    chosen: list[Chosen] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        self.chosen.append(self.model.choose(messages, choices))
        return replace(self.chosen[-1], state=None)


def log(cases: Path, file: Path, documents: Path) -> None:
    """Ask each case at a caution that refuses all, so that every candidate is judged."""
    console = Console(stderr=True)
    own = replace(settings.load(), caution=1.0)
    done = {logged.case for logged in _logged(file)} if file.exists() else set()
    home = prepare([documents], own, console)
    real = decide._Reader.likely
    with closing(open_assistant(own, index_home=home)) as assistant, file.open("a") as lines:
        for case in accepted(load(cases), cases):
            if case.id in done:
                continue
            seen: list[Judged] = []
            watch = partialmethod(_watch, real, case, seen)
            with mock.patch.object(decide._Reader, "likely", watch):
                (result,) = run([case], assistant)
            console.print(result.error or f"{case.id}: {len(seen)} in {result.seconds:.0f} s")
            if not result.error:
                lines.write(json.dumps(asdict(Logged(case.id, tuple(seen)))) + "\n")
                lines.flush()


def _watch(
    reader: "decide._Reader",
    real: Callable[["decide._Reader", decide.Candidate], float],
    case: EvalCase,
    seen: list[Judged],
    candidate: decide.Candidate,
) -> float:
    if reader.model is None:
        return real(reader, candidate)
    watched = Watched(reader.model)
    with mock.patch.object(reader, "model", watched):
        likely = real(reader, candidate)
    if watched.chosen and (state := watched.chosen[0].state):
        odds = math.log(likely / (1 - likely))
        right = _is_right(case, candidate)
        seen.append(Judged(candidate.quoted, candidate.said, right, odds, state))
    return likely


def _is_right(case: EvalCase, candidate: decide.Candidate) -> bool:
    if not case.answerable:
        return False
    if min((len(answer.split()) for answer in case.answers), default=0) < LONG:
        return answer_match(candidate.said, case.answers)
    words = normalised(candidate.said).split()
    held = set(normalised(" ".join(case.answers)).split())
    alike = sum(word in held for word in words) >= ALIKE * len(words)
    return alike and candidate.cited[0].chunk.document in case.documents


def _logged(file: Path) -> Iterator[Logged]:
    for line in file.read_text("utf-8").splitlines():
        fields = json.loads(line)
        yield Logged(fields["case"], tuple(Judged(**each) for each in fields["judged"]))


# The probe


@dataclass(frozen=True)
class Direction:
    """A probe before it is given a share of the decision."""

    weights: Floats
    bias: float

    def __call__(self, states: Floats) -> Floats:
        return states @ self.weights + self.bias


@dataclass(frozen=True)
class LoggedSet:
    name: str
    rows: tuple[Judged, ...]

    @property
    def states(self) -> Floats:
        return np.array([row.state for row in self.rows])

    @property
    def right(self) -> Floats:
        return np.array([float(row.right) for row in self.rows])

    @property
    def odds(self) -> Floats:
        return np.array([row.odds for row in self.rows])


def fit(files: Sequence[Path], output: Path | None, layer: int) -> None:
    """Say how well each set is judged, and write the probe."""
    console = Console()
    sets = [
        LoggedSet(file.stem, tuple(each for logged in _logged(file) for each in logged.judged))
        for file in files
    ]
    for held in sets if len(sets) > 1 else ():
        unseen = _direction([each for each in sets if each is not held])
        before = roc_auc_score(held.right, held.odds)
        after = roc_auc_score(held.right, held.odds + STEP * unseen(held.states))
        console.print(f"{held.name}: {len(held.rows)} candidates, AUC {before:.3f} to {after:.3f}")
    if output:
        final = _direction(sets)
        probe = {
            "layer": layer,
            "bias": round(STEP * final.bias + DOUBT, 4),
            "weights": [float(f"{STEP * weight:.4g}") for weight in final.weights],
        }
        output.write_text(json.dumps(probe) + "\n", "utf-8")


def _direction(sets: Sequence[LoggedSet]) -> Direction:
    """A ridge regression with a bias for each set and kind, its deviation and mean 1 and 0."""
    states = np.concatenate([each.states for each in sets])
    right = np.concatenate([each.right for each in sets])
    kinds = [(each.name, row.quoted) for each in sets for row in each.rows]
    columns = SURE * np.array([[kind == one for one in sorted(set(kinds))] for kind in kinds])
    mean, scale = states.mean(axis=0), states.std(axis=0) + 1e-6
    ridge = LogisticRegression(C=RIDGE, fit_intercept=False, max_iter=5000)
    ridge.fit(np.hstack([(states - mean) / scale, columns]), right)
    weights = ridge.coef_[0][: states.shape[1]] / scale
    weights = weights / np.std(states @ weights)
    return Direction(weights, -float(mean @ weights))


if __name__ == "__main__":
    main()
