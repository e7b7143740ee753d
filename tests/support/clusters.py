"""A PostgreSQL server of the test's own, to stop and start as it likes."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.databases import NO_SERVER, REQUIRED

PLACES = "/usr/lib/postgresql/*/bin"
OWNER = "postgres"
"""Who runs a server where we are root, whom it would refuse."""


@dataclass
class Cluster:
    """A server with its own files and port."""

    folder: Path
    programs: Path
    port: int

    @property
    def url(self) -> str:
        """The URL of a database on it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-o", settings, "start")

    def stop_at_once(self) -> None:
        """Stop it as a power cut would: nothing is finished, nothing written back."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        """Make its files."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")

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
    folder = Path(tempfile.mkdtemp(prefix="mijlpaal-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    cluster = Cluster(folder, programs, _free_port())
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            cluster.stop_at_once()
        shutil.rmtree(folder)


def _programs() -> Path:
    """Return where the programs of a server are; without them, skip or fail."""
    found = sorted(Path("/").glob(f"{PLACES[1:]}/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        return Path(on_path).parent
    if found:
        return found[-1].parent
    why = f"{NO_SERVER}: pg_ctl is not installed"
    if REQUIRED:
        pytest.fail(why)
    pytest.skip(why)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
