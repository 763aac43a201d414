"""Extraction: what a PDF holds, or in one word why it could not be read."""

from __future__ import annotations

from functools import partial

import pytest

from core import sandbox
from core.sandbox import Ending, Outcome
from kenniskamer import extraction
from kenniskamer.enums import SourceState
from tests.kenniskamer import pdfs


@pytest.fixture
def extract(tmp_path):
    def run(data: bytes, **options):
        path = tmp_path / "file.pdf"
        path.write_bytes(data)
        return extraction.extract(path, **options)

    return run


STATES = [
    ("report", pdfs.report, SourceState.READY),
    ("scan", pdfs.scanned, SourceState.NO_TEXT),
    ("specks", lambda: pdfs.raw(b"BT /F1 12 Tf 72 700 Td (,:kl) Tj ET"), SourceState.NO_TEXT),
    ("empty password", lambda: pdfs.encrypted(pdfs.report(), ""), SourceState.READY),
    ("password", lambda: pdfs.encrypted(pdfs.report(), "geheim"), SourceState.PASSWORD),
    ("truncated", pdfs.truncated, SourceState.BROKEN),
    ("only a header", lambda: b"%PDF-1.7\n", SourceState.BROKEN),
    ("garbage", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 500, SourceState.BROKEN),
    ("bomb", pdfs.bomb, SourceState.TOO_LARGE),
    ("huge page", lambda: pdfs.raw(b"", size="9000000 9000000"), SourceState.NO_TEXT),
]


@pytest.mark.parametrize(("name", "make", "state"), STATES, ids=[row[0] for row in STATES])
def test_states(extract, name, make, state):
    found = extract(make())

    assert found.state == state, found.error
    assert found.peak_memory < 1 << 30
    assert bool(found.page_count) == (state in {SourceState.READY, SourceState.NO_TEXT})


def test_a_report_is_read_page_by_page(extract):
    seen = []
    found = extract(pdfs.report(), on_page=lambda done, total: seen.append((done, total)))

    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert found.page_count == found.pages_with_text == 3
    assert "Hoofdstuk 2" in found.pages[1].text
    assert found.language == "nl"
    assert [page.language for page in found.pages] == ["nl"] * 3
    assert found.tagged


def test_a_page_in_another_language_is_known_as_such(extract):
    texts = (pdfs.NEDERLANDS, pdfs.NEDERLANDS, "Summary. " + pdfs.ENGLISH * 2)
    found = extract(pdfs.report(texts=texts))

    assert found.language == "nl"
    assert [page.language for page in found.pages] == ["nl", "nl", "en"]


def test_printed_page_numbers_are_kept(extract):
    found = extract(pdfs.with_labels(pdfs.report()))
    assert [page.label for page in found.pages] == ["i", "ii", "1"]


def test_the_outline_has_levels_and_pages(extract):
    found = extract(pdfs.with_outline(pdfs.report(), ["Inleiding", "Slot"]))

    assert {"title": "Inleiding", "level": 0, "page": 1} in found.outline
    assert {"title": "Slot", "level": 0, "page": 2} in found.outline


def test_a_long_outline_is_cut(extract, monkeypatch):
    monkeypatch.setitem(extraction.CAPS, "outline_items", 5)
    found = extract(pdfs.with_outline(pdfs.report(), [f"Kop {n}" for n in range(50)]))
    assert len(found.outline) == 5


def test_metadata_is_cut_and_clean(extract):
    data = pdfs.with_metadata(pdfs.report(), Title="x" * 5_000, Author="A\x00 Jansen")
    found = extract(data)

    assert found.metadata["title"] == "x" * 500
    assert found.metadata["author"] == "A Jansen"


def test_no_control_character_reaches_the_text(extract):
    assert extract(pdfs.controls()).pages[0].text == "tekst met en nul"


@pytest.mark.parametrize(
    ("cap", "value", "read"), [("pages", 2, 2), ("characters", 10, 1), ("cpu_seconds", 0, 0)]
)
def test_a_cap_keeps_what_was_read(extract, monkeypatch, cap, value, read):
    monkeypatch.setitem(extraction.CAPS, cap, value)
    found = extract(pdfs.report())

    assert found.state == SourceState.TOO_LARGE
    assert (len(found.pages), found.page_count) == (read, 3)


def test_a_page_has_a_longest_text(extract, monkeypatch):
    monkeypatch.setitem(extraction.CAPS, "page_characters", 40)
    assert all(len(page.text) <= 40 for page in extract(pdfs.report()).pages)


ENDINGS = [
    (Outcome(Ending.CPU_LIMIT), SourceState.TOO_LARGE, "cpu_limit"),
    (Outcome(Ending.MEMORY_LIMIT, error="MemoryError"), SourceState.TOO_LARGE, "memory_limit"),
    (Outcome(Ending.WALL_LIMIT), SourceState.TOO_LARGE, "wall_limit"),
    (Outcome(Ending.OUTPUT_LIMIT), SourceState.TOO_LARGE, "output_limit"),
    (
        Outcome(Ending.FAILED, error="LimitReachedError"),
        SourceState.TOO_LARGE,
        "LimitReachedError:",
    ),
    (Outcome(Ending.FAILED, error="PasswordNeeded"), SourceState.PASSWORD, "PasswordNeeded:"),
    (Outcome(Ending.FAILED, error="KeyError", message="x"), SourceState.BROKEN, "KeyError: x"),
    (Outcome(Ending.FAILED, error="E", message="\x00a\ud800b"), SourceState.BROKEN, "E: ab"),
    (Outcome(Ending.CRASHED, signal=11), SourceState.BROKEN, "crashed with signal 11"),
]


@pytest.mark.parametrize(("outcome", "state", "error"), ENDINGS)
def test_every_ending_of_the_child_is_a_state(extract, monkeypatch, outcome, state, error):
    monkeypatch.setattr(extraction.sandbox, "run", lambda *args, **options: outcome)
    found = extract(b"")
    assert (found.state, found.error, found.pages) == (state, error, ())


def test_a_missing_file_is_broken(tmp_path):
    assert extraction.extract(tmp_path / "weg.pdf").state == SourceState.BROKEN


def test_what_only_pypdf_opens_is_read_by_pypdf(extract, monkeypatch):
    monkeypatch.setattr(extraction, "run_child", partial(without_pdfium, extraction.run_child))
    found = extract(pdfs.report())

    assert found.state == SourceState.READY
    assert "Hoofdstuk 2" in found.pages[1].text
    assert found.suggestions[0]["value"] == "Draagvlak in de wijk"


def without_pdfium(run, path, limits, *, pdfium, **options):
    return run(path, limits, pdfium=False, **options)


def test_both_readers_find_the_same_words(tmp_path):
    path = tmp_path / "file.pdf"
    path.write_bytes(pdfs.report())
    texts = [
        [
            page["text"]
            for page in extraction.run_child(path, extraction.FAST, pdfium=pdfium).value["pages"]
        ]
        for pdfium in (True, False)
    ]
    assert [text.split() for text in texts[0]] == [text.split() for text in texts[1]]


def test_what_only_pdfium_opens_has_text_and_no_structure(extract):
    data = pdfs.raw(b"BT /F1 12 Tf 72 700 Td (draagvlak voor opvang) Tj ET")
    found = extract(data[: data.index(b"startxref")])

    assert found.state == SourceState.READY
    assert found.pages[0].text == "draagvlak voor opvang"
    assert not found.outline


@pytest.mark.parametrize("death", sorted(extraction.DEATHS))
def test_pypdf_takes_over_when_pdfium_dies_of_a_file(extract, monkeypatch, death):
    died = Outcome(death, cpu_seconds=3.0, peak_memory=2 << 30)
    run = sandbox.run

    def dies_of_pdfium(target, arguments, **options):
        return died if arguments["pdfium"] else run(target, arguments, **options)

    monkeypatch.setattr(extraction.sandbox, "run", dies_of_pdfium)
    found = extract(pdfs.report())

    assert found.state == SourceState.READY
    assert found.page_count == found.pages_with_text == 3
    assert found.cpu_seconds > 3.0
    assert found.peak_memory == 2 << 30


def test_a_file_that_takes_too_long_is_not_read_again(extract, monkeypatch):
    runs = []

    def too_slow(target, arguments, **options):
        runs.append(arguments["pdfium"])
        return Outcome(Ending.WALL_LIMIT)

    monkeypatch.setattr(extraction.sandbox, "run", too_slow)
    assert extract(b"").state == SourceState.TOO_LARGE
    assert runs == [True]
