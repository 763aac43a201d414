"""Intake: stored once, recognised, or refused with a sentence."""

from __future__ import annotations

import io

import pytest

from core.models import HubDocument
from kenniskamer import intake
from kenniskamer.enums import SourceState
from kenniskamer.intake import IntakeStatus, clean_name, receive
from kenniskamer.models import SourceFile
from tests.kenniskamer import pdfs
from tests.research import make_document, make_research, make_source

pytestmark = pytest.mark.django_db


def hand_in(data, name="rapport.pdf", **options):
    return receive(io.BytesIO(data), name, **options)


def test_a_new_file_is_stored_and_waits(site_tree, editor):
    result = hand_in(pdfs.report(), "Mijn rapport.PDF", user=editor)

    assert result.status is IntakeStatus.CREATED
    assert result.error == ""
    assert result.source_file.state == SourceState.WAITING
    assert result.document.filename == "Mijn rapport.pdf"
    assert result.document.title == "Mijn rapport"
    assert result.document.uploaded_by_user == editor
    assert result.document.file.open().read() == pdfs.report()


def test_the_worker_is_woken_only_when_the_file_is_stored_for_certain(
    site_tree, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        result = hand_in(pdfs.report())
        assert SourceFile.objects.get().state == SourceState.WAITING
    callbacks[-1]()
    result.source_file.refresh_from_db()
    assert result.source_file.state == SourceState.READY


def test_the_same_bytes_are_stored_once(site_tree):
    first = hand_in(pdfs.report(), "een.pdf")
    second = hand_in(pdfs.report(), "twee.pdf")

    assert second.status is IntakeStatus.DUPLICATE
    assert second.source_file == first.source_file
    assert HubDocument.objects.count() == 1


def test_a_duplicate_points_to_its_study(site_tree):
    source = make_source()
    page = make_research(site_tree.library, source=source)
    result = hand_in(source.document.file.open().read())

    assert (result.status, result.page) == (IntakeStatus.DUPLICATE, page)


def test_a_document_that_was_never_read_becomes_a_source(site_tree):
    document = make_document()
    result = hand_in(document.file.open().read())

    assert (result.status, result.document) == (IntakeStatus.CREATED, document)


def test_the_loser_of_a_race_finds_the_file_of_the_winner(site_tree, monkeypatch):
    winner = hand_in(pdfs.report()).source_file
    stored = intake._stored

    def as_if_it_was_not_there(*args):
        with monkeypatch.context() as patch:
            patch.setattr(HubDocument.objects, "filter", lambda **_: HubDocument.objects.none())
            return stored(*args)

    monkeypatch.setattr(intake, "_stored", as_if_it_was_not_there)
    result = hand_in(pdfs.report())
    assert (result.status, result.source_file) == (IntakeStatus.DUPLICATE, winner)


REFUSED = [
    b"",
    b"<html><body>%PDF</body></html>",
    b"\xff\xd8\xff\xe0 JFIF",
    b" " * 1100 + b"%PDF-1.4",
]


@pytest.mark.parametrize("data", REFUSED)
def test_what_is_no_pdf_is_refused_with_a_sentence(site_tree, data):
    result = hand_in(data, "rapport.pdf")

    assert result.status is IntakeStatus.FAILED
    assert result.error.endswith(".")
    assert result.document is None
    assert not HubDocument.objects.exists()


def test_a_pdf_is_known_by_its_content_and_not_by_its_name(site_tree):
    result = hand_in(b"x" * 500 + pdfs.report(), "rapport.txt")
    assert result.status is IntakeStatus.CREATED
    assert result.document.filename == "rapport.txt.pdf"


def test_a_file_over_the_limit_is_refused(site_tree, settings):
    settings.HUB_MAX_UPLOAD_BYTES = 1000
    assert hand_in(pdfs.report()).status is IntakeStatus.FAILED


NAMES = [
    ("rapport.pdf", "rapport.pdf"),
    ("C:\\Mijn stukken\\rapport.PDF", "rapport.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    ("a\x00b\n.pdf", "ab.pdf"),
    ("rapport\udcff.pdf", "rapport.pdf"),
    ("\u202efdp.rapport.pdf", "fdp.rapport.pdf"),
    ("..", "document.pdf"),
    ("", "document.pdf"),
    ("x" * 500 + ".pdf", "x" * 200 + ".pdf"),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names(given, kept):
    assert clean_name(given) == kept
