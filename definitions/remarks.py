"""What a definition says about itself: what it assumes, and what nobody knows."""

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
        yield from _assumed(f"{name}/", milestone.gates)
    for name, structure in shape.structures.items():
        yield from _assumed(f"{name}/", structure.tasks)


def unknowns(shape: schema.ProcessFile) -> Iterator[model.Remark]:
    """Yield everything that no source says."""
    for what in shape.unknown:
        yield model.Remark("", what)
    for name, milestone in shape.milestones.items():
        for what in milestone.unknown:
            yield model.Remark(name, what)


def _assumed(prefix: str, group: Mapping[str, schema.Marked]) -> Iterator[model.Remark]:
    for name, marked in group.items():
        if marked.assumed:
            yield model.Remark(f"{prefix}{name}", marked.assumed)
