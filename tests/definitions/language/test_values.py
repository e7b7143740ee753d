"""The decorator of value classes makes what the standard one makes."""

import copy
import dataclasses
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, FrozenInstanceError, field, fields
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from definitions.language import values

ROOT = Path(__file__).parents[3]
OURS = ("definitions", "workflow", "screens", "scheduler", "terminal")


def _classes(dataclass: Callable[..., Any]) -> tuple[Any, ...]:
    """Return classes of each kind, made by a decorator."""

    @dataclass(frozen=True, slots=True)
    class Wide:
        """With everything that a field can be."""

        KIND: ClassVar[str] = "wide"
        number: int
        word: str = "-"
        days: Mapping[str, int] = field(default_factory=dict)
        aside: str = field(default="", compare=False, repr=False)
        by_name: int = field(default=0, kw_only=True)

        @property
        def twice(self) -> int:
            return self.number * 2

    @dataclass(frozen=True)
    class Open:
        """Without slots."""

        number: int
        word: str = "-"

    @dataclass(frozen=True, slots=True)
    class Wider(Open):
        """One that inherits fields, and has one in the middle that is given by name."""

        aside: int = field(default=0, kw_only=True)
        last: int = 0

    @dataclass(frozen=True, slots=True)
    class Narrow:
        """With one field, and words of its own."""

        number: int

        def __repr__(self) -> str:
            return "narrow"

    @dataclass(frozen=True, slots=True)
    class Known:
        """With a field that is not given to it."""

        number: int
        found: dict[str, int] = field(default_factory=dict, init=False, compare=False, repr=False)

    @dataclass(frozen=True, slots=True)
    class More(Known):
        """One that inherits that, and is given another after it."""

        last: int

    @dataclass(frozen=True, slots=True)
    class Empty:
        """Without any."""

    return Wide, Open, Wider, Narrow, More, Empty


OUR, STANDARD = _classes(values.dataclass), _classes(dataclasses.dataclass)
ARGUMENTS: tuple[st.SearchStrategy[dict[str, Any]], ...] = (
    st.builds(
        dict,
        number=st.integers(0, 2),
        word=st.sampled_from("ab"),
        aside=st.sampled_from("ab"),
        days=st.dictionaries(st.sampled_from("ab"), st.integers(0, 1), max_size=1),
        by_name=st.integers(0, 1),
    ),
    st.builds(dict, number=st.integers(0, 2), word=st.sampled_from("ab")),
    st.builds(dict, number=st.integers(0, 2), word=st.sampled_from("ab"), last=st.integers(0, 1)),
    st.builds(dict, number=st.integers(0, 2)),
    st.builds(dict, number=st.integers(0, 2), last=st.integers(0, 1)),
    st.just({}),
)
GIVEN = st.integers(0, 5).flatmap(
    lambda which: st.tuples(st.just(which), ARGUMENTS[which], ARGUMENTS[which])
)


def _outcome(action: Callable[..., object], *of: object) -> object:
    """Return what comes of something: a value, or an error and what it says."""
    try:
        return action(*of)
    except (AttributeError, TypeError, ValueError) as error:
        return type(error), str(error)


@given(GIVEN)
def test_values_are_shown_compared_hashed_and_replaced_as_the_standard_ones_are(
    drawn: tuple[int, dict[str, Any], dict[str, Any]],
) -> None:
    """Values are shown, compared, hashed, replaced and copied as those of the standard library."""
    which, one, other = drawn
    ours, theirs = OUR[which], STANDARD[which]
    assert repr(ours(**one)) == repr(theirs(**one))
    assert dataclasses.asdict(ours(**one)) == dataclasses.asdict(theirs(**one))
    assert (ours(**one) == ours(**other)) is (theirs(**one) == theirs(**other))
    assert ours(**one) != theirs(**one)
    hashed, theirs_hashed = (_outcome(_hashes_alike, each, one, other) for each in (ours, theirs))
    assert hashed == theirs_hashed
    replaced = repr(dataclasses.replace(theirs(**one), **other))
    for replace in (values.replace, dataclasses.replace):
        assert repr(replace(ours(**one), **other)) == replaced
        assert replace(ours(**one)) == ours(**one)
    assert copy.deepcopy(ours(**one)) == copy.copy(ours(**one)) == ours(**one)


def _hashes_alike(kind: Any, one: dict[str, Any], other: dict[str, Any]) -> bool:
    return hash(kind(**one)) == hash(kind(**other))


@pytest.mark.parametrize("which", range(6))
def test_a_value_is_known_by_the_same_fields_and_refuses_the_same(which: int) -> None:
    """A value class has the fields, the signature and the refusals of a standard one."""
    ours, theirs = OUR[which], STANDARD[which]
    required = (each for each in fields(ours) if each.default is each.default_factory is MISSING)
    numbered = {each.name: 1 for each in required}
    our, their = ours(**numbered), theirs(**numbered)
    assert [(each.name, each.type) for each in fields(ours)] == [
        (each.name, each.type) for each in fields(theirs)
    ]
    parameters, expected = (
        [(each.name, each.kind) for each in inspect.signature(kind).parameters.values()]
        for kind in (ours, theirs)
    )
    assert parameters == expected
    assert ours.__match_args__ == theirs.__match_args__
    for refused in (
        lambda each: type(each)(unheard_of=1),
        lambda each: type(each)(1, 2, 3, 4, 5, 6),
        lambda each: each.__dict__,
    ):
        assert _outcome(refused, our) == _outcome(refused, their)
    for name in numbered:
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(our, name, 2)
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(our, name)
    with pytest.raises(AttributeError):
        our.unheard_of = 2
    for names in (["unheard_of"], ["found"], ["number", "unheard_of"]):
        changes = dict.fromkeys(names, 1)
        said, expected_to_be_said = (
            _outcome(lambda: replace(one, **changes))  # noqa: B023 - called at once
            for replace, one in ((values.replace, our), (dataclasses.replace, their))
        )
        assert said == expected_to_be_said
    shown = TypeAdapter(ours).dump_json(our)
    assert shown == TypeAdapter(theirs).dump_json(their)


def test_every_value_class_of_the_program_is_made_by_it() -> None:
    """No module has the standard library make its frozen classes: each would be made at a start."""
    slow = [
        str(file.relative_to(ROOT))
        for top in OURS
        for file in (ROOT / top).rglob("*.py")
        if re.search(
            r"^from dataclasses import MISSING, (.*, )?dataclass\b",
            written := file.read_text(),
            re.MULTILINE,
        )
        and "@dataclass(frozen=True" in written
        and "migrations" not in file.parts
    ]
    assert slow == []
