"""The definition in force: a definition with those of its candidates that have joined."""

from collections.abc import Container
from dataclasses import replace

from definitions.model import Definition, Deliverable, Milestone, RegionalBody, Request, Task


def in_force(definition: Definition, joined: frozenset[str]) -> Definition:
    """Return a definition with some of its candidates among the parties, and no others.

    Args:
        definition: with whichever of them.
        joined: those that have joined.
    """
    whole = definition.whole
    if whole is None or definition.joined == joined:
        return definition
    absent = [each for each in whole.may_join if each not in joined]
    present = [each for each in whole.may_join if each in joined]
    regional = {
        name: _with_votes(body, {each: whole.may_join[each].get(name, 0) for each in present})
        for name, body in whole.regional.items()
    }
    return replace(
        without_parties(whole, absent),
        regional=regional,
        joined=frozenset(present),
        whole=whole,
        document=definition.document,
    )


def pinned_to(whole: Definition) -> Definition:
    """Return the definition of a process that no party has joined.

    Args:
        whole: compiled with all candidates among the parties.
    """
    return in_force(replace(whole, joined=frozenset(whole.may_join), whole=whole), frozenset())


def without_parties(definition: Definition, gone: Container[str]) -> Definition:
    """Return a definition in which some parties do not occur.

    Regional bodies keep their members: how a quorum follows them is decided where votes are cast.
    """
    bodies = {body: party for body, party in definition.bodies.items() if party not in gone}
    return replace(
        definition,
        parties={name: each for name, each in definition.parties.items() if name not in gone},
        bodies=bodies,
        milestones={name: _asking(each, bodies) for name, each in definition.milestones.items()},
        tasks={ref: _task_of(task, gone) for ref, task in definition.tasks.items()},
        deliverables={
            name: _parts_of(each, gone) for name, each in definition.deliverables.items()
        },
    )


def _asking(milestone: Milestone, bodies: Container[str]) -> Milestone:
    requests = {name: _put_to(each, bodies) for name, each in milestone.requests.items()}
    return replace(milestone, requests=requests)


def _put_to(request: Request, bodies: Container[str]) -> Request:
    """Return a request that is put only to some of its bodies."""
    return replace(
        request,
        bodies=tuple(body for body in request.bodies if body in bodies),
        instruments={body: each for body, each in request.instruments.items() if body in bodies},
    )


def _task_of(task: Task, gone: Container[str]) -> Task:
    return replace(task, subjects=tuple(each for each in task.subjects if each not in gone))


def _parts_of(deliverable: Deliverable, gone: Container[str]) -> Deliverable:
    parts = {
        name: replace(part, subjects=tuple(each for each in part.subjects if each not in gone))
        for name, part in deliverable.parts.items()
    }
    return replace(deliverable, parts=parts)


def _with_votes(body: RegionalBody, more: dict[str, int]) -> RegionalBody:
    """Return a regional body with the votes of those who became members of it."""
    members = {party: votes for party, votes in more.items() if votes}
    if not members:
        return body
    together = None if body.votes is None else body.votes + sum(members.values())
    return replace(body, members={**body.members, **members}, votes=together)
