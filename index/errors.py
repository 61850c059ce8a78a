"""Every error that Lectern raises on purpose.

    LecternError
    ├── SettingsError          a setting, a flag or a path that cannot be used (exit code 2)
    │   ├── EmptyQuestion      nothing was asked
    │   └── UnknownSession     no conversation that is kept goes by this number
    ├── NoIndex                nothing has been indexed yet (exit code 3)
    ├── StoreError             the index could not be read or written
    │   ├── IndexLocked        another process is writing the index
    │   ├── IndexOutdated      the index was built by a later version or another embedding model
    │   └── StoreUnavailable   no room, no right or no turn: the index itself may be whole
    ├── ReadError              a file could not be turned into a document
    ├── CaseFileError          an evaluation set that cannot be used
    ├── SessionsError          the kept conversations could not be read or written
    ├── ProcessDied            a process that worked for this one ended, and nobody asked it to
    └── ModelError             a model could not be fetched, loaded or run
        ├── UnknownModel       no such model
        ├── ModelMissing       known, but not on this machine
        ├── DownloadFailed     no source could be reached, or the bytes were wrong
        ├── QuestionTooLong    the question does not fit the model's context
        ├── ModelDied          the model's process ended while it worked
        ├── EndpointRefused    a server on the own network answered with an error
        └── Cancelled          the person asked for it to stop

Anything else that reaches the command line is a bug and shows its traceback.
"""


class LecternError(Exception):
    """The root: a message that says what happened, and a hint that says what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        """The next command or step, as a sentence; empty where there is none."""


class SettingsError(LecternError):
    """A setting, a flag or a path that cannot be used."""


class EmptyQuestion(SettingsError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("The question is empty.", hint='Ask one: lectern ask "Who wrote it?"')


class UnknownSession(SettingsError):
    """No conversation that is kept goes by this number."""

    def __init__(self, session: int) -> None:
        super().__init__(
            f"No conversation {session} is kept.", hint="List them: lectern export --list"
        )


class NoIndex(LecternError):
    """Nothing has been indexed yet."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing has been indexed yet.",
            hint="Run `lectern index PATH` on a folder of documents.",
        )


class StoreError(LecternError):
    """The index could not be read or written."""


class IndexLocked(StoreError):
    """Another process is writing the index."""


class IndexOutdated(StoreError):
    """The index was built by a later version or with another embedding model."""


class StoreUnavailable(StoreError):
    """The index cannot be used at present, which says nothing against what is in it."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            hint="Make room on the disk, see that you may write there and that no other program"
            " holds the files, then run `lectern index` to go on where it stopped.",
        )


class ReadError(LecternError):
    """A file could not be turned into a document; the message is the reason, in words."""


class CaseFileError(LecternError):
    """An evaluation set that cannot be used."""


class ProcessDied(LecternError):
    """A process that worked for this one ended, and nobody asked it to."""

    def __init__(self, how: str) -> None:
        """Say how it ended: a signal's name or an exit code."""
        super().__init__(
            f"The process that did this ended while it worked ({how}).",
            hint="Try again. If it keeps ending, memory may be too short, or the index damaged:"
            " `lectern doctor` says which.",
        )


class SessionsError(LecternError):
    """The kept conversations could not be read or written."""


class ModelError(LecternError):
    """A model could not be fetched, loaded or run."""


class UnknownModel(ModelError):
    """No model goes by this name."""


class ModelMissing(ModelError):
    """The model is known, but its file is not on this machine."""


class DownloadFailed(ModelError):
    """No source could be reached, or what came was not the model."""


class QuestionTooLong(ModelError):
    """The question does not fit the model's context."""


class ModelDied(ModelError):
    """The model's process ended while it worked."""


class EndpointRefused(ModelError):
    """A model's server answered with an error."""


class Cancelled(ModelError):
    """The person asked for it to stop."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
