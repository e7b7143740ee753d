"""Views as pydantic serialises them, for a page or a program that has it at hand."""

import json

import pytest
from pydantic import TypeAdapter

import screens.json_output
from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Action, Blank, action
from definitions.language.text import Text, text
from screens.json_output import envelope
from screens.page import Page, catalogue, spoken
from tests.support.cli import PROCESS, Terminal

LINES = (
    f"status {PROCESS}",
    f"status {PROCESS} --as-of 2021-04-15",
    f"status {PROCESS} --party dordrecht --as-of 2021-02-15",
    "status",
    "status --mine",
    f"explain {PROCESS} principebesluit --as-of 2021-02-15",
    f"due {PROCESS} --as-of 2021-02-15",
    f"history {PROCESS}",
    f"member list {PROCESS}",
    f"remind list {PROCESS}",
    f"note {PROCESS} 'Nagevraagd.' --on 2021-12-01",
    f"correct {PROCESS} 8 --on 2020-11-03 --reason 'Verschreven.' --dry-run",
    "doctor",
)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("line", LINES)
def test_a_view_is_what_the_command_prints(
    replayed: Terminal, monkeypatch: pytest.MonkeyPatch, line: str, language: str
) -> None:
    """The same fields in the same order, each sentence in the reader's language."""
    found: list[tuple[bytes, str]] = []

    def compared(command: str, view: object, page: Page, standby: object = None) -> str:
        written = envelope(command, view, page, standby)
        adapter: TypeAdapter[object] = TypeAdapter(type(view))
        context = {"catalogue": spoken(page.language, page.database)}
        found.append((adapter.dump_json(view, context=context), written))
        return written

    monkeypatch.setattr(screens.json_output, "envelope", compared)
    replayed(f"{line} --json --lang {language}")
    ((by_pydantic, written),) = found
    assert json.dumps(json.loads(by_pydantic)) == json.dumps(json.loads(written)["data"])


@pytest.mark.parametrize(
    ("kind", "value", "english", "dutch"),
    [
        (Text, text("no deadline"), '"no deadline"', '"geen termijn"'),
        (PartialDate, parse_date("by 2021-08"), '"by 2021-08"', '"by 2021-08"'),
        (Blank, BLANK, "null", "null"),
        (
            Action,
            action("note", process="p", text=BLANK, about=text("no deadline")),
            '{"command":"note","fields":{"process":"p","text":null,"about":"no deadline"}}',
            '{"command":"note","fields":{"process":"p","text":null,"about":"geen termijn"}}',
        ),
    ],
)
def test_what_is_said_to_a_reader(kind: type, value: object, english: str, dutch: str) -> None:
    """In the language of the context; in English where there is none."""
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    assert adapter.dump_json(value).decode() == english
    assert adapter.dump_json(value, context={"catalogue": catalogue("nl")}).decode() == dutch


@pytest.mark.parametrize("kind", [Text, PartialDate])
def test_the_schema_of_a_sentence(kind: type) -> None:
    """A program that reads it finds a string."""
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    assert adapter.json_schema(mode="serialization") == {"type": "string"}
