"""Where the parts of an index lie under the home folder."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one index."""

    home: Path

    def make(self) -> None:
        """Make the folders, closed to other people."""
        make_private(self.folder)
        if not (keep_out := self.home / ".lecternignore").exists():
            keep_out.write_text("# Answers are no evidence: all this is passed over.\n*\n", "utf-8")
            keep_out.chmod(0o600)

    @property
    def folder(self) -> Path:
        return self.home / "index"

    @property
    def catalogue(self) -> Path:
        return self.folder / "catalogue.sqlite"

    @property
    def next_catalogue(self) -> Path:
        """Built beside the one in use while everything is indexed anew."""
        return self.folder / "catalogue.next.sqlite"

    @property
    def source_list(self) -> Path:
        """The sources once more, for when the catalogue is lost."""
        return self.folder / "sources.json"

    @property
    def chroma(self) -> Path:
        return self.folder / "chroma"

    @property
    def lock(self) -> Path:
        return self.folder / "writer.lock"

    @property
    def holder(self) -> Path:
        """Says which process holds the lock."""
        return self.folder / "writer.pid"


def make_private(folder: Path) -> None:
    """Make a folder and those that it lies in, where there are none, closed to other people."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):  # `mkdir` itself would leave all but the last one open
        each.mkdir(exist_ok=True, mode=0o700)


def delete_database(path: Path) -> None:
    """Remove an SQLite file and its journal."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
