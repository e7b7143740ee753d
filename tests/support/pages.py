"""What the pages of the documentation show that is made when they are built.

``<!-- generated: NAME WORD… -->`` on a line of its own stands for it.
"""

import re
from collections.abc import Callable, Mapping

from tests.support.command_reference import command_reference
from tests.support.json_reference import json_reference
from tests.support.reference import keys_of, sections_of

MARK = re.compile(r"^<!-- generated: (\S+)((?: \w+)*) -->$", re.MULTILINE)

GENERATED: Mapping[str, Callable[..., str]] = {
    "commands": command_reference,
    "json": json_reference,
    "file": sections_of,
    "keys": keys_of,
}


def expanded(page: str) -> str:
    """Return a page with what its marks stand for."""
    return MARK.sub(lambda mark: GENERATED[mark[1]](*mark[2].split()), page)
