"""The events of a YAML parser, in the order of the text: libyaml's if it is installed.

Two parsers are used. ruamel.yaml implements YAML 1.2 exactly and explains its errors, but takes
twenty times as long as libyaml. So libyaml reads first, but only texts that both are known to read
alike: a text that they might read differently, or with any error, is left to ruamel.yaml
(``definitions/yaml_pure.py``), whose errors and positions users see.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

try:
    from yaml import YAMLError
    from yaml.cyaml import CParser
except ImportError:  # PyYAML is not there, or was built without libyaml
    CParser = None

_READ_DIFFERENTLY = re.compile(
    r"\t"  # as a blank: YAML 1.1 has it in more places
    r"|(?:^|\r)(?:\.\.\.|%)"  # the end of a document, inside a block of text too; a directive
    r"|[\"'\]}]:[^ \r\n]"  # ["a":b]
    r"|[|>][-+0-9]*#"  # |# no comment
    r"|[|>][-+0-9]* *(?:#[^\r\n]*)?(?:\r\n|\r|\n) *[\r\n]",  # a block that begins with blank lines
    re.MULTILINE,
)
"""Where the parsers were found to differ: by trying texts with all kinds of damage on both."""


class Kind(Enum):
    """What begins or stands at an event."""

    DOCUMENT = auto()
    SCALAR = auto()
    MAPPING = auto()
    SEQUENCE = auto()
    END = auto()
    ALIAS = auto()


class Event(NamedTuple):
    """An event of a parser.

    Attributes:
        kind: its kind; an end is that of a mapping or a sequence.
        line: its first line; lines and columns count from 1.
        column: its first column.
        value: the text of a scalar, without quotes and escapes.
        plain: whether a scalar is unquoted, so that it may be a number.
        anchor: its anchor, or the anchor that an alias names.
        tag: its explicit tag.
        directs: whether directives stand above the document.
    """

    kind: Kind
    line: int
    column: int
    value: str = ""
    plain: bool = False
    anchor: str | None = None
    tag: str | None = None
    directs: bool = False


class NotAlike(Exception):
    """The text has to be read by the parser that explains errors."""


def quick_events(written: str) -> Iterator[Event]:
    """Yield the events of libyaml, as ruamel.yaml would.

    Raises:
        NotAlike: libyaml is not installed, might read the text differently, or cannot read it.
    """
    if CParser is None or _READ_DIFFERENTLY.search(written):
        raise NotAlike
    try:
        parser = CParser(written)
        while parser.check_event():
            event = parser.get_event()
            kind = KINDS.get(type(event).__name__)
            if kind is not None:
                yield event_of(kind, event)
    except (YAMLError, ValueError):
        raise NotAlike from None


KINDS = {
    "DocumentStartEvent": Kind.DOCUMENT,
    "ScalarEvent": Kind.SCALAR,
    "MappingStartEvent": Kind.MAPPING,
    "SequenceStartEvent": Kind.SEQUENCE,
    "MappingEndEvent": Kind.END,
    "SequenceEndEvent": Kind.END,
    "AliasEvent": Kind.ALIAS,
}
"""The events of both parsers that say something: their names are the same."""


def event_of(kind: Kind, event: Any) -> Event:
    """Return an event of either parser as one of ours."""
    mark = event.start_mark
    line, column = mark.line + 1, mark.column + 1
    match kind:
        case Kind.SCALAR:
            plain = event.implicit[0]
            return Event(kind, line, column, event.value, plain, event.anchor, _tag(event))
        case Kind.MAPPING | Kind.SEQUENCE:
            return Event(kind, line, column, anchor=event.anchor, tag=_tag(event))
        case Kind.ALIAS:
            return Event(kind, line, column, anchor=event.anchor)
        case Kind.DOCUMENT:
            return Event(kind, line, column, directs=bool(event.version or event.tags))
        case Kind.END:
            return Event(kind, line, column)


def _tag(event: Any) -> str | None:
    return None if event.tag is None else str(event.tag)
