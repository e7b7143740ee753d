"""A definition that is not sound: no process is started by it unless somebody says why."""

from definitions.language.actions import BLANK, Action, Field, action
from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from definitions.model import Definition
from definitions.proving.verdict import Result, Verdict


class NotSound(MijlpaalError):
    """A process was to be started by a definition that is unsound, or of which that is not known.

    Remedy: mend it (``definitions check`` says what was found), or say why it starts all the same.
    Exit code 3.
    """

    def __init__(self, definition: Definition, verdict: Verdict) -> None:
        """Keep the definition, and the verdict on it."""
        self.definition, self.verdict = definition, verdict
        self.see: Action = action("definitions check", files=definition.id)
        super().__init__(
            text("“{definition}” is unsound, so nothing was started.", definition=definition.id)
            if verdict.result is Result.UNSOUND
            else text(
                "It could not be proved that “{definition}” is sound, so nothing was started.",
                definition=definition.id,
            ),
            advice=text(
                "Mend it; or, where it has to start as it is, say why with {field}: that is kept "
                "in the journal.",
                field=Field("allow_unsound", BLANK),
            ),
        )
