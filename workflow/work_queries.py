"""Queries about work: that of a party, a group or a role, or of a person."""

from datetime import date

from workflow.model.person import Who
from workflow.queries import Queries
from workflow.rules.worklist import Whose
from workflow.views.my_work import MyWorkView, my_work
from workflow.views.party_work import PartyWorkView, party_work


def asked_of(
    queries: Queries,
    process: str,
    whose: Whose,
    day: date | None = None,
    known: date | None = None,
    language: str = "en",
) -> PartyWorkView:
    """Return the work of a party, a group or a role in a process.

    Args:
        day: the day of the view; None for the present.
        known: entries recorded by then count; None for all.
        language: the language of titles.

    Raises:
        NotFound: no such process, party, group or role.
        DateRefused: the process did not exist, or was not known, on that day.
    """
    seen = queries.look_at(process, day, known, language=language)
    return party_work(seen, whose, queries.people())


def work_of(
    queries: Queries, who: Who, process: str | None = None, language: str = "en"
) -> MyWorkView:
    """Return the work of a person, in all processes or in one.

    Raises:
        NotFound: nobody has that name, or there is no such process.
    """
    if process is not None:
        queries.today_of(process)
    found = queries.held_by(who)
    if found is None:
        return MyWorkView(str(who), 0)
    holder, present = found
    return my_work(holder, [queries.seen_now(each, language) for each in present], process)
