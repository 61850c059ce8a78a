"""Which model answers from now on: what a person may type for it, and how that is remembered."""

from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import ModelMissing
from qa.endpoint_address import EndpointAddress, is_endpoint
from qa.model_files import ListedModel, find, is_path, listing, locate, models_folder
from qa.settings import Settings, overruled_by, remember


@dataclass(frozen=True, slots=True)
class Chosen:
    """The model that answers from now on."""

    name: str
    """How a person would call it."""
    setting: str
    """What the settings remember of it."""
    overruled_by: str
    """What names another model and comes first, a variable or a file; empty where nothing does."""


def choose(settings: Settings, name: str) -> Chosen:
    """Remember a model as the answering one.

    Args:
        settings: What the person set; the user's own file is changed.
        name: Whatever may stand in the setting `model`.

    Raises:
        UnknownModel: If nothing goes by the name.
        ModelMissing: If its file is not on this machine.
        SettingsError: If it is meant to be an address and is none, or cannot be remembered.
    """
    called, setting = _understood(settings, name)
    remember(settings, "model", setting)
    return Chosen(called, setting, overruled_by("model", setting, settings))


def look_up(settings: Settings, name: str) -> ListedModel:
    """What a person means by a name that they typed, as a line of the list.

    It may be fetched still; everything else has to be there. Raises what `choose` does.
    """
    if is_endpoint(name):
        EndpointAddress.parse(name)
        return ListedModel(name, "", 0, "", None, present=True, in_use=name == settings.model)
    try:
        path = locate(replace(settings, model=name)).path
    except ModelMissing:
        if is_path(name):
            raise
        path = models_folder(settings) / find(name).file
    for listed in listing(settings):
        if listed.path == path:
            return listed
    if path.is_file():
        return ListedModel(str(path), "", path.stat().st_size, "", path, True, in_use=False)
    model = find(name)
    return ListedModel(model.name, "", model.size, model.licence, path, False, in_use=False)


def _understood(settings: Settings, name: str) -> tuple[str, str]:
    """How the model is called, and what the settings should say."""
    if is_endpoint(name):
        EndpointAddress.parse(name)
        return name, name
    file = locate(replace(settings, model=name))
    by_name = file.path.parent == models_folder(settings) and not Path(name).exists()
    return file.name, name if by_name else str(file.path)
