"""A state that goes on from what is known: it is what the tables and the journal say."""

from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import Phase, note, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from definitions.language.errors import MijlpaalError
from definitions.model import Definition
from tests.support.databases import copied
from tests.support.definitions import load
from tests.support.engine import ODD, Traject, World, gr_sociaal_domein
from tests.support.properties import TALLY, examples
from tests.workflow.test_any_history import REMINDED, AnyHistory, joined_by_two
from workflow.engine import Engine
from workflow.model.commands import Command
from workflow.model.state import State
from workflow.rules.continuation import continued
from workflow.rules.snapshot import snapshot_of
from workflow.storage import reading
from workflow.storage.reading import Head

pytestmark = pytest.mark.hypothesis


class TwoEngines(AnyHistory):
    """One process, and two programs that write to it in turns.

    Attributes:
        went_on: how often what the one knew was enough for what the other had written.
        undated: few, for one that was recorded today leaves the days before it nothing to go on.
    """

    undated: ClassVar[float] = 0.03
    went_on: ClassVar[int] = 0

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        self._copied = copied(self.template, self.file)
        self.traject = Traject(self._copied.__enter__(), self.definition, World())
        self.traject.start()
        self._other = Engine(self.traject.database, self.traject.world.surroundings)
        self._known: tuple[Head, State] | None = None
        self.look()

    def teardown(self) -> None:
        """Verify the journal, the tables and what is planned."""
        TALLY.tried += 1
        assert [] == self.traject.problems
        self._copied.__exit__(None, None, None)

    def ask(self, *commands: Command) -> bool:
        """Ask the one program; the next time, the other."""
        note(" ".join(map(str, commands)))
        try:
            self.traject.do_all(commands)
        except MijlpaalError:
            return False
        self.traject.engine, self._other = self._other, self.traject.engine
        self.look()
        return True

    def look(self) -> None:
        """Compare what was known before, and goes on, with what is read."""
        self.state, self.entries = self.traject.stored, self.traject.journal
        with self.traject.database.reading() as connection:
            head = reading.get_head(connection, self.traject.id)
            assert head is not None
            read = reading.read_state(connection, head)
            if self._known is not None and self._known[0] != head:
                since = reading.read_since(connection, self._known[0], head)
                then = snapshot_of(self.definition, self._known[1], head.last_day)
                found = continued(then, since)
                assert since
                assert found in (None, read)
                TwoEngines.went_on += found is not None
        self._known = head, read

    def look_at_whose_turn_it_is(self) -> None:
        """Leave that to the histories themselves."""


@pytest.mark.parametrize(
    "written",
    [None, ODD, REMINDED, joined_by_two(ODD)],
    ids=["shipped", "odd", "reminded", "joined"],
)
def test_two_programs_write_to_one_process(
    written: str | None, empty_file: Path, tmp_path: Path
) -> None:
    """What either goes on from is what the tables say, whatever the other wrote."""
    definition: Definition = gr_sociaal_domein() if written is None else load(written)
    TwoEngines.definition, TwoEngines.went_on = definition, 0
    TwoEngines.template, TwoEngines.file = empty_file, tmp_path / "history.db"
    asked = settings(examples(4), stateful_step_count=12, phases=[Phase.generate, Phase.shrink])
    run_state_machine_as_test(TwoEngines, settings=asked)
    assert TwoEngines.went_on > 20
