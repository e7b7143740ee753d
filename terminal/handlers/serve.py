"""Serving the pages: the database, the settings and the browser, put together."""

import os
import sys
import webbrowser
from importlib.util import find_spec
from pathlib import Path

from definitions.language.errors import NotFound, reason_of
from definitions.language.text import LANGUAGES, text
from scheduler.service import Service
from terminal.handlers.mailing import settings_of
from terminal.handlers.remind import end_at_once, keep_log, sender_of
from terminal.runtime.errors import Wrong
from terminal.runtime.open_engine import engine_of
from terminal.runtime.open_prover import prover_of
from terminal.runtime.output import say
from terminal.runtime.setup import Setup
from workflow.database_queries import DatabaseQueries

NEEDED = ("starlette", "uvicorn", "python_multipart")
"""What comes with the extra “web”."""
OURS = frozenset({"127.0.0.1", "localhost", "::1"})
HIGHEST = 65_535


def serve_pages(
    setup: Setup, port: int, host: str | None, theme: str | None, *, opens: bool, reminds: bool
) -> None:
    """Serve the pages of the user's database on this machine alone, until stopped.

    Args:
        setup: the set-up of the program.
        port: at which port; 0 for a free one.
        host: the machine that was named; None for this one.
        theme: a style sheet to load after the built-in one.
        opens: whether the browser is opened.
        reminds: whether due reminders are sent meanwhile.

    Raises:
        Wrong: the pages are not installed, or cannot be served there.
    """
    _check(port, host)
    styles = None if theme is None else _style_sheet(theme)
    # Only now: it is installed, as was just looked at.
    from web.desk import World, desk_of  # noqa: PLC0415
    from web.running import listening, serve  # noqa: PLC0415

    try:
        at = listening(port)
    except OSError as error:
        raise Wrong(
            text("Cannot listen at port {port}: {why}.", port=port, why=reason_of(error)),
            advice=text("Name another one with --port, or leave it out for a free one."),
            field="port",
        ) from None
    with at, engine_of(setup, make=setup.named is None) as engine:
        service = None
        if reminds:
            settings = settings_of(setup)
            service = Service(sender_of(setup, settings, engine), settings.reminders.poll)
        queries = DatabaseQueries(engine.database, setup.clock, looks=setup.looks)
        keep_log()
        prove = prover_of(setup).briefly
        world = World(setup.asker, setup.clock, setup.new_id, lambda: settings_of(setup), prove)
        desk = desk_of(engine, queries, world, _chosen(setup), styles)
        served = serve(desk, at, service, lambda link: _ready(setup, link, opens=opens))
        if not served.idle:
            end_at_once()


def _check(port: int, host: str | None) -> None:
    """Refuse what cannot be served.

    Raises:
        Wrong: it is that.
    """
    if host is not None and host not in OURS:
        raise Wrong(
            text("“{host}” is not this machine, and nobody signs in here as yet.", host=host),
            advice=text("Leave out --host: the pages are for whoever sits at this machine."),
            field="host",
        )
    if not 0 <= port <= HIGHEST:
        raise Wrong(
            text("{port} is not a port.", port=port),
            advice=text("A port is a number from 1 to {highest}.", highest=HIGHEST),
            field="port",
        )
    if any(find_spec(each) is None for each in NEEDED):
        raise Wrong(
            text("The pages in a browser are not installed."),
            advice=text("Install this program once more as you did, with the extra “web”: [web]."),
        )


def _style_sheet(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise NotFound(
            text("Cannot read “{file}”: {why}.", file=file, why=reason_of(error)),
            advice=text("Name a file that can be read."),
        ) from None


def _chosen(setup: Setup) -> str | None:
    """Return the language that somebody chose; None where it is only that of the system."""
    chosen = setup.lang or setup.environment.get("MIJLPAAL_LANG", "").lower()[:2]
    return chosen if chosen in LANGUAGES else None


def _ready(setup: Setup, link: str, *, opens: bool) -> None:
    """Say where the pages are, and open them."""
    lines = [
        setup.page.paragraph(text("The pages are open to you by this link, which works once:")),
        f"  {link}",
        setup.page.paragraph(text("Stop with Ctrl-C.")),
    ]
    say("\n".join(lines))
    sys.stdout.flush()
    if opens and _has_a_screen():
        webbrowser.open(link)


def _has_a_screen() -> bool:
    """Return whether a browser can be shown; without a screen, one in the terminal would open."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
