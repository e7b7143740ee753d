"""The URL of a database: which there are, with which drivers; and that no password is shown."""

import pytest

from definitions.secrets import without_password
from workflow.storage.failures import DatabaseProblem
from workflow.storage.urls import parse_url

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
    ("url", "shown"),
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
def test_what_is_no_url_is_refused_without_its_password(url: str, shown: str) -> None:
    """What was meant as one is not taken for a file, and is shown without what is secret."""
    with pytest.raises(DatabaseProblem, match="is not the URL of a database") as raised:
        parse_url(url)

    assert f"“{shown}” is not the URL of a database." == str(raised.value.sentence)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:ge/he@im?x@h:1/y", "postgresql://u:***@h:1/y"),
        ("postgresql://u:geheim@h/x?sslmode=require", "postgresql://u:***@h/x?sslmode=require"),
        ("postgresql://h:5432/x", "postgresql://h:5432/x"),
        ("postgresql://h/x?password=a@b", "postgresql://h/x?password=***"),
        ("postgresql://h/x?user=a&password=b&sslpassword=c", None),
        ("postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x"),
        ("postgresql://u@h/x", "postgresql://u@h/x"),
        ("sqlite:///C:/a@b.db", "sqlite:///C:/a@b.db"),
        ("C:/a@b.db", "C:/a@b.db"),
        ("mijlpaal.db", "mijlpaal.db"),
    ],
)
def test_only_a_password_is_hidden(url: str, shown: str | None) -> None:
    """Whatever stands in it; the rest is what the reader needs."""
    hidden = "postgresql://h/x?user=a&password=***&sslpassword=***"
    assert (shown or hidden) == without_password(url)
