"""Settings of this installation: the mail server, whom its letters come from, when to try again.

They stand in a TOML file and in the environment, where ``MIJLPAAL_MAIL_HOST`` is ``host`` under
``[mail]``; the environment wins. A secret stands in neither, but in a file of its own.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from definitions.files import path_of
from definitions.language.errors import InvalidValue, reason_of
from definitions.language.naming import PROGRAM, did_you_mean, shown
from definitions.language.text import Text, text
from definitions.language.values import replace
from scheduler.secrets import NoSecret, read_secret
from scheduler.setting_values import (
    Address,
    AnyPath,
    Domain,
    Folder,
    Host,
    Language,
    Name,
    Port,
    SecretPath,
    Span,
    Spans,
    TokenUrl,
    Visible,
    between,
    is_loopback,
    unfit,
    written_out,
)

FILE = "settings.toml"
PREFIX = "MIJLPAAL_"
NO_SENDER = "mijlpaal@mijlpaal.invalid"
"""The sender of letters if none is set and nothing is sent (RFC 2606)."""
PATHS = {"ca_file", "client_secret_file", "folder", "password_file", "templates"}
"""The settings of mail that are paths."""
LONGEST_DOMAIN = 160
"""How many characters can end the id of a letter: so long an id is kept."""
MOST_BYTES = 50_000
"""The most that a file of settings has; ours, with all its comments, has a twentieth of that."""
OAUTH = ("token_url", "client_id", "client_secret_file", "client_secret", "scope")
"""The settings of logging in with a token."""
STEPS = 10
"""How many times a sending waits for the server at most, each time for as long as ``timeout``."""


class Security(StrEnum):
    """How the connection to the mail server is kept to ourselves."""

    STARTTLS = "starttls"
    """TLS from the first command on, or nothing is sent."""
    TLS = "tls"
    """TLS from the first byte on."""
    NONE = "none"
    """Not at all: only to a server on this machine."""


class Way(StrEnum):
    """The way by which letters leave, and how we log in."""

    FOLDER = "folder"
    """Into a folder: no mail server is set."""
    RELAY = "relay"
    """By a server that lets this machine send without logging in."""
    PASSWORD = "password"  # noqa: S105 - what is logged in with, and no password
    """With a user and a password."""
    OAUTH = "oauth"
    """With a user, and a token that a token endpoint gives out (OAuth 2.0, client credentials)."""


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


class SettingsInvalid(InvalidValue):
    """Settings cannot be used, with everything that is wrong in them at once.

    Cause: the file, or the environment. Remedy: each sentence names the place. Exit code 2.
    """

    def __init__(self, problems: Iterable[Text]) -> None:
        """Keep the problems, each with its place and what would mend it."""
        self.problems = tuple(problems)
        if len(self.problems) == 1:
            super().__init__(self.problems[0])
        else:
            number = len(self.problems)
            super().__init__(text("The settings have {n} faults and cannot be used.", n=number))
            self.details = self.problems


# --- sections ----------------------------------------------------------------------------------


class MailSettings(BaseModel):
    """``[mail]``: the way by which letters leave, and their sender.

    Attributes:
        host: the mail server; without one, letters are put in a folder.
        port: the port; 587, 465 or 25 by default, depending on ``security``.
        security: STARTTLS by default, except for a server on this machine.
        ca_file: certificates to trust, if the server's is not from a known authority.
        user: the user name; without one, we do not log in.
        password_file: a file with only the password.
        token_url: the token endpoint, for logging in with a token instead of a password.
        client_id: our id at the token endpoint.
        client_secret_file: a file with only the secret of that id.
        client_secret: that secret itself; from the environment only.
        scope: the scope of the token.
        timeout: the time-out for each answer of the server.
        sender: the sender's address.
        sender_name: the sender's name.
        domain: the end of each letter's id; by default the sender's domain.
        language: the language for recipients without one.
        folder: the folder for letters if there is no server; by default our own.
        templates: a folder with templates that replace ours.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Host | None = None
    port: Port | None = None
    security: Security | None = None
    ca_file: AnyPath | None = None
    user: Name | None = None
    password_file: SecretPath | None = None
    token_url: TokenUrl | None = None
    client_id: Visible | None = None
    client_secret_file: SecretPath | None = None
    client_secret: SecretStr | None = None
    scope: Visible | None = None
    timeout: Annotated[Span, between(timedelta(seconds=1), timedelta(minutes=5))] = timedelta(
        seconds=30
    )
    sender: Address = NO_SENDER
    sender_name: Name = PROGRAM
    domain: Domain | None = None
    language: Language = "nl"
    folder: AnyPath | None = None
    templates: Folder | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.host is not None and self.sender == NO_SENDER:
            said = text("A mail server needs a “sender”: the address that letters come from.")
            raise unfit(said, "mail.host", "mail.sender")
        if self.security is Security.NONE and not self.on_this_machine:
            raise unfit(
                text(
                    "“security” is “none” only for a server on this machine; write “starttls” or "
                    "“tls”."
                ),
                "mail.security",
                "mail.host",
            )
        if len(self.id_domain) > LONGEST_DOMAIN:
            raise unfit(
                text(
                    "A “domain” has at most {most} characters, and without one that of “sender” is "
                    "taken.",
                    most=LONGEST_DOMAIN,
                )
            )
        self._check_login()
        return self

    def _check_login(self) -> None:
        """Refuse half a way of logging in, and two of them.

        Raises:
            PydanticCustomError: which names the settings concerned.
        """
        given = [name for name in OAUTH if getattr(self, name) is not None]
        if not given:
            self._check_password()
            return
        about = [f"mail.{name}" for name in given]
        if self.password_file is not None:
            said = text("Log in with a password or with OAuth: “password_file” or {names}.")
            said = replace(said, values={"names": [f"“{name}”" for name in given]})
            raise unfit(said, "mail.password_file", *about)
        if self.client_secret_file is not None and self.client_secret is not None:
            said = text("Give the secret once: in a file, or in the environment.")
            raise unfit(said, "mail.client_secret_file", "mail.client_secret")
        secrets = ("client_secret_file", "client_secret")
        lacking = [name for name in ("user", "token_url", "client_id") if name not in self._said]
        if not any(name in given for name in secrets):
            lacking.append("client_secret_file")
        if lacking:
            said = text(
                "To log in with OAuth, also needed: {names}.",
                names=[f"“{name}”" for name in lacking],
            )
            raise unfit(said, *about)

    def _check_password(self) -> None:
        if (self.user is None) == (self.password_file is None):
            return
        said = text("“user” and “password_file” go together: one of them is missing.")
        if self.password_file is None:
            said = text(
                "“user” needs a “password_file”; or, with OAuth, “token_url”, “client_id” and "
                "“client_secret_file”. Leave it out where the server lets this machine send "
                "without logging in."
            )
        raise unfit(said, "mail.user", "mail.password_file")

    @property
    def _said(self) -> set[str]:
        """The settings that have a value."""
        return {name for name in type(self).model_fields if getattr(self, name) is not None}

    @property
    def token_host(self) -> str:
        """The machine that tokens come from; the rest of its address may hold a secret."""
        return urlsplit(self.token_url or "").hostname or ""

    @property
    def way(self) -> Way:
        """The way by which letters leave."""
        if self.host is None:
            return Way.FOLDER
        if self.token_url is not None:
            return Way.OAUTH
        return Way.RELAY if self.user is None else Way.PASSWORD

    @property
    def on_this_machine(self) -> bool:
        """Whether what goes to the server does not leave this machine."""
        return self.host is None or is_loopback(self.host)

    @property
    def kept_by(self) -> Security:
        """How the connection is secured."""
        return self.security or (Security.NONE if self.on_this_machine else Security.STARTTLS)

    @property
    def at_port(self) -> int:
        """The port of the server."""
        return self.port or PORTS[self.kept_by]

    @property
    def id_domain(self) -> str:
        """What ends the id of each letter."""
        return self.domain or self.sender.rpartition("@")[2]

    @property
    def own_folder(self) -> Path:
        """The folder for letters as files where none is named."""
        return user_data_path(PROGRAM) / "mail"

    def password(self) -> str | None:
        """Read the password from its file, anew each time: it may have been changed.

        Raises:
            SettingsInvalid: the file cannot be read, or there is nothing in it.
        """
        if self.password_file is None:
            return None
        return _secret_in(self.password_file, "password_file")

    def secret_of_client(self) -> str:
        """Return the secret of the client, from its file anew each time, or the environment.

        Raises:
            SettingsInvalid: the file cannot be read, or there is nothing in it.
        """
        if self.client_secret is not None:
            return self.client_secret.get_secret_value()
        if self.client_secret_file is None:
            return ""
        return _secret_in(self.client_secret_file, "client_secret_file")


def _secret_in(file: Path, setting: str) -> str:
    try:
        return read_secret(file, setting)
    except NoSecret as error:
        raise SettingsInvalid([error.sentence]) from None


class ReminderSettings(BaseModel):
    """``[reminders]``: how often to look, and when to retry.

    Attributes:
        poll: the longest pause between two looks.
        lease: how long a node holds a letter that it sends; then others may.
        retry: the pauses after failed attempts; the last one repeats.
        jitter: the fraction by which a pause may be longer, at random, to spread the load.
        give_up: how long to retry at least before a letter counts as undelivered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    poll: Annotated[Span, between(timedelta(seconds=1), timedelta(hours=1))] = timedelta(minutes=1)
    lease: Annotated[Span, between(timedelta(seconds=10), timedelta(days=1))] = timedelta(minutes=5)
    retry: Spans = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
    )
    jitter: Annotated[float, Field(ge=0, le=0.5)] = 0.2
    give_up: Annotated[Span, between(timedelta(hours=1), timedelta(days=30))] = timedelta(hours=24)


class Settings(BaseSettings):
    """All settings; by itself it reads nothing, see ``read_settings``."""

    model_config = SettingsConfigDict(
        enable_decoding=False,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
    )

    mail: MailSettings = MailSettings()
    reminders: ReminderSettings = ReminderSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings gives these by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Use only the given values, nothing from the environment."""
        return (init_settings,)

    @model_validator(mode="after")
    def _lease_outlasts_a_sending(self) -> Self:
        least = STEPS * self.mail.timeout
        if self.reminders.lease < least:
            raise unfit(
                text(
                    "“reminders.lease” has to be {least} or more, or a letter is sent twice while "
                    "a slow server takes it; or make “mail.timeout” shorter.",
                    least=written_out(least),
                ),
                "reminders.lease",
                "mail.timeout",
            )
        return self


# --- reading -----------------------------------------------------------------------------------


class _Environment(EnvSettingsSource):
    """The variables we were given, instead of those of the process."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in environment.items() if value}


def own_file() -> Path:
    """Return the settings file of this user."""
    return user_config_path(PROGRAM) / FILE


def read_settings(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings: the file first, and over it the environment.

    Args:
        environment: variables, of which those that begin with ``MIJLPAAL_`` count.
        file: the file; this user's own where none is named, which need not be there.

    Raises:
        SettingsInvalid: with everything that is wrong.
    """
    chosen = own_file() if file is None else file
    written = _written(chosen, needed=file is not None)
    said = _from_here(_Environment(environment)())
    try:
        return _settings(chosen, written, said)
    except RecursionError:
        raise SettingsInvalid([_too_deep(chosen)]) from None


def _settings(file: Path, written: dict[str, Any], said: dict[str, Any]) -> Settings:
    written, misplaced = _without_secrets(file, written)
    try:
        settings = Settings(**_joined(written, said))
    except ValidationError as error:
        problems = [*misplaced, *_problems(error, file, written, said)]
        raise SettingsInvalid(problems) from None
    if misplaced:
        raise SettingsInvalid(misplaced)
    return settings


def _without_secrets(file: Path, written: dict[str, Any]) -> tuple[dict[str, Any], list[Text]]:
    """Return the written settings without secrets, and the error of each secret."""
    mail = written.get("mail")
    found = sorted(_SECRETS & mail.keys()) if isinstance(mail, dict) else []
    if not isinstance(mail, dict) or not found:
        return written, []
    rest = {name: value for name, value in mail.items() if name not in found}
    wrong = [
        text(
            "{file}: {setting}: A secret does not stand among the settings. Write it in a file of "
            "its own, and name that in “{name}_file”.",
            file=str(file),
            setting=f"mail.{name}",
            name=name,
        )
        for name in found
    ]
    return {**written, "mail": rest}, wrong


def _from_here(said: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the environment, with relative paths made absolute."""
    mail = said.get("mail")
    if isinstance(mail, dict):
        here = {name: str(path_of(mail[name]).absolute()) for name in PATHS & mail.keys()}
        return {**said, "mail": {**mail, **here}}
    return said


def _written(file: Path, *, needed: bool) -> dict[str, Any]:
    """Return the settings in a file; empty if it is missing and optional."""
    try:
        return tomllib.loads(_content(file)) if needed or file.is_file() else {}
    except TOMLDecodeError as error:
        said = _no_toml(file, str(error))
    except RecursionError:
        said = _too_deep(file)
    except UnicodeDecodeError:
        said = text("{file} is not text in UTF-8.", file=str(file))
    except OSError as error:
        said = text(
            "The settings cannot be read from {file}: {why}.", file=str(file), why=reason_of(error)
        )
    raise SettingsInvalid([said])


def _content(file: Path) -> str:
    """Return the content of a file as text.

    Raises:
        SettingsInvalid: it is too large for a file of settings.
        OSError: it cannot be read.
        UnicodeDecodeError: it is not text.
    """
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        said = text("{file} has more than {most} bytes: no settings.", file=file, most=MOST_BYTES)
        raise SettingsInvalid([said])
    return content.decode()


def _too_deep(file: Path) -> Text:
    return text(
        "{file}: lists or tables are nested too deeply here; settings are “name = value” under "
        "[mail] or [reminders].",
        file=str(file),
    )


def _no_toml(file: Path, why: str) -> Text:
    found = re.search(r"line (\d+), column (\d+)", why)
    if found is None:
        return text("{file} is not TOML: it ends too soon.", file=str(file))
    line, column = found.groups()
    return text(
        "{file}:{line}:{column}: this is not TOML.", file=str(file), line=line, column=column
    )


def _joined(written: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return written settings, overridden by others one by one."""
    both = dict(written)
    for section, values in said.items():
        below = both.get(section, {})
        both[section] = {**below, **values} if _mappings(below, values) else values
    return both


def _mappings(*values: object) -> bool:
    return all(isinstance(each, dict) for each in values)


# --- what is wrong -----------------------------------------------------------------------------

_SENTENCES = {
    "extra_forbidden": text("There is no such setting."),
    "enum": text("Expected one of: {choices}; not {value}."),
    "string_type": text("Expected text, not {value}."),
    "string_too_long": text("This is too long."),
    "model_type": text("Expected keys and values, not {value}."),
    "model_attributes_type": text("Expected keys and values, not {value}."),
    "dict_type": text("Expected keys and values, not {value}."),
    "greater_than_equal": text("Expected {ge} or more, not {value}."),
    "less_than_equal": text("Expected {le} or less, not {value}."),
    "int_type": text("Expected a whole number, not {value}."),
    "int_parsing": text("Expected a whole number, not {value}."),
    "float_type": text("Expected a number, not {value}."),
    "float_parsing": text("Expected a number, not {value}."),
}
_SECRETS = {"password", "client_secret"}


def _problems(
    error: ValidationError, file: Path, written: Mapping[str, Any], said: Mapping[str, Any]
) -> Iterator[Text]:
    for detail in error.errors(include_url=False):
        path = tuple(str(step) for step in detail["loc"])
        advice = _advice(detail["type"], path)
        about = detail.get("ctx", {}).get("about")
        given = _given(about, path, file, written, said) if about else None
        yield text(
            "{place}: {sentence}{advice}",
            place=given or _place(path, file, said),
            sentence=_sentence(detail),
            advice=text(" {advice}", advice=advice) if advice else "",
        )


def _given(
    about: Iterable[str],
    path: tuple[str, ...],
    file: Path,
    written: Mapping[str, Any],
    said: Mapping[str, Any],
) -> Text | None:
    """Return where settings were given that do not fit together; None where none of them was."""
    names = [tuple(each.split(".")) for each in about]
    variables = [
        f"{PREFIX}{section}_{name}".upper()
        for section, name in names
        if name in said.get(section, {})
    ]
    if not any(name in written.get(section, {}) for section, name in names):
        return text("{names}", names=variables) if variables else None
    place = _place(path, file, {})
    return text("{names}, {place}", names=variables, place=place) if variables else place


def _place(path: tuple[str, ...], file: Path, said: Mapping[str, Any]) -> Text:
    """Return where a value was given: the variable, or the setting and the file."""
    section, name = (*path, "", "")[:2]
    values = said.get(section)
    if isinstance(values, dict) and name in values:
        return text("{name}", name=f"{PREFIX}{section}_{name}".upper())
    if values is not None and not isinstance(values, dict):
        return text("{name}", name=f"{PREFIX}{section}".upper())
    if not path:
        return text("{file}", file=str(file))
    return text("{file}: {setting}", file=str(file), setting=".".join(path))


def _sentence(detail: ErrorDetails) -> Text:
    context = detail.get("ctx", {})
    if detail["type"] == "ours":
        sentence: Text = context["sentence"]
        return sentence
    known = _SENTENCES.get(detail["type"], text("{value} does not fit here."))
    choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    values = {"choices": choices, **context}
    if "{value}" in known.message:  # where it is not shown, it is not kept either
        values["value"] = _given_value(known, detail["input"])
    return replace(known, values=values)


def _given_value(known: Text, given: object) -> object:
    """Return a given value in the form that a sentence can show."""
    # A value in place of a whole section may be a secret, so it is not shown.
    is_section = known.message.startswith("Expected keys")
    return text("a text") if is_section and isinstance(given, str) else shown(given)


def _advice(kind: str, path: tuple[str, ...]) -> Text | None:
    if kind != "extra_forbidden":
        return None
    section, name = (*path, "")[:2]
    if name in _SECRETS:
        return text("Write it in a file of its own, and name that in “{name}_file”.", name=name)
    known: Mapping[str, FieldInfo] = {
        "mail": MailSettings.model_fields,
        "reminders": ReminderSettings.model_fields,
    }.get(section, {})
    if not name:
        return did_you_mean(section, Settings.model_fields, most=None)
    return did_you_mean(name, known, most=None)
