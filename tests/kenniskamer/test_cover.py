"""Covers: a small picture of the first page, or none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.sandbox import Ending, Outcome
from kenniskamer import cover
from tests.kenniskamer import pdfs


def draw(tmp_path, data: bytes):
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    return cover.draw(path)


@pytest.mark.parametrize("size", ["612 792", "9000000 9000000", "100 20000", "3 3"])
def test_a_cover_has_a_bounded_size(tmp_path, size):
    picture = Image.open(io.BytesIO(draw(tmp_path, pdfs.raw(b"", size=size))))

    assert picture.format == "WEBP"
    # The drawing rounds up to whole pixels.
    assert picture.width <= 401
    assert picture.height <= 701
    assert max(picture.width / 400, picture.height / 700) > 0.98


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", pdfs.truncated()])
def test_what_cannot_be_drawn_has_no_cover(tmp_path, data):
    assert draw(tmp_path, data) is None


def test_a_password_leaves_no_cover(tmp_path):
    assert draw(tmp_path, pdfs.encrypted(pdfs.report(), "geheim")) is None


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(Ending.MEMORY_LIMIT),
        Outcome(Ending.OK, value=None),
        Outcome(Ending.OK, value="geen base64!"),
        Outcome(Ending.OK, value="PHNjcmlwdD4="),
    ],
)
def test_a_child_is_not_believed_at_its_word(tmp_path, monkeypatch, outcome):
    monkeypatch.setattr(cover.sandbox, "run", lambda *args, **options: outcome)
    assert draw(tmp_path, pdfs.report()) is None
