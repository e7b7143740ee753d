"""A password never appears in what is said, whatever is wrong with the URL or the settings."""

import json
import traceback
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli import run
from definitions.language.secrets import without_passwords
from scheduler.mail.access_tokens import NoToken, Tokens
from scheduler.settings import SettingsInvalid, read_settings
from terminal.runtime.setup import Setup
from tests.support.properties import examples

SECRET = "geheim123"
URLS = [
    "postgresql://u:{}@127.0.0.1:5432/x",
    "postgresql://u:{}@127.0.0.1:5432/x?sslmode=disable",
    "postgresql+psycopg://u:{}@[::1]:5432/x",
    "postgresql://u:{}@a.example:1,b.example:2/x",
    "postgresql://u:{}@[::1]:1,[2001:db8::1]:2/x?target_session_attrs=read-write",
    "postgresql://u:{}@%2Frun%2Fpostgresql,b.example/x?pooled=true",
    "postgresql://u:{}@/x?host=a.example,b.example&port=1,2",
    "postgresql:///x?host=/run,b.example:2&user=u&password={}&prepare_threshold=0",
    "postgresql://127.0.0.1/x?user=u&password={}",
    "host=127.0.0.1 port=5432 user=u password={} dbname=x",
]
NAMED = ("host", "port", "user", "dbname")
SLIPS = [
    *":/@?#[]%&=+ \\'\"\t\n;,é\x9b\u202e",
    "//",
    "%zz",
    "::",
    "@@",
    "postgres",
    "sqlite",
    "://",
]


@st.composite
def slipped(draw: st.DrawFn) -> str:
    """Return a URL with slips on either side of the password, and never in what shows it is one."""
    before, after = draw(st.sampled_from(URLS)).split("{}")
    sign = "password=" if before.endswith("=") else "u:"
    begin = _slipped(draw, before.removesuffix(sign))
    end = "" if not after else after[0] + _slipped(draw, after[1:])
    return f"{begin}{sign}{SECRET}{end}"


def _slipped(draw: st.DrawFn, written: str) -> str:
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(written)))
        gone = draw(st.integers(0, 3))
        slip = draw(st.sampled_from(["", *SLIPS]))
        written = written[:at] + slip + written[at + gone :]
    return written


def refuse(*_: object, **given: Any) -> NoReturn:
    """Refuse a connection as a server does: with who asks, and for what."""
    known = {name: each for name, each in given.items() if name in NAMED}
    raise psycopg.OperationalError(f"connection to {known} failed: no such host")


def said(*line: str, environment: Mapping[str, str] | None = None) -> str:
    """Type a line, and return all that was said."""
    out, err = StringIO(), StringIO()
    around = {"MIJLPAAL_SETTINGS": "/dev/null", **(environment or {})}
    setup = Setup(environment=around, cache=lambda: Path("/nowhere"))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(psycopg, "connect", refuse)
        assert run([*line], setup) != 0
    return out.getvalue() + err.getvalue()


@examples(200)
@example("postgresql://127.0.0.1user=u&password=geheim123", "status --db {}")
@example("postgresql:///x?user=password=geheim123", "status --db {}")
@example("postgresql:///x?user=upassword=geheim123", "status --db {}")
@example("postgresql+psyco:////u:geheim123@[::1]:5432/x", "status --db {}")
@example("postgresqlu:geheim123@127.0.0.1:5432/x", "status --db {}")
@example("postgresql://127.0.0.1/user=u&password=geheim123", "status --db {}")
@example("postgres//u:geheim123@127.0.0.1://5432/x", "status --db {}")
@given(slipped(), st.sampled_from(["status --db {}", "doctor --db {}", "db copy {} y.db"]))
def test_no_slip_in_a_url_shows_its_password(url: str, line: str) -> None:
    """In whichever place of the command line it stands, and it is always a sentence."""
    found = said(*(each.format(url) for each in line.split(" ")))
    assert SECRET not in found
    assert "did not foresee" not in found


@pytest.mark.parametrize(
    "line",
    [
        "status {}",
        "{} status",
        "note {} x",
        "status --dbb {}",
        "status --lang {}",
        "definitions check {}",
        "definitions show {}",
        "start x --set a={}",
        "status x --as-of {}",
        "db copy x.db {} more",
        "verify --head {}",
    ],
)
def test_a_url_in_the_wrong_place_is_shown_without_its_password(line: str) -> None:
    """Whatever it was taken for."""
    url = f"postgresql://u:{SECRET}@127.0.0.1:1/x"
    assert SECRET not in said(*(each.format(url) for each in line.split(" ")))


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("see “postgresql://u:a@h/x”.", "see “postgresql://u:***@h/x”."),
        ("smtp://u:a@h and smtp://v:b@i, too", "smtp://u:***@h and smtp://v:***@i, too"),
        ("postgresql://u:***@h/x", "postgresql://u:***@h/x"),
        ("postgresql://h:5432/x of a@b.example", "postgresql://h:5432/x of a@b.example"),
    ],
)
def test_a_sentence_without_passwords(sentence: str, shown: str) -> None:
    """Nothing else of it is hidden."""
    assert shown == without_passwords(sentence)


@pytest.mark.parametrize(
    "written",
    [
        'password = "{}"',
        '[mail]\npassword = "{}"',
        '[mail]\nhost = "smtp://u:{}@mail.example"',
        '[mail]\nhost = "u:{}@mail.example"',
        '[mail]\nsender = "smtp://u:{}@mail.example"',
        '[mail]\ndomain = "u:{}@mail.example"',
        '[mail]\nhost = {{ password = "{}" }}',
        '[mail]\nhost = [{{ password = "{}" }}]',
        '[mail]\nhost = "mail.example"\nsender = "a@b.example"\npassword = "{}',
        'mail = "smtp://u:{}@mail.example"',
        'mail = [["{}"]]',
        '[reminders]\nretry = [["{}"]]',
        '[reminders]\npoll = {{ secret = "{}" }}',
        '[mail]\nfolder = {{ secret = "{}" }}',
    ],
)
def test_no_secret_in_settings_is_shown(tmp_path: Path, written: str) -> None:
    """Wherever in the file somebody put it, and however."""
    (tmp_path / "settings.toml").write_text(written.format(SECRET), encoding="utf-8")
    with pytest.raises(SettingsInvalid) as refused:
        read_settings({}, tmp_path / "settings.toml")

    problems = (refused.value.sentence, *refused.value.problems)
    assert SECRET not in " ".join(map(str, problems))


@pytest.mark.parametrize("name", ["MAIL_PASSWORD", "MAIL", "REMINDERS"])
def test_no_secret_in_the_environment_is_shown(name: str) -> None:
    """Of a variable only its name is said."""
    with pytest.raises(SettingsInvalid) as refused:
        read_settings({f"MIJLPAAL_{name}": f"smtp://u:{SECRET}@h"})
    assert SECRET not in str(refused.value)


def test_a_password_in_the_place_of_its_file_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who writes it there is told that there is no such file, and not which."""
    monkeypatch.chdir(tmp_path)
    mail = read_settings(
        {
            "MIJLPAAL_MAIL_HOST": "mail.example",
            "MIJLPAAL_MAIL_SENDER": "a@b.example",
            "MIJLPAAL_MAIL_USER": "u",
            "MIJLPAAL_MAIL_PASSWORD_FILE": SECRET,
        },
        Path("/dev/null"),
    ).mail
    with pytest.raises(SettingsInvalid) as refused:
        mail.password()

    assert "The file that “password_file” names is not there." == str(refused.value)
    assert refused.value.__cause__ is None


# --- whatever is malformed ---------------------------------------------------------------------

HOLDERS = ("password", "password_file", "client_secret", "client_secret_file", "token_url")
"""The settings of the mail in which a secret may stand, or may be put by mistake."""
OTHERS = {
    "host": "mail.example",
    "sender": "a@b.example",
    "user": "u",
    "port": "587",
    "client_id": "client",
    "token_url": "https://login.example/token",
    "password_file": "/nowhere/password",
    "client_secret_file": "/nowhere/secret",
    "scope": "mail",
}
AROUND = [
    "{}",
    " {}",
    "/{}",
    "~{}",
    "~/{}",
    "./{}",
    "a/{}/b",
    "{}\0",
    "{}\n",
    "\x9b{}",
    "é{}",
    "https://u:{}@login.example/token",
    "https://login.example/{}",
    "http://login.example/?secret={}",
    "https://{}",
    "https://{}:x/",
    "https://[{}]/",
    "ftp://login.example/{}",
    "https://login.example/#{}",
    "smtp://u:{}@h",
]


@st.composite
def mail_settings(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """Return settings of a file and of the environment, with a secret in a setting for one."""
    names = draw(st.lists(st.sampled_from(sorted(OTHERS)), unique=True))
    given = {name: OTHERS[name] for name in names}
    holder = draw(st.sampled_from(HOLDERS))
    given[holder] = draw(st.sampled_from(AROUND)).format(SECRET)
    here = draw(st.sets(st.sampled_from(sorted(given))))
    file = {name: value for name, value in given.items() if name not in here}
    return file, {name: given[name] for name in here}


def as_toml(settings: dict[str, str], slip: str) -> str:
    """Return settings as a file has them, with a slip at the end."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    return "\n".join(["[mail]", *lines, slip])


@examples(120)
@given(mail_settings(), st.sampled_from(["", "x", "x = [", 'y = "', "host = 3", "[mail.password]"]))
def test_no_malformed_setting_shows_a_secret(
    given: tuple[dict[str, str], dict[str, str]], slip: str
) -> None:
    """Wherever it stands, and whatever else is wrong; neither does a letter that cannot go."""
    written, around = given
    variables = {f"MIJLPAAL_MAIL_{name.upper()}": value for name, value in around.items()}
    with TemporaryDirectory() as folder:
        file = Path(folder, "settings.toml")
        file.write_text(as_toml(written, slip), encoding="utf-8", errors="surrogateescape")
        try:
            mail = read_settings(variables, file).mail
            assert SECRET not in f"{mail.model_copy(update=dict.fromkeys(HOLDERS))!r}"
            assert SECRET not in str(mail.client_secret)
            mail.password()
            Tokens(mail.model_copy(update={"timeout": timedelta(0)})).token()
        except (SettingsInvalid, NoToken) as error:
            seen = [str(error), repr(error), *map(str, getattr(error, "problems", ()))]
            seen += traceback.format_exception(error)
            assert SECRET not in "\n".join(seen)


@examples(20)
@given(slipped())
def test_no_slip_in_a_variable_shows_its_password(url: str) -> None:
    """Of the database, named in the environment."""
    environment = {"MIJLPAAL_DATABASE_URL": url.replace("\0", "")}
    assert SECRET not in said("doctor", environment=environment)
