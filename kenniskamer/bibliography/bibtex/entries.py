"""The entries of a file, each with what it takes over from the book or proceedings it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from bibtexparser.splitter import Splitter

from kenniskamer.bibliography.bibtex.fields import as_csl
from kenniskamer.bibliography.bibtex.values import Values, strings_of, values_of
from kenniskamer.bibliography.latex import MOST_DEPTH, depth
from kenniskamer.bibliography.reading import (
    MOST_RECORD_CHARACTERS,
    Flaw,
    Found,
    readable,
    unreadable,
)

OWN = frozenset(
    ["crossref", "author", "doi", "url", "abstract", "keywords", "note", "pages", "entrysubtype"]
)
"""What an entry does not take over from the book or proceedings it is in."""


def read(text: str) -> Iterator[Found]:
    """Yield every entry of a BibTeX file, in its order."""
    library = Splitter(text).split()
    strings = strings_of(library)
    entries = [(block, *_entry(block)) for block in library.blocks]
    known: dict[str, Values] = {}
    for block, entry, _flaws in entries:
        if entry is not None and len(block.raw or "") <= MOST_RECORD_CHARACTERS:
            known.setdefault(entry.key.casefold(), values_of(entry, strings))
    for block, entry, flaws in entries:
        if entry is not None:
            yield _read_entry(entry, flaws, strings, known)
        elif isinstance(block, ParsingFailedBlock) and not isinstance(
            block, DuplicateBlockKeyBlock
        ):
            yield unreadable(_line(block), Flaw.NOT_CLOSED, block.raw or "")


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _entry(block: Block) -> tuple[Entry | None, tuple[Flaw, ...]]:
    """Return the entry in a block, also when its key or a field was there before."""
    if isinstance(block, Entry):
        return block, ()
    flaws: tuple[Flaw, ...] = ()
    inner: Block | None = block
    while isinstance(inner, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if isinstance(inner, DuplicateFieldKeyBlock):
            flaws = (Flaw.REPEATED_FIELD,)
        inner = inner.ignore_error_block
    return (inner, flaws) if isinstance(inner, Entry) else (None, ())


def _read_entry(
    entry: Entry, flaws: tuple[Flaw, ...], strings: Values, known: Mapping[str, Values]
) -> Found:
    raw = entry.raw or ""
    if len(raw) > MOST_RECORD_CHARACTERS or depth(raw) > MOST_DEPTH:
        return unreadable(_line(entry), Flaw.TOO_LARGE, raw)
    values = values_of(entry, strings)
    parent = known.get(values.get("crossref", "").casefold(), {})
    for name, value in parent.items():
        if name not in OWN:
            values.setdefault("booktitle" if name == "title" else name, value)
    return readable(_line(entry), as_csl(entry.entry_type.lower(), entry.key, values), raw, flaws)
