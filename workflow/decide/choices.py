"""Options (*keuzes*): what a decision names, and what a later one may choose from."""

from definitions.language.actions import BLANK, Field
from definitions.language.characters import normal
from definitions.language.text import ntext, text
from definitions.model import Effect, Options, Outcome, Request
from workflow.decide.case import Case
from workflow.model.commands import Record
from workflow.model.state import DecisionState
from workflow.rules.refusals import OptionsRefused


def check_options(case: Case, request: Request, outcome: Outcome, command: Record) -> None:
    """Refuse options that the request does not ask for, or not as many as it asks.

    Raises:
        OptionsRefused: with the options there are.
    """
    _check_form(command)
    named = len(command.options) + (command.unnamed_options or 0)
    if request.options is None or outcome.effect is not Effect.FOR:
        if named:
            raise OptionsRefused(
                text(
                    "A decision “{outcome}” on “{id}” names no options.",
                    outcome=outcome.id,
                    id=request.id,
                )
            )
        return
    _check_count(request.options, named)
    if request.options.within is not None:
        _check_within(case, request.options.within, command)


def _check_form(command: Record) -> None:
    """Refuse options that are empty or named twice, and fewer than none that are not named."""
    options = command.options
    if not all(option.strip() for option in options) or len(set(options)) < len(options):
        raise OptionsRefused(text("An option has a name, and is named once."))
    if not 0 <= (command.unnamed_options or 0) <= _MOST:
        raise OptionsRefused(text("Not named can be 0 to {most} options.", most=_MOST))


_MOST = 99
"""How many options a decision can leave unnamed."""


def _check_count(options: Options, named: int) -> None:
    if options.count is not None and named != options.count:
        raise OptionsRefused(
            ntext(
                "This decision names {n} option, and {asked} are asked.",
                "This decision names {n} options, and {asked} are asked.",
                named,
                asked=options.count,
            ),
            advice=text(
                "Name them with {options}; of those not named, say how many: {unnamed}.",
                options=Field("options"),
                unnamed=Field("unnamed_options", BLANK),
            ),
        )


def _check_within(case: Case, within: tuple[str, str], command: Record) -> None:
    """Refuse an option outside those that the earlier decision named."""
    earlier = named_before(case, within)
    if earlier is None:
        raise OptionsRefused(
            text(
                "“{within}” has not been decided: nothing to choose from yet.",
                within="/".join(within),
            )
        )
    if earlier.unnamed_options:
        return
    known = {normal(option) for option in earlier.options}
    outside = [option for option in command.options if normal(option) not in known]
    if outside:
        raise OptionsRefused(
            text(
                "{outside} is not among what “{within}” named.",
                outside=outside,
                within="/".join(within),
            ),
            advice=text("It named: {options}.", options=earlier.options),
        )


def named_before(case: Case, within: tuple[str, str]) -> DecisionState | None:
    """Return the decision in favour that named what may be chosen from."""
    milestone, request = within
    number = case.then.state.round_of(milestone)
    found = (
        given
        for (where, asked, round_, _), given in case.then.state.decisions.items()
        if (where, asked, round_) == (milestone, request, number)
    )
    return next((given for given in found if given.effect is Effect.FOR), None)
