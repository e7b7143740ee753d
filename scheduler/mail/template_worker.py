"""The program that runs the templates of an installation, for another that writes letters.

``template_process`` starts it and ends it. A template is somebody else's program: its time and
memory are bounded here, and it is given nothing but the content of a letter.

On its standard input come pages, on its standard output go the letters, as a line of JSON each.
Who started it trusts nothing that it reads from here.
"""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from scheduler.mail.letter_content import Page
from scheduler.mail.templates import render_custom

MEMORY = 512 * 1024 * 1024
"""How many bytes it may use, where that can be bounded."""


def main() -> None:
    """Write letters until nobody asks for one any more."""
    seconds = int(sys.argv[1])
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    _bound_memory()
    _answer(answers, {})
    pages = TypeAdapter(Page)
    for line in asked:
        found = json.loads(line)
        page = pages.validate_python(found["page"])
        _bound_time(seconds)
        _answer(answers, asdict(render_custom(Path(found["folder"]), page)))


def _answer(answers: BinaryIO, said: dict[str, object]) -> None:
    answers.write(json.dumps(said).encode() + b"\n")
    answers.flush()


def _bound_memory() -> None:
    """Bound what this program may use, and let it write no files; not on every system."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time(seconds: int) -> None:
    """End this program after so much more work: also where nobody is there to stop it."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - the same

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
