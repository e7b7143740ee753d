"""YAML 1.2 read as plain data with a position for every value, and nothing clever allowed.

Built straight from the parser's events, without recursion: anchors, aliases, tags, merge keys,
several documents, duplicate keys, empty values, invisible characters, absurd size and absurd
nesting are refused before anything is built from them. Dates and fractions stay text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from definitions.faults import DefinitionInvalid, Faults, Path, Position
from definitions.files import MAX_BYTES
from definitions.language.characters import character_named, first_hidden
from definitions.language.naming import brief
from definitions.language.text import Text, text
from definitions.yaml_events import Event, Kind, NotAlike, quick_events

MAX_DEPTH = 30
MAX_VALUES = 50_000
_DIGITS = 16
_MERGE = "<<"
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_BOOLEANS = frozenset(["true", "True", "TRUE", "false", "False", "FALSE"])
_INTEGER = re.compile(r"[-+]?0b[01_]+|(?=[-+0-9])[-+]?(?:0o[0-7_]+|[0-9_]+)|[-+]?0x[0-9a-fA-F_]+")
"""Whole numbers of YAML 1.2, and texts so similar to one that they are refused."""


@dataclass(slots=True)
class Document:
    """A file as plain data (dicts, lists, texts, whole numbers, booleans).

    Attributes:
        data: the top value; None only of an empty file.
        positions: where each value stands; of a mapping's value, where its key stands.
    """

    data: Any = None
    positions: dict[Path, Position] = field(default_factory=dict)


def read_yaml(content: bytes, file: str) -> Document:
    """Read one YAML document.

    Args:
        content: the bytes of the file, UTF-8.
        file: its name, for the faults.

    Raises:
        DefinitionInvalid: it is no YAML, or uses what is refused here.
    """
    written = _decode(content, Faults(file, {}))
    try:
        return read_quickly(written, file)
    except NotAlike:
        return read_purely(written, file)


def read_quickly(written: str, file: str) -> Document:
    """Read a text by libyaml.

    Raises:
        NotAlike: it has to be read purely: it may have a fault.
    """
    faults = Faults(file, {})
    try:
        document = _built(quick_events(written), Document(), faults)
    except DefinitionInvalid:
        raise NotAlike from None
    if not isinstance(document.data, dict) or faults.found:
        raise NotAlike
    return document


def read_purely(written: str, file: str) -> Document:
    """Read a text by ruamel.yaml.

    Raises:
        DefinitionInvalid: it is no YAML, or uses what is refused here.
    """
    # Few need it: importing it takes as long as reading a definition of 200 parties by libyaml.
    from definitions.yaml_pure import events  # noqa: PLC0415

    document = Document()
    faults = Faults(file, document.positions)
    _built(events(written, faults), document, faults)
    faults.raise_any()
    return document


def _built(events: Iterable[Event], document: Document, faults: Faults) -> Document:
    builder = _Builder(document, faults)
    for event in events:
        builder.take(event)
    return document


# --- from bytes to events ----------------------------------------------------------------------


def _decode(content: bytes, faults: Faults) -> str:
    if len(content) > MAX_BYTES:
        faults.stop(text("The file is too large: {most} bytes at most.", most=MAX_BYTES))
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        faults.stop(text("This is not text in UTF-8."), position=_after(before))
    at = first_hidden(written)
    if at is not None:
        faults.stop(_not_allowed(written[at]), position=_after(written[:at]))
    return written


def _after(written: str) -> Position:
    """Return the place that comes after a text."""
    return Position(written.count("\n") + 1, len(written) - written.rfind("\n"))


def _not_allowed(character: str) -> Text:
    return text(
        "The character {character} cannot be seen and is not allowed.",
        character=character_named(character),
    )


def type_of(written: str) -> type[bool | int | str] | None:
    """Return the type of an unquoted text by YAML 1.2; None for null.

    Dates and fractions are text here.
    """
    if written in _NOTHING:
        return None
    if written in _BOOLEANS:
        return bool
    return int if _INTEGER.fullmatch(written) else str


# --- from events to data -----------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    path: Path
    value: Any
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


class _Builder:
    """Builds a tree from events; notes recoverable faults and stops at others."""

    def __init__(self, document: Document, faults: Faults) -> None:
        self._document = document
        self._faults = faults
        self._stack: list[_Open] = []
        self._documents = 0
        self._values = 0

    def take(self, event: Event) -> None:
        match event.kind:
            case Kind.DOCUMENT:
                self._begin(event)
            case Kind.ALIAS:
                self._alias(event)
            case Kind.SCALAR:
                self._plain(event)
                self._scalar(event)
            case Kind.MAPPING | Kind.SEQUENCE:
                self._plain(event)
                self._open(event)
            case Kind.END:
                self._stack.pop()

    @property
    def _top(self) -> _Open | None:
        return self._stack[-1] if self._stack else None

    def _begin(self, event: Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, text("One document to a file; here a second one begins."))
        if event.directs:
            self._note(event, text("Directives (%YAML, %TAG) are not allowed."))

    def _alias(self, event: Event) -> None:
        name = brief(str(event.anchor))
        self._note(event, text("Aliases (*{name}) are not allowed: write it out.", name=name))
        if self._top is not None and self._top.awaits_key:
            self._top.key = ""
        else:
            self._place(event, "")

    def _plain(self, event: Event) -> None:
        """Refuse anchors and tags: a definition is read by people from top to bottom."""
        if event.anchor is not None:
            name = brief(str(event.anchor))
            self._note(event, text("Anchors (&{name}) are not allowed.", name=name))
        if event.tag is not None:
            tag = brief(event.tag)
            self._note(event, text("Tags ({tag}) are not allowed.", tag=tag))
        self._values += 1
        if self._values > MAX_VALUES:
            self._stop(event, text("More than {most} values in one file.", most=MAX_VALUES))

    def _open(self, event: Event) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._stop(event, text("Nested more than {most} deep.", most=MAX_DEPTH))
        if self._top is not None and self._top.awaits_key:
            self._stop(
                event,
                text("A key must be a plain word, not a list and not keys and values."),
                text("Put text that begins with “{{” or “[” in quotes."),
            )
        value: Any = {} if event.kind is Kind.MAPPING else []
        self._stack.append(_Open(self._place(event, value), value))

    def _scalar(self, event: Event) -> None:
        at = first_hidden(event.value)
        if at is not None:
            self._note(event, _not_allowed(event.value[at]))
        if self._top is not None and self._top.awaits_key:
            self._key(event, self._top)
        else:
            self._place(event, self._resolve(event))

    def _key(self, event: Event, top: _Open) -> None:
        key = event.value
        if key in top.value:
            self._note(event, text("“{key}” stands here twice.", key=brief(key)))
        elif key == _MERGE:
            self._note(event, text("Merge keys (<<) are not allowed: write it out."))
        top.key = key
        top.value[key] = ""
        self._document.positions.setdefault((*top.path, key), _position(event))

    def _place(self, event: Event, value: Any) -> Path:
        """Put a value where it belongs and return its path."""
        top = self._top
        if top is None:
            path: Path = ()
            self._document.data = value
        elif isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        else:
            path = self._path
            top.value[top.key] = value
            top.key = None
        self._document.positions.setdefault(path, _position(event))
        return path

    # --- single values -------------------------------------------------------------------------

    def _resolve(self, event: Event) -> Any:
        """Return the boolean or whole number that YAML 1.2 reads in a scalar; else its text."""
        match type_of(event.value) if event.plain else str:
            case None:
                self._refuse_nothing(event)
                return None
            case kind if kind is bool:
                return event.value.lower() == "true"
            case kind if kind is int:
                return self._whole_number(event)
            case _:
                return unicodedata.normalize("NFC", event.value)

    def _refuse_nothing(self, event: Event) -> None:
        top = self._top
        if top is not None:
            # Nothing has no place of its own, so it is sought where its key stands.
            place = None if top.key is not None else _position(event)
            advice = text("Write a value, or leave the key out.")
            self._faults.add(self._path, text("Nothing stands here."), advice, place)

    def _whole_number(self, event: Event) -> int:
        written = event.value
        try:
            number = int(written[:_DIGITS].replace("_", ""), 0)
        except ValueError:
            sentence = text("“{value}” is not a whole number.", value=brief(written))
        else:
            if len(written) < _DIGITS:
                return number
            sentence = text("“{value}” is too large a number.", value=brief(written))
        self._note(event, sentence, text("Put it in quotes if text is meant."))
        return 0

    # --- faults --------------------------------------------------------------------------------

    def _note(self, event: Event, sentence: Text, advice: Text | None = None) -> None:
        self._faults.add(self._path, sentence, advice, _position(event))

    def _stop(self, event: Event, sentence: Text, advice: Text | None = None) -> None:
        self._faults.stop(sentence, advice, _position(event), self._path)

    @property
    def _path(self) -> Path:
        """Where the builder is: the mapping or list being filled, and the key in it."""
        top = self._top
        if top is None:
            return ()
        return top.path if top.key is None else (*top.path, top.key)


def _position(event: Event) -> Position:
    return Position(event.line, event.column)
