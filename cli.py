"""The command line: the program with all its commands, and its start.

Everything from the world around (environment, clock, logged-in user) enters through the set-up and
is passed on.
"""

import gc
import os
import sys
from typing import NoReturn

from terminal import running
from terminal.program import program as cli
from terminal.runtime.setup import Setup
from terminal.runtime.streams import end_at_ctrl_c, given_setup, replace_what_cannot_be_shown

__all__ = ["cli", "main", "run"]


def run(arguments: list[str], setup: Setup) -> int:
    """Run a command line and return its exit code; nothing is raised past here."""
    return running.run(cli, arguments, setup)


def main() -> NoReturn:
    """Run the program on the command line it was called with."""
    end_at_ctrl_c()
    replace_what_cannot_be_shown()
    # Looking for plugins of pydantic among all that is installed takes a twentieth of a start, and
    # what others plug in has no business with our definitions.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A start makes many objects and leaves no garbage: looking for some costs a tenth of it, and
    # taking all of it down at the end a third.
    gc.set_threshold(100_000)
    code = run(sys.argv[1:], given_setup())
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
