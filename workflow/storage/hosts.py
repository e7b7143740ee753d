"""The servers that a URL names: one, or several of which one is the primary.

People write them as libpq does: ``//user@a:1,b:2/name``, or ``?host=a,b&port=1,2``. SQLAlchemy
reads only the second form, so the first is turned into it.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from itertools import zip_longest
from urllib.parse import unquote

from sqlalchemy.engine import URL

from definitions.language.text import Text, text
from definitions.language.values import dataclass

MOST_PORT = 65535
_AUTHORITY = re.compile(
    r"(?P<begin>postgresql(?:\+\w*)?://(?:[^:/]*(?::[^@]*)?@)?)(?P<hosts>[^/?]*)(?P<rest>.*)",
    re.DOTALL,
)
"""The three parts of a URL, as SQLAlchemy reads it: the user, the servers, and the rest."""
_OF_SERVERS = ("host", "port", "hostaddr")
_ASKER = re.compile(r"[\w+]+://(?:[^/@]*@)?")
_HOST = re.compile(r"(?P<name>\[[^\[\]/@]+\]|/[^:]*|[^:\[\]/@\s]+)(?::(?P<port>\d*))?")
_FORM = text(
    "Write several hosts as HOST:PORT,HOST:PORT, an IPv6 address in brackets: a port for each of "
    "them, or one for all."
)
_PORT = text("A port is a number from 1 to {most}.", most=MOST_PORT)


class WrongHosts(ValueError):
    """The servers in a URL cannot be read.

    Attributes:
        advice: how they are written.
    """

    def __init__(self, advice: Text = _FORM) -> None:
        """Keep the advice."""
        super().__init__(str(advice))
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Host:
    """A server.

    Attributes:
        name: its name, its address, or the folder of its socket.
        port: in digits; empty for the usual one.
    """

    name: str
    port: str = ""

    @property
    def shown(self) -> str:
        """The server as it stands in a URL."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{name}:{self.port}" if self.port else name


def split_hosts(url: str) -> tuple[str, tuple[Host, ...]]:
    """Return a URL without the several servers it names before its path, and those servers.

    Also one that is the folder of a socket, which SQLAlchemy does not read there.

    Raises:
        WrongHosts: one of them cannot be read.
    """
    found = _AUTHORITY.fullmatch(url)
    if found is None or not ("," in found["hosts"] or found["hosts"][:3].lower() == "%2f"):
        return url, ()
    hosts = tuple(_host(unquote(each)) for each in found["hosts"].split(","))
    return found["begin"] + found["rest"], hosts


def with_hosts(url: URL, before_path: tuple[Host, ...]) -> URL:
    """Return a URL with its servers as SQLAlchemy reads several: among its settings.

    Args:
        url: what names no server before its path, or one.
        before_path: the several that were named there.

    Raises:
        WrongHosts: one cannot be read, or they are named in both places.
    """
    named = _values(url, "host")
    if before_path and named:
        raise WrongHosts
    hosts = before_path or tuple(map(_host, named))
    ports = _values(url, "port")
    if ports:
        hosts = _with_ports(hosts, ports)
    for each in hosts:
        check_port(each.port)
    check_port("" if url.port is None else str(url.port))
    if not hosts:
        return url
    settings = {"host": ",".join(each.name for each in hosts)}
    if any(each.port for each in hosts):
        settings["port"] = ",".join(each.port for each in hosts)
    return url.difference_update_query(["host", "port"]).update_query_dict(settings)


def check_port(port: str) -> None:
    """Refuse an invalid port; an empty one means the default."""
    if port and not (port.isdecimal() and 0 < int(port) <= MOST_PORT):
        raise WrongHosts(_PORT)


def hosts_of(url: URL) -> tuple[Host, ...]:
    """Return the servers of a URL, which are among its settings; none where it has one before."""
    names, ports = (_values(url, name) for name in ("host", "port"))
    pairs = zip_longest(names, ports, fillvalue="")
    return tuple(Host(name, port) for name, port in pairs) if names else ()


def has_several(url: URL) -> bool:
    """Return whether a URL names several servers, by name or by address."""
    return any(len(_values(url, name)) > 1 for name in ("host", "hostaddr"))


def with_hosts_shown(url: URL, hide_password: bool = True) -> str:
    """Return a URL as people write it: its servers before its path, and nothing of them escaped.

    A folder of a socket cannot stand there, so those stay among the settings.
    """
    hosts = hosts_of(url)
    left = {name: ",".join(_values(url, name)) for name in _OF_SERVERS if name in url.query}
    written = url.difference_update_query(_OF_SERVERS).render_as_string(hide_password=hide_password)
    if hosts and url.host is None and not any(each.name.startswith("/") for each in hosts):
        left = {name: value for name, value in left.items() if name == "hostaddr"}
        asker = _ASKER.match(written)
        end = 0 if asker is None else asker.end()
        written = f"{written[:end]}{','.join(each.shown for each in hosts)}{written[end:]}"
    if not left:
        return written
    settings = "&".join(f"{name}={value}" for name, value in left.items())
    return f"{written}{'&' if '?' in written else '?'}{settings}"


def _values(url: URL, name: str) -> tuple[str, ...]:
    """Return the values of a setting, whether written in one or repeated."""
    found = url.query.get(name, ())
    written = [found] if isinstance(found, str) else found
    return tuple(value for each in written for value in each.split(","))


def _host(written: str) -> Host:
    try:
        return Host(str(IPv6Address(written)))
    except AddressValueError:
        found = _HOST.fullmatch(written)
    if found is None:
        raise WrongHosts
    name = found["name"]
    return Host(_address(name[1:-1]) if name.startswith("[") else name, found["port"] or "")


def _address(written: str) -> str:
    """Return an address that stands in brackets."""
    try:
        return str(IPv6Address(written))
    except AddressValueError:
        raise WrongHosts from None


def _with_ports(hosts: tuple[Host, ...], ports: tuple[str, ...]) -> tuple[Host, ...]:
    """Return servers with ports that were named apart: one for each, or one for all of them."""
    if any(each.port for each in hosts):
        raise WrongHosts
    if len(ports) == 1:
        ports *= max(len(hosts), 1)
    if len(ports) != len(hosts or ("",)):
        raise WrongHosts
    return tuple(Host(each.name, port) for each, port in zip(hosts, ports, strict=False))
