"""YAML read by ruamel.yaml: exactly by YAML 1.2, with explanations of errors."""

from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from definitions.faults import Faults, Position
from definitions.language.text import text
from definitions.yaml_errors import explained
from definitions.yaml_events import KINDS, Event, event_of


def events(written: str, faults: Faults) -> Iterator[Event]:
    """Yield the events of a text.

    Raises:
        DefinitionInvalid: it is not YAML; it includes the faults noted before.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    place = Position(1, 1)
    try:
        for event in yaml.parse(written):
            mark = event.start_mark
            place = Position(mark.line + 1, mark.column + 1)
            kind = KINDS.get(type(event).__name__)
            if kind is not None:
                yield event_of(kind, event)
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
