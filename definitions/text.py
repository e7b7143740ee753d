"""Sentences for people, kept apart from the language they are shown in.

The core says *what* is to be said (an English source sentence and its values); the screens
decide in which language. Nothing is translated at import.
"""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SOURCE_LANGUAGE = gettext.NullTranslations()


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with named values, not yet in any language.

    Attributes:
        message: the English source, with ``{name}`` fields; the key in the catalogues.
        values: what goes into the fields; values may be texts or lists themselves.
        plural: the English plural source, when the sentence depends on a number.
        number: that number.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    number: int = 1

    def render(self, catalogue: gettext.NullTranslations) -> str:
        """Return the sentence in the catalogue's language."""
        if self.plural is None:
            template = catalogue.gettext(self.message)
        else:
            template = catalogue.ngettext(self.message, self.plural, self.number)
        return template.format(
            **{name: _render_value(value, catalogue) for name, value in self.values.items()}
        )

    def __str__(self) -> str:
        """Return the sentence in the source language (English)."""
        return self.render(SOURCE_LANGUAGE)


def text(message: str, /, **values: object) -> Text:
    """Return a sentence; ``message`` is extracted into the catalogues."""
    return Text(message, values)


def ntext(singular: str, plural: str, number: int, /, **values: object) -> Text:
    """Return a sentence that depends on ``number``, which is also its ``{n}`` field."""
    return Text(singular, {"n": number, **values}, plural, number)


def _render_value(value: object, catalogue: gettext.NullTranslations) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return value.render(catalogue)
    if isinstance(value, (list, tuple, set, frozenset)):
        return _render_list(value, catalogue)
    return str(value)


def _render_list(values: Iterable[object], catalogue: gettext.NullTranslations) -> str:
    return ", ".join(_render_value(value, catalogue) for value in values)
