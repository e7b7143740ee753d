"""Backup and restore as the documentation has them, step by step, while others are writing."""

import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from tests.support import clusters
from tests.support.building import DOCS
from tests.support.databases import POSTGRESQL, SQLITE
from tests.support.engine import Traject
from tests.support.readme import (
    BLOCK,
    COMMAND,
    HEAD,
    ROOT,
    Reader,
    in_a_folder,
    programs_in,
    reached_by_any_name,
)
from tests.support.storms import Now
from workflow.model.commands import AddNote
from workflow.storage.database import Database

PAGES = {SQLITE: "one-machine", POSTGRESQL: "several-nodes"}
URL = {SQLITE: "sportpark.sqlite3", POSTGRESQL: "postgresql://mijlpaal_app@db.example/mijlpaal"}
RESTORED = {
    SQLITE: "restored.sqlite3",
    POSTGRESQL: "postgresql://mijlpaal_app@db.example/restored",
}
SET_UP = {SQLITE: [], POSTGRESQL: ["Two roles"]}
"""The sections of a page that have to be gone through before there is a database."""
WRITERS = 3
ENOUGH = 10
"""How many entries each writer makes before anybody backs up, and while it is done."""
DAY = parse_date("2026-02-02")


@pytest.fixture(params=PAGES)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Work in a folder of one's own and, for PostgreSQL, with a server of one's own."""
    kind = str(request.param)
    missing = [name for name in programs_in(page_of(kind)) if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(sorted(missing))}")
    with in_a_folder(tmp_path):
        if kind == SQLITE:
            yield kind
            return
        with clusters.running() as server, reached_by_any_name(server.port):
            yield kind


def page_of(kind: str) -> str:
    """Return the page on a kind of database."""
    return (DOCS / "running-it" / f"{PAGES[kind]}.md").read_text(encoding="utf-8")


def commands_under(page: str, title: str) -> list[str]:
    """Return the commands of a section of a page."""
    section = re.split(rf"^## {title}$", page, flags=re.MULTILINE)[1].partition("\n## ")[0]
    return COMMAND.findall("".join(BLOCK.findall(section)))


@dataclass(frozen=True)
class Others:
    """Others who write all the time.

    Attributes:
        done: the numbers of what was acknowledged to them.
        over: they have stopped, or are to.
    """

    url: str
    done: list[int] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def write(self) -> None:
        """Write one note after the other until it is over."""
        definition = open_definition(str(DOCS / "examples" / "sportpark.yaml"))
        try:
            with Database(self.url) as database:
                traject = Traject(database, definition, Now(), "sportpark")
                while not self.over.is_set():
                    note = AddNote(f"{len(self.done)}", DAY, "a source")
                    self.done.append(traject.do(note).head.head_seq)
        finally:
            self.over.set()

    def wait_for(self, entries: int) -> None:
        """Wait until so many entries more were acknowledged to them."""
        enough = len(self.done) + entries
        while len(self.done) < enough and not self.over.is_set():
            time.sleep(0.01)


@contextmanager
def others_writing(url: str) -> Iterator[Others]:
    """Have others write while something else is done."""
    others = Others(url)
    with ThreadPoolExecutor(WRITERS) as pool:
        busy = [pool.submit(others.write) for _ in range(WRITERS)]
        try:
            yield others
        finally:
            others.over.set()
    for each in busy:
        each.result()


def head_of(printed: str) -> str:
    """Return the head that ``verify`` printed."""
    (head,) = HEAD.finditer(printed)
    return head[0]


def test_a_backup_made_under_load_is_whole_and_has_what_was_acknowledged(kind: str) -> None:
    """What the page says, typed as it stands there: back up, restore, and compare with a head."""
    page, reader = page_of(kind), Reader()
    for line in [line for title in SET_UP[kind] for line in commands_under(page, title)]:
        reader.output(line)
    reader.environment["MIJLPAAL_DATABASE_URL"] = URL[kind]
    if kind == SQLITE:
        reader.output("mijlpaal start docs/examples/sportpark.yaml")

    with others_writing(URL[kind]) as others:
        others.wait_for(WRITERS * ENOUGH)
        outside = head_of(reader.output("mijlpaal verify sportpark"))
        for line in commands_under(page, "Back up"):
            reader.output(line)
        others.wait_for(WRITERS * ENOUGH)
    for line in commands_under(page, "Restore"):
        reader.output(re.sub(r"--head \S+", f"--head {outside}", line))

    for backup in [RESTORED[kind], *map(str, Path().glob("backup*.sqlite3"))]:
        verify = f"mijlpaal verify sportpark --db {backup} --head {outside}"
        head = head_of(reader.output(verify))
        assert max(others.done) > int(head.partition(":")[0]) >= int(outside.partition(":")[0])
        reader.output(f"mijlpaal verify sportpark --head {head}")
        reader.output(f"mijlpaal note sportpark 'Restored.' --db {backup} --on 2026-01-05")


@pytest.mark.parametrize("page", PAGES.values())
def test_what_the_test_types_is_on_the_page(page: str) -> None:
    """A section that is renamed, or loses its commands, is noticed."""
    written = (ROOT / "docs" / "running-it" / f"{page}.md").read_text(encoding="utf-8")
    assert [] == [
        title for title in ("Back up", "Restore") if len(commands_under(written, title)) < 1
    ]
