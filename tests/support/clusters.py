"""PostgreSQL servers of the test's own, to stop, kill and start as it likes.

One alone, or a pair: a primary, and a standby that follows it and confirms each commit.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.support.databases import NO_SERVER, REQUIRED, on_server
from tests.support.postbox import until

PLACES = "/usr/lib/postgresql/*/bin"
OWNER = "postgres"
"""The user who runs a server if we are root, whom it would refuse."""


@dataclass
class Cluster:
    """A server with its own files and port."""

    folder: Path
    programs: Path
    port: int
    name: str = "data"
    settings: str = ""

    @property
    def url(self) -> str:
        """The URL of a database on it."""
        return f"postgresql://postgres@{self.address}/postgres"

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not stopped since."""
        return self._pid_file.exists()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {self.settings}"
        self._run("pg_ctl", "-D", self._data, "-w", "-o", settings, "start")

    def stop_at_once(self) -> None:
        """Stop it as a power cut would: nothing is finished, nothing written back."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill it, with signal 9; those who work for it notice, and go too."""
        pid = int(self._pid_file.read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        for left in (self._pid_file, *self.folder.glob(f".s.PGSQL.{self.port}*")):
            left.unlink()

    def promote(self) -> None:
        """Let a standby follow nobody any more, and wait until it takes what is written."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")

    def make(self) -> None:
        """Make its files."""
        how = ("-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        self._run("initdb", "-D", self._data, *how)

    def follow(self, primary: "Cluster") -> None:
        """Make its files of those of another, which it follows once it is started."""
        whence = f"host=127.0.0.1 port={primary.port} user=postgres"
        shutil.rmtree(self._data, ignore_errors=True)
        how = ("-R", "-N", "-c", "fast", "-X", "stream")
        self._run("pg_basebackup", "-d", whence, "-D", self._data, *how)

    @property
    def _data(self) -> str:
        return str(self.folder / self.name)

    @property
    def _pid_file(self) -> Path:
        return self.folder / self.name / "postmaster.pid"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        user = OWNER if os.geteuid() == 0 else None
        log = self.folder / "log"
        with log.open("ab") as output:
            subprocess.run(command, check=True, user=user, stdout=output, stderr=output, cwd="/")


@contextmanager
def running() -> Iterator[Cluster]:
    """Make a server, start it, and take it away again."""
    programs = _programs()
    with _folder() as folder:
        cluster = Cluster(folder, programs, free_port())
        with _taken_down(cluster):
            cluster.make()
            cluster.start()
            yield cluster


# --- two of them -------------------------------------------------------------------------------

IN_STEP = ("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
"""A commit waits for a standby, whichever it is."""
ALONE = ("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
"""A commit waits for nobody."""
HASTY = "-c wal_retrieve_retry_interval=100ms -c fsync=off -c shared_buffers=16MB"
"""A standby looks for its primary often; nobody cuts the power."""


@dataclass
class Pair:
    """A primary and a standby; one is lost, the other takes over, and a new one follows that."""

    primary: Cluster
    standby: Cluster

    @property
    def url(self) -> str:
        """The URL of a database of both."""
        first, second = sorted((self.primary.address, self.standby.address))
        return f"postgresql://postgres@{first},{second}/postgres"

    def start(self) -> None:
        """Make both, and start them; the standby confirms what the primary commits."""
        self.primary.make()
        self.primary.start()
        self.rejoin()

    def rejoin(self) -> None:
        """Let the standby begin anew as one of the primary."""
        self.standby.follow(self.primary)
        self.standby.start()
        on_server(*IN_STEP, url=self.primary.url)
        assert until(lambda: self.is_in_step)

    @property
    def is_in_step(self) -> bool:
        """Whether commits wait for the standby, and it is there."""
        with psycopg.connect(self.primary.url, autocommit=True) as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
            )
            return found.fetchone() is not None

    def take_over(self) -> None:
        """Promote the standby to primary, which waits for no standby while there is none."""
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary
        on_server(*ALONE, url=self.primary.url)

    def fail_over(self) -> None:
        """Kill the primary; the standby takes over."""
        self.primary.kill()
        self.take_over()


@contextmanager
def a_pair() -> Iterator[Pair]:
    """Make a primary and a standby, start them, and take both away again."""
    programs = _programs()
    with _folder() as folder:
        one, other = (
            Cluster(folder, programs, free_port(), name, HASTY) for name in ("one", "other")
        )
        with _taken_down(one), _taken_down(other):
            pair = Pair(one, other)
            pair.start()
            yield pair


# --- what they need ----------------------------------------------------------------------------


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder owned by the user who runs the servers."""
    folder = Path(tempfile.mkdtemp(prefix="mijlpaal-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _taken_down(cluster: Cluster) -> Iterator[None]:
    """Stop a server at the end, if it runs."""
    try:
        yield
    finally:
        if cluster.is_running:
            cluster.stop_at_once()


def _programs() -> Path:
    """Return where the programs of a server are; without them, skip or fail."""
    found = sorted(Path("/").glob(f"{PLACES[1:]}/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        return Path(on_path).resolve().parent  # the others lie beside it, not beside a link to it
    if found:
        return found[-1].parent
    why = f"{NO_SERVER}: pg_ctl is not installed"
    if REQUIRED:
        pytest.fail(why)
    pytest.skip(why)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
