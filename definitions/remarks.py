"""The remarks of a definition about itself: assumptions and unknowns."""

from collections.abc import Iterator, Mapping

from definitions import model, schema


def assumptions(shape: schema.ProcessFile) -> Iterator[model.Remark]:
    """Yield everything that is marked as an assumption of ours."""
    groups: tuple[tuple[str, Mapping[str, schema.Marked]], ...] = (
        ("roles", shape.roles),
        ("deliverables", shape.deliverables),
        ("structures", shape.structures),
        ("milestones", shape.milestones),
        ("tasks", shape.tasks),
    )
    for where, marked in groups:
        yield from _assumed(f"{where}.", marked)
    for name, milestone in shape.milestones.items():
        yield from _assumed(f"{name}/", milestone.requests)
        yield from _assumed(f"{name}/", milestone.tasks)
        for slot, gate in milestone.gates.items():
            yield from _assumed_of_gate(f"{name}/{slot}", gate)
        for request, spec in milestone.requests.items():
            yield from _assumed_of_gate(f"{name}/{request}.after", spec.after)
    for name, structure in shape.structures.items():
        yield from _assumed(f"{name}/", structure.tasks)
        for trigger, value in structure.transitions.items():
            for each in value if isinstance(value, list) else [value]:
                yield from _assumed_of_gate(f"{name}/{trigger}", each.gate)


def unknowns(shape: schema.ProcessFile) -> Iterator[model.Remark]:
    """Yield everything that no source says."""
    for what in shape.unknown:
        yield model.Remark("", model.Prose.of(what))
    for name, milestone in shape.milestones.items():
        for what in milestone.unknown:
            yield model.Remark(name, model.Prose.of(what))


def _assumed(prefix: str, group: Mapping[str, schema.Marked]) -> Iterator[model.Remark]:
    for name, marked in group.items():
        if marked.assumed:
            yield model.Remark(f"{prefix}{name}", model.Prose.of(marked.assumed))


def _assumed_of_gate(where: str, gate: schema.Gate | None) -> Iterator[model.Remark]:
    """Yield the assumptions of a gate and of the gates inside it."""
    if gate is None:
        return
    if gate.assumed:
        yield model.Remark(where, model.Prose.of(gate.assumed), gate=True)
    for inner in (*(gate.all or ()), *(gate.any or ()), *gate.of_gates, gate.not_):
        yield from _assumed_of_gate(where, inner)
