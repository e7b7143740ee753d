"""Values of settings: read strictly, and refused in our own words."""

import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from definitions.files import path_of
from definitions.language.characters import character_named, hidden_in, normal
from definitions.language.naming import shown
from definitions.language.secrets import without_password
from definitions.language.text import LANGUAGES, Text, text
from definitions.language.values import replace
from workflow.model.mail_address import UnusableAddress, is_host, mailbox

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+", re.ASCII | re.IGNORECASE)
_VISIBLE = re.compile(r"[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*", re.ASCII)
_SPAN = re.compile(r"([1-9]\d{0,6})\s?([smhd])", re.ASCII)


def unfit(sentence: Text, *about: str) -> PydanticCustomError:
    """Return a problem in our own words, as pydantic carries it to where its place is known.

    Args:
        about: the settings that do not fit together (``mail.host``), where it is of several.
    """
    return PydanticCustomError("ours", "{sentence}", {"sentence": sentence, "about": about})


def _span(written: object) -> timedelta:
    found = _SPAN.fullmatch(written.strip()) if isinstance(written, str) else None
    if found is None:
        said = text(
            "Expected a time such as 30s, 15m, 4h or 1d, not {value}.", value=shown(written)
        )
        raise unfit(said)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _spans(written: object) -> tuple[timedelta, ...]:
    """Read several times: a list of them in the file, one line of them in the environment."""
    parts = written.replace(",", " ").split() if isinstance(written, str) else written
    if not isinstance(parts, list) or not parts:
        raise unfit(text("Expected times such as “1m 5m 1h”, not {value}.", value=shown(written)))
    return tuple(_span(each) for each in parts)


def between(least: timedelta, most: timedelta) -> AfterValidator:
    """Allow a time from the least to the most."""

    def check(value: timedelta) -> timedelta:
        if not least <= value <= most:
            raise unfit(
                text(
                    "Expected a time from {least} to {most}.",
                    least=written_out(least),
                    most=written_out(most),
                )
            )
        return value

    return AfterValidator(check)


def written_out(span: timedelta) -> str:
    """Return a time as it would be written."""
    seconds = int(span.total_seconds())
    size, unit = next((size, unit) for unit, size in _SIZES.items() if seconds % size == 0)
    return f"{seconds // size}{unit}"


_SIZES = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def _host(written: str) -> str:
    if not (is_host(written) or is_number(written)):
        raise unfit(text("{value} is not the name of a machine.", value=shown(written)))
    return written


def _domain(written: str) -> str:
    if not is_host(written):
        raise unfit(text("{value} is not a domain.", value=shown(written)))
    return written.lower()


def is_number(written: str) -> bool:
    """Return whether a host is a numeric address: 127.0.0.1, ::1."""
    try:
        ip_address(written)
    except ValueError:
        return False
    return True


def _address(written: str) -> str:
    try:
        return str(mailbox(written))
    except UnusableAddress as error:
        raise unfit(replace(error.sentence, values=_shown(error.sentence.values))) from None


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a sentence without passwords; nested sentences are kept."""
    return {
        name: without_password(each) if isinstance(each, str) else each
        for name, each in values.items()
    }


def _language(written: str) -> str:
    if written not in LANGUAGES:
        raise unfit(
            text(
                "Expected one of: {choices}; not {value}.", choices=LANGUAGES, value=shown(written)
            )
        )
    return written


def _name(written: str) -> str:
    name = normal(written)
    if found := hidden_in(name):
        raise unfit(
            text(
                "{value} has signs in it that nobody sees. Leave out {character}.",
                value=shown(written),
                character=character_named(found[1]),
            )
        )
    return name


def _path(written: object) -> Path:
    """Read a path that means the same wherever the program is started."""
    if not isinstance(written, str) or "\0" in written or not written:
        raise unfit(text("Expected a path, not {value}.", value=shown(written)))
    path = path_of(written)
    if not path.is_absolute():
        raise unfit(
            text("{value} depends on where one stands: write the whole path.", value=shown(written))
        )
    return path


def _secret_path(written: object) -> Path:
    """Read the path of a file with a secret; what is wrong is not shown: it may be the secret."""
    path = path_of(written) if isinstance(written, str) and written else None
    if path is None or "\0" in str(path):
        raise unfit(text("Expected the path of a file."))
    if not path.is_absolute():
        raise unfit(
            text(
                "Expected the whole path of a file, which does not depend on where one stands. The "
                "secret itself stands in that file."
            )
        )
    return path


def _token_url(written: str) -> str:
    """Read the address of a token endpoint; what is wrong is not shown: a secret may be in it."""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not _ADDRESS.fullmatch(written) or port == 0 or not (is_host(host) or is_number(host)):
        raise unfit(text("Expected an address such as https://login.example/token."))
    if "@" in parts.netloc or parts.fragment:
        raise unfit(text("Expected an address without a user, a password or a “#” in it."))
    if parts.scheme != "https" and not is_loopback(host):
        raise unfit(
            text("Expected an address that begins with https://; http:// is for this machine only.")
        )
    return written


def _visible(written: str) -> str:
    """Allow what OAuth allows in the id of a client and in a scope (RFC 6749, appendix A)."""
    if not _VISIBLE.fullmatch(written):
        raise unfit(text("Expected letters, digits and signs of ASCII."))
    return written


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    return host.lower() == "localhost" or (is_number(host) and ip_address(host).is_loopback)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise unfit(text("There is no folder {value}.", value=shown(str(path))))
    return path


def _whole_number(written: object) -> object:
    """Leave numbers and texts of figures as they are; true is no number."""
    if isinstance(written, (bool, float)):
        raise unfit(text("Expected a whole number, not {value}.", value=shown(written)))
    return written


Span = Annotated[timedelta, BeforeValidator(_span)]
Spans = Annotated[tuple[timedelta, ...], BeforeValidator(_spans)]
Host = Annotated[str, AfterValidator(_host)]
Domain = Annotated[str, AfterValidator(_domain)]
Address = Annotated[str, AfterValidator(_address)]
Language = Annotated[str, AfterValidator(_language)]
Name = Annotated[str, AfterValidator(_name), Field(max_length=100)]
AnyPath = Annotated[Path, BeforeValidator(_path)]
SecretPath = Annotated[Path, BeforeValidator(_secret_path)]
TokenUrl = Annotated[str, AfterValidator(_token_url), Field(max_length=2000)]
Visible = Annotated[str, AfterValidator(_visible), Field(max_length=2000)]
Folder = Annotated[Path, AfterValidator(_folder), BeforeValidator(_path)]
Port = Annotated[int, Field(ge=1, le=65535), BeforeValidator(_whole_number)]
