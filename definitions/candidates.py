"""Candidates of a definition: the parties that may join a running process."""

from definitions import schema
from definitions.checking import check
from definitions.faults import Faults, Path
from definitions.in_force import in_force
from definitions.language.text import text
from definitions.model import Definition


def with_candidates(shape: schema.ProcessFile, faults: Faults) -> schema.ProcessFile:
    """Return a file with its candidates among the parties, noting what is wrong with them."""
    if not shape.may_join:
        return shape
    for name, spec in shape.may_join.items():
        path: Path = ("may_join", name)
        if name in shape.parties.define:
            faults.add(path, text("“{party}” is a party already: it cannot join.", party=name))
        for body in spec.votes:
            _check_votes(body, shape, (*path, "votes", body), faults)
    for body, regional in shape.bodies.items():
        for member in regional.members:
            if member in shape.may_join and member not in shape.parties.define:
                faults.add(
                    ("bodies", body, "members", member),
                    text("“{party}” is no member yet: it may join.", party=member),
                    text("Its votes belong under “may_join”: votes: {{{body}: 3}}", body=body),
                )
    joining = {name: _party(spec) for name, spec in shape.may_join.items()}
    parties = shape.parties.model_copy(update={"define": {**joining, **shape.parties.define}})
    ordered = {**shape.parties.define, **parties.define}
    parties = parties.model_copy(update={"define": ordered})
    return shape.model_copy(update={"parties": parties})


def _check_votes(body: str, shape: schema.ProcessFile, path: Path, faults: Faults) -> None:
    """Note a fault where a candidate has votes in a body that counts none."""
    if not faults.known(body, shape.bodies, path, text("regional body")):
        return
    if not shape.bodies[body].members:
        faults.add(
            path,
            text("“{body}” does not say which members it has, and how many votes.", body=body),
            text("Name its “members” first."),
        )


def _party(spec: schema.Joining) -> schema.Party:
    written = spec.model_dump(exclude={"use", "votes"}, exclude_none=True)
    return schema.Party.model_validate(written)


def check_joined(definition: Definition, faults: Faults) -> None:
    """Note every fault that a definition has only once candidates have joined.

    Each is tried alone, and all together.
    """
    known = {(each.path, str(each.sentence)) for each in faults.found}
    every = frozenset(definition.may_join)
    for joined in dict.fromkeys([*(frozenset({each}) for each in definition.may_join), every]):
        then = Faults(faults.file, {})
        check(in_force(definition, joined), then)
        for fault in then.found:
            if (fault.path, str(fault.sentence)) in known:
                continue
            known.add((fault.path, str(fault.sentence)))
            faults.add(
                fault.path,
                text(
                    "Once {parties} joined: {sentence}",
                    parties=[each for each in definition.may_join if each in joined],
                    sentence=fault.sentence,
                ),
                fault.advice,
            )
