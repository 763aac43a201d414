"""Read a PDF in the sandbox, and say in one state how that ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from core import sandbox
from core.sandbox import LIMIT_ENDINGS, Ending, Heartbeat, Limits, Outcome
from kenniskamer import language
from kenniskamer.enums import SourceState
from kenniskamer.pagetext import normalise
from kenniskamer.suggestions import suggest

FAST = Limits(cpu_seconds=20)
CAREFUL = Limits(cpu_seconds=40)
"""pdfium sets itself no limits: when it dies of a file, pypdf reads that alone."""

EXTRACT = "kenniskamer.extraction_child:extract"

CAPS = {
    "pages": 3_000,
    "page_characters": 100_000,
    "characters": 12_000_000,
    "outline_items": 500,
    "cpu_seconds": 60,
}

ERROR_CHARACTERS = 400

PART_OF_CPU = 0.75
"""Of its time a child may read; the rest is for finishing what it has read."""

SCAN_CHARACTERS = 10
"""A page of a scan holds fewer on average: specks that were taken for letters."""

TOO_LARGE_ERRORS = frozenset({"LimitReachedError", "RecursionError", "OverflowError"})

DEATHS = frozenset({Ending.CRASHED, Ending.CPU_LIMIT, Ending.MEMORY_LIMIT})

PageProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its text ready to be stored, and what is known about it.

    `recognised` says that the text was read from a picture (OCR).
    """

    label: str
    text: str
    language: str
    lost_characters: int
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a file holds. `pages` may be fewer than `page_count` when a cap was reached."""

    state: SourceState
    page_count: int = 0
    pages: tuple[Page, ...] = ()
    language: str = ""
    tagged: bool = False
    outline: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    cpu_seconds: float = 0.0
    peak_memory: int = 0

    @property
    def pages_with_text(self) -> int:
        """How many pages search can find something on."""
        return sum(bool(page.text) for page in self.pages)

    @property
    def pages_recognised(self) -> int:
        """How many pages have text that was read from a picture."""
        return sum(page.recognised for page in self.pages)


def extract(
    path: Path,
    *,
    on_page: PageProgress | None = None,
    on_heartbeat: Heartbeat | None = None,
) -> Extraction:
    """Read the PDF at `path`; never raises because of what the file holds.

    `on_page` gets the number of pages read and their total; it starts anew when the
    first reader died of the file and the second takes over.
    """

    def on_progress(values: Mapping[str, Any]) -> None:
        page, pages = values.get("page"), values.get("pages")
        if on_page and isinstance(page, int) and isinstance(pages, int):
            on_page(page, pages)

    run = partial(run_child, path, on_progress=on_progress, on_heartbeat=on_heartbeat)
    first = run(FAST, pdfium=True)
    if first.ending not in DEATHS:
        return _read(first)
    second = _read(run(CAREFUL, pdfium=False))
    return replace(
        second,
        cpu_seconds=first.cpu_seconds + second.cpu_seconds,
        peak_memory=max(first.peak_memory, second.peak_memory),
    )


def run_child(
    path: Path,
    limits: Limits,
    *,
    pdfium: bool,
    on_progress: sandbox.Progress | None = None,
    on_heartbeat: Heartbeat | None = None,
) -> Outcome:
    """Read the PDF at `path` in one child, with pdfium or with pypdf alone."""
    return sandbox.run(
        EXTRACT,
        {
            "path": str(path),
            "caps": _caps(limits),
            "pdfium": pdfium,
            "last_year": _last_year(),
        },
        limits=limits,
        on_progress=on_progress,
        on_heartbeat=on_heartbeat,
    )


def _caps(limits: Limits) -> dict[str, int]:
    return {**CAPS, "cpu_seconds": min(CAPS["cpu_seconds"], int(limits.cpu_seconds * PART_OF_CPU))}


def with_recognised(extraction: Extraction, texts: Mapping[int, str]) -> Extraction:
    """Return an extraction with text recognised on some pages, by page number from 1.

    Language, state and suggestions follow from the new text.
    """
    if not texts:
        return extraction
    merged = [texts.get(n, page.text) for n, page in enumerate(extraction.pages, start=1)]
    main, languages = language.of_pages(merged)
    pages = tuple(
        replace(page, text=text, language=code, recognised=number in texts)
        for number, (page, text, code) in enumerate(
            zip(extraction.pages, merged, languages, strict=True), start=1
        )
    )
    return replace(
        extraction,
        pages=pages,
        language=main,
        state=_state("", pages),
        suggestions=suggest(extraction.metadata, merged, {}, _last_year()),
    )


def _last_year() -> int:
    """A year of publication is never later."""
    return dt.date.today().year + 1


def _read(outcome: Outcome) -> Extraction:
    if outcome.ending is not Ending.OK:
        return Extraction(
            state=_failed_state(outcome),
            error=_cause(outcome),
            cpu_seconds=outcome.cpu_seconds,
            peak_memory=outcome.peak_memory,
        )
    value = outcome.value
    main, languages = language.of_pages([page["text"] for page in value["pages"]])
    pages = tuple(
        Page(page["label"], page["text"], code, page["lost"])
        for page, code in zip(value["pages"], languages, strict=True)
    )
    return Extraction(
        state=_state(value["cut"], pages),
        page_count=value["page_count"],
        pages=pages,
        language=main,
        tagged=value["tagged"],
        outline=value["outline"],
        metadata=value["metadata"],
        suggestions=value["suggestions"],
        error=f"limit: {value['cut']}" if value["cut"] else "",
        cpu_seconds=outcome.cpu_seconds,
        peak_memory=outcome.peak_memory,
    )


def _state(cut: str, pages: tuple[Page, ...]) -> SourceState:
    if not pages and not cut:
        return SourceState.BROKEN
    if cut:
        return SourceState.TOO_LARGE
    characters = sum(len(page.text) for page in pages)
    return SourceState.READY if characters >= SCAN_CHARACTERS * len(pages) else SourceState.NO_TEXT


def _failed_state(outcome: Outcome) -> SourceState:
    if outcome.ending in LIMIT_ENDINGS or outcome.error in TOO_LARGE_ERRORS:
        return SourceState.TOO_LARGE
    if outcome.error == "PasswordNeeded":
        return SourceState.PASSWORD
    return SourceState.BROKEN


def _cause(outcome: Outcome) -> str:
    """Name the technical cause, for the log and for whoever mends it."""
    if outcome.ending is Ending.CRASHED:
        return f"crashed with signal {outcome.signal}"
    if outcome.ending is Ending.FAILED:
        # The message can quote the file, so it is cleaned like its text.
        return normalise(f"{outcome.error}: {outcome.message}")[:ERROR_CHARACTERS]
    return outcome.ending.value
