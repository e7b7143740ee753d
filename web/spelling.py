"""Names as people write them in a table, and the ids that they stand for.

“Dordrecht”, “raad van Dordrecht”, “gemeenteraad Dordrecht” and ``dordrecht.raad`` are one council.
"""

from collections.abc import Iterable, Iterator, Mapping

from definitions.language.naming import did_you_mean, guess_at, identifier_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import Definition, Milestone
from web.names import body_name, milestone_name
from workflow.rules.snapshot import Snapshot

_IDLE = frozenset({"de", "het", "van", "the", "of", "gemeente", "municipality"})
"""Words in a name that say nothing of which it is."""
_KINDS: Mapping[str, str] = {
    "college-van-burgemeester-en-wethouders": "college",
    "burgemeester-en-wethouders": "college",
    "college-van-b-en-w": "college",
    "college-van-b-w": "college",
    "b-en-w": "college",
    "b-w": "college",
    "executive": "college",
    "gemeenteraad": "raad",
    "municipal-council": "raad",
    "council": "raad",
}
"""What kinds of bodies are called besides, the longest first."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names, by what they have in common however they are written.

    Attributes:
        ids: the ids that each can stand for.
        called: what they are called, the way to write them.
        written: every way to write one.
        example: one of them, where they are too many or too long to be listed; else empty.
    """

    ids: Mapping[Key, frozenset[str]]
    called: tuple[str, ...]
    written: tuple[str, ...]
    example: str = ""

    def of(self, written: str) -> str | None:
        """Return the only id that a name can stand for; None where there is none, or several."""
        found = self.ids.get(key_of(written), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def unknown(self, written: str, what: Text) -> Text:
        """Return why a name stands for nothing, with what was probably meant."""
        found = self.ids.get(key_of(written), frozenset())
        if len(found) > 1:
            return text(
                "“{written}” can be each of these: {names}.", written=written, names=sorted(found)
            )
        said = text("There is no {what} “{name}”.", what=what, name=written)
        advice = guess_at(written, self.called) or guess_at(written, self.written)
        if advice is None and self.example:
            advice = text("Write it as “{example}”.", example=self.example)
        advice = advice or did_you_mean(written, self.called)
        return said if advice is None else text("{said} {advice}", said=said, advice=advice)


def key_of(written: str) -> Key:
    """Return what all ways to write a name have in common."""
    name = f"-{identifier_of(written)}-"
    for said, meant in _KINDS.items():
        name = name.replace(f"-{said}-", f"-{meant}-")
    words = [each for each in name.split("-") if each]
    return tuple(sorted(each for each in words if each not in _IDLE) or words)


def names_of(pairs: Iterable[tuple[str, str]], called: Iterable[str]) -> Names:
    """Return names, from each way to write one with the id that it stands for."""
    found: dict[Key, set[str]] = {}
    every = list(pairs)
    for written, id_ in every:
        found.setdefault(key_of(written), set()).add(id_)
    ids = {key: frozenset(each) for key, each in found.items() if key}
    ways = dict.fromkeys(written for written, _ in every)
    return Names(ids, tuple(dict.fromkeys(called)), tuple(ways))


def bodies_of(definition: Definition) -> Names:
    """Return the bodies and parties of a definition, with those that may join."""
    whole = definition.everybody
    pairs: list[tuple[str, str]] = []
    for party in whole.parties.values():
        pairs += [(party.id, party.id), (party.name, party.id)]
        pairs += [(party.code, party.id)] if party.code else []
    for body in whole.bodies:
        pairs += [(body, body), (body_name(whole, body), body)]
    for each in whole.regional.values():
        pairs += [(each.id, each.id), (each.name, each.id)]
    called = [body_name(whole, each) for each in (*whole.bodies, *whole.regional)]
    parties = [each.name for each in whole.parties.values()]
    found = names_of(pairs, [*parties, *called])
    return replace(found, example=next(iter(called), ""))


def parties_of(definition: Definition) -> Names:
    """Return the parties of a definition alone, with those that may join."""
    every = definition.everybody.parties.values()
    pairs = [pair for each in every for pair in ((each.id, each.id), (each.name, each.id))]
    pairs += [(each.code, each.id) for each in every if each.code]
    return names_of(pairs, [each.name for each in every])


def milestones_of(definition: Definition, language: str) -> Names:
    """Return the milestones of a definition, by their ids and titles."""
    every = definition.milestones.values()
    pairs = [(each.id, each.id) for each in every]
    pairs += [(title, each.id) for each in every for title in each.title.values()]
    return names_of(pairs, [milestone_name(definition, each.id, language) for each in every])


def requests_of(milestone: Milestone) -> Names:
    """Return the questions of a milestone."""
    pairs = [(each, each) for each in milestone.requests]
    pairs += [(f"{milestone.id}/{each}", each) for each in milestone.requests]
    pairs += [
        (f"{title}: {each}", each)
        for each in milestone.requests
        for title in milestone.title.values()
    ]
    return names_of(pairs, milestone.requests)


def outcomes_of(outcomes: Iterable[str]) -> Names:
    """Return the outcomes that a body can decide for."""
    found = list(outcomes)
    return names_of([(each, each) for each in found], [each.replace("-", " ") for each in found])


def dues_of(now: Snapshot, language: str) -> Names:
    """Return the terms of a process, by their references and by the titles of what they are of."""
    definition = now.definition
    found = list(definition.dues)
    pairs = [pair for each in found for pair in _written(definition, each)]
    return names_of(pairs, [due_called(definition, each, language) for each in found])


def _written(definition: Definition, due: str) -> Iterator[tuple[str, str]]:
    yield due, due
    milestone = definition.milestones.get(_milestone(due))
    for title in milestone.title.values() if milestone is not None else ():
        yield f"{title} {due.removeprefix(_milestone(due))[1:]}", due


def due_called(definition: Definition, due: str, language: str) -> str:
    """Return what a term is called: the title of its milestone, and what of it has to be done."""
    milestone = _milestone(due)
    if milestone not in definition.milestones:
        return due
    rest = due.removeprefix(milestone)[1:]
    return f"{milestone_name(definition, milestone, language)}: {rest.replace('-', ' ')}"


def _milestone(due: str) -> str:
    return due.replace("/", ".").partition(".")[0]
