"""Fixtures: databases of every kind, and terminals on an empty, a started, a replayed process.

A test that asks for ``site``, or for what is made there, runs once for every kind of database:
one suite that all of them have to pass. Marked ``only("sqlite")``, it runs for that kind alone.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli import run
from terminal.runtime.setup import Setup
from tests.support.browsers import NO_BROWSER
from tests.support.chaos import REPEAT, SEARCHING, campaign
from tests.support.cli import PROCESS, SECRETARY, Terminal, copied
from tests.support.databases import (
    KINDS,
    NO_SERVER,
    POSTGRESQL,
    Folder,
    Server,
    Site,
    made,
    make_schema,
    make_template,
    need_server,
    opened,
)
from tests.support.engine import World
from tests.support.proofs import proving, taken_as_sound
from tests.support.properties import TALLY, use_profile
from workflow.storage.database import Database

LEFT_OUT = """\
Left out: {count} tests on PostgreSQL, because there is {why}
To add them: start a server and name it, with a role that may make databases and roles:
    MIJLPAAL_TEST_POSTGRES=postgresql://postgres@127.0.0.1:5432/postgres make test"""
NO_PAGES = """\
Left out: {count} tests in a browser, because there is {why}
To add them: install Chromium (on Debian: apt-get install chromium)"""

CHAOS = Path(__file__).parent / "chaos"
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
ROOM = 2 * 1024**3
"""How much room there has to be in memory, to keep the files of tests there: ample."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose how property tests find their examples; keep files in memory where there is room.

    What a program that is killed has written is with the system, on a disk or not; and no test
    cuts the power, which is what waiting for a disk guards against.
    """
    use_profile(config)
    config.pluginmanager.register(TALLY)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and _runs_programs(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in the folder of chaos, so that it can be asked for beside property tests."""
    for item in items:
        if CHAOS in item.path.parents:
            item.add_marker("chaos")


def _runs_programs(folder: Path) -> bool:
    return not os.statvfs(folder).f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program keeps away from the folder of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


# --- every kind of database --------------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a database once for each kind."""
    if "site" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("only")
        kinds = KINDS if marker is None else marker.args
        metafunc.parametrize("site", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Give where databases of a kind are made."""
    if request.param != POSTGRESQL:
        yield Folder(tmp_path_factory.mktemp("databases"))
        return
    need_server()
    with closing(Server()) as server:
        yield server


@pytest.fixture(scope="session")
def template(site: Site) -> Iterator[str]:
    """Return a database with the schema and nothing in it; copy it."""
    with made(site) as url:
        make_schema(url)
        yield url


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return where SQLite files are made, beside whatever kind it is that is tested."""
    return Folder(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def file_template(files: Site) -> Iterator[str]:
    """Return an SQLite file with the schema and nothing in it."""
    with made(files) as url:
        make_schema(url)
        yield url


@pytest.fixture
def database(site: Site, template: str) -> Iterator[Database]:
    """Open an empty database of this test's own."""
    with opened(site, template) as database:
        yield database


@pytest.fixture
def world() -> World:
    """Return a clock that stands still and ids that count."""
    return World()


def pytest_report_header() -> str:
    """Say where chance begins, so that what it found can be found again."""
    return f"chaos: {REPEAT}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say in the last lines what was left out for want of a server, and how to add it."""
    yield
    reasons = [
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    ]
    for begins, said in ((NO_SERVER, LEFT_OUT), (NO_BROWSER, NO_PAGES)):
        missing = [reason for reason in reasons if reason.startswith(begins)]
        if missing:
            terminalreporter.write_line(said.format(count=len(missing), why=missing[0]))
    if SEARCHING:
        failed = sum(len(terminalreporter.stats.get(how, [])) for how in ("failed", "error"))
        verdict = f"{failed} FAILED" if failed else "nothing lost, nothing half done"
        terminalreporter.write_line(TALLY.told(terminalreporter))
        terminalreporter.write_line(campaign(terminalreporter))
        terminalreporter.write_line(f"Chaos: {verdict}. To repeat: {REPEAT}")


# --- terminals ---------------------------------------------------------------------------------


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
        with proving(taken_as_sound):
            assert 0 == run(line.split(), setup)
    return file


def _secretary() -> str:
    return SECRETARY
