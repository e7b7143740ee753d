"""The documentation: it builds without a warning, and what it says of the program is so."""

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from platformdirs.api import PlatformDirsABC
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from catalogues.building import sources
from definitions.jsonschema import json_schema
from definitions.language.naming import PROGRAM
from definitions.language.text import MONTHS
from definitions.library import open_definition
from definitions.loading import read_shape
from definitions.proving.proof import prove
from definitions.proving.verdict import Result
from definitions.schema import FACT_DETAILS, FACT_KINDS, FACT_MUST, FactsFile
from terminal.runtime.errors import DONE, FAILED, INVALID, REFUSED, TEMPORARY, UNKNOWN, USAGE
from tests.support.building import DOCS, build
from tests.support.cli import PROCESS, Terminal
from tests.support.command_reference import command_lines, command_reference
from tests.support.json_reference import ANSWERS, QUERIES, WRITES, json_reference
from tests.support.pages import MARK, expanded
from tests.support.readme import BLOCK, INCLUDED, ROOT, documents
from workflow.facts import read_facts
from workflow.model.commands import AddNote

CONCEPTS = sorted({*(DOCS / "definitions").glob("[!i]*.md")} - {DOCS / "definitions/proving.md"})
TODAY = re.compile(r"^<!-- today: (\S+) -->$", re.MULTILINE)
FOR_EXAMPLE = {"MILESTONE": "principebesluit", "PARTY": "sliedrecht"}
TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))


@pytest.fixture(scope="module")
def html_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built once."""
    folder = tmp_path_factory.mktemp("site")
    assert "" == build(folder)
    return folder


def test_every_page_is_built_and_found_from_the_first_one(html_site: Path) -> None:
    """Nothing is complained about: no page that no list names, no link that leads nowhere."""
    pages = [path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")]
    assert [] == [str(page) for page in pages if not (html_site / page).is_file()]


def test_a_page_fetches_nothing(html_site: Path) -> None:
    """Whoever reads it offline, or privately, loads no file of another site."""
    sources = re.compile(r"(?:<script|<img)[^>]+src=\"(http[^\"]+)|<link[^>]+href=\"(http[^\"]+)")
    assert {} == {
        page.name: found
        for page in html_site.rglob("*.html")
        if (found := sources.findall(page.read_text(encoding="utf-8")))
    }


def test_what_is_made_at_the_build_is_in_the_pages(html_site: Path) -> None:
    """No page shows the mark instead of what it stands for."""
    page = (html_site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert "Move a milestone through an open gate." in page
    assert [] == [
        each for each in html_site.rglob("*.html") if "<!-- generated" in each.read_text()
    ]


def test_every_command_is_in_the_reference() -> None:
    """Also those of a group, with their options."""
    reference = command_reference()
    assert {"", "status", "member add", "definitions check"} <= set(command_lines())
    assert [] == [
        line for line in command_lines() if f"## mijlpaal {line}".strip() not in reference
    ]
    assert "--attested" in reference


def test_every_answer_is_in_the_reference_of_json() -> None:
    """Each schema that the program names, and no other."""
    files = [ROOT / "cli.py", *(ROOT / "terminal").rglob("*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    named = re.findall(
        r"\b_?(?:show|show_health|mine|say_as_json)\(\s*setup,\s*\"([a-z-]+)\"", source
    )
    assert sorted(set(named)) == sorted(ANSWERS)


def test_every_object_that_the_reference_of_json_links_to_is_there() -> None:
    """An object within an object within an answer is described too."""
    reference = json_reference()
    linked = set(re.findall(r"\]\(#(\w+)\)", reference))
    assert set() == linked - {
        name.lower() for name in re.findall(r"^### (\w+)", reference, re.MULTILINE)
    }


def described(title: str) -> set[str]:
    """Return the fields that the reference of JSON has under a title, to the first dot."""
    section = re.split(rf"^##+ {title}$", json_reference(), flags=re.MULTILINE)[1]
    fields = re.findall(r"^\| `(\w+)", section.partition("\n#")[0], re.MULTILINE)
    return set(fields)


@pytest.mark.parametrize("name", QUERIES)
def test_the_fields_of_an_answer_are_those_of_the_program(replayed: Terminal, name: str) -> None:
    """What the reference says of a query is what the query answers."""
    words = {"PROCESS": PROCESS, "DEFINITION": PROCESS, **FOR_EXAMPLE}
    line = re.sub(r"[A-Z]{2,}", lambda word: words[word[0]], QUERIES[name].line)
    assert set(replayed.data(line)) == described(f"mijlpaal/{name}/v1")


SEATED = f"member add {PROCESS} griffier@sliedrecht anna --on 2021-01-01"
TYPED: Mapping[str, Sequence[str]] = {
    "receipt": [f"note {PROCESS} hello"],
    "member-reach": [SEATED, "member reach anna --address anna@sliedrecht.example"],
    "member-erase": [
        SEATED,
        f"member end {PROCESS} griffier@sliedrecht anna --on 2021-02-01",
        "member erase anna",
    ],
    "remind-run-due": ["remind run-due --dry-run"],
    "definitions-export": [f"definitions export {PROCESS} --to FOLDER/own"],
    "definitions-new": ["definitions new FOLDER/plan.yaml --title Plan --party oost --party west"],
    "db-upgrade": ["db upgrade"],
    "db-copy": ["db copy FILE FOLDER/copy.db"],
}
"""What is typed for each answer of a command that writes, the command itself last."""


@pytest.mark.parametrize("name", WRITES)
def test_the_fields_of_what_a_command_that_writes_answers(replayed: Terminal, name: str) -> None:
    """What the reference says of them is what they answer, tried or done."""
    at = {"FILE": str(replayed.file), "FOLDER": str(replayed.file.parent)}
    *before, line = (re.sub("FILE|FOLDER", lambda word: at[word[0]], each) for each in TYPED[name])
    for each in before:
        replayed.does(each)
    tried = replayed.data(line if "--dry-run" in line else f"{line} --dry-run")
    assert tried["dry_run"] is True
    done = tried if "--dry-run" in line else replayed.data(line)
    assert set(done) == set(tried) == described(f"mijlpaal/{name}/v1")


def test_the_fields_inside_an_answer_are_those_of_the_program(replayed: Terminal) -> None:
    """Also of the objects in it, where a name is another one in Python."""
    milestone = replayed.data(f"status {PROCESS} --as-of 2021-02-15")["milestones"][0]
    (request,) = milestone["requests"]
    assert [set(milestone), set(request), set(request["given"][0])] == [
        described("MilestoneView"),
        described("RequestView"),
        described("DecisionView"),
    ]


def test_the_exit_codes_are_those_of_the_program() -> None:
    """The table has a row for each, and no other."""
    page = (DOCS / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    codes = [DONE, FAILED, USAGE, INVALID, REFUSED, UNKNOWN, TEMPORARY]
    assert codes == [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)]


def test_every_sentence_that_the_page_on_trouble_explains_is_one_of_the_program() -> None:
    """What somebody sees and looks up is found there as it was said, but for what varies."""
    page = (DOCS / "running-it" / "watching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\*.*?) \| \d+ \|", page, re.MULTILINE)
    fragments = {
        fragment.strip()
        for sentence in re.findall(r"\*(.+?)\*", "\n".join(rows))
        for fragment in re.split("[…“”]|psycopg", sentence)
    } - {"", "."}
    source = (ROOT / "screens/locale/nl/LC_MESSAGES/mijlpaal.po").read_text(encoding="utf-8")
    # What is in the way of our packages is said by what imports none of them.
    first = (ROOT / "mijlpaal.py").read_text(encoding="utf-8")
    said = source.replace('"\n"', "") + first
    assert len(rows) >= 10
    assert [] == [fragment for fragment in sorted(fragments) if fragment not in said]


@pytest.mark.parametrize("page", CONCEPTS, ids=lambda page: page.stem)
def test_a_concept_has_an_example_and_its_keys(page: Path) -> None:
    """A few words, a piece of a definition without a fault, and every key."""
    written = page.read_text(encoding="utf-8")
    assert INCLUDED.search(written)
    assert MARK.search(written)
    assert "| key | needed | value | meaning |" in expanded(written)


def test_every_kind_of_thing_has_its_keys_on_a_page() -> None:
    """What the schema knows, one of the pages on concepts explains."""
    kinds = {"File", *json.loads(json_schema("process"))["$defs"]}
    pages = "".join(
        page.read_text(encoding="utf-8") for page in (DOCS / "definitions").glob("*.md")
    )
    shown = {name for mark in MARK.finditer(pages) for name in mark[2].split()}
    assert set() == kinds - shown


@pytest.mark.parametrize(
    "file", sorted((DOCS / "examples").glob("*[!s].yaml")), ids=lambda f: f.stem
)
def test_a_definition_that_is_an_example_is_sound(file: Path) -> None:
    """A piece of it that a page shows is part of something that can be started."""
    definition = open_definition(str(file))
    assert (file.stem, Result.SOUND) == (definition.id, prove(definition).result)


def test_every_kind_of_fact_is_explained_where_history_is_backdated() -> None:
    """A row for each that the program knows, and no other, with what it needs and may have."""
    page = (DOCS / "how-to" / "backdate-history.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\|([^|]+)\|([^|]+)\|$", page, re.MULTILINE)
    told = {
        key: (re.findall(r"`(\w+)`", needs), re.findall(r"`(\w+)`", may))
        for key, needs, may in rows
    }

    assert list(FACT_KINDS) == list(told)
    assert {kind: list(FACT_MUST.get(kind, ())) for kind in FACT_KINDS} == {
        kind: needs for kind, (needs, _) in told.items()
    }
    assert {kind: set(FACT_DETAILS[kind]) for kind in FACT_KINDS} == {
        kind: {*needs, *may} for kind, (needs, may) in told.items()
    }


def test_every_kind_of_fact_has_an_example_that_the_program_reads() -> None:
    """And only what is a note is recorded as one."""
    commands: dict[str, set[type]] = {}
    for file in (DOCS / "examples").glob("*.facts.yaml"):
        shape, _ = read_shape(file.read_bytes(), file.name, FactsFile)
        kinds = {f"fact:{fact.id}": fact.kind for fact in FactsFile.model_validate(shape).facts}
        for fact in read_facts(file.name, file.read_bytes()).facts:
            commands.setdefault(kinds[fact.key], set()).add(type(fact.command))

    assert set(FACT_KINDS) == set(commands)
    assert ["note"] == [kind for kind, made in commands.items() if AddNote in made]


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_begins_with_a_situation_and_ends_with_where_to_go(page: Path) -> None:
    """It shows commands at work in between."""
    written = page.read_text(encoding="utf-8")
    assert written.partition("\n\n")[2].startswith("**The situation.**")
    assert re.search(r"^## Where to go next\n\n(?:- [^\n]+\n)+\Z", written, re.MULTILINE)
    assert BLOCK.search(written)


PLAYED = [
    page
    for folder in ("how-to", "definitions", "explanation")
    for page in sorted((DOCS / folder).glob("*.md"))
    if TODAY.search(page.read_text(encoding="utf-8"))
]
"""The pages on which it is another day than the reader's."""


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: f"{page.parent.name} {page.stem}")
def test_a_page_says_which_day_it_is_on_it(page: Path) -> None:
    """Where the reader sees it: above the first command of each day, in words."""
    written = page.read_text(encoding="utf-8")
    days = [date.fromisoformat(each) for each in TODAY.findall(written)]
    *told, _ = TODAY.split(BLOCK.sub("", written))[::2]
    named = [f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in days]

    assert f"On this page it is {named[0]}; what you type on another day" in written
    assert [] == [day for day, before in zip(named, told, strict=True) if day not in before]


@pytest.mark.parametrize(("column", "system"), [(1, Unix), (2, MacOS)], ids=["Linux", "macOS"])
def test_where_data_lies_is_where_the_program_puts_it(
    monkeypatch: pytest.MonkeyPatch, column: int, system: type[PlatformDirsABC]
) -> None:
    """The page on installing names the folders of each system, as they are without settings."""
    for name in [each for each in os.environ if each.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/home/anna")
    page = (DOCS / "install.md").read_text(encoding="utf-8").partition("## Where your data lies")[2]
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")][1:]
    told = [row[column + 1].strip(" `").replace("~", "/home/anna") for row in rows]
    folders = system(PROGRAM)

    assert told == [
        f"{folders.user_data_dir}/mijlpaal.sqlite3",
        f"{folders.user_data_dir}/mail",
        f"{folders.user_config_dir}/settings.toml",
        folders.user_cache_dir,
    ]


def test_what_is_installed_has_the_name_that_the_pages_say() -> None:
    """The wheel of this version; and no page sends anybody to an index that does not have it."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (DOCS / "install.md").read_text(encoding="utf-8")
    assert f"./mijlpaal-{version['version']}-py3-none-any.whl" in page

    by_name = re.compile(r"(?:pip|pipx|uv tool) install (?:-\S+ )*'?mijlpaal\b(?!-\d)")
    everywhere = [*(ROOT / name for name in documents()), *sources(ROOT)]
    assert [] == [
        str(file) for file in everywhere if by_name.search(file.read_text(encoding="utf-8"))
    ]


def test_no_document_is_kept_in_a_list() -> None:
    """A new page is found, and its commands are run, without anybody adding it somewhere."""
    assert {"README.md", "docs/index.md", "docs/tutorials/griffier.md"} <= set(documents())
    assert len(documents()) == 1 + len(list(DOCS.rglob("*.md")))
