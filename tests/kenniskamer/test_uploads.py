"""What an upload leaves behind: a stored file, and nothing open or temporary."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

from kenniskamer.models import SourceFile
from tests.kenniskamer import pdfs
from tests.research import make_research

ADD = "/admin/kenniskamer/add/"
FILES = {
    "rapport.pdf": pdfs.report,
    "scan.pdf": pdfs.scanned,
    "kapot.pdf": pdfs.truncated,
    "pagina.pdf": lambda: b"<html>",
    "weer.pdf": pdfs.report,
}

needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")


@pytest.fixture
def temporary(tmp_path, settings, monkeypatch):
    """A folder of our own for temporary files, to which every upload goes."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def open_files() -> list[str]:
    """Return what this process has open on disk, the database apart."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("/") and "sqlite" not in target:
            found.append(target)
    return sorted(found)


def hand_in(client, name):
    file = SimpleUploadedFile(name, FILES[name](), "application/pdf")
    return client.post(ADD, {"pdfs": file}, headers={"Accept": "application/json"})


@needs_proc
@pytest.mark.django_db
def test_nothing_stays_open_or_temporary(
    client, editor, site_tree, settings, temporary, django_capture_on_commit_callbacks
):
    settings.TESSERACT = ""
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, "rapport.pdf")
    before = open_files()
    for name in FILES:
        with django_capture_on_commit_callbacks(execute=True):
            assert hand_in(client, name).status_code == 200
    assert open_files() == before
    assert list(temporary.rglob("*")) == []
    assert SourceFile.objects.count() == 3


SCRIPT = '<script>window.pwned=1</script>"><img src=x onerror=alert(1)>'
PAGES = ["{library}", "/admin/kenniskamer/worklist/", "/admin/pages/{parent}/", "{url}"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_title_is_text_everywhere(client, editor, site_tree, address):
    study = make_research(site_tree.library, title=SCRIPT, slug="script")
    client.force_login(editor)
    library = site_tree.library
    address = address.format(library=library.url, parent=library.pk, url=study.url)
    response = client.get(address, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>window.pwned" not in page
    assert "<img src=x" not in page
