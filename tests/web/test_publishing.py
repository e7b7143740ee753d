"""Pages for everybody: only what is public, whole, and the same for the same journal and day."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.support.cli import Terminal, folded
from workflow.queries import Queries
from workflow.storage.database import Database
from workflow.storage.reading import people
from workflow.views.seen import Seen

ZWEMBAD = "docs/examples/zwembad.yaml"


@pytest.fixture
def pool(terminal: Terminal) -> Terminal:
    """A process in which two councils are asked, each with its griffier."""
    terminal.world.it_is("2026-04-21")
    terminal.does(f"start {ZWEMBAD}")
    terminal.does("advance zwembad overeenkomst --on 2026-02-02")
    terminal.does("member add zwembad griffier@oost Gea --address gea@oost.example")
    terminal.does("member add zwembad griffier@west Wim")
    terminal.does("record zwembad overeenkomst oost vastgesteld --on 2026-04-20 --reference list")
    return terminal


def published(terminal: Terminal, folder: Path, name: str = "site") -> dict[str, bytes]:
    """Publish the process, and return the files by their names."""
    where = folder / name
    terminal.does("publish", "zwembad", str(where))
    return files_in(where)


def files_in(where: Path) -> dict[str, bytes]:
    """Return the files in a folder, by their names."""
    found = (each for each in where.rglob("*") if each.is_file())
    return {str(each.relative_to(where)): each.read_bytes() for each in found}


def words(page: bytes) -> str:
    """Return what a page says, without its marks."""
    return folded(unescape(re.sub("<[^>]*>", " ", page.decode())))


def test_the_same_journal_on_the_same_day_makes_the_same_bytes(
    pool: Terminal, tmp_path: Path
) -> None:
    """Wherever it is published; and another entry makes others."""
    first = published(pool, tmp_path)
    assert first == published(pool, tmp_path, "elsewhere")
    pool.does("record zwembad overeenkomst west vastgesteld --on 2026-04-21 --reference list")
    assert first != published(pool, tmp_path)


def test_it_says_what_the_status_says(pool: Terminal, tmp_path: Path) -> None:
    """The numbers of the matrix and of the table are those of the JSON."""
    site = published(pool, tmp_path)
    view = pool.data("status zwembad --public")
    request = view["milestones"][0]["requests"][0]
    counted = f"{request['recorded']} van {request['asked']}"
    assert counted in words(site["index.html"])
    assert counted in words(site["besluiten.html"])
    assert "Oost, raad ✓ vastgesteld" in words(site["besluiten.html"])
    assert view["milestones"][0]["state"] in words(site["index.html"])


def test_nobody_is_named_on_it(pool: Terminal, tmp_path: Path) -> None:
    """Neither holders of roles nor whoever recorded something, nor their addresses."""
    site = published(pool, tmp_path)
    whole = b"".join(site.values()).decode()
    with Database(str(pool.file)) as database, database.reading() as reader:
        everybody = people(reader)
    assert len(everybody) >= 3
    for name in {each for known in everybody.values() for each in known if each}:
        assert not re.search(rf"\b{re.escape(name)}\b", whole), name
    assert not any(id_ in whole for id_ in everybody)


HIDDEN = {
    "note": "note zwembad 'behind closed doors' --on 2026-04-20 --internal",
    "decision": "record zwembad overeenkomst west verworpen --on 2026-04-20 --reference list "
    "--internal --as Wim",
    "decision until": "record zwembad overeenkomst west verworpen --on 2026-04-20 "
    "--reference list --own-until unknown --as Wim",
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_leaves_no_trace_but_the_head(
    pool: Terminal, tmp_path: Path, hidden: str
) -> None:
    """Only numbers and the hash of the last entry differ, also with something public after it."""
    before = published(pool, tmp_path)
    pool.does(HIDDEN[hidden])
    after = published(pool, tmp_path)
    assert before.keys() == after.keys()
    for name, page in before.items():
        assert words_without_head(page) == words_without_head(after[name]), name
    pool.does("note zwembad 'the talk was good' --on 2026-04-20 --public")
    said = words(published(pool, tmp_path)["feitenrelaas.html"])
    assert "the talk was good" in said
    assert "closed doors" not in said


def test_what_is_recorded_meanwhile_is_on_all_pages_or_none(
    pool: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody records a decision after the pages have begun to be read."""
    looked = Queries.look_at
    left = ["record zwembad overeenkomst west vastgesteld --on 2026-04-21 --reference list"]

    def look_at(self: Queries, process: str, *, past_rounds: bool = False) -> Seen:
        seen = looked(self, process, past_rounds=past_rounds)
        if left:
            pool.does(left.pop())
        return seen

    monkeypatch.setattr(Queries, "look_at", look_at)
    site = published(pool, tmp_path)
    monkeypatch.undo()
    assert not left
    assert site == published(pool, tmp_path, "then")


def words_without_head(page: bytes) -> str:
    """Return a file without the number and the hash of the last entry."""
    head = r'(vermelding|entry"?:?) \d+|[0-9a-f]{64}'
    return re.sub(head, "", page.decode())


def test_every_link_leads_to_a_page_of_it(pool: Terminal, tmp_path: Path) -> None:
    """Also from a folder, and without a server."""
    published(pool, tmp_path)
    where = tmp_path / "site"
    for page in where.rglob("*.html"):
        links = re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8"))
        assert links
        assert [] == [each for each in links if not (page.parent / each).resolve().is_file()]


def test_it_needs_no_script_and_nothing_from_elsewhere(pool: Terminal, tmp_path: Path) -> None:
    """No page has a script, a style of its own, or the address of another server."""
    for name, page in published(pool, tmp_path).items():
        if name.endswith(".html"):
            assert not re.search(rb"<script|style=|https?://", page), name


def test_both_languages_have_every_page(pool: Terminal, tmp_path: Path) -> None:
    """Dutch first; each page leads to its twin."""
    site = published(pool, tmp_path)
    dutch = {name for name in site if name.endswith(".html") and not name.startswith("en/")}
    assert {f"en/{name}" for name in dutch} <= site.keys()
    assert "Stand van zaken" in words(site["index.html"])
    assert "Where it stands" in words(site["en/index.html"])


def test_a_council_has_a_page_of_its_own(pool: Terminal, tmp_path: Path) -> None:
    """What is asked of it, and what the others answered."""
    page = words(published(pool, tmp_path)["raden/west.html"])
    assert "Wat de anderen antwoordden" in page
    assert "vastgesteld" in page


def test_a_later_publication_replaces_the_earlier_one_whole(pool: Terminal, tmp_path: Path) -> None:
    """A file that is not in it any more is gone; nothing lies beside it."""
    published(pool, tmp_path)
    mark = tmp_path / "site" / "mijlpaal.json"
    said = json.loads(mark.read_text(encoding="utf-8"))
    mark.write_text(json.dumps({**said, "files": [*said["files"], "old.html"]}), encoding="utf-8")
    (tmp_path / "site" / "old.html").write_text("old", encoding="utf-8")
    assert "old.html" not in published(pool, tmp_path)
    assert ["site"] == [each.name for each in tmp_path.iterdir() if "site" in each.name]


@pytest.mark.parametrize("name", ["notes.txt", ".git/config", "raden/mine.html", "link"])
def test_nothing_of_others_in_the_folder_is_lost(pool: Terminal, tmp_path: Path, name: str) -> None:
    """Whoever put a file there, by hand or with a tool, is told of it."""
    published(pool, tmp_path)
    file = tmp_path / "site" / name
    if name == "link":
        file.symlink_to(tmp_path)
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text("mine", encoding="utf-8")
    before = files_in(tmp_path)
    said = folded(pool.refused(2, "publish", "zwembad", str(tmp_path / "site")))
    assert f"holds something else than this process: {name}." in said
    assert before == files_in(tmp_path)
    assert file.is_symlink() is (name == "link")


def test_a_link_to_a_folder_stays_one(pool: Terminal, tmp_path: Path) -> None:
    """What it leads to is replaced, as a server that looks through the link expects."""
    published(pool, tmp_path)
    (tmp_path / "site" / "index.html").write_text("of an earlier day", encoding="utf-8")
    (tmp_path / "www").symlink_to("site")
    pool.does("publish", "zwembad", str(tmp_path / "www"))
    assert (tmp_path / "www").is_symlink()
    said = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "of an earlier day" not in said


@pytest.mark.parametrize("within", ["", "raden"])
def test_the_folder_in_which_somebody_works_is_not_replaced(
    pool: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, within: str
) -> None:
    """They would stand in a folder that is gone."""
    published(pool, tmp_path)
    site = tmp_path / "site"
    monkeypatch.chdir(site / within)
    before = files_in(tmp_path)
    typed = "." if not within else ".."
    said = folded(pool.refused(2, "publish", "zwembad", typed))
    assert f"You are in {typed}, and it would be replaced." in said
    assert before == files_in(tmp_path)


@pytest.mark.parametrize("there", ["another process", "a file", "no folder"])
def test_what_else_is_there_stays(pool: Terminal, tmp_path: Path, there: str) -> None:
    """A folder with something else in it, a file, or a folder in none: refused, with what helps."""
    where = tmp_path / "place"
    match there:
        case "another process":
            where.mkdir()
            (where / "mijlpaal.json").write_text('{"process": "other"}', encoding="utf-8")
            said = "holds something else than this process"
        case "a file":
            where.write_text("mine", encoding="utf-8")
            said = "is no folder"
        case _:
            where = tmp_path / "nowhere" / "place"
            said = "There is no folder"
    before = files_in(tmp_path)
    assert said in folded(pool.refused(2, "publish", "zwembad", str(where)))
    assert before == files_in(tmp_path)


def test_a_dry_run_writes_nothing(pool: Terminal, tmp_path: Path) -> None:
    """It says how many pages there would be."""
    said = pool.does("publish", "zwembad", str(tmp_path / "site"), "--dry-run")
    assert "Only tried; nothing was written." in said
    assert not (tmp_path / "site").exists()


def test_an_unknown_process_is_refused_with_the_nearest(pool: Terminal, tmp_path: Path) -> None:
    """And no folder is made."""
    assert "zwembad" in pool.refused(5, "publish", "zwembat", str(tmp_path / "site"))
    assert not (tmp_path / "site").exists()
