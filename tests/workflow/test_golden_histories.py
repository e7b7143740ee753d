"""The histories of the shipped processes, as they lie in the tests, rebuilt on every run."""

import json
import os
from pathlib import Path

import pytest

from definitions.library import facts_file, open_definition, shipped_with_facts
from screens.json_output import envelope
from screens.page import Page
from tests.support.engine import Traject, World
from tests.support.readings import check_readings
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.rules.fold import fold
from workflow.storage.database import Database
from workflow.views.history import entry_view
from workflow.views.seen import Seen
from workflow.views.status import status_view

HERE = Path(__file__).parent / "histories"


@pytest.mark.parametrize("name", shipped_with_facts())
def test_a_shipped_history_is_rebuilt(name: str, database: Database) -> None:
    """What the facts become, and where the process stands after them, to the letter."""
    traject = Traject(database, open_definition(name), World(), id=name)
    traject.start(reconstruction=True)
    facts = read_facts(*facts_file(name)).facts
    traject.engine.execute(name, [fact.request(Called(traject.by)) for fact in facts])

    assert fold(traject.definition, traject.journal) == traject.stored
    assert [] == traject.problems
    check_readings(database)
    seen = Seen(traject.definition, traject.state, traject.world.now.date(), name)
    history = {
        "entries": [
            {"effective": view.effective, "type": view.type, **view.payload}
            for view in map(entry_view, traject.journal)
        ],
        "milestones": json.loads(envelope("status", status_view(seen).milestones, Page()))["data"],
    }
    written = json.dumps(history, indent=1, ensure_ascii=False, default=str) + "\n"
    file = HERE / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == written
