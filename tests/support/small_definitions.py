"""Small definitions at random: every word of a gate, put together in every way.

Each is small enough for all its situations to be found one by one, and free of the faults that are
found as it is read; what is left to find in it is what a proof is for.
"""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from definitions.faults import DefinitionInvalid
from definitions.model import Definition
from definitions.proving.proof import prove
from tests.support.definitions import load
from tests.support.explicit import Explored, TooMany, explore

Written = dict[str, Any]
"""A part of a definition, as a file has it."""

INSTRUMENTS: Written = {
    "besluit": {"ja": "for", "nee": "against"},
    "uitstel": {"ja": "for", "nee": "against", "later": "pending"},
    "ruim": {"ja": "for", "ja-mits": "for", "nee": "against"},
    "mening": {"zienswijze": "answered", "later": "pending"},
}
NAMES = {"raad": "raden", "college": "colleges"}
"""What each kind of body is asked, by what it is called."""
PARTIES = ("a", "b", "c", "d")
RULES: tuple[Any, ...] = (
    *("all", "all", "majority", {"at_least": 1}, {"at_least": 2}, {"share": "2/3"}),
    *({"more_than": "1/3"}, {"weighted_share": "2/3"}, {"more_than_weighted": "1/2"}),
    *({"share": "1/2", "of": "cast"}, {"more_than": "1/2", "of": "cast"}),
    {"weighted_share": "2/3", "of": "cast"},
)
COUNTS = ("for", "for", "for", "for", "against", ["for", "against"])
STOP = {"explicit": True, "permission": "stop"}
TRIES = 60
"""How often one is drawn before there is one without a fault."""


def a_small_definition(dice: Random, words: Sequence[str] = ()) -> Definition:
    """Put a small definition together, without a fault that is found as it is read."""
    for _ in range(TRIES):
        written = json.dumps(_Draft(dice).written())
        if all(f'"{word}"' in written for word in words):
            try:
                return load(written)
            except DefinitionInvalid:
                continue
    return load(json.dumps(_Draft(dice).plain()))


class _Draft:
    """A definition that is being put together."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.parties = PARTIES[: dice.choice((2, 2, 2, 3, 3, 3, 4))]
        few = len(self.parties) > 3
        self.milestones = ["m", "n", "o"][: 1 if few else dice.choice((1, 1, 2, 2, 3))]
        self.room = 4 if few else 6
        """How many more bodies can be asked, and tasks be done, before it is too large."""
        self.structures: dict[str, Written] = {}
        self.requests: dict[str, dict[str, Written]] = {}
        self.tasks: dict[str, dict[str, Written]] = {}

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def written(self) -> Written:
        """Return it whole, as a file has it."""
        for name in self.milestones:
            self.structures[name] = self._structure()
        for name in self.milestones:
            self.requests[name], self.tasks[name] = self._requests(name), self._tasks(name)
        for name in self.milestones:
            for request in self.requests[name].values():
                self._after(name, request)
            self._arises(name)
        return {
            **self._head(),
            "structures": self.structures,
            "milestones": {name: self._milestone(name) for name in self.milestones},
        }

    def plain(self) -> Written:
        """Return a definition in which nothing can be wrong."""
        structure = {
            "states": ["open", "klaar", "weg"],
            "final": {"good": ["klaar"], "bad": ["weg"]},
            "transitions": {
                "nemen": {"from": "open", "to": "klaar"},
                "stoppen": {"from": "open", "to": "weg", **STOP},
            },
        }
        milestones = {"m": {"structure": "s"}}
        return {**self._head(), "structures": {"s": structure}, "milestones": milestones}

    def _head(self) -> Written:
        may = ["advance", "stop", "replan", "record-on-behalf", "amend", "note", "member"]
        return {
            "id": "klein",
            "version": 1,
            "title": {"en": "Small"},
            "timezone": "Europe/Amsterdam",
            "begins": "2026-01-05",
            "goal": "none",
            "parties": {
                "define": {
                    each: {
                        "name": each,
                        "kind": "gemeente",
                        "bodies": ["raad", "college"],
                        "weight": self.dice.choice((1, 1, 2, 3)),
                    }
                    for each in self.parties
                }
            },
            "roles": {"s": {"may": [*may, "party", "task", "record", "deliverable"]}},
            "starter": ["s"],
            "deliverables": {"stuk": {"levels": ["leeg", "heel"], "parts": {"kern": {}}}},
            "instruments": INSTRUMENTS,
        }

    # --- the state machine ---------------------------------------------------------------------

    def _structure(self) -> Written:
        states, good, bad = ["open"], ["klaar"], []
        moves: dict[str, list[Written]] = {}
        if self.chance(50):
            states.append("rond")
            moves |= self._between()
        last = states[-1]
        moves["nemen"] = [{"from": last, "to": "klaar", **self._slot(90, "besluit")}]
        if self.chance(30):
            again = {"from": last, "to": last, **self._slot(80, "opnieuw")}
            moves["opnieuw"] = [{**again, **self._explicit(80), **self._opens(85)}]
        if self.chance(30):
            good.append("anders")
            other = {"from": last, "to": "anders", **self._slot(90, "ook"), **self._explicit(30)}
            moves.setdefault(self.dice.choice(("nemen", "afwijken")), []).append(other)
        if self.chance(50):
            bad.append("weg")
            stop = {"from": states if self.chance(75) else [last], "to": "weg", **STOP}
            moves["stoppen"] = [{**stop, **self._slot(15, "stop")}]
        arms = [arm for each in moves.values() for arm in each]
        return {
            "states": [*states, *good, *bad],
            "final": {"good": good, **({"bad": bad} if bad else {})},
            "slots": [each["gate"]["slot"] for each in arms if "gate" in each],
            "transitions": moves,
        }

    def _between(self) -> dict[str, list[Written]]:
        """Return the moves to the second of two states, and perhaps back."""
        first = {"from": "open", "to": "rond", **self._slot(35, "rijp"), **self._opens(60)}
        if not self.chance(35):
            return {"beginnen": [first]}
        back = {"from": "rond", "to": "open", **self._slot(60, "terug")}
        return {
            "beginnen": [first],
            "terug": [{**back, **self._explicit(80), **self._opens(30)}],
        }

    def _slot(self, percent: int, name: str) -> Written:
        return {"gate": {"slot": name}} if self.chance(percent) else {}

    def _explicit(self, percent: int) -> Written:
        return {"explicit": True} if self.chance(percent) else {}

    def _opens(self, percent: int) -> Written:
        return {"opens": "round"} if self.chance(percent) else {}

    def _moving(self, name: str) -> list[str]:
        """Return the states of a milestone that are not final."""
        return [each for each in self.structures[name]["states"] if each in ("open", "rond")]

    def _some(self, states: list[str]) -> list[str]:
        return states[-1:] if self.chance(60) else states

    # --- what is asked -------------------------------------------------------------------------

    def _requests(self, name: str) -> dict[str, Written]:
        found: dict[str, Written] = {}
        for kind in ("raad", "college"):
            if not self.chance(88 if kind == "raad" else 40):
                continue
            of: Any = f"each {kind}"
            number = len(self.parties)
            if number > 2 and self.chance(25):
                of = {"each": kind, "except": self.dice.choice(self.parties)}
                number -= 1
            if number > self.room:
                continue
            self.room -= number
            instrument = self.dice.choice((*["besluit"] * 4, "uitstel", "ruim", "mening"))
            asked = {"of": of, "instrument": instrument, "due": "none"}
            found[NAMES[kind]] = {**asked, "in": self._some(self._moving(name)), **self._text()}
        return found

    def _text(self) -> Written:
        return {"text": "stuk/kern"} if len(self.parties) < 4 and self.chance(40) else {}

    def _after(self, name: str, request: Written) -> None:
        """Say of a request, perhaps, what comes before it, and on whose text it is."""
        others = [(name, each) for each, one in self.requests[name].items() if one is not request]
        others += [(other, each) for other in self.milestones for each in self.requests[other]]
        others = [each for each in others if self.requests[each[0]][each[1]] is not request]
        if others and self.chance(35):
            milestone, asked = self.dice.choice(others)
            own = {"request": f"{milestone}/{asked}", "of": "own", "counts": "for"}
            request["after"] = own if self.chance(75) else self._gate(name, 0)
        elif self.tasks[name] and self.chance(30):
            request["after"] = {"tasks": next(iter(self.tasks[name])), "of": "own"}
        about = [each for each in others if "text" in self.requests[each[0]][each[1]]]
        if "text" in request and about and self.chance(60):
            milestone, asked = self.dice.choice(about)
            if "same_text_as" not in self.requests[milestone][asked]:
                request["same_text_as"] = f"{milestone}/{asked}"

    def _tasks(self, name: str) -> dict[str, Written]:
        if not self.chance(35):
            return {}
        task: Written = {"owner": "s", "due": "none", "results": {"bezig": "open", "af": "done"}}
        number = 1
        if self.chance(60) and self.room >= len(self.parties):
            task["per"], number = "party", len(self.parties)
        if number > self.room:
            return {}
        self.room -= number
        if self.chance(70):
            task["in"] = self._some(self._moving(name))
        if self.chance(30):
            task["each"] = "round"
        return {"werk": task}

    def _arises(self, name: str) -> None:
        """Say of a task, perhaps, by what it arises."""
        for task in self.tasks[name].values():
            if not self.chance(50):
                continue
            asked = list(self.requests[name].items())
            awaited = any("tasks" in each.get("after", {}) for _, each in asked)
            if asked and "per" in task and not awaited and self.chance(65):
                key, request = self.dice.choice(asked)
                task["arises"] = {"decision": key}
                if self.chance(50):
                    outcomes = INSTRUMENTS[request["instrument"]]
                    task["arises"]["outcome"] = self.dice.choice([*outcomes])
            else:
                where = self.dice.choice(self.milestones)
                states = self.structures[where]["states"]
                task["arises"] = {"milestone": where, "state": self.dice.choice(states[1:])}

    # --- milestones and gates ------------------------------------------------------------------

    def _milestone(self, name: str) -> Written:
        found: Written = {"structure": name}
        if self.requests[name]:
            found["requests"] = self.requests[name]
        if self.tasks[name]:
            found["tasks"] = self.tasks[name]
        slots = self.structures[name]["slots"]
        if slots:
            found["gates"] = {each: self._gate(name, 2) for each in slots}
        stoppable = [
            each
            for each in self.milestones
            if each != name and "weg" in self.structures[each]["states"]
        ]
        if stoppable and self.chance(40):
            states = self.structures[name]["states"]
            entered = self.dice.choice(states[1:])
            found["entering"] = {entered: {"stops": self.dice.choice(stoppable)}}
        return found

    def _gate(self, name: str, depth: int) -> Written:
        """Return a gate, or some joined.

        Args:
            depth: how deep gates may stand in each other.
        """
        if depth and self.chance(35):
            inner = [self._gate(name, depth - 1) for _ in range(self.dice.choice((2, 2, 3)))]
            kind = self.dice.choice(("all", "any", "any", "not", "at_least"))
            if kind == "not":
                return {"not": inner[0]}
            if kind == "at_least":
                return {"at_least": self.dice.choice((1, 2)), "of": inner}
            return {kind: inner}
        kinds = [self._about_request] * 6 if any(self.requests.values()) else []
        kinds += [self._about_tasks] * 3 if any(self.tasks.values()) else []
        kinds += [self._about_milestone] * 2 if len(self.milestones) > 1 else []
        kinds += [self._at_will] if kinds and self.chance(40) else []
        return self.dice.choice(kinds or [self._at_will])(name)

    def _about_request(self, name: str) -> Written:
        own = [(name, each) for each in self.requests[name]]
        every = [(other, each) for other in self.milestones for each in self.requests[other]]
        milestone, asked = self.dice.choice(own * 4 + every)
        request = self.requests[milestone][asked]
        gate: Written = {"request": asked if milestone == name else f"{milestone}/{asked}"}
        kind = self.dice.randrange(100)
        if "text" in request and kind > 70:
            return {**gate, "differ": "text"}
        outcomes = INSTRUMENTS[request["instrument"]]
        if kind < 15:
            gate["outcome"] = self.dice.choice([*outcomes])
        else:
            gate["counts"] = self._counts(outcomes)
        if self.chance(15):
            of = request["of"]
            body = next(each for each, named in NAMES.items() if named == asked)
            left_out = "" if isinstance(of, str) else of["except"]
            bodies = [f"{each}.{body}" for each in self.parties if each != left_out]
            return {**gate, "body": self.dice.choice(bodies)}
        gate["rule"] = rule = self.dice.choice(RULES)
        if isinstance(rule, dict) and "of" in rule:
            gate.pop("outcome", None)
            gate["counts"] = "for"
        return gate

    def _counts(self, outcomes: Written) -> Any:
        if "answered" in outcomes.values():
            return "answered"
        return self.dice.choice(COUNTS)

    def _about_tasks(self, name: str) -> Written:
        where = self.dice.choice([each for each in self.milestones if self.tasks[each]])
        gate: Written = {"tasks": f"{where}/werk"}
        task = self.tasks[where]["werk"]
        if "arises" in task and (self._comes_back(where, task) or self.chance(70)):
            gate["of"] = "arisen"
        if "per" in task and self.chance(30):
            gate["rule"] = self.dice.choice(("majority", {"at_least": 1}))
        return gate

    def _comes_back(self, where: str, task: Written) -> bool:
        """Return whether a task that arose may not have arisen any more, and then arise anew.

        What was reported of it then counts again in the meantime: see the engine, which a proof
        does not follow there.
        """
        if "decision" not in task["arises"]:
            return False
        moves = self.structures[where]["transitions"].values()
        request = self.requests[where][task["arises"]["decision"]]
        return "pending" in INSTRUMENTS[request["instrument"]].values() or any(
            "opens" in arm for arms in moves for arm in arms
        )

    def _about_milestone(self, name: str) -> Written:
        other = self.dice.choice([each for each in self.milestones if each != name])
        states = self.structures[other]["states"]
        state: Any = self.dice.choice(states)
        if self.chance(20):
            state = self.dice.sample(states, 2)
        return {"milestone": other, "state": state}

    def _at_will(self, name: str) -> Written:
        return {"part": "stuk/kern", "level": "heel"}


def explored_at_random(dice: Random, most: int = 600) -> Explored:
    """Return all situations of a small definition, of which there are not too many."""
    while True:
        try:
            return explore(a_small_definition(dice), most)
        except TooMany:
            continue


def provable_at_random(dice: Random, most: int = 600) -> Explored:
    """Return all situations of a small definition of which all is modelled by a proof."""
    while True:
        explored = explored_at_random(dice, most)
        if not prove(explored.definition).unproved:
            return explored
