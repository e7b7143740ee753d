"""Searching for remains of a text in the files of a database, in every encoding."""

import binascii
from base64 import b64encode
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import text as sql

from workflow.storage.database import Database

OF_SERVER = """
    SELECT pg_read_binary_file(folder || name) FROM (
        SELECT 'base/' || oid || '/' AS folder FROM pg_database WHERE datname = current_database()
    ) AS of, pg_ls_dir(folder) AS name
    WHERE name NOT LIKE 'pg_internal%' AND name <> 'PG_VERSION'
"""


def raw(database: Database) -> Iterator[bytes]:
    """Yield the files of a database as they lie on the disk."""
    if database.file is not None:
        for file in database.file.parent.glob(f"{database.file.name}*"):
            yield file.read_bytes()
        return
    with database.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql("CHECKPOINT")
        yield from alone.execute(sql(OF_SERVER)).scalars()


def forms(said: str) -> set[bytes]:
    """Return how a text can lie somewhere: as it is, quoted-printable, and in base64."""
    plain = said.encode()
    found = {plain, binascii.b2a_qp(plain)}
    for shift in range(3):
        encoded = b64encode(b"x" * shift + plain)
        found.add(encoded[4 if shift else 0 : len(encoded) - 4])
    return found


def traces(files: Iterator[bytes], *said: str) -> list[bytes]:
    """Return which forms of some texts stand in files, in capitals or not."""
    wanted = {form for each in said for form in forms(each)}
    found = set()
    for content in files:
        found |= {form for form in wanted if form in content}
    return sorted(found)


def read_out(content: bytes) -> str:
    """Return all that a letter says, as a mail program shows it."""
    message = message_from_bytes(content, policy=policy.default)
    lines = []
    for part in message.walk():
        lines += [f"{name}: {value}" for name, value in part.items()]
        if not part.is_multipart():
            body = part.get_content()
            said = body if isinstance(body, str) else body.decode()
            lines.append(said.replace("\r\n ", ""))
    return "\n".join(lines)


def in_folder(folder: Path) -> str:
    """Return all that the letters in a folder say."""
    return "\n".join(read_out(each.read_bytes()) for each in sorted(folder.glob("*.eml")))
