"""The app as `lectern serve` runs it, once for each tab of a browser."""

import sys

from index.errors import LecternError
from qa import settings
from tui.command import open_app


def main() -> int:
    """Run the app until the tab is closed or the person leaves it."""
    try:
        return open_app(settings.load())
    except LecternError as error:
        sys.stderr.write(f"{error}\n{error.hint}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
