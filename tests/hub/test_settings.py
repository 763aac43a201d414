import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hub.settings.environment import VARIABLES, EnvironmentValueError, value
from hub.settings.environment.readers import boolean
from hub.settings.keys import stored_key

PROJECT = Path(__file__).resolve().parents[2]
TABLE = PROJECT / "docs" / "settings.md"
READS_ENVIRONMENT = re.compile(r"(?:environ\.get\(|getenv\(|environ\[|value\()\s*[\"'](\w+)[\"']")


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", TABLE.read_text(), re.MULTILINE)
    return {name: f"{default} | {meaning}" for name, default, meaning in rows}


def test_the_table_in_docs_is_the_table_in_the_code():
    expected = {
        name: f"`{variable.default}` | {variable.meaning}"
        if variable.default
        else f"(empty) | {variable.meaning}"
        for name, variable in VARIABLES.items()
    }
    assert documented() == expected


def test_no_other_variable_is_read():
    rooms = (
        "core",
        "search",
        "participants",
        "kenniskamer",
        "toolkit",
        "podcasts",
        "newsletter",
        "home",
        "hub",
    )
    read = {
        name
        for room in rooms
        for file in (PROJECT / room).rglob("*.py")
        for name in READS_ENVIRONMENT.findall(file.read_text())
    }
    assert read <= set(VARIABLES)
    assert "HUB_DATA_DIR" in read


def test_a_value_that_cannot_be_read_is_named(monkeypatch):
    monkeypatch.setenv("PORT", "achtduizend")
    with pytest.raises(EnvironmentValueError, match=r"PORT is 'achtduizend'"):
        value("PORT")
    monkeypatch.setenv("HTTPS", "misschien")
    with pytest.raises(EnvironmentValueError, match="HTTPS"):
        value("HTTPS")


@pytest.mark.parametrize(
    ("text", "meaning"), [("yes", True), ("ON", True), ("0", False), ("", False)]
)
def test_boolean(text, meaning):
    assert boolean(text) is meaning


def start(module: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.conf import settings;"
            "print(settings.DEBUG, len(settings.SECRET_KEY), settings.DATABASES['default']['ENGINE'])",
        ],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": module,
            "HUB_DATA_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_production_refuses_to_start_without_a_key(tmp_path):
    run = start("hub.settings.production", tmp_path, BASE_URL="https://hub.example.org")
    assert run.returncode != 0
    assert "Set SECRET_KEY" in run.stderr
    short = start("hub.settings.production", tmp_path, SECRET_KEY="kort", HTTPS="no")
    assert short.returncode != 0


def test_production_refuses_https_without_an_https_address(tmp_path):
    run = start("hub.settings.production", tmp_path, SECRET_KEY="k" * 50)
    assert "BASE_URL" in run.stderr


def test_production_with_a_database_server_refuses_a_key_of_one_machine(tmp_path):
    run = start(
        "hub.settings.production",
        tmp_path,
        SECRET_KEY="k" * 50,
        HTTPS="no",
        DATABASE_URL="postgres://a:b@127.0.0.1/c",
    )
    assert "Set PEOPLE_KEY" in run.stderr


def test_production_starts_when_all_is_said(tmp_path):
    run = start(
        "hub.settings.production",
        tmp_path,
        SECRET_KEY="k" * 50,
        BASE_URL="https://hub.example.org",
        DATABASE_URL="postgres://a:b@127.0.0.1/c",
        PEOPLE_KEY="p" * 50,
    )
    assert run.stdout.split() == ["False", "50", "django.db.backends.postgresql"], run.stderr


def test_development_makes_one_key_and_keeps_it(tmp_path):
    first = start("hub.settings.development", tmp_path)
    key = (tmp_path / "secret.key").read_text()
    second = start("hub.settings.development", tmp_path)
    assert first.returncode == second.returncode == 0
    assert (tmp_path / "secret.key").read_text() == key
    assert first.stdout.startswith("False")


def test_the_key_is_its_owners_alone(tmp_path):
    key = stored_key(tmp_path / "key")
    assert stored_key(tmp_path / "key") == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_sqlite_waits_its_turn():
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] >= 20_000
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone()[0] == 1
    assert connection.transaction_mode == "IMMEDIATE"
