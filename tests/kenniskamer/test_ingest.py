"""`manage.py ingest`: every file gets its line, a bad one stops nothing."""

from __future__ import annotations

import io
import json

from django.core.management import CommandError, call_command

import pytest

from core.models import HubDocument
from kenniskamer.management.commands import ingest
from kenniskamer.models import ResearchPage, SourceFile
from tests.kenniskamer import pdfs

pytestmark = pytest.mark.django_db

COLUMNS = [
    "file",
    "sha256",
    "status",
    "page_id",
    "title",
    "language",
    "pages",
    "pages_with_text",
    "seconds",
    "error",
]


@pytest.fixture
def run(tmp_path):
    """Write files, ingest them, and return the rows and the exit code."""

    def run(files: dict[str, bytes | None], *options):
        paths = []
        for name, data in files.items():
            paths.append(tmp_path / name)
            if data is not None:
                paths[-1].write_bytes(data)
        out, code = io.StringIO(), 0
        try:
            call_command("ingest", *map(str, paths), *options, stdout=out)
        except SystemExit as stop:
            code = stop.code
        lines = out.getvalue().splitlines()
        return ([json.loads(line) for line in lines] if "--json" in options else lines), code

    return run


def test_one_file_gives_one_line_and_one_draft(site_tree, run):
    (row,), code = run({"rapport.pdf": pdfs.report()}, "--json")

    assert code == 0
    assert list(row) == COLUMNS
    page = ResearchPage.objects.get(pk=row["page_id"])
    assert not page.live
    assert row["status"] == "created"
    assert row["sha256"] == SourceFile.objects.get().document.sha256
    assert (row["title"], row["language"]) == (page.title, "nl")
    assert (row["pages"], row["pages_with_text"], row["error"]) == (3, 3, None)


def test_a_bad_file_never_stops_the_others(site_tree, run):
    files = {
        "weg.pdf": None,
        "stuk.pdf": pdfs.truncated(),
        "geheim.pdf": pdfs.encrypted(pdfs.report(), "x"),
        "pagina.pdf": b"<html></html>",
        "scan.pdf": pdfs.scanned(),
        "goed.pdf": pdfs.report(),
        "weer.pdf": pdfs.report(),
    }
    rows, code = run(files, "--json")

    assert code == 1
    assert [row["status"] for row in rows] == [
        *("failed", "failed", "failed", "failed", "created", "created", "duplicate")
    ]
    assert all(row["error"].endswith(".") for row in rows[:4])
    assert rows[4]["pages_with_text"] == 0
    assert rows[6]["page_id"] == rows[5]["page_id"]


def test_a_failed_file_leaves_nothing_behind(site_tree, run):
    run({"stuk.pdf": pdfs.truncated()}, "--json")

    assert not HubDocument.objects.exists()
    assert not ResearchPage.objects.exists()


def test_a_duplicate_alone_is_no_failure(site_tree, run):
    run({"een.pdf": pdfs.report()})
    rows, code = run({"twee.pdf": pdfs.report()}, "--json")
    assert (rows[0]["status"], code) == ("duplicate", 0)


def test_publish_makes_the_page_live_and_tells_the_index(site_tree, run, monkeypatch):
    calls = []
    monkeypatch.setattr(ingest, "process_pending", lambda: calls.append(1))
    rows, _ = run({"rapport.pdf": pdfs.report()}, "--json", "--publish")

    assert ResearchPage.objects.get(pk=rows[0]["page_id"]).live
    assert calls == [1]


def test_a_name_that_is_not_utf_8_stops_nothing(site_tree, run):
    files = {"rapport\udcff.pdf": pdfs.report(), "weg\udcfe.pdf": None}
    rows, _ = run(files, "--json")

    assert [row["status"] for row in rows] == ["created", "failed"]
    json.dumps(rows, ensure_ascii=False).encode()


def test_our_own_fault_is_a_failed_row_too(site_tree, run, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("geheim pad")

    monkeypatch.setattr(ingest.reading, "read", fail)
    rows, code = run({"rapport.pdf": pdfs.report()}, "--json")

    assert (rows[0]["status"], code) == ("failed", 1)
    assert "geheim pad" not in rows[0]["error"]


def test_without_json_it_speaks_to_people(site_tree, run):
    lines, _ = run({"rapport.pdf": pdfs.report(), "leeg.pdf": b""})

    assert "Draagvlak in de wijk" in lines[0]
    assert lines[1].startswith("leeg.pdf: ")


def test_without_a_library_it_says_what_to_do(db, run):
    with pytest.raises(CommandError):
        run({"rapport.pdf": pdfs.report()})


def test_the_progress_bar_is_only_for_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    assert ingest.progress_bar("x.pdf", io.StringIO()) is None
    terminal = Terminal()
    draw = ingest.progress_bar("x.pdf", terminal)
    draw(0, 2)
    draw(2, 2)
    assert "2/2  x.pdf\n" in terminal.getvalue()
