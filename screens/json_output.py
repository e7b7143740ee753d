"""The JSON of every command: a versioned envelope around the read model.

Dates are ISO 8601, enumerations their value, sentences in the reader's language, and a field named
with a trailing underscore (``for_``) loses it. A command that can be given is its name and its
fields; null is a field that is still to be filled in. What a reader cannot see and a terminal might
obey is escaped, and is the same character to whoever reads the JSON.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from definitions.calendar.dates import PartialDate
from definitions.language.actions import Action, Blank
from definitions.language.characters import INVISIBLE
from definitions.language.text import Text
from screens.page import Page


def envelope(command: str, view: object, page: Page, standby: object = None) -> str:
    """Return an answer as JSON.

    Args:
        command: what its schema is called: the query, as in ``status``, or ``receipt``.
        view: its read model.
        page: gives the language of the sentences in it.
        standby: the server it was read from, where that follows another.
    """
    answer = {"schema": f"mijlpaal/{command}/v1", "data": plain(view, page)}
    if standby is not None:
        answer["standby"] = plain(standby, page)
    written = json.dumps(answer, indent=2, ensure_ascii=False)
    return INVISIBLE.sub(_escaped, written)


def _escaped(found: re.Match[str]) -> str:
    r"""Return a character as an escape of JSON; beyond U+FFFF that takes two: \udb40\udc41."""
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def plain(value: object, page: Page) -> Any:
    """Return a read model as dicts, lists, texts, numbers and null."""
    match value:
        case Text():
            return page.say(value)
        case PartialDate():
            return value.written
        case Action():
            given = {name: plain(each, page) for name, each in value.given}
            return {"command": value.command, "fields": given}
        case Blank():
            return None
        case Enum():
            return value.value
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each, page) for key, each in value.items()}
        case list() | tuple():
            return [plain(each, page) for each in value]
        case _ if is_dataclass(value):
            return {
                each.name.rstrip("_"): plain(getattr(value, each.name), page)
                for each in fields(value)
            }
        case _:
            return value
