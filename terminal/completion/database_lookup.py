"""Looking into the database for what can be typed: quickly into a file, else as anything does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from definitions.calendar.zones import zone_of
from definitions.compiled_cache import Kept
from definitions.language.text import Text
from definitions.model import Definition, title_in
from definitions.shipped import shipped
from definitions.stored import stored_definition
from terminal.completion.candidates import Known
from terminal.runtime.setup import Setup
from workflow.storage.glance import Glance, glance
from workflow.storage.places import sqlite_file_of

HURRY = "connect_timeout=2"
"""How many seconds a server is waited for."""


class Looking(Protocol):
    """What stands in one database that can be typed."""

    def processes(self) -> Iterable[tuple[str, str]]:
        """Return the processes, each with its title."""

    def people(self) -> dict[str, str]:
        """Return the name of everybody, by their opaque id."""

    def entries(self, process: str) -> Iterable[tuple[int, Text]]:
        """Return the entries of a process, the last first, each with what it says."""

    def known(self, process: str) -> Known:
        """Return what is known of a process."""


@contextmanager
def looked_at(setup: Setup) -> Iterator[Looking]:
    """Open the database that is meant. Whatever is wrong is raised: nothing is made or mended."""
    file = sqlite_file_of(setup.url)
    if file is not None:
        with glance(file) as found:
            yield _InAFile(setup, found)
    else:
        hurried = setup.url + ("&" if "?" in setup.url else "?") + HURRY
        from terminal.completion.server import in_a_server

        with in_a_server(setup, hurried) as looking:
            yield looking


def milestones_in(name: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the milestones of a definition, each with its title, from its file as it stands."""
    from definitions.yamltree import read_yaml

    shared = files("definitions").joinpath("processes", f"{name}.yaml")
    content = shared.read_bytes() if name in shipped() else Path(name).read_bytes()
    for id_, milestone in read_yaml(content, name).data["milestones"].items():
        title = milestone.get("title")
        yield id_, title_in(title, language, id_) if isinstance(title, dict) else title or ""


class _InAFile:
    """An SQLite file, without SQLAlchemy; its definitions as they were compiled before."""

    def __init__(self, setup: Setup, found: Glance) -> None:
        self._setup = setup
        self._found = found
        self._kept = Kept(setup.cache())

    def processes(self) -> Iterable[tuple[str, str]]:
        processes = self._found.processes()
        definitions = {sha256: self._definition(sha256) for sha256 in set(processes.values())}
        for id_, sha256 in processes.items():
            yield id_, title_in(definitions[sha256].title, self._setup.page.language, "")

    def people(self) -> dict[str, str]:
        return self._found.people()

    def entries(self, process: str) -> Iterable[tuple[int, Text]]:
        from screens.history import describe

        people: dict[str, tuple[str, str | None]] = {
            person: (name, None) for person, name in self.people().items()
        }
        return [(seq, describe(event, people)) for seq, event in self._found.events(process)]

    def known(self, process: str) -> Known:
        definition = self._definition(self._found.processes()[process])
        today = self._setup.clock().astimezone(zone_of(definition.timezone)).date()
        state = self._found.state(process)
        return Known(definition, state, today, self.people(), self._setup.page.language)

    def _definition(self, sha256: str) -> Definition:
        return stored_definition(self._found.document(sha256), sha256, self._kept)
