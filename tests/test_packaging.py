"""The package as it is installed: its generic names, its one entry point and its lock files."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("definitions", "workflow", "scheduler", "screens", "web", "terminal")
NAMES = (*PACKAGES, "cli", "mijlpaal")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-compare.lock")

WHERE_IT_LIES = """
import importlib, json, sys
print(json.dumps({name: importlib.import_module(name).__file__ for name in sys.argv[1:]}))
"""


@pytest.mark.parametrize("name", NAMES)
def test_no_other_distribution_provides_our_names(name: str) -> None:
    """Our names are generic: another distribution with the same one would shadow ours."""
    assert set() == set(packages_distributions().get(name, [])) - {"mijlpaal"}


def test_a_fresh_interpreter_elsewhere_imports_ours(tmp_path: Path) -> None:
    """What runs is the installed package, not whatever lies in the folder one stands in."""
    answer = subprocess.run(
        [sys.executable, "-I", "-c", WHERE_IT_LIES, *NAMES],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    files = {name: Path(file).resolve() for name, file in json.loads(answer).items()}
    installed = Path(str(distribution("mijlpaal").locate_file("")))
    homes = {ROOT, installed.resolve()}

    assert set(NAMES) == {
        name
        for name, file in files.items()
        if (file.parents[1] if name in PACKAGES else file.parent) in homes
    }


def test_nothing_but_the_command_line_knows_click() -> None:
    """Click stays in front, so that another front can be put before the same packages."""
    knowing = {file.relative_to(ROOT).parts[0] for file in _sources() if "click" in _imports(file)}

    assert {"terminal"} == knowing


def test_no_package_imports_the_command_line() -> None:
    """cli.py is the composition root: only what starts it knows it."""
    assert [ROOT / "mijlpaal.py"] == [file for file in _sources() if "cli" in _imports(file)]


def test_the_command_line_leaves_libraries_to_their_owners() -> None:
    """import-linter does not see cli.py, so what each package keeps to itself is checked here."""
    kept_inside = {"alembic", "apscheduler", "sqlalchemy", "transitions"}

    assert set() == kept_inside & _imports(ROOT / "cli.py")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place(lock: str) -> None:
    """No index, no option and no path: the same file serves every machine and mirror."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [] == [line for line in lines if "/" in line or line.startswith("-")]


def test_no_file_names_the_host_of_a_registry() -> None:
    """Whoever installs it has an index or a mirror of their own, and a link leads past it."""
    hosts = re.compile(r"\bpypi\.(?:org|io)\b|pythonhosted\.|registry\.npmjs\.|conda\.anaconda\.")
    made = {"build", "dist", "__pycache__"}

    files = [path for path in (*ROOT.glob("*.*"), *ROOT.glob("[!.]*/**/*.*")) if path.is_file()]

    assert [] == [
        str(path)
        for path in files
        if made.isdisjoint(path.relative_to(ROOT).parts)
        and hosts.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_one_version_with_hashes(lock: str) -> None:
    """pip checks what it downloads only against the hashes it is given."""
    loose = [
        entry
        for entry in _entries(lock)
        if "==" not in entry.split()[0] or not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)
    ]

    assert [] == loose


def test_the_runtime_lock_covers_the_project_and_its_build() -> None:
    """`make demo` installs the project itself with nothing but the runtime lock."""
    wanted = _project()["dependencies"] + _pyproject()["build-system"]["requires"]

    assert [] == _uncovered(wanted, "requirements.lock")


def test_the_development_lock_covers_extras_and_groups_too() -> None:
    """`make test` finds every extra and every tool in the development lock; not another SQLite.

    The tests look into files by Python's own, and two copies of SQLite in one program do not see
    one another's locks.
    """
    groups = [tools for name, tools in _groups().items() if name != "compare"]
    extras = [many for name, many in _project()["optional-dependencies"].items() if name != "wal"]
    wanted = _project()["dependencies"] + [one for many in (*groups, *extras) for one in many]

    assert [] == _uncovered(wanted, "requirements-dev.lock")


def test_the_lock_for_comparing_covers_its_group() -> None:
    """`make compare` finds what it measures beside; nobody else has to install that."""
    assert [] == _uncovered(_groups()["compare"], "requirements-compare.lock")


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    """A version is the same in both lock files."""
    development = _versions("requirements-dev.lock")
    runtime = _versions("requirements.lock")

    assert runtime == {name: development.get(name) for name in runtime}


def test_what_building_needs_is_said_the_same_twice() -> None:
    """The lock is made from the group, pip reads the build system's own list."""
    assert _pyproject()["build-system"]["requires"] == _pyproject()["dependency-groups"]["build"]


def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = _pyproject()["dependency-groups"]
    return groups


def _sources() -> Iterator[Path]:
    yield from (ROOT / "cli.py", ROOT / "mijlpaal.py")
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def _imports(file: Path) -> set[str]:
    """The top-level names that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        match node:
            case ast.Import(names=names):
                found |= {alias.name.partition(".")[0] for alias in names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.partition(".")[0])
            case _:
                pass
    return found


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _project() -> dict[str, Any]:
    project: dict[str, Any] = _pyproject()["project"]
    return project


def _entries(lock: str) -> list[str]:
    """The requirements of a lock file, each on one line with its hashes, without comments."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return text.replace("\\\n", " ").split("\n")


def _versions(lock: str) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for entry in _entries(lock):
        requirement = Requirement(entry.partition(" --hash")[0])
        exact = str(requirement.specifier).removeprefix("==")
        versions.setdefault(canonicalize_name(requirement.name), set()).add(exact)
    return versions


def _uncovered(wanted: list[str], lock: str) -> list[str]:
    locked = _versions(lock)
    return [
        text
        for text in wanted
        for requirement in [Requirement(text)]
        for versions in [locked.get(canonicalize_name(requirement.name), set())]
        if not versions or not all(requirement.specifier.contains(each) for each in versions)
    ]


# --- what is in a wheel ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the project as it is now, unpacked as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("definitions/examples", "docs/examples"),
        ("definitions/processes", "definitions/processes"),
        ("definitions/parties", "definitions/parties"),
        ("workflow/migrations/versions", "workflow/migrations/versions"),
    ],
)
def test_files_that_are_no_code_travel_along(unpacked: Path, there: str, here: str) -> None:
    """Also the examples, which in a checkout are a folder of the documentation."""
    assert _content(ROOT / here) == _content(unpacked / there) != {}


def test_a_wheel_has_the_catalogues_and_nothing_that_is_only_for_developers(unpacked: Path) -> None:
    """Its names at the top are ours, and what every wheel has."""
    catalogues = [file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*.mo")]
    assert ["screens/locale/nl/LC_MESSAGES/mijlpaal.mo"] == catalogues
    tops = {each.name for each in unpacked.iterdir() if not each.name.endswith(".dist-info")}
    assert {*PACKAGES, "cli.py", "mijlpaal.py"} == tops


def test_an_installed_program_exports_its_examples(unpacked: Path, tmp_path: Path) -> None:
    """They are found beside its definitions, without a checkout."""
    program = "import sys, cli, definitions; print(definitions.__file__); sys.exit(cli.main())"
    line = ["definitions", "export", "sportpark", "--to", "own"]
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, *line],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(unpacked / "definitions" / "__init__.py") == done.stdout.splitlines()[0]
    examples = _content(ROOT / "docs" / "examples")
    assert {name: examples[name] for name in sorted(examples) if "sportpark" in name} == _content(
        tmp_path / "own"
    )


def _content(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by name, in order."""
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file()}
