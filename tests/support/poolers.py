"""A pooler before a server: it hands out connections for a transaction, as pgbouncer does."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.clusters import OWNER, free_port
from tests.support.databases import need_server
from tests.support.postbox import until

WHY_NOT = "pgbouncer is not installed (apt-get install pgbouncer)"
SETTINGS = """\
[databases]
* = host={host} port={port} user={user}{password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {size}
{more}
"""


@contextmanager
def pooled(url: str, *more: str, mode: str = "transaction", size: int = 3) -> Iterator[str]:
    """Start a pooler before the server of a database; give the URL by which that is reached.

    Args:
        url: of the database.
        more: settings of the pooler.
        mode: for how long a client has a connection.
        size: how many connections it has, for however many clients.
    """
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip(WHY_NOT)
    need_server()
    parsed, own = make_url(url), free_port()
    folder = Path(tempfile.mkdtemp(prefix="mijlpaal-"))
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(
            host=parsed.host,
            port=parsed.port or 5432,
            user=parsed.username,
            password=f" password='{parsed.password}'" if parsed.password else "",
            mode=mode,
            own=own,
            size=size,
            more="\n".join(more),
        )
    )
    user = OWNER if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
        shutil.chown(settings, user)
    with (folder / "log").open("wb") as log:
        pooler = subprocess.Popen([program, settings], user=user, stdout=log, stderr=log)
    by_it = parsed.set(host="127.0.0.1", port=own).render_as_string(hide_password=False)
    try:
        assert until(lambda: _answers(by_it), 10), (folder / "log").read_text()
        yield by_it
    finally:
        pooler.terminate()
        pooler.wait(10)
        shutil.rmtree(folder)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
