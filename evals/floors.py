"""Values that metrics must reach, so that a script can stop at a worse answerer."""

import difflib
from collections.abc import Iterable, Mapping

from evals import metrics
from evals.metrics import Measured
from index.errors import SettingsError


def parse(demands: Iterable[str]) -> dict[str, float]:
    """The floors that `--fail-under METRIC=VALUE` names; the last one of a metric holds.

    Raises:
        SettingsError: If one names no metric or no number, or a metric that is best when low.
    """
    return dict(map(_floor, demands))


def _floor(demand: str) -> tuple[str, float]:
    name, _, value = demand.partition("=")
    if name not in metrics.NAMES:
        near = difflib.get_close_matches(name, metrics.NAMES, n=1)
        known = f"Metrics: {', '.join(metrics.NAMES)}."
        raise SettingsError(
            f"--fail-under names {name!r}, which is not a metric.",
            hint=f"Did you mean {near[0]!r}?" if near else known,
        )
    if name in metrics.LOWER_IS_BETTER:
        raise SettingsError(
            f"--fail-under names {name!r}, which is better the lower it is.",
            hint="Set a floor under `accuracy` or another metric that is better high.",
        )
    try:
        return name, float(value)
    except ValueError as error:
        raise SettingsError(
            f"--fail-under sets {name} to {value!r}, which is not a number.",
            hint=f"For example: --fail-under {name}=0.8",
        ) from error


def missed(measured: Mapping[str, Measured], floors: Mapping[str, float]) -> list[str]:
    """A line for each metric that stands below its floor, or that this run did not measure."""
    lines = (_miss(name, measured[name].value, floor) for name, floor in floors.items())
    return [line for line in lines if line]


def _miss(name: str, value: float | None, floor: float) -> str:
    if value is None:
        return f"{name} was not measured, and is asked to be at least {floor:g}."
    # "not at least", so that a floor of nan is missed too.
    return "" if value >= floor else f"{name} is {value:.4g}, below {floor:g}."
