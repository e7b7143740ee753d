"""The reference of the JSON that commands answer with, made from their read models."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from io import StringIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from cli import run
from definitions.calendar.dates import PartialDate
from definitions.language.actions import Action
from definitions.language.text import Text
from screens.definitions import CheckedView, DraftedView, ExportedView
from screens.diagnostics import CopiedView, Report, UpgradedView
from screens.erased import ErasedView
from screens.members import ReachedView
from screens.reminders import PreviewView, RunDueView
from terminal.runtime.setup import Setup
from workflow.reminders.listing import RemindersView
from workflow.verify import Verdict
from workflow.views.due_list import DuesView
from workflow.views.explain import ExplainView
from workflow.views.history import HistoryView
from workflow.views.members import MembersView
from workflow.views.my_work import MyWorkView
from workflow.views.overview import OverviewView
from workflow.views.party_work import PartyWorkView
from workflow.views.receipt import ReceiptView
from workflow.views.status import StatusView

Fields = Mapping[str, Any]
"""The fields of an answer that is no read model of its own, each with its type."""


@dataclass(frozen=True)
class Query:
    """A query: the words typed, and the type of ``data`` (None: taken from its answer)."""

    line: str
    data: Any = None


QUERIES = {
    "status": Query("status PROCESS", StatusView),
    "overview": Query("status", OverviewView),
    "status-mine": Query("status PROCESS --party PARTY", PartyWorkView),
    "mine": Query("status --mine", MyWorkView),
    "explain": Query("explain PROCESS MILESTONE", ExplainView),
    "due": Query("due PROCESS", DuesView),
    "history": Query("history PROCESS", HistoryView),
    "verify": Query("verify", {"processes": list[Verdict], "guards": list[Text], "whole": bool}),
    "member-list": Query("member list PROCESS", MembersView),
    "remind-list": Query("remind list PROCESS", RemindersView),
    "remind-preview": Query("remind preview PROCESS", PreviewView),
    "definitions-list": Query("definitions list"),
    "definitions-show": Query("definitions show DEFINITION"),
    "definitions-check": Query("definitions check DEFINITION", {"definitions": list[CheckedView]}),
    "doctor": Query("doctor", Report),
    "db-check": Query("db check", Report),
}
"""Every query, by the name of its schema."""

WRITES = {
    "receipt": Query("record PROCESS MILESTONE BODY OUTCOME", ReceiptView),
    "member-reach": Query("member reach NAME", ReachedView),
    "member-erase": Query("member erase NAME", ErasedView),
    "remind-run-due": Query("remind run-due", RunDueView),
    "definitions-export": Query("definitions export NAME", ExportedView),
    "definitions-new": Query("definitions new FILE", DraftedView),
    "db-upgrade": Query("db upgrade", UpgradedView),
    "db-copy": Query("db copy SOURCE TARGET", CopiedView),
}
"""What the commands that write answer with, by the name of its schema."""

ANSWERS = QUERIES | WRITES

Row = tuple[str, str, str]
"""A field, what its value can be, and what it means (empty where its name says it)."""


@cache
def json_reference() -> str:
    """Return the reference as Markdown: a section for each query, and one for each object."""
    queries = "\n\n".join(_query(name, query) for name, query in ANSWERS.items())
    objects = "\n\n".join(_object(each) for each in _objects())
    return f"{queries}\n\n## The objects in them\n\n{objects}"


def _query(name: str, query: Query) -> str:
    return f"## mijlpaal/{name}/v1\n\n`mijlpaal {query.line} --json`\n\n{_table(_rows_of(query))}"


def _rows_of(query: Query) -> list[Row]:
    if query.data is None:
        return list(_observed(_answer(query.line), ""))
    if isinstance(query.data, dict):
        return [(key, type_text(kind), "") for key, kind in query.data.items()]
    return _rows(query.data)


def _table(rows: list[Row]) -> str:
    """Return rows as a table; without the meanings, where every name says enough."""
    columns = 3 if any(meaning for _, _, meaning in rows) else 2
    titles = ("field", "value", "meaning")[:columns]
    marked = [(f"`{name}`", value, meaning)[:columns] for name, value, meaning in rows]
    lines = [titles, ("---",) * columns, *marked]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# --- read models -------------------------------------------------------------------------------


def _object(model: type) -> str:
    return f"### {model.__name__}\n\n{_sentence(model)}\n\n{_table(_rows(model))}"


def _rows(model: type) -> list[Row]:
    hints, meanings = get_type_hints(model), _meanings(model)
    return [
        (each.name.rstrip("_"), type_text(hints[each.name]), meanings.get(each.name, ""))
        for each in fields(model)
    ]


def type_text(kind: Any) -> str:
    """Return the JSON form of a type in a few words."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join("null" if each is NoneType else type_text(each) for each in arguments)
    if origin in (tuple, list):
        return f"list of: {type_text(arguments[0])}"
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{each.value}`" for each in kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return "object"


_SIMPLE: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    date: "date, as 2021-03-16",
    datetime: "instant, as 2021-03-16T09:00:00Z",
    Text: "a sentence",
    PartialDate: "a date as written",
    Action: "a command",
}


def _objects() -> list[type]:
    """Return every object that an answer holds somewhere inside, by name."""
    found: dict[str, type] = {}
    waiting = [inner for query in ANSWERS.values() for inner in _inside(query.data)]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in found:
            found[model.__name__] = model
            waiting += [each for kind in get_type_hints(model).values() for each in _models(kind)]
    return [found[name] for name in sorted(found)]


def _inside(data: Any) -> Iterator[type]:
    if isinstance(data, dict):
        kinds = list(data.values())
    else:
        kinds = [] if data is None else list(get_type_hints(data).values())
    for kind in kinds:
        yield from _models(kind)


def _models(kind: Any) -> Iterator[type]:
    if kind not in _SIMPLE and isinstance(kind, type) and is_dataclass(kind):
        yield kind
    for each in get_args(kind):
        yield from _models(each)


def _sentence(model: type) -> str:
    return (model.__doc__ or "").partition("\n")[0]


def _meanings(model: type) -> dict[str, str]:
    """Return the description of each attribute from the docstring."""
    _, _, attributes = (model.__doc__ or "").partition("Attributes:")
    found = re.findall(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", attributes, re.MULTILINE)
    return {name: _plain(meaning) for name, meaning in found}


def _plain(meaning: str) -> str:
    return " ".join(meaning.split()).rstrip(".").replace("None", "null").replace("|", "\\|")


# --- answers -----------------------------------------------------------------------------------


def _answer(line: str) -> Any:
    printed = StringIO()
    words = [*line.replace("DEFINITION", "wijziging-gr").split(), "--json"]
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(printed):
        url = str(Path(folder) / "reference.sqlite3")
        run(words, Setup(environment={"MIJLPAAL_DATABASE_URL": url}, user=lambda: ""))
    return json.loads(printed.getvalue())["data"]


def _observed(value: Any, path: str) -> Iterator[Row]:
    """Yield a row for each field of an answer; of a document, only the document."""
    for key, each in value.items():
        name, inner = f"{path}{key}", each
        while isinstance(inner, list) and inner:
            name, inner = f"{name}[]", inner[0]
        if isinstance(inner, dict) and key != "document":
            yield from _observed(inner, f"{name}.")
        else:
            yield name, _observed_text(inner), ""


def _observed_text(value: object) -> str:
    match value:
        case None:
            return "text or null"
        case list():
            return "list"
        case dict():
            return "object"
        case _:
            return type_text(type(value))
