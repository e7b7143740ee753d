"""How long what comes in can be: no longer than every kind of database has room for."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from pydantic import ValidationError
from sqlalchemy import String

from definitions.calendar.dates import parse_date
from definitions.language import length_limits
from definitions.language.errors import InvalidValue
from scheduler.settings import MailSettings
from terminal.handlers import remind
from tests.support.definitions import EXAMPLE, as_stored, faults_of, load
from tests.support.engine import Traject, World, refused
from workflow.engine import Engine, Seating, Start
from workflow.model.commands import AddNote, Amend, GiveSeat, Record, ReportPart, Request
from workflow.model.mail_address import LONGEST, UnusableAddress
from workflow.model.person import Called
from workflow.people import set_contact
from workflow.storage import reminders
from workflow.storage.column_types import EnumValue
from workflow.storage.database import Database
from workflow.storage.tables import metadata

ON = parse_date("2021-06-01")
ROOM = {
    f"{table}.{column.name}": column.type.length
    for table, of in metadata.tables.items()
    for column in of.columns
    if isinstance(column.type, String) and column.type.length and not column.foreign_keys
}
"""Every column in which a text is that cannot be of any length, with how long it can be."""

# --- what comes in by a definition -------------------------------------------------------------

NAMES = {
    "id": "example",
    "party": "oost",
    "body": "raad",
    "group": "juristen",
    "role": "griffier",
    "deliverable": "tekst",
    "part": "kern",
    "level": "concept",
    "instrument": "besluit",
    "outcome": "voor",
    "ladder": "gewoon",
    "structure": "ronde",
    "state": "genomen",
    "trigger": "nemen",
    "slot": "rijp",
    "milestone": "voorstel",
    "request": "raden",
    "task": "overleg",
    "result": "gehouden",
}
"""Of each kind of name in a definition, one of the example."""

BY_DEFINITION = {
    **dict.fromkeys(
        ["milestones.milestone", "moves.milestone", "decisions.milestone", "follow_ups.milestone"],
        ("milestone",),
    ),
    **dict.fromkeys(["milestones.state", "moves.source", "moves.target"], ("state",)),
    **dict.fromkeys(["decisions.request", "follow_ups.request"], ("request",)),
    **dict.fromkeys(["decisions.body", "follow_ups.body"], ("party", "body")),
    **dict.fromkeys(["tasks.subject", "parts.subject"], ("party", "group")),
    **dict.fromkeys(["seats.place", "reminders.place"], ("party", "group")),
    **dict.fromkeys(["seats.role", "reminders.role"], ("role",)),
    **dict.fromkeys(
        ["dues.due", "reminders.due", "shifts.due"], ("milestone", "state", "request", "task")
    ),
    "definitions.id": ("id",),
    "journal.role": ("role", "party", "group"),
    "moves.trigger": ("trigger",),
    "decisions.outcome": ("outcome",),
    "tasks.milestone": ("milestone",),
    "tasks.task": ("task",),
    "tasks.result": ("result",),
    "parts.deliverable": ("deliverable",),
    "parts.part": ("part",),
    "parts.level": ("level",),
    "departures.party": ("party",),
    "shifts.party": ("party",),
    "amendments.what": ("ladder", "party"),
    "reminders.subject": ("party", "body", "group"),
    "reminders.meant_for": ("role", "party", "group"),
}
"""Of each column, the kinds of names that come in it; two of them with a sign between."""


def with_names(*kinds: str, length: int) -> str:
    """Return the example with the names of some kinds made as long as that."""
    named = "|".join(NAMES[kind] for kind in kinds)
    made = re.compile(rf"(?<![\w-])({named})(?![\w-])")
    return made.sub(lambda found: found[1].ljust(length, "x"), EXAMPLE)


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_that_is_too_long_is_a_fault(kind: str) -> None:
    """Wherever it stands: as a key, in a list, or by itself."""
    faults = faults_of(with_names(kind, length=length_limits.IDENTIFIER + 1))

    assert [] == faults_of(with_names(kind, length=length_limits.IDENTIFIER))
    assert faults
    assert all("is too long a name: 99 characters at most." in fault for fault in faults)


@pytest.mark.parametrize("kind", NAMES)
def test_a_stored_name_that_is_too_long_is_still_read(kind: str) -> None:
    """On SQLite an earlier version took it."""
    assert as_stored(with_names(kind, length=length_limits.IDENTIFIER + 1)).milestones


def test_the_version_of_a_definition_is_bound() -> None:
    """A server has no room for a higher number."""
    [fault] = faults_of(EXAMPLE.replace("version: 1", f"version: {length_limits.NUMBER + 1}"))

    assert "Expected 2147483647 or less" in fault


def test_a_process_of_the_longest_names_runs(database: Database, world: World) -> None:
    """There is room for all of them on every kind of database, also for two and a sign between."""
    written = with_names(*NAMES, length=length_limits.IDENTIFIER)
    longest = load(written.replace("note, member]", "note, member, party]"))
    name = {kind: each.ljust(length_limits.IDENTIFIER, "x") for kind, each in NAMES.items()}
    world.it_is("2021-01-04")
    traject = Traject(database, longest, world, id="x" * length_limits.NAME)
    traject.start()
    world.it_is("2022-06-01")
    party, body = name["party"], f"{name['party']}.{name['body']}"
    part = f"{name['deliverable']}/{name['part']}"
    traject.part(part, "volledig", "2021-02-01", version="v" * length_limits.NAME)
    task = f"{name['milestone']}/{name['task']}"
    traject.task(task, name["result"], "2021-02-01", name["group"])
    traject.seat(f"{name['role']}@{party}", "p" * length_limits.NAME, "2021-02-01")
    traject.advance(name["milestone"], "2021-03-01")
    traject.record(name["milestone"], body, name["outcome"], "2021-04-01")
    traject.record(name["milestone"], "west." + name["body"], name["outcome"], "2021-04-01")
    traject.advance(name["milestone"], "2021-04-02")
    traject.replan(f"{name['milestone']}/{name['request']}", "2021-10-01", "2021-04-02")
    traject.do(Amend(f"papers-due/{party}", "10d", "a rule", parse_date("2021-04-02")))
    traject.leave(party, "2021-05-01")

    assert [] == traject.problems
    with database.reading() as connection:
        assert reminders.rows_of(connection, traject.id)


# --- what comes in by a command ----------------------------------------------------------------


def _note_as(traject: Traject, user: str) -> None:
    surroundings = replace(traject.world.surroundings, os_user=user)
    Engine(traject.database, surroundings).execute(traject.id, [Request(NOTE, Called(traject.by))])


NOTE = AddNote("something", ON)
PART = ReportPart("hoofdlijnennotitie/waarom", "volledig", ON)
DECISION = Record("principebesluit", "dordrecht", "ingestemd", ON, reference="x")
BY_COMMAND: dict[str, Callable[[Traject, str], object]] = {
    "people.name": lambda traject, given: traject.seat("griffier@sliedrecht", given, "2021-01-01"),
    "people.language": lambda traject, given: set_contact(
        traject.engine, Called(traject.by), Called(traject.by), language=given
    ),
    "processes.id": lambda traject, given: traject.engine.start(
        Start(traject.definition, given, Called(traject.by))
    ),
    "journal.os_user": _note_as,
    "journal.key": lambda traject, given: traject.do(NOTE, key=given),
    "decisions.text": lambda traject, given: traject.do(replace(DECISION, text=given)),
    "parts.text": lambda traject, given: traject.do(replace(PART, text=given)),
    "parts.version": lambda traject, given: traject.do(replace(PART, version=given)),
    "seats.person": lambda traject, given: traject.do(GiveSeat("griffier@sliedrecht", given, ON)),
}
"""Of each column, the way in for the text that comes in it."""


@pytest.mark.parametrize("column", BY_COMMAND)
def test_a_text_that_is_too_long_is_refused(gr: Traject, column: str) -> None:
    """In our own words, and on every kind of database."""
    with refused(gr, InvalidValue) as caught:
        BY_COMMAND[column](gr, "x" * (ROOM[column] + 1))

    assert str(ROOM[column]) in caught.sentence


def test_an_address_is_bound(gr: Traject) -> None:
    """As mail bounds it, which is less than there is room for."""
    address = f"a@{'x' * 60}.{'x' * 60}.{'x' * 60}.{'x' * 60}.{'x' * 10}.example"
    assert LONGEST < len(address) < ROOM["people.address"]
    ways: list[Callable[[], object]] = [
        lambda: set_contact(gr.engine, Called(gr.by), Called(gr.by), address=address),
        lambda: gr.engine.give_seat(
            gr.id, Seating("griffier@sliedrecht", Called("anna"), Called(gr.by), address)
        ),
    ]
    for given in ways:
        with refused(gr, UnusableAddress) as caught:
            given()
        assert "it is too long" in caught.sentence


# --- what comes in otherwise -------------------------------------------------------------------

DATES = {column for column in ROOM if column.endswith((".effective", ".date", ".counted_from"))}
"""A date as it was written."""

OURS = {
    column
    for column in ROOM
    if column.endswith((".sha256", "hash", ".digest", ".precision", ".type", ".actor"))
} | {
    *("people.id", "messages.id", "messages.person", "reminders.rung"),
    *("calendars.zone", "calendars.release", "processes.calendar"),
}
"""What the program makes itself, always of the same length, or has a short list of."""

BY_SETTINGS = {"messages.message_id", "messages.holder", "nodes.id"}
"""What has the names of machines and domains in it."""

BY_MAIL = {"people.address"}
"""What is an address, or is refused."""

AS_ELSEWHERE = {"messages.address": "people.address"}
"""What was bound where it came in another column."""


def test_every_text_is_bound_where_it_comes_in() -> None:
    """A new column has to be in one of the lists here."""
    bound = [*BY_DEFINITION, *BY_COMMAND, *BY_MAIL, *DATES, *OURS, *BY_SETTINGS, *AS_ELSEWHERE]

    assert sorted(ROOM) == sorted(bound)


@pytest.mark.parametrize("column", BY_DEFINITION)
def test_there_is_room_for_the_names_of_a_definition(column: str) -> None:
    """For two of them and a sign between, where a column has two."""
    whole = {
        length_limits.NAME: length_limits.IDENTIFIER,
        length_limits.REFERENCE: 2 * length_limits.IDENTIFIER + 1,
    }

    assert set(BY_DEFINITION[column]) <= set(NAMES)
    assert whole[ROOM[column]] <= ROOM[column]


@pytest.mark.parametrize(
    "written",
    ["  uiterlijk   woensdag,  16   september 2021  ", "x" * 101, "2021-01-21/2021-01-26"],
)
def test_a_date_is_never_long(written: str) -> None:
    """What can be read as one has a form, and each form is short."""
    try:
        read = parse_date(written).written
    except InvalidValue:
        read = ""

    assert all(len(read) <= ROOM[column] for column in DATES)


def test_words_of_our_own_fit() -> None:
    """There is room for each member of an enumeration."""
    kinds = {
        column.type.kind
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, EnumValue)
    }

    assert kinds
    assert all(len(member.value) <= 16 for kind in kinds for member in kind)


def test_a_node_has_room_for_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a machine can be long; what makes a node another than others stays whole."""
    monkeypatch.setattr("platform.node", lambda: "x" * 255)
    monkeypatch.setattr("os.getpid", lambda: 2**31)

    name = remind.node_name("0123456789")

    assert name.endswith("-2147483648-01234567")
    assert len(name) <= ROOM["nodes.id"] == ROOM["messages.holder"]


@pytest.mark.parametrize("setting", ["domain", "sender"])
def test_the_id_of_a_letter_is_bound(setting: str) -> None:
    """A domain that ends it is no longer than leaves room for the rest."""
    domain = ".".join(["x" * 40] * 4)
    fits, too_long = domain[:160], f"{domain[:160]}x"
    made = {"domain": "{}", "sender": "a@{}"}[setting]

    assert fits == MailSettings.model_validate({setting: made.format(fits)}).id_domain
    assert len(f"<{'0' * 32}@{fits}>") <= ROOM["messages.message_id"]
    with pytest.raises(ValidationError, match="at most 160 characters"):
        MailSettings.model_validate({setting: made.format(too_long)})
