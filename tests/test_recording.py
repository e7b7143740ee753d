"""The recording of the first hour: its script runs through, and what comes out can be played."""

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.readme import NotAsShown
from tests.support.recording import HEIGHT, SCRIPT, WIDTH, asciicast, is_command, steps

FIRST_HOUR = SCRIPT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """The first hour, recorded: each line of it read."""
    recorded = asciicast(FIRST_HOUR, tmp_path_factory.mktemp("recording"))
    return [json.loads(line) for line in recorded.splitlines()]


def test_the_script_runs_through(tmp_path: Path) -> None:
    """Every command ends as the script says, and every one that asks something has an answer."""
    played = steps(FIRST_HOUR, tmp_path, drawn=False)
    silent = [each.line for each in played if is_command(each.line) and not each.printed]
    assert ["export MIJLPAAL_DATABASE_URL=first-hour.sqlite3"] == silent


def test_a_command_that_fails_is_not_recorded_as_if_it_did_not(tmp_path: Path) -> None:
    """A script that is out of date is mended, and not shown."""
    with pytest.raises(NotAsShown, match="no database"):
        asciicast("mijlpaal status nobody", tmp_path)


def test_the_recording_begins_with_its_size(cast: list[object]) -> None:
    """A header of version 2."""
    header = cast[0]
    assert isinstance(header, dict)
    assert {"version": 2, "width": WIDTH, "height": HEIGHT} == {
        key: header[key] for key in ("version", "width", "height")
    }


def test_every_event_is_output_later_than_the_one_before(cast: list[object]) -> None:
    """A time, the sign of output, and what comes onto the screen."""
    events = [event for event in cast[1:] if isinstance(event, list)]
    times = [event[0] for event in events]
    assert len(cast) - 1 == len(events)
    assert {("o", str)} == {(kind, type(shown)) for _, kind, shown in events}
    assert all(0 < earlier < later for earlier, later in pairwise(times))


def test_it_is_drawn_as_on_a_terminal_and_fits_it(cast: list[object]) -> None:
    """Colour is in it; and no line ends but at the beginning of the next."""
    shown = "".join(event[2] for event in cast[1:] if isinstance(event, list))
    assert "\x1b[" in shown
    assert shown.count("\n") == shown.count("\r\n")


def test_a_recording_is_the_same_every_time(cast: list[object], tmp_path: Path) -> None:
    """Nothing in it is of the moment, the machine or the user."""
    again = asciicast(FIRST_HOUR, tmp_path)
    assert cast == [json.loads(line) for line in again.splitlines()]


def test_the_script_is_one_for_a_shell() -> None:
    """Whoever runs it with ``sh`` gets what the page shows."""
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("there is no sh")
    done = subprocess.run([shell, "-n", str(SCRIPT)], capture_output=True, text=True, check=False)
    assert "" == done.stderr
