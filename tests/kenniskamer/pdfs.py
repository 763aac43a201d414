"""PDF files for tests, each made on the spot with one property of its own."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import cache

import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdfium2 import PdfDocument

NEDERLANDS = (
    "Het draagvlak voor de opvang van vluchtelingen groeit wanneer bewoners elkaar ontmoeten "
    "en vroeg bij de plannen worden betrokken. Dit onderzoek laat zien hoe gemeenten dat doen "
    "en welke woorden daarbij helpen."
)
ENGLISH = (
    "Public support for the reception of refugees grows when residents meet one another and "
    "are involved in the plans at an early stage. This study shows how municipalities do that "
    "and which words help them."
)


@cache
def report(
    title: str = "Draagvlak in de wijk",
    texts: tuple[str, ...] = (NEDERLANDS, NEDERLANDS, "Slot. " + NEDERLANDS),
    *,
    embedded_title: str = "",
    language: str = "nl",
) -> bytes:
    """A tagged report: a title in large type, a heading and a text on every page."""
    head = f'#set document(title: "{embedded_title}")\n' if embedded_title else ""
    pages = "\n#pagebreak()\n".join(
        f"= Hoofdstuk {number}\n{text}" for number, text in enumerate(texts, start=1)
    )
    source = (
        f'{head}#set text(lang: "{language}", size: 11pt)\n#text(size: 28pt)[{title}]\n\n{pages}'
    )
    return typst.compile(source.encode())


def rewritten(data: bytes, change) -> bytes:
    """Copy a PDF and let `change` loose on its writer."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def encrypted(data: bytes, password: str, owner: str = "eigenaar") -> bytes:
    return rewritten(data, lambda writer: writer.encrypt(password, owner, algorithm="AES-256"))


def with_labels(data: bytes) -> bytes:
    """Number the first two pages i, ii and go on with 1."""

    def change(writer: PdfWriter) -> None:
        writer.set_page_label(0, 1, style="/r")
        writer.set_page_label(2, len(writer.pages) - 1, style="/D")

    return rewritten(data, change)


def with_outline(data: bytes, titles: Sequence[str]) -> bytes:
    def change(writer: PdfWriter) -> None:
        for number, title in enumerate(titles):
            writer.add_outline_item(title=title, page_number=number % len(writer.pages))

    return rewritten(data, change)


def with_metadata(data: bytes, **values: str) -> bytes:
    return rewritten(
        data, lambda writer: writer.add_metadata({f"/{key}": v for key, v in values.items()})
    )


def scanned() -> bytes:
    """A page that is only a picture."""
    file = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(file, "PDF")
    return file.getvalue()


def scan_of(data: bytes) -> bytes:
    """The same pages as pictures, as a scanner makes them."""
    pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in PdfDocument(data)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return file.getvalue()


def raw(content: bytes, *, filters: str = "", size: str = "612 792") -> bytes:
    """A page with this content stream, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        f"<< /Length {len(content)} {filters} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def controls() -> bytes:
    """A page whose text holds NUL and other control characters."""
    return raw(b"BT /F1 12 Tf 72 700 Td (tekst met \\000 en \\001 nul) Tj ET")


def bomb() -> bytes:
    """Half a gigabyte of spaces in half a megabyte."""
    press = zlib.compressobj(9)
    spaces = b" " * (1 << 20)
    content = b"".join(press.compress(spaces) for _ in range(512)) + press.flush()
    return raw(content, filters="/Filter /FlateDecode")


def truncated() -> bytes:
    return report()[: len(report()) // 3]
