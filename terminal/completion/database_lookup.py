"""Reading completion candidates from a database: a fast path for files, else the usual one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from definitions.calendar.zones import zone_of
from definitions.compiled_cache import Kept
from definitions.language.text import Text
from definitions.model import Definition, title_in
from definitions.shipped import shipped, shipped_folder
from definitions.stored import stored_definition
from terminal.completion.candidates import Known
from terminal.runtime.setup import Setup
from workflow.rules.namesakes import told_apart
from workflow.rules.snapshot import snapshot_of
from workflow.storage import reading
from workflow.storage.places import sqlite_file_of
from workflow.storage.reading import Reader
from workflow.storage.sqlite_file import opened_to_read

HURRY = "connect_timeout=2"
"""How many seconds a server is waited for."""
PATIENCE_S = 0.1
"""How many seconds another command is waited for, that writes to a file."""


class Looking(Protocol):
    """A database as a source of candidates."""

    def processes(self) -> Iterable[tuple[str, str]]:
        """Return the processes, each with its title."""

    def people(self) -> dict[str, str]:
        """Return the name of everybody, by their opaque id."""

    def entries(self, process: str) -> Iterable[tuple[int, Text]]:
        """Return the entries of a process with their sentences, the last first."""

    def known(self, process: str) -> Known:
        """Return a process in its present state."""


@contextmanager
def looked_at(setup: Setup) -> Iterator[Looking]:
    """Open the database that is meant. Whatever is wrong is raised: nothing is made or mended."""
    file = sqlite_file_of(setup.url)
    if file is None:
        hurried = setup.url + ("&" if "?" in setup.url else "?") + HURRY
        from terminal.completion.server import in_a_server

        with in_a_server(setup, hurried) as looking:
            yield looking
        return
    found = opened_to_read(setup.url, file, PATIENCE_S)
    if found is None:
        raise LookupError(setup.url)
    with found, found.reading() as reader:
        yield _InAFile(setup, reader)


def milestones_in(name: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the milestones of a definition, each with its title, from its file as it stands."""
    from definitions.yamltree import read_yaml

    shared = shipped_folder("processes") / f"{name}.yaml"
    content = shared.read_bytes() if name in shipped() else Path(name).read_bytes()
    for id_, milestone in read_yaml(content, name).data["milestones"].items():
        title = milestone.get("title")
        yield id_, title_in(title, language, id_) if isinstance(title, dict) else title or ""


class _InAFile:
    """An SQLite file, without SQLAlchemy; its definitions as they were compiled before."""

    def __init__(self, setup: Setup, reader: Reader) -> None:
        self._setup = setup
        self._reader = reader
        self._kept = Kept(setup.cache())

    def processes(self) -> Iterable[tuple[str, str]]:
        heads = reading.get_heads(self._reader)
        definitions = {sha256: self._definition(sha256) for sha256 in {x.definition for x in heads}}
        for head in heads:
            title = definitions[head.definition].title
            yield head.id, title_in(title, self._setup.page.language, "")

    def people(self) -> dict[str, str]:
        found = told_apart(reading.people(self._reader)).items()
        return {person: name for person, (name, _) in sorted(found, key=lambda each: each[1][0])}

    def entries(self, process: str) -> Iterable[tuple[int, Text]]:
        from screens.history import describe

        people = told_apart(reading.people(self._reader))
        events = reading.read_dated_events(self._reader, process)
        return [(each.seq, describe(each.event, people)) for each in reversed(events)]

    def known(self, process: str) -> Known:
        head = reading.get_head(self._reader, process)
        if head is None:
            raise LookupError(process)
        definition = self._definition(head.definition)
        today = self._setup.clock().astimezone(zone_of(definition.timezone)).date()
        state = reading.read_state(self._reader, head, past_rounds=True)
        stands = snapshot_of(definition, state, today)
        return Known(*stands.parts, self.people(), self._setup.page.language)

    def _definition(self, sha256: str) -> Definition:
        return stored_definition(reading.get_document(self._reader, sha256), sha256, self._kept)
