"""What bodies, places, roles and milestones are called where somebody reads them.

Sentences of the core name them by their ids, which is what one types. In a browser nobody types
them, so a value of a sentence that is such an id is shown as what it is called; what somebody wrote
is left as it is.
"""

from collections.abc import Mapping

from definitions.language.text import Text
from definitions.model import Definition, title_in
from workflow.model.state import places_of, seat_name

_AS_IT_IS = frozenset({"note", "says", "reason", "reference", "ground", "remark", "written"})
"""The values of sentences that somebody wrote."""


def body_name(definition: Definition, body: str) -> str:
    """Return what a body is called: “Dordrecht, raad”; that of no one party has its own name."""
    regional = definition.regional.get(body)
    if regional is not None:
        return regional.name
    party, _, kind = body.partition(".")
    return f"{place_name(definition, party)}, {_spaced(kind)}" if kind else body


def place_name(definition: Definition, place: str) -> str:
    """Return what a party or a group is called."""
    party = definition.parties.get(place)
    return _spaced(place) if party is None else party.name


def seat_in_words(definition: Definition, role: str, place: str) -> str:
    """Return what a role at a place is called."""
    return f"{_spaced(role)}, {place_name(definition, place)}" if place else _spaced(role)


def milestone_name(definition: Definition, milestone: str, language: str) -> str:
    """Return what a milestone is called."""
    return title_in(definition.milestones[milestone].title, language, milestone)


def names_of(definition: Definition, language: str) -> Mapping[str, str]:
    """Return what everything of a definition is called, by its id."""
    whole = definition.everybody
    found = {each.id: each.name for each in whole.parties.values()}
    found |= {each: body_name(whole, each) for each in (*whole.bodies, *whole.regional)}
    for role in whole.roles.values():
        for place in places_of(whole, role):
            found[seat_name(role.id, place)] = seat_in_words(whole, role.id, place)
    for milestone in whole.milestones.values():
        title = milestone_name(whole, milestone.id, language)
        found[milestone.id] = title
        found |= {
            f"{milestone.id}/{each}": f"{title}: {_spaced(each)}" for each in milestone.requests
        }
        found |= {
            f"{milestone.id}.{each}": f"{title}: {_spaced(each)}" for each in milestone.states
        }
        found |= {
            str(task.ref): f"{title}: {_spaced(task.ref.task)}"
            for task in whole.tasks_of(milestone.id)
        }
    return found


def name_of(id_: str, names: Mapping[str, str]) -> str:
    """Return what an id stands for; of one with a place, ``milestone/request@place``, both."""
    if id_ in names:
        return names[id_]
    base, at, place = id_.partition("@")
    return f"{names[base]}, {names.get(place, place)}" if at and base in names else id_


def with_names(sentence: Text, names: Mapping[str, str]) -> Text:
    """Return a sentence in which the ids among its values are what they stand for."""
    if not sentence.values:
        return sentence
    values = {
        name: value if name in _AS_IT_IS else _named(value, names)
        for name, value in sentence.values.items()
    }
    return Text(sentence.message, values, sentence.plural, sentence.number)


def _named(value: object, names: Mapping[str, str]) -> object:
    match value:
        case str():
            return name_of(value, names)
        case Text():
            return with_names(value, names)
        case list() | tuple():
            return [_named(each, names) for each in value]
        case _:
            return value


def _spaced(identifier: str) -> str:
    return identifier.replace("-", " ")
