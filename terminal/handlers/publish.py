"""Publishing a process: its pages in a folder, as a whole or not at all."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from definitions.language.errors import reason_of
from definitions.language.text import ntext, text
from terminal.runtime.errors import Wrong
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.output import say
from terminal.runtime.setup import Setup
from web.publishing import MARK, publication
from workflow.database_queries import DatabaseQueries
from workflow.model.openness import ANYBODY


def publish_process(setup: Setup, process: str, folder: str, *, dry: bool) -> None:
    """Write the pages of a process into a folder, in the place of those that were there.

    Args:
        setup: which database.
        process: its id.
        folder: where they go: a new folder, an empty one, or that of an earlier publication.
        dry: nothing is written.

    Raises:
        Wrong: something else is in that folder, or it cannot be written.
        NotFound: no such process.
    """
    where = Path(folder)
    with database_queries_of(setup) as found:
        queries = DatabaseQueries(found.database, setup.clock, looks=ANYBODY)
        files = publication(queries, process)
    _check_place(where, process)
    if not dry:
        _put(where, files, setup.new_id()[:8])
    page = setup.page
    pages = sum(name.endswith(".html") for name in files)
    head = json.loads(files[MARK])
    lines = [
        page.paragraph(text("Only tried; nothing was written.")) if dry else "",
        page.paragraph(
            ntext(
                "{n} page in {folder}, up to entry {seq}.",
                "{n} pages in {folder}, up to entry {seq}.",
                pages,
                folder=str(where),
                seq=head["entry"],
            )
        ),
    ]
    say("\n".join(filter(None, lines)))


def _check_place(where: Path, process: str) -> None:
    """Refuse a folder that holds something else than an earlier publication of the process.

    Raises:
        Wrong: it does.
    """
    if not where.exists():
        if not where.parent.is_dir():
            raise Wrong(
                text("There is no folder {folder}.", folder=str(where.parent)),
                advice=text("Make it first, or name another."),
                field="folder",
            )
        return
    if not where.is_dir():
        raise Wrong(
            text("{folder} is no folder.", folder=str(where)),
            advice=text("Name another one."),
            field="folder",
        )
    if any(where.iterdir()) and _published_in(where) != process:
        raise Wrong(
            text("{folder} holds something else than this process.", folder=str(where)),
            advice=text("Name an empty folder, or that of an earlier publication of it."),
            field="folder",
        )


def _published_in(where: Path) -> str | None:
    """Return the process that was published in a folder; None where none was."""
    try:
        found = json.loads((where / MARK).read_text(encoding="utf-8"))
        return str(found["process"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put(where: Path, files: Mapping[str, bytes], id_: str) -> None:
    """Write files beside a folder, and put them in its place once all of them are there.

    Raises:
        Wrong: they cannot be written; then what was there is there still.
    """
    fresh, old = (where.with_name(f"{where.name}.{kind}-{id_}") for kind in ("new", "old"))
    try:
        for name, content in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        if where.exists():
            where.rename(old)
        fresh.rename(where)
    except OSError as error:
        if old.exists() and not where.exists():
            with suppress(OSError):
                old.rename(where)
        shutil.rmtree(fresh, ignore_errors=True)
        raise Wrong(
            text("Cannot write {file}: {why}.", file=str(where), why=reason_of(error)),
            advice=text("Name a folder in which you may write."),
            field="folder",
        ) from None
    shutil.rmtree(old, ignore_errors=True)
