"""Text recognition: scans become text where Tesseract is installed, and stay scans where not."""

from __future__ import annotations

import shutil

import pytest

from core.sandbox import Ending, Outcome
from kenniskamer import extraction, reading, recognition, tesseract
from kenniskamer.enums import SourceState
from kenniskamer.extraction import Extraction, Page
from kenniskamer.intake import receive
from tests.conftest import missing
from tests.kenniskamer import pdfs


@pytest.fixture
def with_tesseract(settings):
    if not shutil.which("tesseract"):
        missing("tesseract", "apt install tesseract-ocr tesseract-ocr-nld")
    settings.TESSERACT = "tesseract"


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdfs.scan_of(pdfs.report()))
    return path


def file_of(*texts: str, state: SourceState = SourceState.READY) -> Extraction:
    pages = tuple(Page("", text, "nl", 0) for text in texts)
    return Extraction(state=state, page_count=len(pages), pages=pages)


TEXT = "een hele zin met woorden"

WANTED = [
    ("all pages are text", file_of(TEXT, TEXT), []),
    ("a scan", file_of("", "", state=SourceState.NO_TEXT), [1, 2]),
    ("specks count as nothing", file_of(".,' --- ,,.", TEXT), [1]),
    ("one picture in a report", file_of("", *[TEXT] * 19), []),
    ("a scanned appendix", file_of(*[TEXT] * 18, "", ""), [19, 20]),
    ("cut at a limit", file_of("", "", state=SourceState.TOO_LARGE), []),
]


@pytest.mark.parametrize(("name", "found", "numbers"), WANTED, ids=[row[0] for row in WANTED])
def test_which_pages_are_scans(name, found, numbers):
    assert recognition.pages_to_recognise(found) == numbers


def test_a_very_long_scan_is_read_in_part(monkeypatch):
    monkeypatch.setattr(recognition, "MOST_PAGES", 3)
    found = file_of(*[""] * 9, state=SourceState.NO_TEXT)
    assert recognition.pages_to_recognise(found) == [1, 2, 3]


COSTS = [
    ("its own time", Outcome(Ending.OK, "tekst", cpu_seconds=40, wall_seconds=400), 3),
    ("the clock, when killed", Outcome(Ending.WALL_LIMIT, cpu_seconds=1, wall_seconds=60), 2),
    ("little", Outcome(Ending.FAILED, cpu_seconds=1, wall_seconds=1), 9),
]


@pytest.mark.parametrize(("name", "outcome", "pages"), COSTS, ids=[row[0] for row in COSTS])
def test_a_costly_scan_is_read_in_part(monkeypatch, tmp_path, name, outcome, pages):
    tried = []
    monkeypatch.setattr(recognition, "MOST_SECONDS", 100)
    monkeypatch.setattr(recognition.tesseract, "is_available", lambda: True)
    monkeypatch.setattr(recognition.tesseract, "languages", lambda: "nld")
    monkeypatch.setattr(
        recognition.sandbox, "run", lambda *args, **options: tried.append(args) or outcome
    )
    recognition.recognise(tmp_path, file_of(*[""] * 9, state=SourceState.NO_TEXT))
    assert len(tried) == pages


def test_a_scan_is_read(with_tesseract, scan):
    seen = []
    found = recognition.recognise(
        scan, extraction.extract(scan), on_page=lambda done, total: seen.append((done, total))
    )

    assert found.state == SourceState.READY
    assert found.pages_recognised == found.pages_with_text == 3
    assert "draagvlak voor de opvang van vluchtelingen" in " ".join(found.pages[0].text.split())
    assert found.language == "nl"
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_without_tesseract_a_scan_stays_one(settings, scan):
    settings.TESSERACT = "no-such-command"
    found = extraction.extract(scan)

    assert not tesseract.is_available()
    assert recognition.recognise(scan, found) is found
    assert found.state == SourceState.NO_TEXT


def test_a_command_that_is_no_tesseract_counts_as_none(settings):
    settings.TESSERACT = "false"
    assert not tesseract.is_available()


def test_a_page_that_fails_costs_no_other(with_tesseract, monkeypatch, scan):
    outcomes = iter(
        [
            Outcome(Ending.CRASHED, signal=11),
            Outcome(Ending.OK, value="Draagvlak groeit in de wijk.\n"),
            Outcome(Ending.OK, value="|| .. -"),
        ]
    )
    found = extraction.extract(scan)
    monkeypatch.setattr(recognition.sandbox, "run", lambda *args, **options: next(outcomes))
    texts = [page.text for page in recognition.recognise(scan, found).pages]
    assert texts == ["", "Draagvlak groeit in de wijk.", ""]


def test_readers_and_editors_are_told(with_tesseract, site_tree, scan):
    with scan.open("rb") as file:
        source = receive(file, "scan.pdf", in_background=False).source_file
    source = reading.read(source.pk)

    assert source.state == SourceState.READY
    assert source.pages_recognised == 3
    assert "OCR" in source.advice
    assert all(page.recognised for page in source.pages.all())
    assert [passage.label for passage in source.search_passages()] == ["p. 1", "p. 2", "p. 3"]


def test_without_tesseract_the_advice_says_how(site_tree, scan):
    with scan.open("rb") as file:
        source = receive(file, "scan.pdf", in_background=False).source_file
    source = reading.read(source.pk)

    assert source.state == SourceState.NO_TEXT
    assert "Tesseract" in source.advice
