"""A copy of the site never sends; a moved one sends after a word from an operator."""

from __future__ import annotations

import io
import shutil

from django.core.management import call_command

import pytest

from newsletter.delivery import guard
from newsletter.enums import EditionState
from newsletter.models import Installation
from tests.newsletter.sending import people, quick, scheduled, send, sink, states

__all__ = ["quick", "sink"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings, tmp_path):
    """A data folder that sends."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.DATA_DIR = folder
    assert guard.why_not_here() == ""
    guard.step()
    return folder


def test_stays_where_it_is(here, settings):
    assert guard.why_not_here() == ""
    guard.step()
    settings.BASE_URL = "http://localhost:9999"  # another port is no other place
    assert guard.why_not_here() == ""


def put_back(here, settings, tmp_path):
    Installation.objects.update(step=0)


def other_address(here, settings, tmp_path):
    settings.BASE_URL = "https://test.example.org"


def copied_folder(here, settings, tmp_path):
    shutil.copytree(here, tmp_path / "copy")
    settings.DATA_DIR = tmp_path / "copy"


def put_back_folder(here, settings, tmp_path):
    kept = (here / guard.FILE).read_bytes()
    (here / "other").write_bytes(b"")  # takes the place on the disk
    (here / guard.FILE).rename(here / "old")
    (here / guard.FILE).write_bytes(kept)


def other_database(here, settings, tmp_path):
    Installation.objects.all().delete()
    Installation.objects.create(site="localhost")


def no_file(here, settings, tmp_path):
    (here / guard.FILE).unlink()


def broken_file(here, settings, tmp_path):
    (here / guard.FILE).write_bytes(b"{")


def other_key(here, settings, tmp_path):
    settings.INSTALLATION_KEY = "x"


@pytest.mark.parametrize(
    "change",
    [
        put_back,
        other_address,
        copied_folder,
        put_back_folder,
        other_database,
        no_file,
        broken_file,
        other_key,
    ],
    ids=lambda change: change.__name__,
)
def test_a_copy_sends_nothing(sink, here, settings, tmp_path, change):
    people(2)
    edition = scheduled()
    settings.DATA_DIR = here
    change(here, settings, tmp_path)
    sender = send()
    assert sender.trouble and sink.taken == []
    edition.refresh_from_db()
    assert edition.state == EditionState.SCHEDULED
    settings.INSTALLATION_KEY = ""
    call_command("send_from_here", "--yes", stdout=io.StringIO())
    assert guard.why_not_here() == ""
    send()
    edition.refresh_from_db()
    assert (edition.state, sink.taken) == (EditionState.LATE, [])


def test_a_second_machine_joins(here, settings, tmp_path, capsys):
    second = tmp_path / "second"
    second.mkdir()
    settings.DATA_DIR = second
    call_command("send_from_here")
    assert "--also" in capsys.readouterr().out
    call_command("send_from_here", "--also")
    assert guard.why_not_here() == ""
    settings.DATA_DIR = here
    assert guard.why_not_here() == ""
    settings.DATA_DIR = tmp_path
    settings.INSTALLATION_KEY = str(Installation.objects.get().key)
    assert guard.why_not_here() == ""


def test_one_that_may_send_sends(sink, here, settings):
    settings.DATA_DIR = here
    people(1)
    edition = scheduled()
    send()
    assert states(edition) == {"sent": 1}
