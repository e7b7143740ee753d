"""What travels with the program becomes files of one's own: all of them, or none."""

from pathlib import Path

import pytest

from definitions.exporting import export_of, exportable
from definitions.library import open_definition, shipped, shipped_with_facts
from definitions.shipped import example_files, examples
from terminal.runtime.errors import Wrong
from terminal.runtime.new_files import write_all
from tests.support.cli import PROCESS, Terminal, folded
from workflow.facts import read_facts

DOCS = Path(__file__).parents[1] / "docs" / "examples"
STORIES = [
    (name, facts)
    for name in (*shipped(), *examples())
    for facts in (export_of(name).facts or ("",))
]
"""Every definition that can be exported, with each of its facts files."""


def test_everything_that_is_shipped_can_be_exported() -> None:
    """Every file of the examples is in one of them, as it lies in the documentation."""
    exported = {
        name: content
        for each in (*examples(), *example_files())
        for name, content in export_of(each).files.items()
    }
    there = {file.name: file.read_bytes() for file in DOCS.iterdir() if file.is_file()}

    assert there == exported
    assert {"groenvisie", "sportpark", "zwembad"} <= set(examples())
    assert set(shipped_with_facts()) == {name for name in shipped() if export_of(name).facts}


@pytest.mark.parametrize(("name", "facts"), STORIES)
def test_what_is_exported_can_be_used_as_it_stands(
    terminal: Terminal, tmp_path: Path, name: str, facts: str
) -> None:
    """It checks, starts and replays, by the commands that the receipt says come next."""
    terminal.world.it_is("2026-12-01")
    said = terminal("definitions", "export", name, "--to", f"{tmp_path}/own")
    own = tmp_path / "own" / f"{name}.yaml"
    assert 0 == said.code
    check, start, *replays = said.suggestions
    assert f"{own}: sound." in folded(terminal.does(check))
    assert (["--reconstruction"] if facts else []) == start.split()[2:]
    terminal.does(start)
    if facts:
        (replay,) = [line for line in replays if line.endswith(facts)]
        told = len(read_facts(facts, (tmp_path / "own" / facts).read_bytes()).facts)
        assert terminal.does(replay).startswith(f"{told} facts recorded; 0 had been")
    assert "whole" in terminal.does("verify")


@pytest.mark.parametrize("name", shipped())
def test_an_exported_definition_is_the_shipped_one(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    """To the hash, its parties too; so a process can go over from the one to the other."""
    terminal.does("definitions", "export", name, "--to", str(tmp_path))
    own = open_definition(str(tmp_path / f"{name}.yaml"))
    assert open_definition(name).sha256 == own.sha256


def test_the_party_files_that_a_definition_uses_go_with_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    """And are what the definition reads from then on."""
    terminal.does("definitions", "export", "wijziging-gr", "--to", str(tmp_path))
    parties = tmp_path / "voorbeeldregio.yaml"
    assert {"wijziging-gr.yaml", parties.name} == {each.name for each in tmp_path.glob("*.yaml")}

    mine = parties.read_text(encoding="utf-8").replace("Voorbeeldstad (verzonnen)", "Mijnstad")
    parties.write_text(mine, encoding="utf-8")
    own = open_definition(str(tmp_path / "wijziging-gr.yaml"))
    assert "Mijnstad" == own.parties["voorbeeldstad"].name


def test_without_a_folder_it_is_the_one_you_are_in(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the commands name the file as it lies there."""
    monkeypatch.chdir(tmp_path)
    assert "definitions check zwembad.yaml" in terminal("definitions export zwembad").suggestions
    assert (DOCS / "zwembad.yaml").read_bytes() == Path("zwembad.yaml").read_bytes()


def test_a_folder_is_made_with_those_above_it(terminal: Terminal, tmp_path: Path) -> None:
    """As is a home that only a tilde names."""
    terminal.does("definitions", "export", "roles.sql", "--to", f"{tmp_path}/a/b")
    assert (DOCS / "roles.sql").read_bytes() == (tmp_path / "a" / "b" / "roles.sql").read_bytes()


def test_a_dry_run_says_what_would_be_written(terminal: Terminal, tmp_path: Path) -> None:
    """And writes none of it, nor the folder."""
    line = ["definitions", "export", PROCESS, "--to", f"{tmp_path}/own"]
    tried = terminal.does(*line, "--dry-run").splitlines()
    assert not (tmp_path / "own").exists()
    done = terminal.does(*line).splitlines()
    assert "Only tried; nothing was written. It would be:" == tried[0]
    assert tried[1:] == done[1 : len(tried)]
    assert terminal(*line, "--dry-run").err == terminal(*line).err != ""


# --- what is there stays -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (f"{PROCESS}.yaml", "file"),
        ("drechtsteden.yaml", "link"),
        (f"{PROCESS}.facts.yaml", "dangling"),
        (f"{PROCESS}.facts.yaml", "folder"),
    ],
)
def test_nothing_is_written_where_one_of_the_files_is_there(
    terminal: Terminal, tmp_path: Path, file: str, kind: str
) -> None:
    """Not over it, not through a link, and not the others either."""
    own = tmp_path / "own"
    own.mkdir()
    victim = tmp_path / "victim"
    match kind:
        case "file":
            (own / file).write_text("mine")
        case "folder":
            (own / file).mkdir()
        case _:
            (own / file).symlink_to(victim)
    if kind == "link":
        victim.write_text("mine")
    err = folded(terminal.refused(2, "definitions", "export", PROCESS, "--to", str(own)))

    assert f"Cannot write {own / file}: File exists. Name a file that does not exist yet." in err
    assert [own / file] == list(own.iterdir())
    assert ["mine"] * (kind in {"file", "link"}) == [
        each.read_text() for each in (own / file, victim) if each.is_file()
    ][:1]
    assert (kind == "link") == victim.exists()


def test_two_definitions_share_a_party_file(terminal: Terminal, tmp_path: Path) -> None:
    """One that is there just as it would be written is in nobody's way; one that was changed is."""
    terminal.does("definitions", "export", PROCESS, "--to", str(tmp_path))
    other = ["definitions", "export", "zienswijze-regionale-visie", "--to", str(tmp_path)]
    out = terminal.does(*other)
    assert f"Already there, and the same:\n  {tmp_path}/drechtsteden.yaml" in out

    (tmp_path / "drechtsteden.yaml").write_text("mine")
    line = ["definitions", "export", "verkenning-samenwerking", "--to", str(tmp_path)]
    assert "drechtsteden.yaml: File exists" in folded(terminal.refused(2, *line))
    assert not (tmp_path / "verkenning-samenwerking.yaml").exists()


@pytest.mark.parametrize("place", ["file", "file/own", "dangling"])
def test_a_folder_that_cannot_be_one(terminal: Terminal, tmp_path: Path, place: str) -> None:
    """It is said where something else is in the way, and nothing is made."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    line = ["definitions", "export", PROCESS, "--to", str(tmp_path / place)]
    for more in ([], ["--dry-run"]):
        assert "Not a directory" in folded(terminal.refused(2, *line, *more))
    assert "mine" == (tmp_path / "file").read_text()
    assert not (tmp_path / "nowhere").exists()


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    """Neither files nor folders; what was there before is left alone."""
    (tmp_path / "there").mkdir()
    too_long = "x" * 300
    with pytest.raises(Wrong, match="File name too long"):
        write_all(tmp_path / "there" / "a" / "b", {"one": b"1", too_long: b"2"})
    assert [] == list((tmp_path / "there").iterdir())


@pytest.mark.parametrize(
    ("name", "guess"),
    [("sportpar", "sportpark"), ("gr-sociaal-domei", PROCESS), ("watch.yp", "watch.py")],
)
def test_a_name_that_is_none(terminal: Terminal, name: str, guess: str) -> None:
    """The nearest of all that can be exported is named."""
    err = folded(terminal.refused(5, "definitions", "export", name))
    assert f"No shipped definition or example is called “{name}”. Did you mean “{guess}”?" in err
    assert guess in exportable()


def test_all_that_can_be_exported_is_listed(terminal: Terminal) -> None:
    """For people and for programs."""
    listed = terminal.data("definitions list")
    names = [each["id"] for key in ("definitions", "examples") for each in listed[key]]
    assert list(exportable()) == [*names, *listed["example_files"]]
    out = folded(terminal.does("definitions list"))
    assert [] == [name for name in exportable() if name not in out]
