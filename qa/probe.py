"""A linear probe: what a model's own state tells of an answer that it was asked about.

A model's inner layers tell of a statement what its words do not (of whether it is true: Azaria and
Mitchell 2023, "The Internal State of an LLM Knows When It's Lying"; linear probes: Alain and Bengio
2016, "Understanding intermediate layers using linear classifier probes").
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Probe:
    """A logistic regression over the state of one layer of one model."""

    layer: int
    """Whose output it reads, counted from 0."""
    bias: float
    weights: tuple[float, ...]

    def read(self, state: Sequence[float]) -> float:
        """Log-odds that the state adds to an answer's; 0 where it is of another width."""
        if len(state) != len(self.weights):
            return 0.0
        return self.bias + sum(
            weight * value for weight, value in zip(self.weights, state, strict=True)
        )


@cache
def probe_of(model: str) -> Probe | None:
    """The probe that was fitted to a model, by the model's name; None where there is none."""
    file = files("qa") / "probes" / f"{model}.json"
    if "/" in model or not file.is_file():
        return None
    fitted = json.loads(file.read_text("utf-8"))
    return Probe(fitted["layer"], fitted["bias"], tuple(fitted["weights"]))
