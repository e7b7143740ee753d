"""Forgetting a person: nothing of the name and the address is left in what the program wrote."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from definitions.language.text import text
from scheduler.channels import Filed as PutThere
from scheduler.mail.erasing import erase_from_folders
from scheduler.mail.folder import FolderChannel
from tests.support.databases import on_server, url_of
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.outbox import Desk
from tests.support.rich import FIRST, Scribe, seat
from tests.support.traces import in_folder, raw, read_out, traces
from workflow import people
from workflow.model.person import Called
from workflow.people import Erased, ErasureIncomplete, Filed, erase
from workflow.rules.redacting import Forgotten
from workflow.storage import messages, reading, scrubbing, store
from workflow.storage.database import Database
from workflow.storage.errors import TemporarilyUnavailable
from workflow.storage.messages import Message

NAME, ADDRESS = "Zoë van der Ließt-Çelik", "zoe.vanderliesst@straße.example"
WORDS = ("Ließt", "Çelik", "vanderliesst", ADDRESS)
"""What would tell who it was."""


@pytest.fixture
def desk(database: Database, world: World) -> Desk:
    """Start a process whose second secretary is named in every letter to a griffier."""
    world.it_is("2021-01-04")
    if database.file is None:  # so that what lies in the files can be read there
        with database.writing() as connection:
            change = "ALTER TABLE messages ALTER COLUMN content SET STORAGE EXTERNAL"
            connection.exec_driver_sql(change)
    traject = Traject(database, load(example()), world)
    traject.start()
    people.set_contact(
        traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@a.example"
    )
    for party in ("oost", "west", "zuid"):
        seat(traject, f"griffier@{party}", f"griffier {party}", "2021-01-04", f"{party}@a.example")
    seat(traject, "secretaris", NAME, "2021-01-04", ADDRESS)
    world.it_is(FIRST)
    return Desk(traject, Scribe())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where letters are put."""
    found = tmp_path / "mail"
    found.mkdir()
    return found


def tell(desk: Desk, folder: Path) -> list[Message]:
    """Tell the three griffiers: one by a server, one into a folder, and one is not told yet."""
    claimed = desk.claim()
    for each in claimed:
        match str(each.address).partition("@")[0]:
            case "oost":
                desk.outbox.accepted(each, desk.now)
            case "west":
                outcome = FolderChannel(folder).send(each.content, str(each.address))
                assert isinstance(outcome, PutThere)
                desk.outbox.filed(each, outcome.folder, desk.now)
            case _:
                why = f"550 {ADDRESS} does not answer"
                desk.outbox.failed(each, why, desk.now, unsure=True)
    return claimed


def forget(desk: Desk, name: str = NAME) -> Erased:
    """End the seat of the second secretary, and forget them, with what lies in folders."""
    traject = desk.traject
    traject.unseat("secretaris", name, traject.world.now.date().isoformat())
    desk.wait(days=1)
    return erase(traject.engine, Called(name), Called(SECRETARY), files=files)


def files(gone: Forgotten, folders: Sequence[str], dry: bool) -> Sequence[Filed]:
    """Take a person out of the letters in folders."""
    return erase_from_folders(folders, gone, dry=dry)


def kept(desk: Desk) -> dict[str, str]:
    """Return what the letters say that are kept, by their ids."""
    with desk.traject.database.reading() as connection:
        ids = messages.message_ids(connection)
        return {
            each.id: read_out(each.content) for each in messages.stored_contents(connection, ids)
        }


def test_nothing_is_left_of_them(desk: Desk, folder: Path) -> None:
    """Not in a row, not in a page that is free, not in a letter to others, not in a folder."""
    database = desk.traject.database
    tell(desk, folder)
    if database.file is None:  # a server keeps the values of columns, too
        on_server("ANALYZE", url=url_of(database))
    assert traces(raw(database), *WORDS)
    assert all(word in in_folder(folder) for word in WORDS[:3])

    found = forget(desk)

    assert [] == traces(raw(database), *WORDS)
    assert not any(
        word in each for each in (in_folder(folder), *kept(desk).values()) for word in WORDS
    )
    assert (3, 1, ()) == (found.taken.letters, found.taken.released, found.not_rewritten)
    assert [(str(folder), 1, ())] == [
        (each.folder, each.changed, each.left) for each in found.folders
    ]
    assert [] == desk.traject.problems


@pytest.mark.only("sqlite")
def test_what_was_said_stays_and_to_which_seat(desk: Desk, folder: Path) -> None:
    """Of a letter that was sent: all but who they were, who is an opaque id there."""
    letters = {each.id: read_out(each.content) for each in tell(desk, folder)}
    person = forget(desk).held.id

    for id, said in kept(desk).items():
        for line in letters[id].splitlines():
            if not any(word in line for word in (*WORDS, "Zo", "Content-", "xn--", "=?")):
                assert line in said, line
        assert f"{person}@forgotten.invalid" in said


@pytest.mark.only("sqlite")
def test_what_was_not_sent_is_written_anew(desk: Desk, folder: Path) -> None:
    """Under an id of its own, for its bytes are others; and who held it settles nothing."""
    (held,) = [each for each in tell(desk, folder) if str(each.address).startswith("zuid")]
    desk.wait(minutes=6)
    (again,) = desk.claim()
    assert held.message_id == again.message_id
    forget(desk)

    assert not desk.outbox.accepted(again, desk.now)
    (anew,) = desk.claim()
    assert (held.address, True) == (anew.address, held.message_id != anew.message_id)
    assert not any(word in read_out(anew.content) for word in WORDS)
    assert desk.outbox.accepted(anew, desk.now)
    assert [] == desk.traject.problems


@pytest.mark.only("sqlite")
def test_what_was_written_to_them_stays_without_them(desk: Desk, folder: Path) -> None:
    """Like what was written to others: it was said, to that seat."""
    tell(desk, folder)
    desk.wait(days=17)
    for each in desk.claim():
        desk.outbox.accepted(each, desk.now)
    person = forget(desk).held.id

    assert any(f"Geachte {person}," in each for each in kept(desk).values())
    with desk.traject.database.reading() as connection:
        of_whom = connection.exec_driver_sql("SELECT person FROM messages").scalars().all()
    assert person not in of_whom
    assert [] == desk.traject.problems


class Killed(BaseException):
    """The program is killed."""


MOMENTS = ("before", "files", "rows", "rewriting", "files again")


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_was_cut_off_is_ended_by_the_same_once_more(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Wherever it was; nobody is shown what stands for the name meanwhile."""
    if desk.traject.database.file is None and moment not in ("rows", "rewriting"):
        pytest.skip("nothing there differs by kind of database")
    tell(desk, folder)
    passes = iter(("files", "files again"))

    def killed(gone: Forgotten, folders: Sequence[str], dry: bool) -> Sequence[Filed]:
        found = files(gone, folders, dry)
        if next(passes) == moment:
            raise Killed
        return found

    def die(*_: object) -> tuple[str, ...]:
        raise Killed

    with monkeypatch.context() as patch:
        if moment == "rows":
            patch.setattr("workflow.people.erase_from_letters", die)
        if moment == "rewriting":
            patch.setattr(people, "rewrite_tables", die)
        traject = desk.traject
        traject.unseat("secretaris", NAME, FIRST)
        desk.wait(days=1)
        if moment != "before":
            with pytest.raises(Killed):
                erase(traject.engine, Called(NAME), Called(SECRETARY), files=killed)
    assert not any("\x1f" in name for name in shown(desk))

    found = erase(traject.engine, Called(NAME), Called(SECRETARY), files=files)

    assert () == found.not_rewritten
    assert [] == traces(raw(traject.database), *WORDS)
    assert not any(word in in_folder(folder) for word in WORDS)
    assert 4 == rows_of_people(traject.database)


def shown(desk: Desk) -> Iterator[str]:
    """Yield the names of everybody."""
    with desk.traject.database.reading() as connection:
        yield from (name for name, _ in reading.people(connection).values())


def rows_of_people(database: Database) -> int:
    """Return of how many people there is a row."""
    with database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM people").scalar_one())


@pytest.mark.only("sqlite")
def test_where_they_were_reached_before_goes_too(desk: Desk, folder: Path) -> None:
    """A letter was written to them there, and others had it to answer to."""
    people.set_contact(
        desk.traject.engine, Called(NAME), Called(SECRETARY), address="before@b.example"
    )
    desk.wait(days=17)
    tell(desk, folder)
    people.set_contact(desk.traject.engine, Called(NAME), Called(SECRETARY), address=ADDRESS)
    assert any("before@b.example" in each for each in kept(desk).values())
    forget(desk)

    assert [] == traces(raw(desk.traject.database), "before@b.example", *WORDS)
    assert "before@b.example" not in in_folder(folder)


@pytest.mark.only("sqlite")
def test_an_address_of_somebody_else_stays(desk: Desk, folder: Path) -> None:
    """It is theirs as well; that is said."""
    people.set_contact(
        desk.traject.engine, Called("griffier oost"), Called(SECRETARY), address=ADDRESS
    )
    tell(desk, folder)
    found = forget(desk)

    assert found.shared
    assert any(ADDRESS in each for each in kept(desk).values())


@pytest.mark.only("sqlite")
def test_where_somebody_typed_it_is_said(desk: Desk, folder: Path) -> None:
    """The journal is never changed."""
    desk.traject.note(f"rang {NAME}", "2021-09-01")
    seq = desk.traject.last

    assert [(desk.traject.id, seq)] == list(forget(desk).typed)


@pytest.mark.only("sqlite")
def test_only_tried_nothing_is_changed(desk: Desk, folder: Path) -> None:
    """It says how much it would be."""
    tell(desk, folder)
    desk.traject.unseat("secretaris", NAME, FIRST)
    desk.wait(days=1)
    before = kept(desk), in_folder(folder)
    found = erase(desk.traject.engine, Called(NAME), Called(SECRETARY), dry=True, files=files)

    assert (3, 1) == (found.taken.letters, found.folders[0].changed)
    assert before == (kept(desk), in_folder(folder))


@pytest.mark.only("sqlite")
def test_every_connection_overwrites_what_it_frees(desk: Desk) -> None:
    """Whatever the library was built with."""
    for open_ in (desk.traject.database.reading, desk.traject.database.writing):
        with open_() as connection:
            assert 1 == connection.exec_driver_sql("PRAGMA secure_delete").scalar()


@pytest.mark.only("postgresql")
def test_who_may_not_write_anew_is_told_what_to_have_done(desk: Desk, folder: Path) -> None:
    """A role that does not own the tables; nothing else is kept from it."""
    database = desk.traject.database
    name = f"no_owner_{uuid4().hex}"
    with database.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql(f"CREATE ROLE {name}")
        try:
            alone.exec_driver_sql(f"SET ROLE {name}")
            left = list(scrubbing._on_server(alone, ("people",), lambda _: None))
        finally:
            alone.exec_driver_sql("RESET ROLE")
            alone.exec_driver_sql(f"DROP ROLE {name}")
    assert ["people", "pg_statistic"] == left


@pytest.mark.only("postgresql")
def test_who_still_sees_it_keeps_it_there(desk: Desk, folder: Path) -> None:
    """A transaction that began before; that is said, and it is tried again until it ends."""
    database = desk.traject.database
    pauses: list[float] = []
    with database.engine.connect() as connection:
        watcher = connection.execution_options(isolation_level="REPEATABLE READ")
        watcher.exec_driver_sql("SELECT count(*) FROM nodes")

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 2:
                watcher.rollback()
            if len(pauses) > 2:  # the server gathers what it knows of columns, by itself
                time.sleep(seconds)

        people.set_contact(
            desk.traject.engine, Called(NAME), Called(SECRETARY), address="another@a.example"
        )
        assert () == scrubbing.rewrite_tables(database, ("people",), pause)
    assert len(pauses) >= 2
    assert [] == traces(raw(database), ADDRESS)


@pytest.mark.only("sqlite")
def test_a_node_that_holds_it_meanwhile(desk: Desk, folder: Path) -> None:
    """What it was about to send was released: another claim writes it anew."""
    claimed = desk.claim()
    forget(desk)
    desk.wait(minutes=1)
    assert [False] * 3 == [desk.outbox.accepted(each, desk.now) for each in claimed]
    assert 3 == len(desk.claim())
    with desk.traject.database.reading() as connection:
        wanted = "SELECT count(*) FROM messages WHERE status = 'waiting'"
        assert 3 == connection.exec_driver_sql(wanted).scalar_one()


def test_a_letter_that_was_being_written_meanwhile(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever wrote it had read the name before it went: it is looked for once more."""
    database = desk.traject.database
    (late, *_) = tell(desk, folder)
    calls: list[int] = []

    def rewritten(*arguments: Any) -> tuple[str, ...]:
        if not calls:
            with database.writing() as connection:
                other = replace(late, id="late", message_id="<late@a.example>", next_at=desk.now)
                messages.add_messages(connection, [other])
        calls.append(1)
        return scrubbing.rewrite_tables(*arguments)

    monkeypatch.setattr(people, "rewrite_tables", rewritten)
    found = forget(desk)

    assert (4, 2, 2) == (found.taken.letters, found.taken.released, len(calls))
    assert [] == traces(raw(database), *WORDS)


@pytest.mark.only("sqlite")
def test_what_the_database_cuts_off_is_said(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as if nothing had been written: the same command goes on."""

    def gone(*_: object) -> None:
        raise TemporarilyUnavailable(text("the server is away"))

    with monkeypatch.context() as patch:
        patch.setattr(store, "erase_person", gone)
        with pytest.raises(ErasureIncomplete, match="the server is away") as raised:
            forget(desk)
    assert "goes on where it was cut off" in str(raised.value.advice)

    assert (
        () == erase(desk.traject.engine, Called(NAME), Called(SECRETARY), files=files).not_rewritten
    )
    assert 4 == rows_of_people(desk.traject.database)
