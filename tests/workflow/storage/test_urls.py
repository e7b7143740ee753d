"""The URL of a database: which there are, with which drivers; and that no password is shown."""

import re

import pytest

from definitions.language.secrets import without_password
from workflow.storage.errors import DatabaseProblem
from workflow.storage.hosts import hosts_of
from workflow.storage.server import STILL_THERE, server_settings
from workflow.storage.urls import parse_url, shown

DRIVERS = "There are: sqlite+pysqlite, postgresql+psycopg. It can be left out: "


@pytest.mark.parametrize(
    ("url", "driver", "plain"),
    [
        ("sqlite+aiosqlite:///x.db", "aiosqlite", "sqlite:///x.db"),
        ("sqlite+aiosqlite://", "aiosqlite", "sqlite://"),
        ("sqlite+pysqlcipher://:geheim@/x.db", "pysqlcipher", "sqlite://:***@/x.db"),
        ("postgresql+asyncpg://u:geheim@h/x", "asyncpg", "postgresql://u:***@h/x"),
        ("postgresql+psycopg2://u:geheim@h/x", "psycopg2", "postgresql://u:***@h/x"),
        ("postgresql+psycopg_async://u@h/x", "psycopg_async", "postgresql://u@h/x"),
        ("postgresql+pg8000://h/x?password=geheim", "pg8000", "postgresql://h/x?password=***"),
        ("postgresql+psycopg+x://u:geheim@h/x", "psycopg+x", "postgresql://u:***@h/x"),
    ],
)
def test_another_driver_is_refused_with_those_there_are(url: str, driver: str, plain: str) -> None:
    """Whether it is installed or not: only these are tried."""
    with pytest.raises(DatabaseProblem) as raised:
        parse_url(url)

    assert f"“{driver}” is not a driver that is used here. {DRIVERS}{plain}" == str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+pysqlite:///x.db",
        "sqlite:///x.db",
        "postgresql+psycopg://u:geheim@h:1/x",
        "postgresql://u@[::1]:5432/x",
    ],
)
def test_our_drivers_may_be_named(url: str) -> None:
    """Or left out."""
    assert url == parse_url(url).render_as_string(hide_password=False)


@pytest.mark.parametrize("name", ["x.db", "a@b.db", "C:/x@y.db", r"C:\x@y.db", "map/a:b.db"])
def test_the_name_of_a_file_is_one(name: str) -> None:
    """Also with a sign in it that a URL has."""
    assert "sqlite" == parse_url(name).drivername


@pytest.mark.parametrize(
    "kind",
    ["postgres", "POSTGRESQL", "mysql", "mysql+aiomysql", "redis", "postgresql+", "+psycopg"],
)
def test_another_kind_of_database_is_refused(kind: str) -> None:
    """By its name; nothing else of the URL is said."""
    with pytest.raises(DatabaseProblem) as raised:
        parse_url(f"{kind}://u:geheim@h/x")

    assert f"“{kind}” is not a kind of database we know. Use sqlite:///FILE or " in str(
        raised.value
    )
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:geheim@127.0.0.1:notaport/x", "postgresql://u:***@127.0.0.1:notaport/x"),
        ("postgresql://u:geheim@[::1/x", "postgresql://u:***@[::1/x"),
        ("postgresql://u:geheim", "postgresql://u:***"),
        ("postgresql:///u:geheim@h/x", "postgresql:///u:***@h/x"),
        ("postgresql:/u:geheim@h/x", "postgresql:/u:***@h/x"),
        ("postgresql//u:geheim@h/x", "postgresql//u:***@h/x"),
        ("postgres:u:geheim@h/x", "postgres:u:***@h/x"),
        ("u:geheim@h/x", "u:***@h/x"),
        ("://u:geheim@h", "://u:***@h"),
        ("host=h password=geheim dbname=x", "host=h password=*** dbname=x"),
        ("host=h password = geheim", "host=h password = ***"),
    ],
)
def test_what_is_no_url_is_refused_without_its_password(url: str, said: str) -> None:
    """What was meant as one is not taken for a file, and is shown without what is secret."""
    with pytest.raises(DatabaseProblem, match="is not the URL of a database") as raised:
        parse_url(url)

    assert f"“{said}” is not the URL of a database." == str(raised.value.sentence)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:ge/he@im?x@h:1/y", "postgresql://u:***@h:1/y"),
        ("postgresql://u:geheim@h/x?sslmode=require", "postgresql://u:***@h/x?sslmode=require"),
        ("postgresql://h:5432/x", "postgresql://h:5432/x"),
        ("postgresql://h/x?password=a@b", "postgresql://h/x?password=***"),
        ("postgresql://h/x?user=a&password=b&sslpassword=c", None),
        ("postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x"),
        ("postgresql://u@h/x", "postgresql://u@h/x"),
        ("postgresql://a:1,b:2/x", "postgresql://a:1,b:2/x"),
        ("postgresql://a:1,u:geheim", "postgresql://a:1,u:***"),
        ("postgresql://[::1]:1,b/x", "postgresql://[::1]:1,b/x"),
        ("postgresql:///x?host=/run,[::1]&port=1,2", "postgresql:///x?host=/run,[::1]&port=1,2"),
        ("postgresql:///x?host=a:1,b:geheim", "postgresql:///x?host=***"),
        ("sqlite:///C:/a@b.db", "sqlite:///C:/a@b.db"),
        ("C:/a@b.db", "C:/a@b.db"),
        ("mijlpaal.db", "mijlpaal.db"),
    ],
)
def test_only_a_password_is_hidden(url: str, said: str | None) -> None:
    """Whatever stands in it; the rest is what the reader needs."""
    hidden = "postgresql://h/x?user=a&password=***&sslpassword=***"
    assert (said or hidden) == without_password(url)


# --- several servers ---------------------------------------------------------------------------

CHOSEN = ("connect_timeout", "target_session_attrs")
COUNTED = {"tcp_user_timeout": None, "keepalives_count": 3}
HOSTS = [
    ("//u:geheim@a:1,b:2/db", "//u:***@a:1,b:2/db", "a,b", "1,2"),
    ("//a,b/db", "//a,b/db", "a,b", ","),
    ("//u@a:1,b/db", "//u@a:1,b/db", "a,b", "1,"),
    ("//u@a:1,b:2?sslmode=require", "//u@a:1,b:2?sslmode=require", "a,b", "1,2"),
    ("//u@/db?host=a,b,c&port=1", "//u@a:1,b:1,c:1/db", "a,b,c", "1,1,1"),
    ("//u@/db?host=a,b&port=1,2", "//u@a:1,b:2/db", "a,b", "1,2"),
    ("///db?host=a:1&host=b:2", "//a:1,b:2/db", "a,b", "1,2"),
    ("///db?host=a&host=b&port=1&port=2", "//a:1,b:2/db", "a,b", "1,2"),
    (
        "//u@[::1]:5432,[2001:db8::2]/db",
        "//u@[::1]:5432,[2001:db8::2]/db",
        "::1,2001:db8::2",
        "5432,",
    ),
    ("///db?host=::1,b&port=1,2", "//[::1]:1,b:2/db", "::1,b", "1,2"),
    ("///db?host=%2Frun%2Cb&port=1%2C2", "///db?host=/run,b&port=1,2", "/run,b", "1,2"),
    ("//%2Frun:1,b:2/db", "///db?host=/run,b&port=1,2", "/run,b", "1,2"),
    ("//u@%2Fvar%2Frun/db", "//u@/db?host=/var/run", "/var/run", None),
    ("///db?host=/run&port=5", "///db?host=/run&port=5", "/run", "5"),
]
"""As people write them, how they are shown, and what libpq is asked."""


@pytest.mark.parametrize(("written", "said", "hosts", "ports"), HOSTS)
def test_several_servers_as_people_write_them(
    written: str, said: str, hosts: str, ports: str | None
) -> None:
    """Before the path or among the settings; nothing of them is escaped where they are shown."""
    parsed = parse_url(f"postgresql:{written}")
    asked = parsed.get_dialect()().create_connect_args(parsed)[1]

    assert f"postgresql:{said}" == shown(parsed)
    assert (hosts, ports) == (asked["host"], asked.get("port"))
    assert parsed == parse_url(parsed.render_as_string(hide_password=False))
    assert hosts_of(parsed) == hosts_of(parse_url(shown(parsed)))


@pytest.mark.parametrize(
    "written",
    [
        "//u:geheim@a:1,b:x/db",
        "//u:geheim@a:1,/db",
        "//u:geheim@,b/db",
        "//u:geheim@a:1,[::1/db",
        "//u:geheim@a:1,[nothing]:2/db",
        "//u:geheim@a:1,b:2/db?host=c",
        "//u:geheim@a:1,b:70000/db",
        "//u:geheim@a:0/db",
        "///db?host=a,b&port=1,2,3&password=geheim",
        "///db?host=a,b&port=1,x&password=geheim",
        "///db?host=a:1,b:2&port=1&password=geheim",
        "///db?port=1,2&password=geheim",
    ],
)
def test_servers_that_cannot_be_read_are_a_wrong_url(written: str) -> None:
    """It is named as such, with how it is written, and without its password."""
    with pytest.raises(DatabaseProblem, match="is not the URL of a database") as raised:
        parse_url(f"postgresql:{written}")

    assert re.search("HOST:PORT|from 1 to 65535", str(raised.value.advice))
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("setting", "advice"),
    [
        ("prepare_threshold=x", "“prepare_threshold” is a whole number, 0 or more."),
        ("prepare_threshold=-1", "“prepare_threshold” is a whole number, 0 or more."),
        ("prepare_threshold=1.5", "“prepare_threshold” is a whole number, 0 or more."),
        ("pooled=yes", "Write pooled=true, or leave it out."),
        ("pooled=true&prepare_threshold=0", "leave out “prepare_threshold”"),
        ("autocommit=true", "“autocommit” cannot be set in a URL."),
        ("row_factory=x", "“row_factory” cannot be set in a URL."),
    ],
)
def test_settings_that_are_not_the_servers(setting: str, advice: str) -> None:
    """What the driver would take otherwise than it is meant, or would break a transaction."""
    with pytest.raises(DatabaseProblem, match="is not the URL of a database") as raised:
        parse_url(f"postgresql://u:geheim@h/x?{setting}")

    assert advice in str(raised.value.advice)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("//h/x", {**STILL_THERE, "connect_timeout": 10, "target_session_attrs": None}),
        ("//a,b/x", {**STILL_THERE, "connect_timeout": 3, "target_session_attrs": "read-write"}),
        ("///x?hostaddr=::1,::2", {"connect_timeout": 3, "target_session_attrs": "read-write"}),
        ("//a,b/x?connect_timeout=7&target_session_attrs=any", dict.fromkeys(CHOSEN)),
        ("//h/x?tcp_user_timeout=0&keepalives_idle=9", {"keepalives_idle": None, **COUNTED}),
        ("//h/x?prepare_threshold=0", {"prepare_threshold": 0}),
    ],
)
def test_what_a_connection_asks_unless_the_url_says(
    url: str, wanted: dict[str, int | str | None]
) -> None:
    """Several servers are waited for shortly, and the primary is wanted; a cut is noticed."""
    settings = server_settings(parse_url(f"postgresql:{url}"))
    assert wanted == {name: settings.get(name) for name in wanted}
