"""An evaluation as one HTML page that needs nothing beside itself."""

from collections import Counter
from pathlib import Path

from evals.confidence_figures import calibration, tradeoff
from evals.metrics import COSTS, LOWER_IS_BETTER
from evals.outcome import NumberedCase, numbered
from evals.record_form import RecordForm
from evals.report import number
from evals.time_figure import DOT, times
from index.harmless import harmless_text
from qa.evaluated import Outcome

TEMPLATES = Path(__file__).with_name("templates")


def render(record: RecordForm) -> str:
    """The page of a record, as `lectern eval --json` writes it.

    Whatever a person, a document or a model wrote is shown as text: markup in it is escaped, and
    control characters are made harmless. The page fetches nothing and runs no script.

    Raises:
        ValueError: If a confidence is not within 0 to 1.
    """
    # 0.1 s; only a page needs it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["metric"] = lambda value, name: number(name, value)
    cases = numbered(record["cases"])
    return environment.get_template("page.html").render(
        record=record,
        cases=cases,
        outcomes=_counted(cases),
        shares={name for name in record["metrics"] if name not in COSTS},
        lower_is_better=LOWER_IS_BETTER,
        calibration=calibration(cases),
        tradeoff=tradeoff(cases),
        times=times(cases),
        dot=DOT,
    )


def _as_text(value: object) -> object:
    """What stands in for a value; the template's own markup has another type and passes."""
    return harmless_text(value) if type(value) is str else value


def _counted(cases: tuple[NumberedCase, ...]) -> dict[Outcome, int]:
    """How many cases came out how, in the outcomes' order; those that none did are left out."""
    counts = Counter(case.outcome for case in cases)
    return {what: counts[what] for what in Outcome if counts[what]}
