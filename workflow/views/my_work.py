"""“What is mine?”: over all processes, what is asked of somebody, comes, or is waited for."""

from collections.abc import Iterable, Iterator
from datetime import date

from definitions.language.values import dataclass
from workflow.model.holder import Holder
from workflow.model.state import seat_name
from workflow.views.asked_later import AwaitedView, UpcomingView, awaited, upcoming
from workflow.views.seat_holder import SeatHolderView, seat_holder_view
from workflow.views.seen import Seen, process_title
from workflow.views.to_do import ToDoView, to_do_views


@dataclass(frozen=True, slots=True)
class HeldView:
    """A seat that somebody holds, held, or will hold.

    Attributes:
        until: its last day; None if it is not known.
        others: the other holders: deputies, or the person deputised for.
    """

    process: str
    seat: str
    since: date
    until: date | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MyTurnView:
    """Something they can do now, in which process, and in which of their seats."""

    process: str
    title: str
    seats: tuple[str, ...]
    asked: ToDoView


@dataclass(frozen=True, slots=True)
class MyWorkView:
    """The work of a person in all processes in which they hold a seat.

    Attributes:
        name: their name.
        processes: how many processes there are in all.
        process: the only process shown; None for all.
        seats: the seats they hold today.
        others: their former and future seats.
        now: the work they can do now: late work first, then by date, undated work last.
        coming: their future work, in the same order.
        awaited: their work that others wait for.
    """

    name: str
    processes: int
    process: str | None = None
    seats: tuple[HeldView, ...] = ()
    others: tuple[HeldView, ...] = ()
    now: tuple[MyTurnView, ...] = ()
    coming: tuple[UpcomingView, ...] = ()
    awaited: tuple[AwaitedView, ...] = ()


def my_work(of: Holder, present: Iterable[Seen], process: str | None = None) -> MyWorkView:
    """Return the work of a person.

    Args:
        of: the person, with their present, former and future seats.
        present: the processes in which they hold a seat today.
        process: the only process to show; None for all.
    """
    desks = [
        seat_holder_view(each, of.person, of.people)
        for each in present
        if process in (None, each.process)
    ]
    today = {desk.seen.process: desk.seats for desk in desks}
    return MyWorkView(
        name=of.name,
        processes=of.processes,
        process=process,
        seats=tuple(view for desk in desks for view in _seats(desk, of.person)),
        others=tuple(
            HeldView(where, seat_name(seat.role, seat.place), seat.since, seat.until)
            for where, seat in of.seats
            if process in (None, where) and seat not in today.get(where, ())
        ),
        now=tuple(sorted((each for desk in desks for each in _now(desk)), key=_when_asked)),
        coming=tuple(sorted((each for desk in desks for each in upcoming(desk)), key=_when)),
        awaited=tuple(sorted((each for desk in desks for each in awaited(desk)), key=_when)),
    )


def _when_asked(each: MyTurnView) -> date:
    due = each.asked.due
    return date.max if due is None or due.date is None else due.date


def _when(each: UpcomingView | AwaitedView) -> date:
    return date.max if each.due is None or each.due.date is None else each.due.date


def _seats(desk: SeatHolderView, person: str) -> Iterator[HeldView]:
    """Yield the present seats of a person, each with its other holders."""
    seen = desk.seen
    for seat in desk.seats:
        others = [
            desk.people.get(each.person, (each.person, None))[0]
            for each in seen.state.seats.values()
            if (each.role, each.place) == (seat.role, seat.place)
            and each.person != person
            and each.held_on(seen.day)
        ]
        name = seat_name(seat.role, seat.place)
        yield HeldView(seen.process, name, seat.since, seat.until, tuple(dict.fromkeys(others)))


# --- what can be done now ------------------------------------------------------------------------


def _now(desk: SeatHolderView) -> Iterator[MyTurnView]:
    """Yield the work that can be done now in any of the seats, each once."""
    for turn, seats in desk.turns:
        for asked in to_do_views(desk.seen, turn):
            yield MyTurnView(desk.seen.process, process_title(desk.seen), seats, asked)
