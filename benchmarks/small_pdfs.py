"""Small PDFs for `uploads.py`, made in a moment: reports, scans, broken ones and repeats."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

WORDS = [
    "draagvlak",
    "opvang",
    "gemeente",
    "bewoners",
    "gesprek",
    "vertrouwen",
    "onderzoek",
    "beleid",
    "toon",
    "verhaal",
    "wijk",
    "school",
    "werk",
    "taal",
    "contact",
    "buurt",
    "vrijwilligers",
    "cijfers",
    "houding",
    "meting",
    "kader",
    "waarden",
    "zorgen",
    "steun",
    "protest",
    "raad",
    "besluit",
    "avond",
    "locatie",
    "uitleg",
    "ontmoeting",
    "vluchtelingen",
    "migratie",
]
PAGES = 3
LINES = 30
REPEAT_AFTER = 7
"""A repeat is the file that came so many places before it."""


def small_pdfs(count: int, seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """Give names and contents: of every 20, 15 reports, 2 scans, 2 broken files and a repeat."""
    chance = random.Random(seed)
    earlier: list[bytes] = []
    for number in range(count):
        place = number % 20
        if place == 19:
            data = earlier[-REPEAT_AFTER]
        elif place in (5, 14):
            data = scan(number)
        else:
            data = report(chance, number)
            if place in (8, 17):
                data = data[: len(data) // 3]
        earlier.append(data)
        yield f"rapport-{number}.pdf", data


def report(chance: random.Random, number: int) -> bytes:
    """Return a report with a title in large type and words of its own."""
    title = f"Rapport {number} over {chance.choice(WORDS)} en {chance.choice(WORDS)}"
    pages = []
    for page in range(PAGES):
        lines = [" ".join(chance.choices(WORDS, k=10)) for _line in range(LINES)]
        lines[-1] += f" kenmerk{number}x{page}"
        body = "".join(f"({line}.) Tj T*\n" for line in lines)
        head = f"/F1 24 Tf 40 780 Td ({title}) Tj\n" if page == 0 else "40 780 Td\n"
        pages.append(f"BT {head}/F1 11 Tf 14 TL 0 -40 Td\n{body}ET".encode())
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return assembled(pages, b"/Font << /F1 4 0 R >>", font)


def scan(number: int) -> bytes:
    """Return a page that is only a picture: grey, each number with a shade of its own."""
    pixels = zlib.compress(number.to_bytes(2, "big") * (100 * 140 // 2))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 100 /Height 140 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(pixels), pixels)
    )
    return assembled([b"q 595 0 0 842 0 0 cm /I1 Do Q"], b"/XObject << /I1 4 0 R >>", image)


def assembled(pages: list[bytes], resources: bytes, fourth: bytes) -> bytes:
    """Return a PDF of these content streams; object 4 is what `resources` names."""
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< %s >>" % resources,
        fourth,
    ]
    for place, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R "
            b"/Contents %d 0 R >>" % (first + 2 * place + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)
