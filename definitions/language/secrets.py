"""Passwords in the URLs of databases and servers: they are hidden wherever a URL is shown.

Also in malformed URLs, and in libpq's form (``host=… password=…``): anything that may be a password
is hidden, not only what must be one.
"""

import re

HIDDEN = "***"

_SCHEME = re.compile(
    r"[^@]*?://|(?:postgres\w*|mysql|mariadb)(?:\+\w*)?[:/]+", re.IGNORECASE | re.DOTALL
)
_USER = re.compile(r"^(.*?:)(?!\*\*\*|[/\\]).*@", re.DOTALL)
"""The part before a password in a file name, which may have a drive: ``C:/``."""
_HOST = re.compile(r"(\[[0-9a-f:.]*\]?(?:/[^:]*)?|[^:\[]*)(?::(.*))?", re.IGNORECASE | re.DOTALL)
"""A server, an address in brackets perhaps, and what should be its port."""
_PORT = re.compile(r"\d*(?:[/?,]|$)")
_SHOWN_KEYS = (
    *("host", "hostaddr", "port", "user", "dbname", "sslmode", "connect_timeout"),
    *("application_name", "target_session_attrs", "options", "client_encoding", "service"),
    "pooled",
)
_SECRET_KEYS = ("password", "sslpassword", "passfile", "passwd", "pwd", "sslkey")
CONNINFO = re.compile(
    rf"(?<![\w.-])(?:{'|'.join((*_SHOWN_KEYS, *_SECRET_KEYS))})\s*=", re.IGNORECASE
)
"""A sign that something is in the words of libpq."""
_PASSWORD = re.compile(r"(\w*(?:password|passwd|pwd)\w*\s*(?:=|%3D)\s*)[^&;\s]*", re.IGNORECASE)
"""A password that is named, wherever it stands."""
_PAIR = re.compile(r"(\S+?)(\s*=\s*)('(?:[^'\\]|\\.)*'|\S*)|\S+", re.DOTALL)
_HARMLESS = re.compile(
    r"(?:[\w.,/+-]|\[[0-9a-f:.]+\]|(?<![^,])[0-9a-f]*::[0-9a-f:.]*|:\d+(?![^,]))*"
)
_NUMBER = re.compile(r"\d{1,5}")
_NAMED = re.compile(
    r"((?<=[?&;\w])\w*(?:password|passwd|pwd)(?:=|%3D))(?!\*\*\*)[^&;\s“”'\"]+", re.IGNORECASE
)
"""A password that is named among the settings of a URL, in a sentence that quotes it."""
_IN_A_SENTENCE = re.compile(r"([\w+.-]*://[^\s:@/]*:)(?!\*\*\*)[^\s“”]*@")


def without_password(url: str) -> str:
    """Return a URL as it can be shown: three stars for a password in it."""
    return _PASSWORD.sub(rf"\1{HIDDEN}", _without_password(url))


def _without_password(url: str) -> str:
    found = _SCHEME.match(url)
    if found is None or found[0].lower().endswith("sqlite://"):
        written = _USER.sub(rf"\1{HIDDEN}@", url)
        return _PAIR.sub(_shown_pair, written) if CONNINFO.search(written) else written
    begin, rest = found[0], url[found.end() :]
    server, sign, query = rest.partition("?")
    if "@" in query:
        server, sign, query = rest, "", ""  # the question mark may be one of the password
    if "/" not in begin and "@" in server and ":" not in server.rpartition("@")[0]:
        server = f"{HIDDEN}@{server.rpartition('@')[2]}"  # the scheme may contain the user
    server, more, left = (_without_secret(server) + sign + query).partition("?")
    return begin + server + more + "&".join(map(_shown_setting, re.split("[&;]", left)))


def without_passwords(sentence: str) -> str:
    """Return a sentence without the passwords in its URLs and settings."""
    return _NAMED.sub(rf"\1{HIDDEN}", _IN_A_SENTENCE.sub(rf"\1{HIDDEN}@", sentence))


def _without_secret(server: str) -> str:
    """Return the user, server and database of a URL, without a password."""
    user, at, where = server.rpartition("@")
    if at:
        name, colon, _ = user.partition(":")
        return f"{name}:{HIDDEN}@{where}" if colon else server
    return ",".join(map(_shown_host, server.split(",")))


def _shown_host(written: str) -> str:
    """Return one of the servers, with its port where that is one."""
    found = _HOST.fullmatch(written)
    if found is None:
        return HIDDEN
    host, port = found[1], found[2]
    return written if port is None or _PORT.match(port) else f"{host}:{HIDDEN}"


def _shown_setting(written: str) -> str:
    """Return a setting of a URL: with its value where that is no secret."""
    return _PAIR.sub(_shown_pair, written)


def _shown_pair(found: re.Match[str]) -> str:
    key, sign, value = found[1], found[2], found[3]
    if key is None:
        return HIDDEN
    name = key.lower()
    if name in _SHOWN_KEYS and _HARMLESS.fullmatch(value):
        return f"{key}{sign}{value}"
    if name not in _SECRET_KEYS and key.isidentifier() and _NUMBER.fullmatch(value):
        return f"{key}{sign}{value}"
    return f"{key}{sign}{HIDDEN}" if name in (*_SHOWN_KEYS, *_SECRET_KEYS) else HIDDEN
