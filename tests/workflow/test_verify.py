"""Verify: whatever was done behind the program's back, the first thing that differs is named."""

import json
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import JSON, inspect
from sqlalchemy import text as sql

from definitions.language.errors import InvalidValue
from tests.support.databases import Site, force, made, opened, rows_of
from tests.support.definitions import load
from tests.support.engine import (
    ODD,
    Traject,
    World,
    gr_sociaal_domein,
    to_final_text_in_route,
)
from workflow.model.events import NoteAdded
from workflow.model.journal import entry_hash
from workflow.storage import reading
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem
from workflow.verify import UNREADABLE as CANNOT_BE_READ
from workflow.verify import Verdict, Witness, parse_head, verify


@pytest.fixture(scope="module")
def life(site: Site, template: str) -> Iterator[str]:
    """Live most of a process, with something in every table; copy the database."""
    with made(site, template) as url:
        with Database(url) as database:
            _live(database)
        yield url


def _live(database: Database) -> None:
    traject = Traject(database, gr_sociaal_domein(), id="gr-sociaal-domein")
    traject.start()
    traject.seat("griffier@dordrecht", "griffier D", "2021-01-01")
    to_final_text_in_route(traject)
    traject.note("something", "2021-09-01")
    assert [] == traject.problems


@pytest.fixture
def lived(site: Site, life: str) -> Iterator[Traject]:
    """Return a process that is well under way."""
    with opened(site, life) as database:
        yield Traject(database, gr_sociaal_domein(), World(people=2), id="gr-sociaal-domein")


def verdict(traject: Traject, witness: Witness | None = None) -> Verdict:
    """Return what is found about the one process there is."""
    (found,) = verify(traject.database, traject.id, witness)
    return found


def first_problem(traject: Traject, *statements: str) -> str:
    """Return the first thing that is found wrong after something was done behind its back."""
    force(traject.database, *statements)
    problems = traject.problems
    assert problems
    return problems[0]


def is_impossible(traject: Traject, statement: str) -> bool:
    """Do something behind its back; say whether the types of the database already forbid it.

    They never do on SQLite, where any column takes anything.
    """
    try:
        force(traject.database, statement)
    except (psycopg.DataError, psycopg.errors.DatatypeMismatch):
        return traject.database.file is None
    return False


def test_a_verdict_has_the_head_of_the_journal(lived: Traject) -> None:
    """How many entries, and the hash to write down elsewhere."""
    found = verdict(lived)

    assert (lived.id, len(lived.journal), lived.journal[-1].hash, ()) == (
        found.process,
        found.entries,
        found.head,
        found.problems,
    )


def test_a_process_that_does_not_exist_has_no_verdict(lived: Traject) -> None:
    """Nothing is said of it, good or bad."""
    assert [] == verify(lived.database, "nothing")


def test_every_process_gets_its_own_verdict(lived: Traject) -> None:
    """What is wrong with one says nothing of the other."""
    other = Traject(lived.database, lived.definition, lived.world, id="another")
    other.start()
    force(lived.database, "UPDATE journal SET actor = 'x' WHERE process = 'another'")

    found = {each.process: bool(each.problems) for each in verify(lived.database)}

    assert {"another": True, lived.id: False} == found


# --- the journal -------------------------------------------------------------------------------

COLUMNS = {
    "type": "'note-added'",
    "actor": "'person-9'",
    "role": "'stuurgroep'",
    "os_user": "'root'",
    "recorded_at": "'2022-06-01T10:00:00.000001+00:00'",
    "effective": "'by 2020-12-01'",
    "effective_on": "'2020-12-02'",
    "precision": "'by'",
    "key": "'a key'",
    "digest": "'a digest'",
    "payload": "replace(CAST(payload AS text), '{', '{\"remark\": \"changed\", ')",
    "prev_hash": f"'{'1' * 64}'",
    "hash": f"'{'1' * 64}'",
}


def test_every_column_of_the_journal_is_tried(lived: Traject) -> None:
    """Who adds a column adds what happens when it is changed."""
    with lived.database.reading() as connection:
        columns = {each["name"] for each in inspect(connection).get_columns("journal")}

    assert columns - {"process", "seq"} == COLUMNS.keys()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_found(lived: Traject, column: str) -> None:
    """Every column of an entry is covered, and the entry is named."""
    type_ = "::json" if column == "payload" and lived.database.file is None else ""
    change = f"{column} = {COLUMNS[column]}{type_}"

    found = first_problem(lived, f"UPDATE journal SET {change} WHERE seq = 5")

    assert found.startswith("entry 5 ")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE journal SET seq = 900 WHERE seq = 7", "entry 7 is missing"),
        ("DELETE FROM journal WHERE seq = 7", "entry 7 is missing"),
        ("DELETE FROM journal WHERE seq = 1", "entry 1 is missing"),
        ("DELETE FROM journal", "the journal is empty"),
        (
            "DELETE FROM journal WHERE seq > 100",
            "the journal ends at entry 100, and the process says it ends at 116",
        ),
        (
            (
                "INSERT INTO journal SELECT process, seq + 1, type, actor, role, os_user, "
                "recorded_at, effective, effective_on, precision, key, digest, payload, "
                "prev_hash, hash "
                "FROM journal WHERE seq = (SELECT max(seq) FROM journal)"
            ),
            "entry 117 does not follow the entry before it",
        ),
    ],
)
def test_an_entry_taken_out_put_in_or_moved_is_found(
    lived: Traject, statement: str, problem: str
) -> None:
    """In the middle, at the beginning, at the end."""
    assert problem == first_problem(lived, statement)


UNREADABLE = {
    "a payload that is no JSON": "payload = '{'",
    "a payload that is a list": "payload = '[]'",
    "a payload that is empty": "payload = ''",
    "a payload without what it needs": "payload = '{}'",
    "a payload with what nobody knows": 'payload = \'{"note": "x", "mood": "good"}\'',
    "a payload with half a character": "type = 'note-added', payload = '{\"note\": \"\\ud800\"}'",
    "a payload that is NaN": "type = 'note-added', payload = '{\"note\": NaN}'",
    "a payload of bytes": "payload = x'00ff'",
    "a payload nested without end": f"payload = '{'[' * 5000}{']' * 5000}'",
    "a type that does not exist": "type = 'note-removed'",
    "an instant that is none": "recorded_at = 'yesterday'",
    "an instant of bytes": "recorded_at = x'00ff'",
    "an instant without a zone": "recorded_at = '2022-06-01T10:00:01'",
    "a date that is none": "effective = 'soon'",
    "a day that is none": "effective_on = 'soon'",
    "a number for a day": "effective_on = 5",
}


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=list(UNREADABLE))
def test_an_entry_that_cannot_be_read_is_named(lived: Traject, change: str) -> None:
    """Never a traceback: whatever lies there, the entry is named."""
    if is_impossible(lived, f"UPDATE journal SET {change} WHERE seq = 5"):
        return

    assert lived.problems[0].startswith("entry 5 ")


def rewrite(traject: Traject, seq: int, change: Callable[[dict[str, object]], None]) -> None:
    """Change the payload of an entry, and forge the whole chain and the head after it."""
    with traject.database.reading() as connection:
        wanted = sql("SELECT payload FROM journal WHERE seq = :seq").columns(payload=JSON)
        data = connection.execute(wanted, {"seq": seq}).scalar_one()
    change(data)
    written = json.dumps(data).replace("'", "''")
    force(traject.database, f"UPDATE journal SET payload = '{written}' WHERE seq = {seq}")
    _forge(traject)


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_cannot_be_read_is_not_told(lived: Traject, change: str) -> None:
    """An account, which reads less of each entry, refuses what the whole journal refuses."""
    if is_impossible(lived, f"UPDATE journal SET {change} WHERE seq = 5"):
        return

    engine, process = lived.engine, lived.id
    assert _refusal(lambda: engine.journal(process)) == _refusal(
        lambda: engine.dated_events(process)
    )


def test_an_account_tells_what_the_journal_says(lived: Traject) -> None:
    """Every entry, in the same order, and of each what happened and when."""
    said = [
        (each.seq, each.event, each.recorded_at, each.effective.written, each.effective_on)
        for each in lived.journal
    ]

    assert said == [
        (each.seq, each.event, each.recorded_at, each.effective.written, each.effective_on)
        for each in lived.engine.dated_events(lived.id)
    ]


def _refusal(action: Callable[[], object]) -> str | None:
    """Return how something is refused; None where it is not."""
    try:
        action()
    except (*CANNOT_BE_READ, DatabaseProblem) as error:
        return repr(error)
    return None


def _forge(traject: Traject) -> None:
    with traject.database.reading() as connection:
        entries = reading.read_journal(connection, traject.id)
    statements, before = [], "0" * 64
    for entry in entries:
        forged = entry._replace(prev_hash=before, hash="")
        before = entry_hash(forged)
        statements.append(
            f"UPDATE journal SET prev_hash = '{forged.prev_hash}', hash = '{before}' "
            f"WHERE seq = {entry.seq}"
        )
    force(traject.database, *statements, f"UPDATE processes SET head_hash = '{before}'")


def test_a_forged_chain_is_found_by_what_the_tables_say(lived: Traject) -> None:
    """A rewritten decision with a chain that fits again does not fit the tables."""
    seq = next(each.seq for each in lived.journal if "outcome" in repr(each.event))

    rewrite(lived, seq, lambda payload: payload.update(outcome="verworpen"))

    assert [
        "table milestones differs from the journal: principebesluit",
        "table moves differs from the journal: principebesluit, vaststellen, in-route, vastgesteld",
    ] == [each for each in lived.problems if "principebesluit" in each][:2]


def test_a_forged_chain_that_means_nothing_is_named_too(lived: Traject) -> None:
    """A milestone that does not exist, in a chain that fits: named, and no traceback."""
    seq = next(each.seq for each in lived.journal if "outcome" in repr(each.event))

    rewrite(lived, seq, lambda payload: payload.update(milestone="nothing"))

    assert 1 == len(lived.problems)
    assert "cannot be rebuilt" in lived.problems[0]


def test_a_move_that_is_not_drawn_is_named(lived: Traject) -> None:
    """A forged transition that the structure does not have."""
    seq = next(each.seq for each in lived.journal if "MilestoneMoved" in repr(each.event))

    rewrite(lived, seq, lambda payload: payload.update(target="vastgesteld"))

    assert "cannot be rebuilt" in lived.problems[0]


# --- witnesses ---------------------------------------------------------------------------------


def test_a_witness_finds_a_tail_that_was_rewritten(lived: Traject) -> None:
    """Whoever wrote a head down sees that the past is another one, though all of it fits."""
    head = lived.journal[-1]
    witness = parse_head(f"{head.seq}:{head.hash[:12]}")
    assert () == verdict(lived, witness).problems

    rewrite(lived, head.seq, lambda payload: payload.update(note="something else"))

    assert () == verdict(lived).problems
    assert [f"entry {head.seq} is not the one of which you have the hash"] == [
        str(each) for each in verdict(lived, witness).problems
    ]


def test_a_witness_finds_a_tail_that_was_cut_off(lived: Traject) -> None:
    """A journal shortened with its head and its tables: only who has the old head knows."""
    head = lived.journal[-1]
    before = lived.journal[-2]
    assert isinstance(head.event, NoteAdded)
    force(
        lived.database,
        f"DELETE FROM journal WHERE seq = {head.seq}",
        f"UPDATE processes SET head_seq = {before.seq}, head_hash = '{before.hash}', "
        f"planned_seq = {before.seq}",
    )

    assert () == verdict(lived).problems
    assert [f"entry {head.seq}, of which you have the hash, is not there"] == [
        str(each) for each in verdict(lived, parse_head(f"{head.seq}:{head.hash}")).problems
    ]


def test_a_witness_of_long_ago_still_stands(lived: Traject) -> None:
    """What was a head once is an entry now."""
    early = lived.journal[9]

    assert () == verdict(lived, parse_head(f"10:{early.hash}")).problems


@pytest.mark.parametrize(
    "written",
    ["", "12", "12:", "12:xyz", "0:" + "a" * 64, "-1:" + "a" * 64, "1:" + "a" * 65, "1:abc"],
)
def test_a_head_has_a_form(written: str) -> None:
    """A number, a colon, and enough of the hash."""
    with pytest.raises(InvalidValue):
        parse_head(written)


def test_a_head_is_read_as_it_was_printed() -> None:
    """Capitals and spaces around it do no harm."""
    assert Witness(42, "abcdef012345") == parse_head(" 42:ABCDEF012345 ")


# --- the tables --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE milestones SET state = 'beeindigd' WHERE milestone = 'concepttekst'",
            "table milestones differs from the journal: concepttekst",
        ),
        (
            "UPDATE milestones SET entered = '{}' WHERE milestone = 'concepttekst'",
            "table milestones differs from the journal: concepttekst",
        ),
        (
            "UPDATE milestones SET that_day = '[]' WHERE milestone = 'hoofdlijnennotitie'",
            "table milestones differs from the journal: hoofdlijnennotitie",
        ),
        (
            "DELETE FROM milestones WHERE milestone = 'concepttekst'",
            "table milestones lacks a row: concepttekst",
        ),
        (
            (
                "UPDATE moves SET basis = 'attested' WHERE trigger = 'treffen' "
                "OR trigger = 'opleveren' AND milestone = 'concepttekst'"
            ),
            "table moves differs from the journal: concepttekst, opleveren, dialoog, oplevering",
        ),
        (
            "DELETE FROM moves WHERE trigger = 'vaststellen' AND milestone = 'concepttekst'",
            "table moves lacks a row: concepttekst, vaststellen, in-route, vastgesteld",
        ),
        (
            (
                "UPDATE decisions SET outcome = 'verworpen' WHERE milestone = 'principebesluit' "
                "AND body = 'dordrecht.raad'"
            ),
            "table decisions differs from the journal: principebesluit, raden, 1, dordrecht.raad",
        ),
        (
            "DELETE FROM decisions WHERE milestone = 'principebesluit' AND body = 'dordrecht.raad'",
            "table decisions lacks a row: principebesluit, raden, 1, dordrecht.raad",
        ),
        (
            (
                "UPDATE decisions SET round = 7 WHERE milestone = 'principebesluit' "
                "AND body = 'zwijndrecht.raad'"
            ),
            "table decisions lacks a row: principebesluit, raden, 1, zwijndrecht.raad",
        ),
        (
            (
                "UPDATE tasks SET done = FALSE WHERE task = 'bestuurlijke-sessie' "
                "AND milestone = 'concepttekst'"
            ),
            "table tasks differs from the journal: concepttekst, bestuurlijke-sessie, , 0",
        ),
        (
            "DELETE FROM parts WHERE part = 'waarom'",
            "table parts lacks a row: hoofdlijnennotitie, waarom, ",
        ),
        (
            "UPDATE seats SET until = '2022-01-01' WHERE seq = 2",
            "table seats differs from the journal: 2",
        ),
        ("DELETE FROM seats WHERE seq = 2", "table seats lacks a row: 2"),
        (
            (
                "INSERT INTO seats SELECT process, 9, role, place, person, since, until, mailbox "
                "FROM seats WHERE seq = 2"
            ),
            "table seats has a row too many: 9",
        ),
        (
            "UPDATE processes SET begins = '2020-10-01'",
            "table processes differs from the journal: begins",
        ),
        (
            "UPDATE processes SET last_day = '2022-05-05'",
            "table processes differs from the journal: last_day",
        ),
        (
            "UPDATE processes SET reconstruction = TRUE",
            "table processes differs from the journal: reconstruction",
        ),
        (
            "UPDATE processes SET head_seq = 100",
            "the journal ends at entry 116, and the process says it ends at 100",
        ),
        (
            f"UPDATE processes SET head_hash = '{'1' * 64}'",
            "the journal ends at entry 116, and the process says it ends at 116",
        ),
    ],
)
def test_a_row_that_was_altered_added_or_taken_away_is_named(
    lived: Traject, statement: str, problem: str
) -> None:
    """Table by table, the first row that differs from what follows from the journal."""
    assert problem == first_problem(lived, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE milestones SET basis = 'hearsay'",
        "UPDATE milestones SET since = 'soon'",
        "UPDATE milestones SET entered = '{'",
        "UPDATE milestones SET entered = '[]'",
        "UPDATE milestones SET that_day = '{'",
        "UPDATE decisions SET effect = 'maybe'",
        "UPDATE decisions SET effective_on = 'soon'",
        "UPDATE seats SET since = x'00'",
        "UPDATE processes SET last_day = 'soon'",
        "UPDATE processes SET reconstruction = 'maybe'",
    ],
)
def test_a_row_that_cannot_be_read_is_found(lived: Traject, statement: str) -> None:
    """Never a traceback: what lies in a table may be anything."""
    assert is_impossible(lived, statement) or lived.problems


# --- the definition ----------------------------------------------------------------------------

CHANGED = "the stored definition was changed: it no longer has the hash it is pinned by"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE definitions SET document = replace(document, 'verworpen', 'verworden')",
        "UPDATE definitions SET document = document || ' '",
        "UPDATE definitions SET document = '{'",
        "UPDATE definitions SET document = ''",
        "UPDATE definitions SET document = x'00ff'",
        f"UPDATE definitions SET sha256 = '{'1' * 64}'",
        "DELETE FROM definitions",
    ],
)
def test_a_changed_definition_is_found(lived: Traject, statement: str) -> None:
    """A process runs by the definition it began with, to the letter."""
    assert is_impossible(lived, statement) or CHANGED == lived.problems[0]


def test_another_definition_in_its_place_is_found(lived: Traject) -> None:
    """The journal says which definition it is: the process cannot be pinned to another one."""
    other = Traject(lived.database, load(ODD), lived.world, id="odd")
    other.start()

    found = first_problem(
        lived,
        f"UPDATE processes SET definition = '{other.definition.sha256}' WHERE id = '{lived.id}'",
    )

    assert "table processes differs from the journal: definition" == found


def test_verifying_writes_nothing(lived: Traject) -> None:
    """It is a query."""
    before = rows_of(lived.database)

    verify(lived.database)

    assert before == rows_of(lived.database)


def test_a_command_on_a_changed_definition_is_refused(lived: Traject) -> None:
    """Nothing is decided by a definition that is not the one of the beginning."""
    force(lived.database, "UPDATE definitions SET document = document || ' '")
    afresh = Traject(lived.database, lived.definition, lived.world, id=lived.id)

    with pytest.raises(Exception, match="cannot be used") as raised:
        afresh.note("something", "2021-09-02")

    assert "DefinitionInvalid" == type(raised.value).__name__
