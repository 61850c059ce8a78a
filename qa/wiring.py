"""Where the parts are put together; nothing below this knows that settings exist."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.embedder import Embedder
from index.errors import ModelMissing
from index.reranker import Reranker
from index.shelf import Shelf
from qa.assistant import Assistant, Policy
from qa.language_model import LanguageModel
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of."""

    shelf: Shelf
    embedder: Embedder
    model: LanguageModel | None
    """Loading in the background; None where none is wanted or there is none."""
    believed: bool
    """Whether the model's own words may be the answer."""
    notes: tuple[str, ...]
    """What to tell the person about the model, each a sentence."""

    def close(self) -> None:
        """Free what they hold."""
        if self.model:
            self.model.close()
        self.shelf.close()


def open_parts(
    settings: Settings, *, index_home: Path | None = None, retrieval_only: bool = False
) -> Parts:
    """The parts, for who asks a model something else than a question of the person's.

    Takes and raises what `open_assistant` does.
    """
    with ExitStack() as opened:
        shelf = Shelf.open(index_home or settings.home, chroma=settings.chroma)
        opened.enter_context(shelf)
        embedder = Embedder(settings.embedder, home=settings.home)
        shelf.require(embedder)
        model, believed, notes = (None, False, ()) if retrieval_only else _model(settings)
        opened.pop_all()  # all is well: the parts keep it open
    return Parts(shelf, embedder, model, believed, notes)


def open_assistant(
    settings: Settings, *, index_home: Path | None = None, retrieval_only: bool = False
) -> Assistant:
    """An assistant over the index, its model loading in the background.

    Args:
        settings: What the person set.
        index_home: Where the index lies, if not in the person's own home folder.
        retrieval_only: No language model is loaded.

    Raises:
        NoIndex: If nothing has been indexed yet.
        IndexOutdated: If the index was built with another embedding model.
        UnknownModel: If a model was named that is not known.
        SettingsError: If an endpoint was named by what is no address.
    """
    parts = open_parts(settings, index_home=index_home, retrieval_only=retrieval_only)
    policy = Policy(
        passages=settings.passages,
        evidence_tokens=settings.evidence_tokens,
        caution=settings.caution,
        believed=parts.believed,
    )
    reranker = Reranker(settings.reranker) if settings.reranker else None
    return Assistant(
        parts.shelf, parts.embedder, parts.model, policy, reranker=reranker, notes=parts.notes
    )


def _model(settings: Settings) -> tuple[LanguageModel | None, bool, tuple[str, ...]]:
    """The answering model, whether its words may be the answer, and what to tell the person."""
    from qa.endpoint_address import is_endpoint
    from qa.model_files import BUILT_IN, locate
    from qa.worker import WorkerModel

    if is_endpoint(settings.model):
        from qa.endpoint import EndpointModel

        return EndpointModel(settings.model), True, ()
    try:
        file = locate(settings)
    except ModelMissing as error:
        if settings.model:
            raise
        return None, False, (f"{error} The answer is quoted evidence. {error.hint}",)
    model = WorkerModel(
        file.path,
        name=file.name,
        context=settings.context,
        threads=settings.threads,
        gpu_layers=settings.gpu_layers,
    )
    model.start()
    return model, file.known is not BUILT_IN, ()
