"""The settings of the mail, and the way by which letters go."""

from collections.abc import Iterator
from pathlib import Path

from definitions.language.text import Text, text
from scheduler.mail.letters import Writer
from scheduler.mail.trial import trial, trial_letter
from scheduler.settings import MailSettings, Settings, SettingsInvalid, Way, read_settings
from screens.page import spoken
from terminal.runtime.setup import Setup
from workflow.model.mail_address import mailbox
from workflow.storage.health import Check

SETTINGS = "MIJLPAAL_SETTINGS"
"""The variable that names the settings file, if it is not the user's own."""
_NO_SERVER = text("no mail server is set: letters are put in this folder, and not sent")


def settings_of(setup: Setup) -> Settings:
    """Read the settings of this installation.

    Raises:
        SettingsInvalid: something in them is wrong; all of it is said at once.
    """
    named = setup.environment.get(SETTINGS)
    return read_settings(setup.environment, Path(named) if named else None)


def writer_of(settings: Settings) -> Writer:
    """Return the writer of letters with this installation's settings."""
    return Writer(settings.mail, spoken)


def settings_checks(setup: Setup) -> list[Check]:
    """Return a check for each error in the settings; empty if they can be used."""
    try:
        settings_of(setup)
    except SettingsInvalid as error:
        number = len(error.problems)
        return [
            Check("settings", f"{at}/{number}", well=False, remark=problem)
            for at, problem in enumerate(error.problems, 1)
        ]
    return []


def mail_way(setup: Setup) -> Check:
    """Return the way by which letters leave, without trying it."""
    mail = settings_of(setup).mail
    remark = _by_which(mail)
    if mail.host:
        remark = text("{way}; not tried, as mijlpaal doctor --mail does", way=remark)
    return Check("mail", _where(mail), well=True, remark=remark)


def mail_trial(setup: Setup, to: str | None) -> Iterator[Check]:
    """Try the way by which letters go, step by step, and yield it and how each step went.

    Args:
        to: whom a test letter is sent to; None sends none.

    Raises:
        UnusableAddress: nothing can be sent to that.
    """
    if to is not None:
        mailbox(to)
    mail = settings_of(setup).mail
    yield Check("mail", _where(mail), well=True, remark=_by_which(mail))

    def letter(address: str) -> bytes:
        return trial_letter(mail, address, (setup.new_id(), setup.clock()), setup.page.say)

    for step in trial(mail, letter, to):
        yield Check(
            step.stage.value,
            step.with_,
            step.well,
            remark=step.said,
            temporary=step.temporary and not step.well,
        )


def _by_which(mail: MailSettings) -> Text:
    """Return the way by which letters leave."""
    ways = {
        Way.FOLDER: _NO_SERVER,
        Way.RELAY: text("a mail server, without logging in"),
        Way.PASSWORD: text("a mail server, with a user and a password"),
        Way.OAUTH: text("a mail server, with a user and a token (OAuth)"),
    }
    return ways[mail.way]


def _where(mail: MailSettings) -> str:
    """Return where letters go: a mail server, or a folder."""
    return f"{mail.host}:{mail.at_port}" if mail.host else str(mail.folder or mail.own_folder)
