"""Running a command line: whatever happens, it ends in an exit code and no traceback."""

import errno
import os
from contextlib import suppress

import click

from definitions.language.errors import MijlpaalError, reason_of
from definitions.language.naming import PROGRAM
from definitions.language.text import LANGUAGES, text
from terminal.runtime.errors import DONE, FAILED, USAGE, ReaderGone, Wrong, code_of
from terminal.runtime.output import complain
from terminal.runtime.setup import COMPLETE, Setup


def run(program: click.Command, arguments: list[str], setup: Setup) -> int:
    """Run a command line and return its exit code; nothing is raised past here."""
    if setup.environment.get(COMPLETE):
        from terminal.completion.shells import answer

        return _print_quietly(answer(program, setup))
    try:
        return _invoke(program, arguments, setup)
    except MijlpaalError as error:
        if setup.debug:
            raise
        complain(setup, error, _to_repeat(error, arguments, setup))
        return code_of(error)
    except ReaderGone:
        return DONE
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        from terminal.runtime.usage_errors import in_our_words

        complain(setup, in_our_words(error))
        return USAGE
    except click.Abort:
        click.echo(setup.page.say(text("Stopped.")), err=True)
        return FAILED
    except Exception as error:
        if _is_a_closed_pipe(error):
            return DONE
        if setup.debug:
            raise
        complain(setup, _in_the_way(setup) or _damage(error, setup) or _unforeseen(error))
        return FAILED


def _to_repeat(error: MijlpaalError, arguments: list[str], setup: Setup) -> str | None:
    """Return the command to repeat if its outcome is unknown; print that it is."""
    from workflow.storage.errors import OutcomeUnknown

    if not isinstance(error, OutcomeUnknown):
        return None
    from terminal.runtime.repeat_command import advice_to_repeat, typed_again

    line = typed_again([_decoded(each) for each in arguments], setup.own_key)
    error.advice = advice_to_repeat(line, setup.own_key or setup.given_key)
    return line


def _is_a_closed_pipe(error: Exception) -> bool:
    """Return whether an error means that the reader is gone; Windows has another code for it."""
    return isinstance(error, OSError) and error.errno == errno.EINVAL and os.name == "nt"


def _print_quietly(answer: str) -> int:
    """Print an answer for a shell in UTF-8 with plain line ends, whatever the terminal's."""
    with suppress(OSError):
        click.echo(answer.encode(), nl=bool(answer))
    return DONE


def _invoke(program: click.Command, arguments: list[str], setup: Setup) -> int:
    words = [_decoded(argument) for argument in arguments]
    setup.lang = _language_in(words)
    result = program.main(
        words, prog_name=PROGRAM, complete_var=COMPLETE, standalone_mode=False, obj=setup
    )
    return result if isinstance(result, int) else DONE


def _language_in(words: list[str]) -> str | None:
    """Return the language in --lang, for errors that come before options are parsed."""
    options = words[: words.index("--")] if "--" in words else words
    for word, value in zip(options, [*options, ""][1:], strict=True):
        name, _, given = word.partition("=")
        if name == "--lang" and (given or value) in LANGUAGES:
            return given or value
    return None


def _decoded(argument: str) -> str:
    """Return an argument as the UTF-8 it is, also where the locale is a poorer one."""
    raw = os.fsencode(argument)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Wrong(
            text("“{argument}” is not text in UTF-8.", argument=raw.decode(errors="replace")),
            advice=text("Set the terminal, or the file it came from, to UTF-8."),
        ) from None


def _in_the_way(setup: Setup) -> MijlpaalError | None:
    """Return that another distribution wrote over a file of ours, where one did."""
    from mijlpaal import among_ours

    found = among_ours()
    if found is None:
        return None
    what, how = found.sentences(setup.page.language)
    return MijlpaalError(text("{why}", why=what), advice=text("{why}", why=how))


def _damage(error: Exception, setup: Setup) -> MijlpaalError | None:
    """Return the damage in the opened database; None if it is intact.

    A damaged row can cause any error later, so that is checked first.
    """
    if setup.opened is None or isinstance(error, OSError):
        return None
    from workflow.storage.errors import DatabaseProblem
    from workflow.storage.opening import open_existing
    from workflow.verify import first_damage

    try:
        with open_existing(setup.opened) as database:
            return first_damage(database)
    except DatabaseProblem as problem:
        return problem
    except Exception:  # noqa: BLE001 - what went wrong first is said
        return None


def _unforeseen(error: Exception) -> MijlpaalError:
    if isinstance(error, OSError):
        return MijlpaalError(text("The system says: {why}.", why=reason_of(error)))
    what = f"{type(error).__name__}: {error}"
    return MijlpaalError(
        text("Something went wrong that we did not foresee ({what}).", what=what),
        advice=text("With --debug you see where; please report it."),
    )
