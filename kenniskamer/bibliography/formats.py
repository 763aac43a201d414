"""All formats in one place: which reader and writer, what a file is called and sent as. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kenniskamer.bibliography import bibtex, csljson, ris, spreadsheet, wos
from kenniskamer.bibliography.decoding import Format, decoded, format_of
from kenniskamer.bibliography.reading import MOST_RECORDS, Flaw, Found, unreadable
from kenniskamer.bibliography.record import Record

READERS: Mapping[Format, Callable[[str], Iterator[Found]]] = {
    Format.RIS: ris.read,
    Format.WOS: wos.read,
    Format.BIBTEX: bibtex.read,
    Format.CSL_JSON: csljson.read,
}


@dataclass(frozen=True, slots=True)
class Export:
    """A format that goes out. `name` is what people call it."""

    name: str
    extension: str
    content_type: str
    write: Callable[[Iterable[Record]], str]


EXPORTS = {
    export.extension: export
    for export in (
        Export("RIS", "ris", "application/x-research-info-systems", ris.write),
        Export("BibTeX", "bib", "application/x-bibtex", bibtex.write),
        Export("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csljson.write),
        Export("CSV", "csv", "text/csv", spreadsheet.write),
    )
}


def read(content: bytes) -> Iterator[Found]:
    """Yield every record in the bytes of a file, whichever format and encoding it has."""
    text = decoded(content)
    form = format_of(text)
    if form is None:
        # How it begins says nothing when it is a picture.
        begin = text if text[:100].replace("\n", "").isprintable() else ""
        yield unreadable(1, Flaw.FORMAT if text.strip() else Flaw.EMPTY, begin)
        return
    count = 0
    for count, found in enumerate(READERS[form](text), 1):
        if count > MOST_RECORDS:
            yield unreadable(found.line, Flaw.TOO_MANY)
            return
        yield found
    if not count:
        yield unreadable(1, Flaw.EMPTY, text)
