"""Contact details, and the data held on a person."""

from definitions.language.text import text
from screens.json_output import envelope
from screens.members import ReachedView, reached
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import answering, remark_on_standby, say, show
from terminal.runtime.setup import Setup
from workflow.model.person import Called
from workflow.people import data_held_on, set_contact


def reach_person(
    setup: Setup, name: str, address: str | None, language: str | None, *, dry: bool
) -> None:
    """Record the address and language of a person with a seat."""
    with engine_of(setup) as engine:
        again = set_contact(
            engine, Called(name), setup.asker, address=address, language=language, dry=dry
        )
    with answering(None if dry else text("It was recorded.")):
        view = ReachedView(dry, name, address, language, again)
        show(setup, "member-reach", view, reached, setup.as_json)


def export_person(setup: Setup, name: str) -> None:
    """Print all that is held on one person, as JSON."""
    with database_queries_of(setup) as queries:
        remark_on_standby(setup)
        say(
            envelope(
                "member-export", data_held_on(queries, Called(name)), setup.page, setup.standby
            )
        )
