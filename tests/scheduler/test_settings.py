"""Settings: what may be said, where, and what is answered to what cannot be."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.settings import (
    MOST_BYTES,
    NO_SENDER,
    MailSettings,
    ReminderSettings,
    Security,
    Settings,
    SettingsInvalid,
    read_settings,
)
from screens.page import Page
from tests.support.building import DOCS

Reading = Callable[..., Settings]
SERVER = 'host = "mail.example"\nsender = "griffie@drechtsteden.example"\n'
HERE = '[mail]\nhost = "127.0.0.1"\nsender = "a@b.example"\n'


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Return what reads settings from a file with these lines, and an environment."""

    def read(lines: str = "", **environment: str) -> Settings:
        file = tmp_path / "settings.toml"
        file.write_text(lines, encoding="utf-8")
        variables = {f"MIJLPAAL_{name}": value for name, value in environment.items()}
        return read_settings(variables, file)

    return read


# --- what may be said --------------------------------------------------------------------------


def test_nothing_has_to_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare laptop has no file: letters go in a folder, from nobody that exists."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    mail = read_settings({}).mail
    assert (None, NO_SENDER, "nl") == (mail.host, mail.sender, mail.language)
    assert "mail" == mail.own_folder.name


def test_what_is_said_of_reminders_when_nothing_is() -> None:
    """The waits are those of the design."""
    reminders = Settings().reminders
    assert ["0:01:00", "0:05:00", "0:15:00", "1:00:00", "4:00:00"] == [
        str(each) for each in reminders.retry
    ]
    assert timedelta(hours=24) == reminders.give_up


def test_a_file(reading: Reading) -> None:
    """Its sections are ours, its times are written as people write them."""
    settings = reading(f'[mail]\n{SERVER}timeout = "10s"\n[reminders]\nretry = ["30s", "2h"]\n')
    assert "mail.example" == settings.mail.host
    assert timedelta(seconds=10) == settings.mail.timeout
    assert (timedelta(seconds=30), timedelta(hours=2)) == settings.reminders.retry


def test_the_environment_wins_from_the_file(reading: Reading) -> None:
    """Setting by setting: the rest of the file stays."""
    settings = reading(
        f"[mail]\n{SERVER}",
        MAIL_HOST="other.example",
        MAIL_SENDER_NAME="Griffie",
        REMINDERS_RETRY="1m, 2m",
        REMINDERS_JITTER="0.25",
    )
    assert ("other.example", "Griffie") == (settings.mail.host, settings.mail.sender_name)
    assert "griffie@drechtsteden.example" == settings.mail.sender
    assert (timedelta(minutes=1), timedelta(minutes=2)) == settings.reminders.retry
    assert 0.25 == settings.reminders.jitter


def test_an_empty_variable_says_nothing(reading: Reading) -> None:
    """So that a container can pass on what may not be set."""
    assert "mail.example" == reading(f"[mail]\n{SERVER}", MAIL_HOST="").mail.host


def test_other_variables_of_the_program_are_not_settings(reading: Reading) -> None:
    """Who asks, and in which language, is not of this file."""
    assert Settings() == reading(LANG="nl", ACTOR="griffier", DATABASE_URL="x.sqlite3")


def test_the_process_environment_is_not_read(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what we are given counts."""
    monkeypatch.setenv("MIJLPAAL_MAIL_HOST", "elsewhere.example")
    assert reading().mail.host is None


@pytest.mark.parametrize(
    ("host", "security", "kept_by", "port"),
    [
        ("mail.example", None, Security.STARTTLS, 587),
        ("mail.example", "tls", Security.TLS, 465),
        ("localhost", None, Security.NONE, 25),
        ("127.8.9.10", None, Security.NONE, 25),
        ("::1", None, Security.NONE, 25),
        ("127.0.0.1", "starttls", Security.STARTTLS, 587),
        ("10.0.0.1", None, Security.STARTTLS, 587),
    ],
)
def test_how_the_connection_is_secured(
    reading: Reading, host: str, security: str | None, kept_by: Security, port: int
) -> None:
    """With TLS, but for a server on this machine; the port goes with it."""
    said = f'security = "{security}"\n' if security else ""
    mail = reading(f'[mail]\nhost = "{host}"\nsender = "a@b.example"\n{said}').mail
    assert (kept_by, port) == (mail.kept_by, mail.at_port)


def test_the_id_of_a_letter_ends_in_the_domain_of_its_sender(reading: Reading) -> None:
    """Unless another one is named."""
    assert "drechtsteden.example" == reading(f"[mail]\n{SERVER}").mail.id_domain
    assert "x.example" == reading(f'[mail]\n{SERVER}domain = "X.example"').mail.id_domain


def test_a_path_in_the_environment_may_begin_where_one_stands(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As any path on a command line; one in the file has to be whole."""
    monkeypatch.chdir(tmp_path)
    assert tmp_path / "mail" == reading(MAIL_FOLDER="mail").mail.folder


def test_the_home_of_nobody_is_no_home(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a name as any other: from the environment where one stands, in the file not whole."""
    monkeypatch.chdir(tmp_path)
    folder = "~nobody-of-that-name/mail"
    assert tmp_path / folder == reading(MAIL_FOLDER=folder).mail.folder
    with pytest.raises(SettingsInvalid, match="write the whole path"):
        reading(f"[mail]\nfolder = '{folder}'")


def test_the_settings_that_the_documentation_shows() -> None:
    """They can be used as they stand, and say what the page says of the rest."""
    settings = read_settings({}, DOCS / "examples" / "settings.toml")
    assert ("mail.example", 587) == (settings.mail.host, settings.mail.at_port)
    assert Settings().reminders == settings.reminders


def test_the_documentation_has_every_setting() -> None:
    """A row for each, and no other."""
    page = (DOCS / "running-it" / "mail.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE)
    named = {name.strip("`") for row in rows for name in row.split(", ")}
    assert {*MailSettings.model_fields, *ReminderSettings.model_fields} == named


# --- secrets -----------------------------------------------------------------------------------


def test_a_password_is_read_from_its_file(reading: Reading, tmp_path: Path) -> None:
    """Anew each time, without the end of its line; no setting shows it."""
    secret = tmp_path / "password"
    secret.write_text("hunter é2 \n", encoding="utf-8")
    mail = reading(f'{HERE}user = "u"', MAIL_PASSWORD_FILE=str(secret)).mail
    assert "hunter é2 " == mail.password()
    assert "hunter" not in repr(mail)
    secret.write_text("other", encoding="utf-8")
    assert "other" == mail.password()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            None,
            "The secret that “password_file” names cannot be read from {file}: "
            "No such file or directory.",
        ),
        (b"\n", "Nothing is in {file}, which “password_file” names."),
        (b"\xff\xfe", "The file that “password_file” names does not contain text."),
    ],
)
def test_a_password_that_cannot_be_read(
    reading: Reading, tmp_path: Path, content: bytes | None, said: str
) -> None:
    """The sentence names the file, never what is in it."""
    secret = tmp_path / "password"
    if content is not None:
        secret.write_bytes(content)
    mail = reading(f"{HERE}user = 'u'\npassword_file = '{secret}'").mail
    with pytest.raises(SettingsInvalid) as refused:
        mail.password()
    assert said.format(file=secret) == str(refused.value)


# --- what cannot be ----------------------------------------------------------------------------

WRONG = {
    "[mail]\nhots = 'x'": "mail.hots: There is no such setting. Did you mean “host”?",
    "[mial]\n": "mial: There is no such setting. Did you mean “mail”?",
    "mail = 3": "mail: Expected keys and values, not 3.",
    "[mail]\npassword = 'geheim'": (
        "mail.password: A secret does not stand among the settings. Write it in a file of its own, "
        "and name that in “password_file”."
    ),
    "[mail]\nport = 0": "mail.port: Expected 1 or more, not 0.",
    "[mail]\nport = true": "mail.port: Expected a whole number, not true.",
    "[mail]\nport = 'smtp'": "mail.port: Expected a whole number, not “smtp”.",
    "[mail]\nport = [1]": "mail.port: Expected a whole number, not [1].",
    "[mail]\nhost = 'https://x'": "mail.host: “https://x” is not the name of a machine.",
    "[mail]\nhost = 3": "mail.host: Expected text, not 3.",
    "[mail]\nhost = 'mail.example'": (
        "mail: A mail server needs a “sender”: the address that letters come from."
    ),
    "[mail]\nsecurity = 'ssl'": "mail.security: Expected one of: starttls, tls, none; not “ssl”.",
    f"[mail]\n{SERVER}security = 'none'": (
        "mail: “security” is “none” only for a server on this machine; write “starttls” or “tls”."
    ),
    "[mail]\nclient_secret = 'geheim'": (
        "mail.client_secret: A secret does not stand among the settings. Write it in a file of its "
        "own, and name that in “client_secret_file”."
    ),
    "[mail]\nuser = 'x'": (
        "mail: “user” needs a “password_file”; or, with OAuth, “token_url”, “client_id” and "
        "“client_secret_file”. Leave it out where the server lets this machine send without "
        "logging in."
    ),
    "[mail]\npassword_file = '/x'": (
        "mail: “user” and “password_file” go together: one of them is missing."
    ),
    "[mail]\nuser = 'x'\npassword_file = '/x'\nclient_id = 'y'": (
        "mail: Log in with a password or with OAuth: “password_file” or “client_id”."
    ),
    "[mail]\nuser = 'x'\ntoken_url = 'https://login.example/token'": (
        "mail: To log in with OAuth, also needed: “client_id”, “client_secret_file”."
    ),
    "[mail]\nscope = 'x'": (
        "mail: To log in with OAuth, also needed: “user”, “token_url”, “client_id”, "
        "“client_secret_file”."
    ),
    "[mail]\ntoken_url = 'login.example'": (
        "mail.token_url: Expected an address such as https://login.example/token."
    ),
    "[mail]\ntoken_url = 'http://login.example/token'": (
        "mail.token_url: Expected an address that begins with https://; http:// is for this "
        "machine only."
    ),
    "[mail]\ntoken_url = 'https://u:geheim@login.example/token'": (
        "mail.token_url: Expected an address without a user, a password or a “#” in it."
    ),
    "[mail]\nclient_id = 'é'": "mail.client_id: Expected letters, digits and signs of ASCII.",
    "[mail]\npassword_file = 'geheim'": (
        "mail.password_file: Expected the whole path of a file, which does not depend on where one "
        "stands. The secret itself stands in that file."
    ),
    "[mail]\nlanguage = 'fr'": "mail.language: Expected one of: en, nl; not “fr”.",
    "[mail]\nfolder = 'letters'": (
        "mail.folder: “letters” depends on where one stands: write the whole path."
    ),
    "[mail]\nfolder = 7": "mail.folder: Expected a path, not 7.",
    "[mail]\nsender = 'griffie'": ("mail.sender: “griffie” is no mail address: it has no @."),
    '[mail]\nsender_name = "a\\nb"': "mail.sender_name: “a\nb” has signs in it that nobody sees. "
    "Leave out U+000A (LINE FEED).",
    "[mail]\ndomain = 'a b'": "mail.domain: “a b” is not a domain.",
    "[mail]\ntimeout = 30": ("mail.timeout: Expected a time such as 30s, 15m, 4h or 1d, not 30."),
    "[mail]\ntimeout = '1h'": "mail.timeout: Expected a time from 1s to 5m.",
    "[reminders]\nretry = []": "reminders.retry: Expected times such as “1m 5m 1h”, not [].",
    "[reminders]\nretry = '1x'": (
        "reminders.retry: Expected a time such as 30s, 15m, 4h or 1d, not “1x”."
    ),
    "[reminders]\njitter = 2.0": "reminders.jitter: Expected 0.5 or less, not 2.0.",
    "[reminders]\njitter = 'much'": "reminders.jitter: Expected a number, not “much”.",
}


@pytest.mark.parametrize("lines", WRONG)
def test_what_is_wrong_in_a_file(reading: Reading, tmp_path: Path, lines: str) -> None:
    """The sentence says what, where, and what to write."""
    with pytest.raises(SettingsInvalid) as refused:
        reading(lines)
    assert f"{tmp_path / 'settings.toml'}: {WRONG[lines]}" == str(refused.value)


def test_what_is_wrong_in_the_environment(reading: Reading) -> None:
    """The variable is named, not the file."""
    with pytest.raises(SettingsInvalid) as refused:
        reading("[mail]\nport = 25", MAIL_PORT="x", MAIL_PASSWORD="geheim", REMINDERS_POLL="0s")
    assert [
        "MIJLPAAL_MAIL_PORT: Expected a whole number, not “x”.",
        "MIJLPAAL_MAIL_PASSWORD: There is no such setting. Write it in a file of its own, and name "
        "that in “password_file”.",
        "MIJLPAAL_REMINDERS_POLL: Expected a time such as 30s, 15m, 4h or 1d, not “0s”.",
    ] == [str(each) for each in refused.value.problems]
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "environment", "place"),
    [
        ("", {"MAIL_HOST": "localhost"}, "MIJLPAAL_MAIL_HOST: A mail server needs"),
        (
            "[mail]\nport = 25",
            {"MAIL_HOST": "localhost", "MAIL_USER": "x", "MAIL_SENDER": ""},
            "MIJLPAAL_MAIL_HOST: A mail server needs",
        ),
        (
            f"[mail]\n{SERVER}",
            {"MAIL_SECURITY": "none"},
            "MIJLPAAL_MAIL_SECURITY, {file}: mail: “security” is “none” only",
        ),
        (
            "",
            {"MAIL_USER": "x", "MAIL_FOLDER": "/"},
            "MIJLPAAL_MAIL_USER: “user” needs a “password_file”",
        ),
        ("", {"MAIL_TIMEOUT": "1m"}, "MIJLPAAL_MAIL_TIMEOUT: “reminders.lease” has to be"),
        ("[reminders]\nlease='1m'", {}, "{file}: “reminders.lease” has to be"),
    ],
)
def test_what_does_not_fit_together_is_named_where_it_was_given(
    reading: Reading, tmp_path: Path, lines: str, environment: dict[str, str], place: str
) -> None:
    """The variables and the file that it came from, and no file that says nothing of it."""
    with pytest.raises(SettingsInvalid) as refused:
        reading(lines, **environment)
    assert str(refused.value).startswith(place.format(file=tmp_path / "settings.toml"))


def test_a_whole_section_in_a_variable(reading: Reading) -> None:
    """Settings are named one by one."""
    with pytest.raises(SettingsInvalid) as refused:
        reading(MAIL="{}")
    assert "MIJLPAAL_MAIL: Expected keys and values, not a text." == str(refused.value)


def test_templates_that_are_not_there(reading: Reading, tmp_path: Path) -> None:
    """Somebody thinks that they are used."""
    with pytest.raises(SettingsInvalid, match="There is no folder"):
        reading(MAIL_TEMPLATES=str(tmp_path / "nowhere"))


def test_a_lease_outlasts_the_slowest_sending(reading: Reading) -> None:
    """Else another node would send a letter that is still being taken."""
    with pytest.raises(SettingsInvalid, match=r"“reminders\.lease” has to be 10m or more"):
        reading('[mail]\ntimeout = "1m"')
    longer = reading('[mail]\ntimeout = "1m"\n[reminders]\nlease = "10m"')
    assert timedelta(minutes=10) == longer.reminders.lease


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[mail]\nhost = x", ":2:8: this is not TOML."),
        (b"[mail", " is not TOML: it ends too soon."),
        (b"\xff", " is not text in UTF-8."),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    """The sentence says where it stops to be one."""
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsInvalid) as refused:
        read_settings({}, file)
    assert f"{file}{said}" == str(refused.value)


DEEP = (
    "{file}: lists or tables are nested too deeply here; settings are “name = value” under [mail]"
)


@pytest.mark.parametrize("depth", [400, 600, 3_000, 20_000])
@pytest.mark.parametrize("form", ["x = {}{}", "[mail]\nhost = {}{}"])
def test_a_file_that_is_nested_deeply(tmp_path: Path, depth: int, form: str) -> None:
    """It is said which file, whatever gives up first: what reads it, or what says what is wrong."""
    file = tmp_path / "settings.toml"
    for opens, closes in (("[", "]"), ("{a = ", "}")):
        written = form.format(opens * depth, closes * depth)
        file.write_text(written if len(written) < MOST_BYTES else written[:MOST_BYTES])
        with pytest.raises(SettingsInvalid) as refused:
            read_settings({}, file)
        plain = str(refused.value)
        deep = plain.startswith(DEEP.format(file=file))
        assert deep or (depth == 400 and plain.startswith(f"{file}: "))


@pytest.mark.parametrize("name", ["/dev/zero", "settings.toml"])
def test_a_file_without_end(tmp_path: Path, name: str) -> None:
    """No more of it is read than settings can have."""
    file = tmp_path / name
    if file.parent == tmp_path:
        file.write_text("#" * (MOST_BYTES + 1))
    with pytest.raises(SettingsInvalid, match="has more than 50000 bytes: no settings"):
        read_settings({}, file)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    """One that was named is read, or said not to be."""
    with pytest.raises(SettingsInvalid, match=r"cannot be read .*: Is a directory"):
        read_settings({}, tmp_path)


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    """Somebody thinks that it is read."""
    with pytest.raises(SettingsInvalid, match=r"cannot be read .*: No such file or directory"):
        read_settings({}, tmp_path / "settings.toml")


def test_what_is_wrong_is_said_in_dutch(reading: Reading) -> None:
    """As everything else."""
    with pytest.raises(SettingsInvalid) as refused:
        reading(MAIL_HOTS="x")
    said = Page("nl").say(refused.value.sentence)
    assert "MIJLPAAL_MAIL_HOTS: Zo'n instelling is er niet. Bedoelt u “host”?" == said
