"""The demonstration: a shipped process replayed, and its scenes shown one by one."""

from typing import Any

from terminal.handlers.processes import look_at
from terminal.runtime.output import say
from terminal.runtime.setup import Setup


def demonstrate(setup: Setup, engine: Any, name: str) -> None:
    """Run one process and show its scenes: what was known when, and what kept it."""
    from definitions.library import facts_file, open_definition
    from screens.demo import scene, stands, stood
    from screens.status import status_screen
    from workflow.engine import Start
    from workflow.facts import read_facts
    from workflow.views.status import status_view

    engine.start(Start(open_definition(name), name, setup.asker, reconstruction=True))
    story = read_facts(*facts_file(name))
    engine.execute(name, [fact.request(setup.asker) for fact in story.facts])
    page = setup.page
    for each in story.scenes:
        seen = look_at(setup, engine, name, str(each.as_of))
        command = f"status {name} --as-of {each.as_of}"
        say(scene(stood(each.as_of, first=each is story.scenes[0]), command, page))
        say(status_screen(status_view(seen), page))
        _look_closer(setup, engine, seen, each)
        if each.remind:
            _who_was_told(setup, engine, name, *each.remind)
    say(scene(stands(), f"status {name}", page))
    seen = look_at(setup, engine, name, None)
    say(status_screen(status_view(seen, people=engine.people()), page))


def _look_closer(setup: Setup, engine: Any, seen: Any, at: Any) -> None:
    """Show what else a scene of the demonstration is about: a milestone, or the agenda."""
    from screens.demo import agenda, scene, waited_for
    from screens.due import due_screen
    from screens.explain import explain_screen
    from workflow.views.agenda import dues_view
    from workflow.views.explain import explain_view

    then, page = f"--as-of {at.as_of}", setup.page
    if at.explain:
        milestone = seen.definition.milestones[at.explain]
        view = explain_view(seen, milestone, people=engine.people())
        say(scene(waited_for(at.explain), f"explain {seen.process} {at.explain} {then}", page))
        say(explain_screen(view, page))
    if at.due:
        say(scene(agenda(), f"due {seen.process} {then}", page))
        say(due_screen(dues_view(seen), page))


def _who_was_told(setup: Setup, engine: Any, name: str, since: Any, until: Any) -> None:
    """Show what people would have been told, and leave the letters where they can be opened."""
    from screens.demo import left_there, one_letter, scene, told
    from screens.reminders import preview_screen, reminders_screen
    from terminal.handlers.remind import letters_of
    from workflow.reminders.listing import listed

    page, days = setup.page, f"{name} --from {since} --to {until}"
    say(scene(told(since, until), f"remind list {days}", page))
    say(reminders_screen(listed(engine, name, page.language, since, until), page))
    folder = engine.database.file.with_name("mail")
    view = letters_of(setup, engine, name, since, until, folder)
    if view.letters:
        say(scene(one_letter(), f"remind preview {days}", page))
        say(preview_screen(view.first, page))
        say(left_there(len(view.letters), str(folder), page))
