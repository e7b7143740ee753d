"""Time zones: which a definition may name, and what is said of any other."""

import re
import zoneinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest

from definitions.calendar import zones
from definitions.calendar.zones import (
    NoZone,
    is_of_a_machine,
    listed,
    meant_by,
    release_of,
    zone_of,
)
from tests.support.definitions import as_stored, example, faults_of, load

ZONE = "timezone: Europe/Amsterdam"
EXPECTED = (
    "is not a time zone that is the same on every machine. Expected a place that the time zone "
    "database lists, such as Europe/Amsterdam, or UTC."
)


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a machine that has no data on any zone."""

    def missing(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zones, "ZoneInfo", missing)


def named(zone: str) -> str:
    """Return a definition that names a zone."""
    return example((ZONE, f"timezone: {zone}"))


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "UTC", "America/Curacao", "Asia/Kolkata", "Europe/Brussels"]
)
def test_a_place_that_is_listed_or_utc(zone: str) -> None:
    """Amsterdam is another name of Brussels in the database of now, and a place all the same."""
    assert zone == load(named(zone)).timezone


def test_everything_that_is_listed_is_known() -> None:
    """Some four hundred places: a country each, and where it is."""
    assert 400 < len(listed()) < 500
    assert listed() <= available_timezones()


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("localtime", None),
        ("posixrules", None),
        ("Factory", None),
        ("right/Europe/Amsterdam", "Europe/Amsterdam"),
        ("posix/Europe/Amsterdam", "Europe/Amsterdam"),
        ("right/Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("Etc/UTC", "UTC"),
        ("Zulu", "UTC"),
        ("GMT", "UTC"),
        ("CET", None),
        ("Etc/GMT-1", None),
    ],
)
def test_any_other_is_refused_with_what_was_meant(zone: str, meant: str | None) -> None:
    """What differs by machine, and old names; of an abbreviation nobody knows the place."""
    advice = "" if meant is None else f" Did you mean “{meant}”?"
    assert [f"6:1: timezone: “{zone}” {EXPECTED}{advice}"] == [
        each.replace("6:11:", "6:1:") for each in faults_of(named(zone))
    ]
    assert meant == meant_by(zone)


@pytest.mark.parametrize("zone", ["localtime", "Factory", "Asia/Calcutta", "CET"])
def test_what_was_stored_goes_on(zone: str) -> None:
    """An earlier version let it through."""
    if zone in available_timezones() or zone == "Factory":
        assert zone == as_stored(named(zone)).timezone


@pytest.mark.usefixtures("unknown")
def test_a_zone_that_this_machine_does_not_know_is_said_to_be_that() -> None:
    """Of what was stored: it is not the definition that is wrong."""
    for ask in (lambda: as_stored(example()), lambda: zone_of("Europe/Amsterdam")):
        with pytest.raises(NoZone) as raised:
            ask()
        assert (
            "This machine has no data on the time zone “Europe/Amsterdam”. Install the newest "
            "“tzdata” with pip, or the package of the system." == str(raised.value)
        )


@pytest.mark.parametrize("name", ["Europe/Localtime", "rightly", "Factory/x", "localtimes"])
def test_what_only_begins_like_one_is_not_of_a_machine(name: str) -> None:
    """It is no zone at all."""
    assert not is_of_a_machine(name)
    assert "There is no time zone" in faults_of(named(name))[0]


def test_a_zone_is_that_of_the_system() -> None:
    """Nothing is between."""
    assert ZoneInfo("Europe/Amsterdam") is zone_of("Europe/Amsterdam")


def test_the_data_on_a_zone_are_of_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of where they are taken from: a folder of the system, or else the package."""
    zone = tmp_path / "Europe" / "Amsterdam"
    zone.parent.mkdir()
    zone.write_bytes(b"TZif")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    assert not release_of("Europe/Amsterdam")
    (tmp_path / "tzdata.zi").write_text("# version 2031c\n# more\n", encoding="utf-8")
    assert "2031c" == release_of("Europe/Amsterdam")
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    assert re.fullmatch(r"\d{4}[a-z]+", release_of("Europe/Amsterdam"))
