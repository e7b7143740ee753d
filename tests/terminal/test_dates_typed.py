"""A date that was typed and is refused names what it was typed for: a web page marks that field."""

from collections.abc import Iterator

import click
import pytest

import terminal.running
from cli import cli
from definitions.language.errors import InvalidValue, MijlpaalError
from terminal.runtime.errors import code_of
from tests.support.cli import PROCESS as P
from tests.support.cli import Terminal
from workflow.rules.refusals import DateRefused

LINES = {
    "advance": f"advance {P} principebesluit",
    "amend": f"amend {P} title Titel --reason x",
    "answer": f"answer {P} principebesluit dordrecht 1 --reference x",
    "correct": f"correct {P} 1 --reason x",
    "definitions graph": f"definitions graph --process {P}",
    "definitions new": "definitions new nieuw.yaml --title Nieuw --party oost --party west",
    "deliverable": f"deliverable {P} x y",
    "due": f"due {P}",
    "explain": f"explain {P} principebesluit",
    "history": f"history {P}",
    "join": f"join {P} dordrecht --reason x",
    "leave": f"leave {P} dordrecht --reason x",
    "member add": f"member add {P} lezer anna",
    "member end": f"member end {P} projectsecretaris secretaris",
    "note": f"note {P} Iets.",
    "received": f"received {P} principebesluit dordrecht --reference x",
    "record": f"record {P} principebesluit dordrecht ingestemd --reference x --on 2021-02-02",
    "remind list": f"remind list {P}",
    "remind preview": f"remind preview {P}",
    "replan": f"replan {P} hoofdlijnennotitie.in-route 2021-05 --reason x",
    "sent": f"sent {P} principebesluit dordrecht --reference x",
    "start": f"start {P} --id ander",
    "status": f"status {P}",
    "task": f"task {P} hoofdlijnennotitie/ambtelijke-sessie gehouden --reference x",
}
"""A line for every command that takes a date, but for that."""


def _dated() -> Iterator[tuple[str, str, str]]:
    """Yield every option that takes a date: its command, how it is typed, and its field."""
    inside: list[tuple[str, click.Command]] = [("", cli)]
    while inside:
        path, command = inside.pop()
        context = click.Context(command)
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                inside.append((f"{path} {name}".strip(), found))
        for each in command.params:
            if isinstance(each, click.Option) and each.metavar == "DATE":
                yield path, each.opts[0], str(each.name)


DATED = sorted(_dated())


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> list[MijlpaalError]:
    """Return a list to which every refusal is added."""
    found: list[MijlpaalError] = []

    def heard(error: MijlpaalError) -> int:
        found.append(error)
        return code_of(error)

    monkeypatch.setattr(terminal.running, "code_of", heard)
    return found


@pytest.mark.parametrize(("command", "option", "field"), DATED, ids=map(" ".join, DATED))
def test_what_is_no_date_is_refused_by_its_field(
    started: Terminal, met: list[MijlpaalError], command: str, option: str, field: str
) -> None:
    """Every option of every command that takes one."""
    started.refused(2, f"{LINES[command]} {option} 31-31-2021")
    (error,) = met
    assert isinstance(error, InvalidValue)
    assert field == error.field


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (f"{LINES['note']} --on 2099-01-01", "on"),
        (f"{LINES['note']} --on 1999-01-01", "on"),
        (f"{LINES['advance']} --on unknown", "on"),
        (f"{LINES['start']} --on 2099-01-01", "on"),
        (f"{LINES['start']} --on unknown", "on"),
        (f"{LINES['status']} --as-of 1999-01-01", "as_of"),
        (f"{LINES['status']} --known-at 2099-01-01", "known_at"),
        (f"{LINES['status']} --known-at 1999-01-01", "known_at"),
        (f"{LINES['member add']} --on 2021-03-01 --until 2021-02-01", "until"),
    ],
)
def test_a_date_that_cannot_be_is_refused_by_its_field(
    started: Terminal, met: list[MijlpaalError], line: str, field: str
) -> None:
    """It is a date, and not one on which that can be."""
    started.refused(4, line)
    (error,) = met
    assert isinstance(error, DateRefused)
    assert field == error.field


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (f"{LINES['replan']} --on 2021-03-01".replace("2021-05", "31-31"), "date"),
        (f"{LINES['remind list']} --from 2021-03-01 --to 2021-02-01", "until"),
        (f"{LINES['status']} --as-of unknown", "as_of"),
    ],
)
def test_a_date_that_is_not_an_option_has_a_field(
    started: Terminal, met: list[MijlpaalError], line: str, field: str
) -> None:
    """So has one that has to be known, or to come after another."""
    started.refused(2, line)
    assert [field] == [each.field for each in met if isinstance(each, InvalidValue)]
