"""Packages of others under our names: what is in the way, whose it is, and what to do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from mijlpaal import NAMES, Intruder
from tests.test_packaging import PACKAGES

ROOT = Path(__file__).resolve().parents[1]
BEGIN = "from mijlpaal import main; main()"
"""What the installed script does."""
CALM = {"LC_ALL": "C.UTF-8", "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": ""}
NO_CODE = "raise SystemExit('code of others was run')\n"


def begun(
    *arguments: str,
    path: str,
    folder: Path = ROOT,
    code: str = BEGIN,
    more: Mapping[str, str] | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Begin the program in a fresh interpreter, with a PYTHONPATH and more of an environment."""
    kept = {key: each for key, each in os.environ.items() if "MIJLPAAL" not in key}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**kept, **CALM, "PYTHONPATH": path, **(more or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def put(folder: Path, name: str) -> Path:
    """Put a module of others somewhere, under one of our names; return its file."""
    file = folder / ("cli.py" if name == "cli" else f"{name}/__init__.py")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(NO_CODE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, ("status",)) for name in NAMES),
        ("workflow", ("doctor", "--json")),
        ("scheduler", ("--help",)),
    ],
)
def test_what_is_found_first_is_said_first(
    tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    """Whatever is asked: nothing of others is run, and there is no traceback."""
    file = put(tmp_path, name)
    said = begun(*arguments, path=f"{tmp_path / 'empty'}{os.pathsep}{tmp_path}")

    assert (1, "") == (said.returncode, said.stdout)
    assert said.stderr == (
        f"mijlpaal: Another “{name}” is in the way: {file}, which PYTHONPATH leads to.\n"
        f"Leave {tmp_path} out of PYTHONPATH.\n"
    )


def test_all_of_ours_are_looked_for() -> None:
    """A package that was added later can be shadowed as the others can."""
    assert {"cli", *PACKAGES} == set(NAMES)


def test_a_module_is_in_the_way_as_a_package_is(tmp_path: Path) -> None:
    """Where PYTHONPATH is relative, too."""
    (tmp_path / "scheduler.py").write_text(NO_CODE, encoding="utf-8")
    said = begun("status", path=f".{os.pathsep}{ROOT}", folder=tmp_path)
    assert said.stderr.startswith("mijlpaal: Another “scheduler” is in the way: ")
    assert said.stderr.endswith(f"Leave {tmp_path} out of PYTHONPATH.\n")


@pytest.mark.parametrize(
    ("asked", "environment"),
    [(("--lang", "nl"), {}), (("--lang=nl",), {}), ((), {"MIJLPAAL_LANG": "nl"})],
)
def test_it_is_said_in_dutch(
    tmp_path: Path, asked: tuple[str, ...], environment: dict[str, str]
) -> None:
    """As the program itself would be asked."""
    file = put(tmp_path, "workflow")
    said = begun("status", *asked, path=str(tmp_path), more=environment)

    assert said.stderr == (
        f"mijlpaal: Een andere “workflow” zit in de weg: {file}, gevonden door PYTHONPATH.\n"
        f"Laat {tmp_path} weg uit PYTHONPATH.\n"
    )


def test_the_tab_key_says_nothing(tmp_path: Path) -> None:
    """It would be said in the middle of a command line."""
    put(tmp_path, "workflow")
    said = begun(path=str(tmp_path), more={"_MIJLPAAL_COMPLETE": "bash_complete"})

    assert ("", "") == (said.stdout, said.stderr)


def test_a_folder_without_code_is_in_nobody_s_way(tmp_path: Path) -> None:
    """Python goes on looking where there is no package."""
    (tmp_path / "workflow").mkdir()

    assert 0 == begun("--version", path=str(tmp_path)).returncode


def test_the_start_imports_nothing_of_ours() -> None:
    """Before it has looked; and it looks fast, for it imports nothing for that."""
    code = "import sys, mijlpaal; mijlpaal.in_front(); print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert set() == {*NAMES, "importlib.metadata", "click"} & set(said.stdout.split())


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "found",
    [
        Intruder("workflow", ""),
        Intruder("workflow", "/x/workflow.py"),
        Intruder("workflow", "/x/workflow/__init__.py", "alarm-clock 2.1"),
        Intruder("workflow", "/x/workflow/__init__.py", by_path=True),
    ],
)
def test_everything_is_said_in_both_languages(found: Intruder, language: str) -> None:
    """What it is and whose, and what to do."""
    what, how = found.sentences(language)

    assert "workflow" in what
    assert (found.owner or found.file) in what
    assert how.endswith(".")
    assert "{" not in what + how


# --- among our own files -----------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder in which the program is installed, with what it says that it installed."""
    site = tmp_path / "site"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, site / name)
    for name in ("cli.py", "mijlpaal.py"):
        shutil.copy(ROOT / name, site / name)
    files = [file.relative_to(site) for file in site.rglob("*") if file.is_file()]
    record(site, "mijlpaal", "9.0", files)
    return site


def record(site: Path, name: str, version: str, files: list[Path]) -> None:
    """Write what a distribution says that it installed."""
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir()
    lines: Mapping[str, str] = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "RECORD": "".join(f"{file.as_posix()},,\n" for file in files),
    }
    for file, content in lines.items():
        (folder / file).write_text(content, encoding="utf-8")


def test_another_distribution_among_our_files(installed: Path, tmp_path: Path) -> None:
    """What it wrote over is said by the command that needs it, and by the doctor before that."""
    url = str(tmp_path / "x.db")
    assert 0 == begun("db", "upgrade", "--db", url, path=str(installed)).returncode
    shared = [Path("scheduler/__init__.py"), Path("scheduler/clock.py")]
    record(installed, "alarm-clock", "2.1", shared)

    file = installed / "scheduler" / "__init__.py"
    what = f"Another “scheduler” is in the way: {file}, of alarm-clock 2.1."
    before = begun("doctor", "--db", url, path=str(installed))
    assert 1 == before.returncode
    assert f"[WRONG] packages: scheduler ({what}" in " ".join(before.stdout.split())

    file.write_text("from nothing_there import anything\n", encoding="utf-8")
    said = begun("remind", "run-due", "--db", url, path=str(installed))
    assert (1, "") == (said.returncode, said.stdout)
    assert " ".join(said.stderr.split()).startswith(f"mijlpaal: {what} Uninstall that here, or")


def test_another_distribution_in_what_the_command_line_needs(installed: Path) -> None:
    """Where the program cannot even begin."""
    record(installed, "alarm-clock", "2.1", [Path("terminal/runtime/setup.py")])
    (installed / "terminal/runtime/setup.py").write_text("", encoding="utf-8")
    said = begun("status", path=str(installed))

    assert 1 == said.returncode
    assert said.stderr.startswith("mijlpaal: Another “terminal” is in the way: ")
    assert f"{installed / 'terminal/runtime/setup.py'}, of alarm-clock 2.1.\n" in said.stderr


def test_what_another_distribution_took_with_it(installed: Path) -> None:
    """When it was uninstalled, the file that both had went."""
    (installed / "workflow" / "__init__.py").unlink()
    code = f"import sys; sys.path = [each for each in sys.path if each != {str(ROOT)!r}]; {BEGIN}"
    said = begun("status", path=str(installed), code=code)

    assert said.stderr == (
        f"mijlpaal: The program's own “workflow” is no longer in {installed}.\n"
        "Install it anew, in an environment of its own (pipx makes one).\n"
    )


def test_a_distribution_beside_ours_that_is_found_first(installed: Path, tmp_path: Path) -> None:
    """As where ours is installed from a checkout: it is named, though PYTHONPATH leads there."""
    other = tmp_path / "other"
    file = put(other, "scheduler")
    record(other, "alarm-clock", "2.1", [Path("scheduler/__init__.py")])
    code = f"import sys; sys.path[:0] = [{str(other)!r}, {str(installed)!r}]; {BEGIN}"
    said = subprocess.run(
        [sys.executable, "-c", code, "status"], capture_output=True, encoding="utf-8", check=False
    )

    assert 1 == said.returncode
    assert said.stderr.startswith(
        f"mijlpaal: Another “scheduler” is in the way: {file}, of alarm-clock 2.1.\nUninstall"
    )
