"""Takes every message from the sources and the commands, and brings the catalogues up to date.

A catalogue has exactly the messages that the program looks up: the literal sentences of
``text()`` and ``ntext()``, and of the commands their help, that of their options, and the words
that stand for values. No line numbers, no dates, nothing obsolete: a change shows what changed.
"""

import ast
import string
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from catalogues.building import sources
from cli import cli
from terminal.runtime.click_commands import help_of
from terminal.runtime.parameters import word_for

ROOT = Path(__file__).parents[1]
PACKAGES = ("definitions", "workflow", "scheduler", "screens", "web", "terminal")
TEMPLATES = ROOT / "web" / "templates"
KEYWORDS = {"text": 1, "ntext": 2}
"""The functions that take messages, and how many."""
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

MessageId = tuple[str, ...]
"""A message, or its singular and its plural."""


# --- what there is -----------------------------------------------------------------------------


def messages() -> list[MessageId]:
    """Return every message, sorted; one that is both with and without plural is an error."""
    files = [ROOT / "cli.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))]
    found = {each for file in files for each in in_source(file.read_text("utf-8"), str(file))}
    found |= {each for file in TEMPLATES.rglob("*.html") for each in in_template(file)}
    found |= {(each,) for each in in_help(cli) if each}
    firsts = [each[0] for each in found]
    twice = {each for each in firsts if firsts.count(each) > 1}
    if twice:
        raise ValueError(twice)
    return sorted(found)


def in_source(source: str, file: str = "") -> Iterator[MessageId]:
    """Yield the messages of a module.

    Raises:
        ValueError: something is said that is not written out, so that nobody can translate it.
    """
    tree = ast.parse(source, file)
    known = dict(_keywords(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            taken = node.args[: known[node.func.id]]
            said = tuple(each.value for each in taken if isinstance(each, ast.Constant))
            if len(said) != known[node.func.id]:
                raise ValueError(f"{file}:{node.lineno}")
            yield tuple(str(each) for each in said)


def in_template(file: Path) -> Iterator[MessageId]:
    """Yield the messages of a template of a page.

    Raises:
        ValueError: something is said that is not written out, so that nobody can translate it.
    """
    tree = Environment().parse(file.read_text("utf-8"))  # noqa: S701 - it is only read
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS:
            taken = call.args[: KEYWORDS[call.node.name]]
            said = tuple(str(each.value) for each in taken if isinstance(each, nodes.Const))
            if len(said) != KEYWORDS[call.node.name]:
                raise ValueError(f"{file}:{call.lineno}")
            yield said


def _keywords(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the names of our functions in a module, since SQLAlchemy has a ``text`` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in KEYWORDS:
            yield node.name, KEYWORDS[node.name]
        if isinstance(node, ast.ImportFrom) and node.module == "definitions.language.text":
            for each in node.names:
                if each.name in KEYWORDS:
                    yield each.asname or each.name, KEYWORDS[each.name]


def in_help(command: click.Command) -> Iterator[str]:
    """Yield the help texts of a command, its parameters and its subcommands."""
    yield help_of(command)
    for parameter in command.params:
        yield word_for(parameter) or ""
        yield getattr(parameter, "help", None) or ""
    for each in getattr(command, "commands", {}).values():
        yield from in_help(each)


# --- the catalogues ----------------------------------------------------------------------------


def read(file: Path) -> Catalog:
    """Return a catalogue as it is."""
    with file.open("rb") as written:
        return read_po(written, locale=language_of(file))


def language_of(file: Path) -> str:
    """Return the language of a catalogue: the name of its folder."""
    return file.parents[1].name


def updated(known: Catalog, wanted: list[MessageId]) -> Catalog:
    """Return a catalogue of the messages there are, with the translations that are known."""
    fresh = Catalog(locale=known.locale)
    for each in wanted:
        message_id = each if len(each) > 1 else each[0]
        old = known.get(each[0])
        kept = old.string if old is not None and type(old.id) is type(message_id) else ""
        comments = old.user_comments if old is not None else ()
        fresh[message_id] = Message(message_id, kept, user_comments=comments)
        fresh[message_id].flags = set()
    return fresh


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as the file it is kept in."""
    out = BytesIO()
    out.write(HEADER.format(language=catalogue.locale).encode())
    write_po(out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the messages without a translation."""
    return [_first(each.id) for each in catalogue if each.id and not _all_there(each)]


def misfits(catalogue: Catalog) -> list[str]:
    """Return the messages whose translation has other fields than they have."""
    return [
        _first(each.id) for each in catalogue if each.id and _all_there(each) and _differs(each)
    ]


def _first(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(said: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return list(said) if isinstance(said, (tuple, list)) else [said or ""]


def _all_there(message: Message) -> bool:
    return all(_forms(message.string))


def _differs(message: Message) -> bool:
    """Return whether a form has other fields than its message (except for {n})."""
    ours = [fields(each) for each in _forms(message.id)]
    theirs = [fields(each) for each in _forms(message.string)]
    return any(
        mine - {"n"} != other - {"n"} for mine, other in zip(ours, theirs, strict=True)
    ) or not set().union(*theirs) <= set().union(*ours)


def fields(message: str) -> set[str]:
    """Return the fields of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def main() -> None:
    """Bring every catalogue up to date, and say what is missing."""
    wanted = messages()
    for file in sources(ROOT):
        catalogue = updated(read(file), wanted)
        file.write_bytes(written(catalogue))
        unsaid = missing(catalogue)
        print(f"{language_of(file)}: {len(wanted)} messages, {len(unsaid)} not translated.")


if __name__ == "__main__":
    main()
