"""Starting a process, and recording a whole file of facts in one."""

from definitions.language.characters import normal
from definitions.language.values import dataclass
from definitions.library import facts_file
from definitions.model import Definition
from screens.receipts import replay_screen
from terminal.handlers.entries import key_for, print_receipt, recorded
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import answering, say
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import date_of
from workflow.engine import Start
from workflow.facts import read_facts


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a process is to begin, as it was typed.

    Attributes:
        process: its own id; None for that of its definition.
        on: its first day; None for that of its definition.
        reconstruction: it is recorded afterwards, so no reminders are sent.
        allow_unsound: why it starts though its definition is not sound, where that is said.
    """

    process: str | None
    on: str | None
    reconstruction: bool
    allow_unsound: str | None


def start_process(
    setup: Setup, definition: Definition, beginning: Beginning, *, key: str | None, dry: bool
) -> None:
    """Start a process, and print the receipt.

    Args:
        setup: the set-up of the program.
        definition: its definition.
        beginning: how it begins.
        key: an idempotency key: repeating the command with it has no effect.
        dry: nothing is written.
    """
    on = beginning.on
    first = None if on is None else date_of(on, lambda: setup.today(definition.timezone), "on")
    with engine_of(setup, make=True) as engine:
        begin = Start(
            definition,
            beginning.process or definition.id,
            setup.asker,
            first,
            beginning.reconstruction,
            key_for(setup, engine, key, dry=dry),
            new_key=setup.own_key is not None,
            allow_unsound=beginning.allow_unsound,
        )
        receipt = engine.start(begin, dry=dry)
        starters = {each.actor: normal(str(setup.asker)) for each in receipt.entries}
        print_receipt(setup, engine, receipt, starters)


def replay_file(setup: Setup, file: str, process: str | None, *, dry: bool) -> None:
    """Record a file of facts, in the process that it names or in another."""
    story = read_facts(*facts_file(file))
    with engine_of(setup) as engine:
        receipt = engine.replay(story, setup.asker, process, dry=dry)
        if setup.as_json:
            print_receipt(setup, engine, receipt)
            return
    with answering(recorded(receipt)):
        say(replay_screen(receipt, setup.page))
