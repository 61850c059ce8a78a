"""What `.gitignore` and `.lecternignore` files name, by git's own rules."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILES = (".gitignore", ".lecternignore")
"""In order: what a later one says counts where both name a file."""

_LONGEST = 1_000_000
"""Characters of such a file that are read."""

_STARS = re.compile(r"\*+")
_MOST_STARS = 3
"""In one name of a path."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules in force within a folder."""

    rules: tuple[tuple[Path, "GitIgnoreSpec"], ...] = ()
    """Each with the folder that its paths are relative to, outermost first."""

    def within(self, folder: Path) -> "Ignored":
        """The rules with those that the folder's own files add."""
        added = tuple((folder, rule) for name in FILES if (rule := _read(folder / name)))
        return Ignored(self.rules + added) if added else self

    def names(self, path: Path, *, folder: bool) -> bool:
        """Whether a file or a folder, whose own folder is not ignored, is to be ignored."""
        for above, rule in reversed(self.rules):
            relative = path.relative_to(above).as_posix()
            verdict = rule.check_file(f"{relative}/" if folder else relative).include
            if verdict is not None:
                return verdict
        return False


def _read(path: Path) -> "GitIgnoreSpec | None":
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(_LONGEST).splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec  # 30 ms, and most folders have no such file

    return GitIgnoreSpec.from_lines(line for line in lines if _bounded(line) and _valid(line))


def _bounded(line: str) -> bool:
    """Whether a name is compared with a line in no time, whatever the name.

    Every further star multiplies the time by the length of the name. What people write has two
    or three of them.
    """
    *above, last = line.rstrip("/").split("/")
    stars = (len(_STARS.findall(part)) for part in (*above, last))
    return max(stars) <= _MOST_STARS and above.count("**") < _MOST_STARS


def _valid(line: str) -> bool:
    """Git passes over a line that it does not understand."""
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore import GitIgnorePatternError

    try:
        GitIgnoreSpec.from_lines([line])
    except GitIgnorePatternError:
        return False
    return True
