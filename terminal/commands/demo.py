"""The tour of the shipped processes."""

from pathlib import Path

import click

from terminal.commands.options import (
    common,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    say,
)
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@common
@click.pass_obj
def demo(setup: Setup) -> None:
    """Show the shipped processes on their real facts, in a throw-away database."""
    import tempfile

    from definitions.library import shipped_with_facts
    from screens.demo import closing, heading, scene, whole
    from terminal.handlers.demo import demonstrate
    from terminal.handlers.health import show_verdicts

    file = str(Path(tempfile.mkdtemp(prefix="mijlpaal-demo-")) / "demo.sqlite3")
    setup.database_url = None  # its commands are typed with MIJLPAAL_DATABASE_URL, as its end says
    with setup.engine(file, make=True) as engine:
        for name in shipped_with_facts():
            say(heading(name, setup.page))
            demonstrate(setup, engine, name)
        say(scene(whole(), "verify", setup.page))
        show_verdicts(setup, engine, None)
        say(closing(shipped_with_facts(), file, setup.page))
