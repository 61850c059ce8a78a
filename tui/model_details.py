"""The selected model, in full."""

from textual.content import Content
from textual.widgets import Static

from index.harmless import harmless_text, one_line
from qa.endpoint_address import is_endpoint
from qa.model_keeping import KeptModel


class ModelDetails(Static):
    """Its name, where it is, and what is known of its speed on this machine."""

    def __init__(self) -> None:
        super().__init__(id="model-details", markup=False)

    def show(self, model: KeptModel | None) -> None:
        """Show this one; None shows nothing."""
        if model is None:
            self.update("")
            return
        alias = f"  ({one_line(model.listed.alias)})" if model.listed.alias else ""
        lines = "\n".join((_place(model), _speed(model)))
        self.update(
            Content.assemble((one_line(model.name), "bold"), alias, "\n", harmless_text(lines))
        )


def _place(model: KeptModel) -> str:
    listed = model.listed
    if is_endpoint(model.name):
        return (
            "A server, which passages of your documents are sent to; "
            "addresses beyond your own network are refused."
        )
    if listed.present:
        return f"At {one_line(str(listed.path))}"
    if model.fetched:
        of = f" of {listed.size / 1e6:,.0f}" if listed.size else ""
        return f"{model.fetched / 1e6:,.0f}{of} MB have come; p goes on from there."
    return f"p fetches it to {one_line(str(listed.path))}"


def _speed(model: KeptModel) -> str:
    if model.speed:
        return f"On this machine it {model.speed.in_words}."
    if model.listed.present:
        return "Its speed on this machine is not known yet: t tests it."
    return "Its speed on this machine can be tested once it is here."
