"""The answering models of this machine, to be seen, fetched, tried, chosen and deleted."""

from dataclasses import dataclass, replace

from index.errors import ModelError, UnknownModel
from qa.apart import Apart, run_apart
from qa.endpoint_address import is_endpoint
from qa.model_choice import Chosen, choose, look_up
from qa.model_files import Fetched, ListedModel, find, listing, models_folder
from qa.pull import Pull, discard, fetched_so_far
from qa.settings import Settings
from qa.speeds import Speed, known
from qa.trial import Trial, Trying


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A model of the list, and what is known of it on this machine."""

    listed: ListedModel
    fetched: int = 0
    """Bytes that an unfinished fetch has left."""
    speed: Speed | None = None
    """None where it was not tried yet."""
    fetchable: bool = False
    """Whether it can be fetched by its name; one that is here is checked so."""

    @property
    def name(self) -> str:
        """What it is asked for by."""
        return self.listed.name


class ModelKeeping:
    """What a person does with models; every method may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """The settings in force: those given, with the model chosen since."""
        return self._settings

    def models(self) -> tuple[KeptModel, ...]:
        """The models that can be had by name or are here."""
        return tuple(self._kept(listed) for listed in listing(self._settings))

    def look_up(self, name: str) -> KeptModel:
        """The model that a person means by what they typed.

        Raises:
            ModelError: If there is none, or its file is not where it should be.
            SettingsError: If it is meant to be an address and is none.
        """
        return self._kept(look_up(self._settings, name))

    def pull(self, name: str) -> Apart[Fetched]:
        """Begin to fetch a model, or go on; what has come is kept when it is cancelled.

        Raises:
            ModelError: If nothing can be fetched by the name.
        """
        if is_endpoint(name):
            raise ModelError("A server's model is not fetched.", hint="Use it, or test it.")
        model = find(name)
        return run_apart(Pull(model, models_folder(self._settings), self._settings.hub))

    def test(self, name: str) -> Apart[Trying | Speed]:
        """Begin to measure a model; its speed comes last, and is remembered."""
        return run_apart(Trial(self._settings, name))

    def use(self, name: str) -> Chosen:
        """Answer with a model from now on.

        Raises:
            ModelError: If it is not here.
            SettingsError: If it is no address, or the choice cannot be remembered.
        """
        chosen = choose(self._settings, name)
        self._settings = replace(self._settings, model=chosen.setting)
        return chosen

    def delete(self, name: str) -> None:
        """Delete a model's file, or what has come of it.

        Raises:
            ModelError: If it is in use, not Lectern's to delete, or being fetched.
        """
        listed = look_up(self._settings, name)
        if listed.in_use:
            raise ModelError(f"{listed.name} is in use.", hint="Use another model first.")
        if listed.path is None or listed.path.parent != models_folder(self._settings):
            raise ModelError(
                f"{listed.name} is not in {models_folder(self._settings)}.",
                hint="Delete it where it is, if you no longer want it.",
            )
        discard(listed.path)

    def _kept(self, listed: ListedModel) -> KeptModel:
        fetched = fetched_so_far(listed.path) if listed.path else 0
        speed = known(self._settings, str(listed.path or listed.name))
        return KeptModel(listed, fetched, speed, fetchable=_fetchable(listed.name))


def _fetchable(name: str) -> bool:
    try:
        return bool(find(name))
    except UnknownModel:
        return False
