"""YAML 1.2 read as plain data with a position for every value, and nothing clever allowed.

Built straight from the parser's events, without recursion: anchors, aliases, tags, merge keys,
several documents, duplicate keys, empty values, invisible characters, absurd size and absurd
nesting are refused before anything is built from them. Dates and fractions stay text.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from definitions.faults import Faults, Path, Position
from definitions.files import MAX_BYTES
from definitions.language.characters import character_named, first_hidden
from definitions.language.naming import brief
from definitions.language.text import Text, text
from definitions.yaml_errors import explained

MAX_DEPTH = 30
MAX_VALUES = 50_000
_DIGITS = 16
_CORE = "tag:yaml.org,2002:"
_MERGE = "<<"


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
    document = Document()
    faults = Faults(file, document.positions)
    written = _decode(content, faults)
    builder = _Builder(document, faults)
    for event in _events(written, faults):
        builder.take(event)
    faults.raise_any()
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


def _events(written: str, faults: Faults) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    place = Position(1, 1)
    try:
        for event in yaml.parse(written):
            place = _position(event)
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Position(mark.line + 1, mark.column + 1) if mark else place
        problem, advice = explained(str(error.problem))
        faults.stop(text("Not valid YAML: {problem}.", problem=problem), advice, place)
    except (ValueError, OverflowError):
        # What the parser lets out on escapes such as \UFFFFFFFF; Python's words for it vary.
        sentence = text("Not valid YAML after this: an escape (\\U…) of no character.")
        faults.stop(sentence, None, place)
    except (YAMLError, AssertionError) as error:
        # And on “%YAML 1.3”.
        problem, advice = explained(str(error))
        faults.stop(text("Not valid YAML after this: {problem}.", problem=problem), advice, place)


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
    """Puts events together; notes what can be passed over and stops at what cannot."""

    def __init__(self, document: Document, faults: Faults) -> None:
        self._document = document
        self._faults = faults
        self._resolver = VersionedResolver(version=(1, 2))
        self._stack: list[_Open] = []
        self._documents = 0
        self._values = 0

    def take(self, event: Event) -> None:
        match event:
            case DocumentStartEvent():
                self._begin(event)
            case AliasEvent():
                self._alias(event)
            case ScalarEvent():
                self._plain(event)
                self._scalar(event)
            case MappingStartEvent() | SequenceStartEvent():
                self._plain(event)
                self._open(event)
            case MappingEndEvent() | SequenceEndEvent():
                self._stack.pop()
            case _:
                pass

    @property
    def _top(self) -> _Open | None:
        return self._stack[-1] if self._stack else None

    def _begin(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, text("One document to a file; here a second one begins."))
        if event.version or event.tags:
            self._note(event, text("Directives (%YAML, %TAG) are not allowed."))

    def _alias(self, event: AliasEvent) -> None:
        name = brief(str(event.anchor))
        self._note(event, text("Aliases (*{name}) are not allowed: write it out.", name=name))
        if self._top is not None and self._top.awaits_key:
            self._top.key = ""
        else:
            self._place(event, "")

    def _plain(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        """Refuse anchors and tags: a definition is read by people from top to bottom."""
        if event.anchor is not None:
            name = brief(str(event.anchor))
            self._note(event, text("Anchors (&{name}) are not allowed.", name=name))
        if event.tag is not None:
            tag = brief(str(event.tag))
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
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        self._stack.append(_Open(self._place(event, value), value))

    def _scalar(self, event: ScalarEvent) -> None:
        at = first_hidden(event.value)
        if at is not None:
            self._note(event, _not_allowed(event.value[at]))
        if self._top is not None and self._top.awaits_key:
            self._key(event, self._top)
        else:
            self._place(event, self._resolve(event))

    def _key(self, event: ScalarEvent, top: _Open) -> None:
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

    def _resolve(self, event: ScalarEvent) -> Any:
        """Return a boolean or a whole number for what YAML 1.2 says is one; else text."""
        tag = str(self._resolver.resolve(ScalarNode, event.value, event.implicit))
        match tag.removeprefix(_CORE):
            case "null":
                self._refuse_nothing(event)
                return None
            case "bool":
                return event.value.lower() == "true"
            case "int":
                return self._whole_number(event)
            case _:
                return unicodedata.normalize("NFC", event.value)

    def _refuse_nothing(self, event: ScalarEvent) -> None:
        top = self._top
        if top is not None:
            # Nothing has no place of its own, so it is sought where its key stands.
            place = None if top.key is not None else _position(event)
            advice = text("Write a value, or leave the key out.")
            self._faults.add(self._path, text("Nothing stands here."), advice, place)

    def _whole_number(self, event: ScalarEvent) -> int:
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
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1)
