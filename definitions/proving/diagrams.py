"""Decision diagrams: sets of situations, however large, as graphs of yes-or-no variables.

A node is a number: 0 holds nowhere, 1 everywhere, and each other one asks one variable. The same
set is always the same node (Bryant, “Graph-Based Algorithms for Boolean Function Manipulation”,
1986), so that sets are compared by their numbers. Nodes are counted, and their number is limited:
a limit in seconds would say something else on another machine.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock

NOWHERE, EVERYWHERE = 0, 1
_LAST = 1 << 30
"""The level of the two ends, below each variable."""
LOOKS = 1 << 14
"""After how many new nodes the size of the caches is checked."""
REMEMBERED = 2_000_000
"""The most results in the caches of ``both`` and ``either``: some 250 MB."""
DEEPEST = 20_000
"""How deep a call may go: one call for each variable."""


class TooLarge(Exception):
    """A diagram takes more nodes than are allowed."""


class Diagrams:
    """Makes diagrams over variables 0, 1, 2…, which every path asks in that order."""

    def __init__(self, limit: int) -> None:
        """Begin with no variables.

        Args:
            limit: the most nodes there may be, of all diagrams together.
        """
        self._limit = limit
        self._variable = [_LAST, _LAST]
        self._low = [0, 1]
        self._high = [0, 1]
        self._known: dict[int, int] = {}
        self._both: dict[int, int] = {}
        self._either: dict[int, int] = {}
        self._no: dict[int, int] = {0: 1, 1: 0}
        self._put: dict[tuple[int, int], int] = {}
        self._given: dict[tuple[int, int], int] = {}
        self._freed: dict[tuple[int, int], int] = {}
        self._groups: dict[frozenset[int], int] = {}
        self._values: dict[tuple[tuple[int, bool], ...], int] = {}

    @property
    def nodes(self) -> int:
        """How many nodes were made."""
        return len(self._variable)

    def forget(self) -> None:
        """Clear the caches of the operations. Diagrams stay as they are."""
        for each in (self._both, self._either):
            each.clear()
        for pairs in (self._put, self._given, self._freed):
            pairs.clear()

    @property
    def remembered(self) -> int:
        """How many results are in the caches."""
        return len(self._both) + len(self._either) + len(self._put) + len(self._freed)

    # --- making them ---------------------------------------------------------------------------

    def node(self, variable: int, low: int, high: int) -> int:
        """Return the diagram that is one where a variable is no, and another where it is yes."""
        if low == high:
            return low
        key = (variable << 64) | (low << 32) | high
        return self._known.get(key) or self._made(key, variable, low, high)

    def _made(self, key: int, variable: int, low: int, high: int) -> int:
        found = len(self._variable)
        if found >= self._limit:
            raise TooLarge
        if not found % LOOKS and len(self._both) + len(self._either) > REMEMBERED:
            self._both.clear()
            self._either.clear()
        self._known[key] = found
        self._variable.append(variable)
        self._low.append(low)
        self._high.append(high)
        return found

    def cube(self, values: Mapping[int, bool]) -> int:
        """Return where each of some variables has its value."""
        found = EVERYWHERE
        for variable in sorted(values, reverse=True):
            yes = values[variable]
            found = self.node(variable, *((NOWHERE, found) if yes else (found, NOWHERE)))
        return found

    def both(self, one: int, other: int) -> int:
        """Return where two hold."""
        if one == other:
            return one
        if one > other:
            one, other = other, one
        if one <= EVERYWHERE:
            return other if one else NOWHERE
        key = (one << 32) | other
        found = self._both.get(key)
        if found is None:
            # In line, here and below: a proof takes a million of these, and half as long.
            variable, other_variable = self._variable[one], self._variable[other]
            if variable == other_variable:
                low = self.both(self._low[one], self._low[other])
                high = self.both(self._high[one], self._high[other])
            elif variable < other_variable:
                low = self.both(self._low[one], other)
                high = self.both(self._high[one], other)
            else:
                variable = other_variable
                low = self.both(one, self._low[other])
                high = self.both(one, self._high[other])
            if low == high:
                found = low
            else:
                place = (variable << 64) | (low << 32) | high
                found = self._known.get(place) or self._made(place, variable, low, high)
            self._both[key] = found
        return found

    def either(self, one: int, other: int) -> int:
        """Return where one of two holds."""
        if one == other:
            return one
        if one > other:
            one, other = other, one
        if one <= EVERYWHERE:
            return EVERYWHERE if one else other
        key = (one << 32) | other
        found = self._either.get(key)
        if found is None:
            variable, other_variable = self._variable[one], self._variable[other]
            if variable == other_variable:
                low = self.either(self._low[one], self._low[other])
                high = self.either(self._high[one], self._high[other])
            elif variable < other_variable:
                low = self.either(self._low[one], other)
                high = self.either(self._high[one], other)
            else:
                variable = other_variable
                low = self.either(one, self._low[other])
                high = self.either(one, self._high[other])
            if low == high:
                found = low
            else:
                place = (variable << 64) | (low << 32) | high
                found = self._known.get(place) or self._made(place, variable, low, high)
            self._either[key] = found
        return found

    def no(self, one: int) -> int:
        """Return where it does not hold."""
        found = self._no.get(one)
        if found is None:
            low, high = self.no(self._low[one]), self.no(self._high[one])
            found = self.node(self._variable[one], low, high)
            self._no[one] = found
            self._no[found] = one
        return found

    def without(self, one: int, other: int) -> int:
        """Return where the first holds and the second does not."""
        return self.both(one, self.no(other))

    def all(self, those: Sequence[int]) -> int:
        """Return where each of several holds."""
        found = EVERYWHERE
        for each in reversed(those):
            found = self.both(each, found)
        return found

    def any(self, those: Sequence[int]) -> int:
        """Return where at least one of several holds."""
        found = NOWHERE
        for each in reversed(those):
            found = self.either(each, found)
        return found

    def weigh(
        self, items: Sequence[Sequence[tuple[int, int]]], enough: Callable[[int], bool]
    ) -> int:
        """Return where the weights of what holds are together enough.

        Args:
            items: of each thing the ways it can be, of which one holds, with the weight of each.
            enough: whether a sum of weights is.
        """
        known: dict[tuple[int, int], int] = {}

        def rest(at: int, total: int) -> int:
            if at == len(items):
                return int(enough(total))
            key = (at, total)
            if key not in known:
                known[key] = self.any(
                    [self.both(holds, rest(at + 1, total + weight)) for holds, weight in items[at]]
                )
            return known[key]

        return rest(0, 0)

    # --- setting variables ---------------------------------------------------------------------

    def put(self, values: Mapping[int, bool], one: int) -> int:
        """Return where it comes to when some variables are set, whatever they were before."""
        return self._set(self._number(values), tuple(sorted(values.items())), 0, one)

    def _set(self, number: int, values: tuple[tuple[int, bool], ...], at: int, one: int) -> int:
        if one == NOWHERE:
            return NOWHERE
        if at == len(values):
            return one
        key = ((number << 16) | at, one)
        found = self._put.get(key)
        if found is None:
            wanted, yes = values[at]
            variable = self._variable[one]
            if variable < wanted:
                low = self._set(number, values, at, self._low[one])
                high = self._set(number, values, at, self._high[one])
                found = self.node(variable, low, high)
            else:
                if variable == wanted:
                    one = self.either(self._low[one], self._high[one])
                rest = self._set(number, values, at + 1, one)
                found = self.node(wanted, *((NOWHERE, rest) if yes else (rest, NOWHERE)))
            self._put[key] = found
        return found

    def given(self, values: Mapping[int, bool], one: int) -> int:
        """Return where it holds once some variables are set: the question back."""
        return self._with(self._number(values), values, one)

    def _with(self, number: int, values: Mapping[int, bool], one: int) -> int:
        if one <= EVERYWHERE:
            return one
        key = (number, one)
        found = self._given.get(key)
        if found is None:
            variable = self._variable[one]
            if variable in values:
                inner = self._high[one] if values[variable] else self._low[one]
                found = self._with(number, values, inner)
            else:
                low = self._with(number, values, self._low[one])
                high = self._with(number, values, self._high[one])
                found = self.node(variable, low, high)
            self._given[key] = found
        return found

    def exist(self, variables: frozenset[int], one: int) -> int:
        """Return where it holds for some value of some variables."""
        return self._free(self._groups.setdefault(variables, len(self._groups)), variables, one)

    def _free(self, number: int, variables: frozenset[int], one: int) -> int:
        if one <= EVERYWHERE:
            return one
        key = (number, one)
        found = self._freed.get(key)
        if found is None:
            low = self._free(number, variables, self._low[one])
            high = self._free(number, variables, self._high[one])
            variable = self._variable[one]
            if variable in variables:
                found = self.either(low, high)
            else:
                found = self.node(variable, low, high)
            self._freed[key] = found
        return found

    # --- looking into them ---------------------------------------------------------------------

    def count(self, one: int, variables: int) -> int:
        """Return in how many ways so many variables make it hold."""
        known: dict[int, int] = {0: 0, 1: 1}

        def below(each: int) -> int:
            return min(self._variable[each], variables)

        def ways(each: int) -> int:
            if each not in known:
                low, high, at = self._low[each], self._high[each], self._variable[each] + 1
                known[each] = (ways(low) << below(low) - at) + (ways(high) << below(high) - at)
            return known[each]

        return ways(one) << below(one)

    def pick(self, one: int) -> dict[int, bool]:
        """Return values that make it hold; of variables that do not matter, none."""
        found: dict[int, bool] = {}
        while one > EVERYWHERE:
            yes = self._low[one] == NOWHERE
            found[self._variable[one]] = yes
            one = self._high[one] if yes else self._low[one]
        return found

    def nearest(self, one: int, to: Mapping[int, bool]) -> dict[int, bool]:
        """Return values that make it hold, as few of them as possible other than some given ones.

        Args:
            one: a diagram that holds somewhere.
            to: a value for every variable.
        """
        known: dict[int, int] = {}
        far = len(to) + 1

        def distance(each: int) -> int:
            if each <= EVERYWHERE:
                return 0 if each else far
            if each not in known:
                there = to[self._variable[each]]
                known[each] = min(
                    distance(self._low[each]) + there, distance(self._high[each]) + (not there)
                )
            return known[each]

        found = dict(to)
        while one > EVERYWHERE:
            variable = self._variable[one]
            low = distance(self._low[one]) + to[variable]
            yes = low > distance(self._high[one]) + (not to[variable])
            found[variable] = yes
            one = self._high[one] if yes else self._low[one]
        return found

    def is_in(self, one: int, values: Mapping[int, bool]) -> bool:
        """Return whether a situation is one of those in a diagram."""
        while one > EVERYWHERE:
            one = self._high[one] if values[self._variable[one]] else self._low[one]
        return bool(one)

    def _number(self, values: Mapping[int, bool]) -> int:
        """Return a number for some values, the same for the same ones."""
        return self._values.setdefault(tuple(sorted(values.items())), len(self._values))


_ONE_AT_A_TIME = RLock()


@contextmanager
def deep_calls() -> Iterator[None]:
    """Let calls go as deep as there may be variables; afterwards as before.

    How deep they may go is one number for all threads. So there is one proof at a time, and none
    ends the depth of another.
    """
    with _ONE_AT_A_TIME:
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, DEEPEST))
        try:
            yield
        finally:
            sys.setrecursionlimit(before)
