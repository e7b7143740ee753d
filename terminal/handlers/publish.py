"""Publishing a process: its pages in a folder, as a whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from definitions.language.errors import reason_of
from definitions.language.text import Text, ntext, text
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
        Wrong: something else is in that folder, or it cannot be written; nothing is lost.
        NotFound: no such process.
    """
    where = Path(os.path.realpath(folder))
    with database_queries_of(setup) as found:
        queries = DatabaseQueries(found.database, setup.clock, looks=ANYBODY)
        files = publication(queries, process)
    _check_place(where, folder, process)
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
                folder=folder,
                seq=head["entry"],
            )
        ),
    ]
    say("\n".join(filter(None, lines)))


def _check_place(where: Path, folder: str, process: str) -> None:
    """Refuse a place where something would be lost, or where no folder can be made.

    Args:
        where: the folder, with links followed.
        folder: as it was typed.
        process: what is published.

    Raises:
        Wrong: it is no folder, one in which somebody works, or one with other files.
    """
    if not where.exists():
        if not where.parent.is_dir():
            raise _wrong(
                text("There is no folder {folder}.", folder=str(where.parent)),
                text("Make it first, or name another."),
            )
        return
    if not where.is_dir():
        raise _wrong(text("{folder} is no folder.", folder=folder), text("Name another one."))
    if Path.cwd().is_relative_to(where):
        raise _wrong(
            text("You are in {folder}, and it would be replaced.", folder=folder),
            text("Go to another folder first, or name another one."),
        )
    foreign = next(_foreign_files(where, process), None)
    if foreign is not None:
        raise _wrong(
            text(
                "{folder} holds something else than this process: {file}.",
                folder=folder,
                file=foreign,
            ),
            text("Name an empty folder, or move away what is not of the publication."),
        )


def _wrong(sentence: Text, advice: Text) -> Wrong:
    return Wrong(sentence, advice=advice, field="folder")


def _foreign_files(where: Path, process: str) -> Iterator[str]:
    """Yield the files of a folder that are not of an earlier publication of a process."""
    ours = _published_in(where, process)
    for inside, folders, files in os.walk(where):
        links = [each for each in folders if (Path(inside) / each).is_symlink()]
        for name in sorted((*files, *links)):
            file = Path(inside) / name
            found = file.relative_to(where).as_posix()
            if found not in ours or file.is_symlink():
                yield found


def _published_in(where: Path, process: str) -> set[str]:
    """Return the files of the publication of a process in a folder; none where there is none."""
    try:
        found = json.loads((where / MARK).read_text(encoding="utf-8"))
        return {MARK, *found["files"]} if found["process"] == process else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


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
