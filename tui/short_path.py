"""Where something lies, as a person would write it."""

from pathlib import Path

from index.harmless import one_line


def short_path(path: Path) -> str:
    """The path on one line, with `~` for the home folder."""
    home = Path.home()
    if path != home and path.is_relative_to(home):
        return one_line(f"~/{path.relative_to(home)}")
    return one_line(str(path))
