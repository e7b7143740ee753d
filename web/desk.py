"""A desk: one program that serves pages to one person, with all it reaches outside."""

from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup

from definitions.language.values import dataclass
from definitions.model import Definition
from definitions.proving.verdict import Verdict
from scheduler.settings import Settings
from web.remembered import Remembered
from workflow.database_queries import DatabaseQueries
from workflow.engine import Engine
from workflow.model.person import Called
from workflow.views.receipt import ReceiptView


@dataclass(frozen=True, slots=True)
class World:
    """What a desk reaches outside.

    Attributes:
        asker: who sits here, as the command line knows them.
        clock: returns the present instant, aware.
        new_id: returns an opaque id that was never used.
        settings: returns the settings of this installation, with the letters'; read when they are
            needed, since they may be wrong.
        prove: returns the verdict on a definition, found within a limit; None where none is shown.
    """

    asker: Called
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    settings: Callable[[], Settings]
    prove: Callable[[Definition, int], Verdict] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages are made with.

    Attributes:
        engine: carries out commands.
        queries: answers queries, as far as whoever sits here may see.
        world: what it reaches outside.
        language: the language that was chosen when it began; None for the reader's own.
        theme: the style sheet of the installation, after the built-in one; None where it has none.
        drawn: the main parts of pages.
        receipts: the receipts to be shown, each once, by the key of its command.
    """

    engine: Engine
    queries: DatabaseQueries
    world: World
    language: str | None
    theme: bytes | None
    drawn: Remembered[Markup]
    receipts: Remembered[ReceiptView]

    @property
    def asker(self) -> Called:
        """Who sits here."""
        return self.world.asker

    def new_id(self) -> str:
        """Return an opaque id that was never used."""
        return self.world.new_id()


def desk_of(
    engine: Engine,
    queries: DatabaseQueries,
    world: World,
    language: str | None = None,
    theme: bytes | None = None,
) -> Desk:
    """Return a desk at which nothing was drawn yet."""
    return Desk(engine, queries, world, language, theme, Remembered(), Remembered())
