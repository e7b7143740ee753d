"""Errors of the YAML parser, reworded for the author of the file."""

from definitions.language.text import Text, text

_QUOTES = text("Put text in quotes if it begins with a sign, or has “: ” or “ #” in it.")
_BRACKETS = text('Between brackets, put text in quotes if it has one in it: "${{jaar}}", say.')
_ESCAPES = text("Write \\\\ for a backslash, or put the text in single quotes.")
_NO_END = text("a text in quotes has no end")
_NO_ESCAPE = text("an escape (\\…) that does not exist")
_NO_DIRECTIVE = text("a line that begins with “%” and says nothing known")

_PROBLEMS: tuple[tuple[str, Text, Text | None], ...] = (
    (
        "found character '\\t'",
        text("a tab stands where spaces should be"),
        text("Use spaces, not tabs."),
    ),
    ("found character", text("nothing can begin with this character"), _QUOTES),
    ("mapping values are not allowed", text("a “:” stands where no key can be"), _QUOTES),
    ("could not find expected ':'", text("a key has no “:” after it"), _QUOTES),
    ("found unexpected ':'", text("a “:” stands where no key can be"), _QUOTES),
    ("expected ',' or ']'", text("a list lacks a “,” or its “]”"), _BRACKETS),
    ("expected ',' or '}'", text("keys and values lack a “,” or their “}}”"), _BRACKETS),
    ("found unexpected end of stream", _NO_END, None),
    ("found unexpected document separator", _NO_END, None),
    (
        "expected <block end>",
        text("this does not line up with what it belongs to"),
        text("Begin what belongs together in the same column."),
    ),
    ("sequence entries are not allowed", text("a list cannot begin here"), _QUOTES),
    ("mapping keys are not allowed", text("a key cannot stand here"), _QUOTES),
    ("expected the node content", text("a value is missing here"), None),
    ("found unknown escape character", _NO_ESCAPE, _ESCAPES),
    ("expected escape sequence", _NO_ESCAPE, _ESCAPES),
    ("expected alphabetic or numeric", text("after “&”, “*” or “%” a name has to come"), _QUOTES),
    ("expected '<document start>'", text("something stands after the end"), None),
    ("expected chomping", text("after “|” or “>” a new line has to begin"), None),
    ("expected a comment or a line break", text("after “|” or “>” a new line has to begin"), None),
    ("version minor part", text("this version of YAML is not read"), None),
    ("found incompatible YAML", text("this version of YAML is not read"), None),
    ("found duplicate YAML directive", _NO_DIRECTIVE, None),
)


def explained(problem: str) -> tuple[Text, Text | None]:
    """Return a problem of the parser in our own words, and its remedy."""
    for begin, sentence, advice in _PROBLEMS:
        if problem.startswith(begin):
            return sentence, advice
    return text("this cannot be read"), None
