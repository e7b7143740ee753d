"""Command lines as chance types them: real names in wrong places, and values nobody means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import click

from cli import cli
from tests.support.engine import bodies, gr_sociaal_domein

APART = ("demo", "remind run", "serve")
"""Commands that are not typed here: one runs them all, the others do not end."""

PROCESS = "gr-sociaal-domein"

HOSTILE: Sequence[str] = (
    "",
    " ",
    "-",
    "--",
    "-1",
    "--no-such-option",
    "0",
    "1e9",
    "99999999999999999999",
    "../../etc/passwd",
    "/dev/null",
    "/nowhere/at/all",
    ".",
    "'; DROP TABLE journal; --",
    "%s%n",
    "{x}",
    "a\nb",
    "a\u009bb",
    "\u202eabc",
    "Zoe\u0308",
    "\udcff",  # a byte that is no UTF-8, as it comes from a command line
    "\U0001f469\u200d\U0001f4bb",
    "x" * 5000,
    "sqlite://",
    "postgresql://u:geheim123@nowhere.example:notaport/x",
    "K=V",
    "=",
    "@",
    "a@b",
    "2021-02-30",
    "0000-01-01",
    "9999-12-31",
    "31 februari 2021",
)
"""Values that are hardly ever meant, for any argument."""

DATES = (
    "2020-11-24",
    "2021-01-12",
    "2021-02-09",
    "2021-03",
    "medio maart 2021",
    "by 2021-03-16",
    "vandaag",
    "eind augustus 2021",
    "2019-01-01",
    "2031-01-01",
    "12 januari 2021",
)


@dataclass(frozen=True, slots=True)
class Typing:
    """The possible command lines: every command, with values for its parameters."""

    commands: Mapping[str, click.Command]
    values: Mapping[str, Sequence[str]]

    def line(self, dice: Random) -> list[str]:
        """Return the arguments of one line."""
        name = dice.choice(list(self.commands))
        words = name.split()
        for parameter in self.commands[name].params:
            if parameter.name != "debug":  # its errors are raised, for whoever looks into them
                words.extend(self._typed(parameter, dice))
        if dice.random() < 0.05:
            words.insert(dice.randrange(len(words) + 1), dice.choice(HOSTILE))
        return words

    def _typed(self, parameter: click.Parameter, dice: Random) -> Iterator[str]:
        is_option = isinstance(parameter, click.Option)
        if dice.random() < (self._left_out(parameter) if is_option else 0.05):
            return
        if isinstance(parameter, click.Option):
            yield dice.choice([*parameter.opts])
            if parameter.is_flag:
                return
        yield self._value(parameter, dice)

    def _left_out(self, parameter: click.Parameter) -> float:
        match parameter.name:
            case "on" | "reason" | "reference":
                return 0.2
            case "database_url" | "actor":
                return 0.97
            case _:
                return 0.8

    def _value(self, parameter: click.Parameter, dice: Random) -> str:
        chance = dice.random()
        if isinstance(parameter.type, click.Choice) and chance < 0.9:
            return str(dice.choice(list(parameter.type.choices)))
        known = self.values.get(parameter.name or "", ())
        if known and chance < 0.85:
            return dice.choice(known)
        everything = [each for values in self.values.values() for each in values]
        return dice.choice(everything) if chance < 0.92 else dice.choice(HOSTILE)


def typing() -> Typing:
    """Return the possible command lines about the shipped process."""
    leaves = {name: each for name, each in _leaves(cli, "") if name not in APART}
    return Typing(leaves, _values())


def _leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for each, inner in command.commands.items():
        yield from _leaves(inner, f"{name} {each}".strip())


def _values() -> Mapping[str, Sequence[str]]:
    definition = gr_sociaal_domein()
    milestones = list(definition.milestones)
    parties = list(definition.parties)
    councils = list(bodies(definition, "raad"))
    outcomes = sorted(
        {outcome for each in definition.instruments.values() for outcome in each.outcomes}
    )
    days = dict.fromkeys(("on", "as_of", "known_at", "since", "until", "begins", "date"), DATES)
    return {
        **days,
        "process": [PROCESS] * 9 + ["own-1"],
        "definition": [PROCESS, "wijziging-gr", "file.yaml"],
        "milestone": milestones,
        "body": [*councils, *parties],
        "party": parties,
        "parties": parties,
        "outcome": outcomes,
        "seq": [str(each) for each in range(1, 40)],
        "seat": ["stuurgroep", "griffier@dordrecht", "griffier@sliedrecht", "projectsecretaris"],
        "name": ["griffier D", "secretaris", "somebody", "Zoë"],
        "address": ["griffie@dordrecht.example", "griffie@straße.example", "nobody"],
        "due": [f"{each}.in-route" for each in milestones]
        + [f"{each}/raden" for each in milestones],
        "task": ["informeer-raad", "raadsconferentie"],
        "result": ["verzonden", "gehouden"],
        "part": ["hoofdlijnennotitie/waarom"],
        "level": ["leidend", "volledig"],
        "point": ["1", "2"],
        "round": ["1", "2"],
        "votes": ["19-4", "19-?", "met algemene stemmen", "zonder stemming", "7-7-1"],
        "what": ["title", "calendar", "ladder"],
        "value": ["Another title", "-14d", "2021-05-05"],
        "expect": ["5", "12"],
        "key": ["one", "two"],
        "file": ["file.yaml", "text.txt", "new.yaml"],
        "files": ["file.yaml", PROCESS],
        "names": [PROCESS, "in-route"],
        "source": ["sqlite:///source.db"],
        "target": ["sqlite:///target.db"],
        "head": ["5:0000", f"{PROCESS}=5:{'0' * 64}"],
        "folder": ["folder", "."],
    }
