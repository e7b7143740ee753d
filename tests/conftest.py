"""Fixtures for the command line: a terminal on an empty, a started and a replayed process."""

from pathlib import Path

import pytest

from cli import run
from terminal.setup import Setup
from tests.support.cli import PROCESS, SECRETARY, Terminal, copied
from tests.support.engine import World, make_template


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with nothing in it; copy it."""
    return make_template(tmp_path_factory.mktemp("empty") / "empty.db")


@pytest.fixture(scope="session")
def started_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which the shipped process was started; copy it."""
    return _filled(empty_file, tmp_path_factory.mktemp("started"), f"start {PROCESS}")


@pytest.fixture(scope="session")
def replayed_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which the shipped process was replayed; copy it."""
    folder = tmp_path_factory.mktemp("replayed")
    return _filled(empty_file, folder, f"start {PROCESS} --reconstruction", f"replay {PROCESS}")


@pytest.fixture
def terminal(empty_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal on an empty database."""
    return Terminal(copied(empty_file, tmp_path), capsys)


@pytest.fixture
def started(started_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal on a database in which the shipped process was started."""
    return Terminal(copied(started_file, tmp_path), capsys, World(people=1))


@pytest.fixture
def replayed(replayed_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal on a database in which the shipped process was replayed."""
    return Terminal(copied(replayed_file, tmp_path), capsys, World(people=1))


def _filled(template: Path, folder: Path, *lines: str) -> Path:
    file = copied(template, folder)
    world = World()
    for line in lines:
        setup = Setup({"MIJLPAAL_DATABASE_URL": str(file)}, world.clock, world.new_id, _secretary)
        assert 0 == run(line.split(), setup)
    return file


def _secretary() -> str:
    return SECRETARY
