"""A refusal of a value says which field of the command it is about."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, MijlpaalError
from tests.support.engine import Traject
from workflow.engine import Seating, Start
from workflow.model.commands import (
    AddNote,
    Amend,
    Command,
    GiveSeat,
    Leave,
    Record,
    Replan,
    ReportPart,
    Request,
)
from workflow.model.person import Called
from workflow.people import set_contact
from workflow.rules.refusals import Missing

ROOT = Path(__file__).parents[3]
NAMES_A_FIELD = {"InvalidValue", "Missing", "DateRefused", "check_length"}
READERS = {
    "definitions/calendar/dates.py",
    "definitions/calendar/workdays.py",
    "definitions/ladders.py",
    "workflow/storage/names.py: new_name",
    "workflow/storage/names.py: check_characters",
    "definitions/new_definition.py: _identifier",
    "definitions/new_definition.py: _quoted",
    "workflow/engine.py: _writer",
}
"""What reads a value of any field, whose caller says which; and what reads none that was given."""
ON = parse_date("2021-03-01")
LONG = f"{'a' * 60}@{'b' * 50}.example"
PAST_ALL_YEARS = parse_date("2051-03-16")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call that names a field, with where it stands, but for those of readers."""
    for folder in ("workflow", "definitions"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            for function in ast.walk(ast.parse(file.read_text())):
                if isinstance(function, ast.FunctionDef):
                    where = f"{path}: {function.name}"
                    if {path, where}.isdisjoint(READERS):
                        yield from ((where, each) for each in _naming(function))


def _naming(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for each in ast.walk(function):
        match each:
            case ast.Call(func=ast.Name(id=name)) if name in NAMES_A_FIELD:
                yield each


def _field_in(call: ast.Call) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == "field"), None)


def test_every_refusal_of_a_value_names_its_field() -> None:
    """But for what reads a value of any field: who has it read says which."""
    without = [
        where
        for where, call in _calls()
        if (field := _field_in(call)) is None
        or (isinstance(field, ast.Constant) and field.value is None)
    ]
    assert [] == without


def test_the_names_are_those_of_the_commands() -> None:
    """And, where no command has it, those of what else can be asked."""
    known = {each.name for kind in (*_commands(), Request, Start, Seating) for each in fields(kind)}
    others = {"head", "parties", "begins", "goal", "title", "id", "as_of", "known_at"}
    named = {
        field.value
        for _, call in _calls()
        if isinstance(field := _field_in(call), ast.Constant) and field.value is not None
    }
    assert set() == named - known - others
    assert {"reason", "reference", "round", "votes", "text", "key", "points"} <= named


def _commands() -> Iterator[type]:
    for each in get_args(Command):
        yield from get_args(each) or (each,)


REFUSED: Sequence[tuple[str, Command]] = (
    ("reason", Replan("concepttekst/raden", parse_date("2021-09-01"), " ", ON)),
    ("date", Replan("concepttekst/raden", PAST_ALL_YEARS, "x", ON)),
    ("reason", Leave("dordrecht", " ", ON)),
    ("reason", Amend("title", "Another title", "", ON)),
    ("value", Amend("title", " ", "x", ON)),
    ("value", Amend("papers-due/dordrecht", " ", "x", ON)),
    ("person", GiveSeat("griffier@dordrecht", "p" * 101, ON)),
    ("text", ReportPart("x/y", "z", ON, text="0" * 65)),
    ("version", ReportPart("x/y", "z", ON, version="0" * 101)),
    ("text", Record("m", "b", "o", ON, text="0" * 65)),
)
SEATINGS = (
    ("name", Seating("griffier@dordrecht", Called("a\u200bb"), Called(""))),
    ("address", Seating("griffier@dordrecht", Called("a"), Called(""), address="none")),
    ("language", Seating("griffier@dordrecht", Called("a"), Called(""), language="x" * 17)),
    ("mailbox", Seating("griffier@dordrecht", None, Called(""), mailbox="none")),
    ("mailbox", Seating("griffier@dordrecht", None, Called(""), mailbox=LONG)),
)


def test_a_command_is_refused_by_its_field(gr: Traject) -> None:
    """Whichever rule reads it."""
    for field, command in REFUSED:
        assert field == _field_of(partial(gr.do, command))


def test_a_key_is_refused_by_its_field(gr: Traject) -> None:
    """It is no part of the command, and a field all the same."""
    assert "key" == _field_of(partial(gr.do, AddNote("x", ON), key="k" * 301))


def test_a_seat_is_refused_by_its_field(gr: Traject) -> None:
    """An address of a person is another field than that of a mailbox."""
    for field, seating in SEATINGS:
        assert field == _field_of(partial(gr.engine.give_seat, gr.id, seating))


def test_a_start_is_refused_by_its_field(gr: Traject) -> None:
    """Its id, its first day, and who starts it."""
    for field, start in (
        ("process", Start(gr.definition, "No Id", Called(gr.by))),
        ("on", Start(gr.definition, "other", Called(gr.by), on=parse_date("1900-01-01"))),
        ("actor", Start(gr.definition, "other", Called("a\u200bb"))),
    ):
        assert field == _field_of(partial(gr.engine.start, start))


def test_where_somebody_is_reached_is_refused_by_its_field(gr: Traject) -> None:
    """Also where nothing is said at all."""
    for to in (None, "none"):
        assert "address" == _field_of(
            partial(set_contact, gr.engine, Called(gr.by), Called(gr.by), address=to)
        )


def _field_of(asked: Callable[[], object]) -> str | None:
    with pytest.raises(MijlpaalError) as caught:
        asked()
    refused = caught.value
    return refused.field if isinstance(refused, InvalidValue | Missing) else None
