"""The demonstration: the shipped processes replayed, and their scenes shown one by one."""

import tempfile
from datetime import date
from pathlib import Path

from definitions.library import facts_file, open_definition, shipped_with_facts
from screens.demo import (
    agenda,
    closing,
    heading,
    left_there,
    one_letter,
    reminder_period,
    scene,
    stands,
    stood,
    waited_for,
    whole,
)
from screens.due import due_screen
from screens.explain import explain_screen
from screens.reminders import preview_screen, reminders_screen
from screens.status import status_screen
from terminal.handlers.letters import preview_letters
from terminal.handlers.processes import Days, look_at
from terminal.handlers.verify import show_verdicts
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import say
from terminal.runtime.setup import Setup
from workflow.engine import Engine, Start
from workflow.facts import read_facts
from workflow.model.story import Scene
from workflow.reminders.listing import listed
from workflow.views.due_list import dues_view
from workflow.views.explain import explain_view
from workflow.views.seen import Seen
from workflow.views.status import status_view


def show_demo(setup: Setup) -> None:
    """Show the shipped processes on their real facts, in a throw-away database."""
    file = Path(tempfile.mkdtemp(prefix="mijlpaal-demo-")) / "demo.sqlite3"
    setup.database_url = None  # its commands are typed with MIJLPAAL_DATABASE_URL, as its end says
    with engine_of(setup, str(file), make=True) as engine:
        for name in shipped_with_facts():
            say(heading(name, setup.page))
            _demonstrate(setup, engine, file, name)
        say(scene(whole(), "verify", setup.page))
        show_verdicts(setup, engine, None)
        say(closing(shipped_with_facts(), str(file), setup.page))


def _demonstrate(setup: Setup, engine: Engine, file: Path, name: str) -> None:
    """Run one process and show its scenes: what was known when, and what kept it."""
    engine.start(Start(open_definition(name), name, setup.asker, reconstruction=True))
    story = read_facts(*facts_file(name))
    engine.execute(name, [fact.request(setup.asker) for fact in story.facts])
    page = setup.page
    for each in story.scenes:
        seen = look_at(setup, engine, name, Days(str(each.as_of)))
        command = f"status {name} --as-of {each.as_of}"
        say(scene(stood(each.as_of, first=each is story.scenes[0]), command, page))
        say(status_screen(status_view(seen), page))
        _look_closer(setup, engine, seen, each)
        if each.remind:
            _who_was_told(setup, engine, file, name, *each.remind)
    say(scene(stands(), f"status {name}", page))
    seen = look_at(setup, engine, name)
    say(status_screen(status_view(seen, people=engine.people()), page))


def _look_closer(setup: Setup, engine: Engine, seen: Seen, at: Scene) -> None:
    """Show the rest of a scene of the demonstration: a milestone, or the dates."""
    then, page = f"--as-of {at.as_of}", setup.page
    if at.explain:
        milestone = seen.definition.milestones[at.explain]
        view = explain_view(seen, milestone, people=engine.people())
        say(scene(waited_for(at.explain), f"explain {seen.process} {at.explain} {then}", page))
        say(explain_screen(view, page))
    if at.due:
        say(scene(agenda(), f"due {seen.process} {then}", page))
        say(due_screen(dues_view(seen), page))


def _who_was_told(
    setup: Setup, engine: Engine, file: Path, name: str, since: date, until: date
) -> None:
    """Show the reminders that would have been sent, and keep the letters as files."""
    page, days = setup.page, f"{name} --from {since} --to {until}"
    say(scene(reminder_period(since, until), f"remind list {days}", page))
    say(reminders_screen(listed(engine, name, page.language, since, until), page))
    folder = file.with_name("mail")
    view = preview_letters(setup, engine, name, since, until, folder)
    if view.letters:
        say(scene(one_letter(), f"remind preview {days}", page))
        say(preview_screen(view.first, page))
        say(left_there(len(view.letters), str(folder), page))
