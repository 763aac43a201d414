"""What it costs to build a large release: CPU and memory of the whole child.

python -m benchmarks.toolkit [PARTS]
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from core import sandbox
from core.sandbox import Limits

PARTS, CHAPTERS = 300, 10
LIMITS = Limits(cpu_seconds=300, memory_bytes=4 << 30, wall_seconds=900, file_bytes=1 << 30)
SENTENCE = (
    "Wie over migratie praat, luistert eerst naar wat de ander bezighoudt, en zoekt dan pas naar "
    "woorden die bij <b>gedeelde waarden</b> aansluiten. "
)
KINDS = ("model", "study", "report", "film", "person", "exercise", "text")
WORDS = {
    "author": "OnMigration (voorbeeld)", "version": "Versie 3.0", "date": "1 maart 2026",
    "contents": "Inhoud", "news": "Wat is er nieuw", "reference": "Verwijzing",
    "licence": "Licentie:", "licence_name": "CC BY 4.0", "licence_studies": "Voorbeeld.",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "address": "Adres:", "url": "https://example.org/nl/toolkit/3.0/",
    **{f"kind_{kind}": kind.title() for kind in KINDS},
}  # fmt: skip


def picture() -> bytes:
    """Return a picture of 900 by 600 with something in it."""
    file = io.BytesIO()
    Image.radial_gradient("L").resize((900, 600)).save(file, "JPEG", quality=80)
    return file.getvalue()


def part(number: int, sha256: str) -> dict[str, Any]:
    """Return one part of about a page; every third has a picture."""
    kind = KINDS[number % len(KINDS)]
    body = f"<p>{SENTENCE * 4}</p><ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>"
    shown = {"sha256": sha256, "format": "jpg", "width": 900, "height": 600, "alt": "Een cirkel"}
    return {
        "id": f"{number:08}-0000-4000-8000-000000000000",
        "slug": f"deel-{number}",
        "kind": kind,
        "title": f"Onderdeel {number} over gesprekken",
        "facts": [{"name": "time", "label": "Tijd", "value": "30 minuten"}],
        "fields": [
            {"name": "body", "label": "Wat het is", "html": body},
            {"name": "when", "label": "Wanneer gebruiken", "html": f"<p>{SENTENCE * 3}</p>"},
        ],
        "citation": "Jansen, A. (2020). Voorbeeld." if kind == "study" else "",
        "links": [{"label": "Lees meer", "url": f"https://example.org/{number}"}],
        "picture": shown if number % 3 == 0 else None,
    }


def content(parts: int, sha256: str) -> dict[str, Any]:
    """Return a release of so many parts in ten chapters."""
    made = [part(number, sha256) for number in range(parts)]
    size = -(-parts // CHAPTERS)
    return {
        "format": 1, "toolkit": "Toolkit", "title": "Toolkit 3.0", "lead": "Een groot voorbeeld.",
        "version": "3.0", "language": "nl", "date": "2026-03-01", "licence": "CC-BY-4.0",
        "notes": "<p>Alles is nieuw.</p>",
        "chapters": [
            {
                "id": f"c{number}", "slug": f"hoofdstuk-{number}", "title": f"Hoofdstuk {number}",
                "intro": f"<p>{SENTENCE}</p>", "parts": made[number * size : (number + 1) * size],
            }
            for number in range(CHAPTERS)
        ],
    }  # fmt: skip


def main() -> None:
    """Build once and print a row for benchmarks/RESULTS.md."""
    parts = int(sys.argv[1]) if len(sys.argv) > 1 else PARTS
    with tempfile.TemporaryDirectory() as name:
        folder, sha256 = Path(name), "0" * 64
        (folder / "pictures").mkdir()
        (folder / "pictures" / f"{sha256}.jpg").write_bytes(picture())
        (folder / "content.json").write_text(json.dumps(content(parts, sha256)))
        (folder / "words.json").write_text(json.dumps(WORDS))
        outcome = sandbox.run("toolkit.builder.child:build", {"path": name}, limits=LIMITS)
        if outcome.value is None:
            raise SystemExit(f"{outcome.ending}: {outcome.error} {outcome.message}")
        size = (folder / "toolkit.zip").stat().st_size
        print("| parts | files | ZIP | CPU | wall | memory |")
        print("| --- | --- | --- | --- | --- | --- |")
        print(
            f"| {parts} | {len(outcome.value)} | {size / 1e6:.1f} MB | {outcome.cpu_seconds:.1f} s "
            f"| {outcome.wall_seconds:.1f} s | {outcome.peak_memory / 1e6:.0f} MB |"
        )


if __name__ == "__main__":
    main()
