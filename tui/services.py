"""What lies behind the screens: the app is given it whole, and makes none of it itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.beginning import Beginning
from tui.assistant import Assistant, Facts
from tui.looks import Looks
from tui.opener import Programs
from tui.other_models import OtherModels
from tui.session_keeper import SessionKeeper

if TYPE_CHECKING:
    from tui.evaluation.evaluations import Evaluations
    from tui.model_keeper import ModelKeeper
    from tui.shelf_keeper import ShelfKeeper

IndexStarter = Callable[[Callable[[str], None]], None]
"""Indexes the starter documents, reporting its progress a line at a time."""


@dataclass(frozen=True, slots=True)
class Services:
    """Each may be called from any thread; what is None is not to be had here."""

    open_assistant: Callable[[], Assistant]
    """Loads the index and the model, which takes seconds."""
    facts: Facts = field(default_factory=Facts)
    """What the first screen can say meanwhile."""
    index_starter: IndexStarter | None = None
    """Indexes the starter documents where nothing is indexed yet."""
    look_around: Callable[[], Beginning] | None = None
    """Sees what there is to begin with, without loading any of it."""
    looks: Looks = field(default_factory=Looks)
    """The theme and the layout that were chosen before."""
    shelf_keeper: "ShelfKeeper | None" = None
    """Looks after what is on the shelf."""
    sessions: SessionKeeper | None = None
    """Keeps the conversations."""
    other_models: OtherModels | None = None
    """Opens an assistant with another model."""
    programs: Programs = field(default_factory=Programs)
    """What the person opens files with."""
    model_keeper: "ModelKeeper | None" = None
    """Sees to the answering models."""
    open_evaluations: "Callable[[], Evaluations] | None" = None
    """Loads what runs evaluations and keeps their records."""
