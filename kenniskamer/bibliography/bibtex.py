"""BibTeX in and out, by bibtexparser 2: entries, strings, crossrefs, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter
from bibtexparser.writer import BibtexFormat
from bibtexparser.writer import write as write_library

from kenniskamer.bibliography.bibnames import people, written
from kenniskamer.bibliography.latex import BRACES, MOST_DEPTH, depth, from_text, to_text
from kenniskamer.bibliography.reading import (
    MOST_RECORD_CHARACTERS,
    Flaw,
    Found,
    readable,
    unreadable,
)
from kenniskamer.bibliography.record import Record, joined

Values = dict[str, str]

ENTRY_TYPES = {
    "article-journal": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "report": "techreport", "thesis": "phdthesis",
    "manuscript": "unpublished", "document": "misc",
}  # fmt: skip
"""The entry of each type; the others are `misc` with their type as `entrysubtype`."""

TYPE_OF_ENTRY = {kind: csl for csl, kind in ENTRY_TYPES.items()} | {
    "inbook": "chapter", "suppbook": "chapter", "conference": "paper-conference",
    "report": "report", "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "www": "webpage", "electronic": "webpage", "webpage": "webpage", "dataset": "dataset",
    "software": "software", "booklet": "pamphlet", "manual": "report", "mvbook": "book",
    "collection": "book", "proceedings": "book", "mvcollection": "book", "reference": "book",
    "inreference": "entry-encyclopedia", "periodical": "periodical", "patent": "patent",
    "preprint": "article", "video": "motion_picture", "movie": "motion_picture",
    "legislation": "legislation", "standard": "standard", "review": "review",
    "newspaper": "article-newspaper", "magazine": "article-magazine",
}  # fmt: skip
MASTERS = "Master's thesis"

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
NUMBERED = re.compile(r"\b(1[0-2]|[1-9])\b")
OWN = frozenset(
    ["crossref", "author", "doi", "url", "abstract", "keywords", "note", "pages", "entrysubtype"]
)
"""What an entry does not take over from the book or proceedings it is in."""

MOST_STRINGS = 5_000
MOST_STRING_CHARACTERS = 2_000
VERBATIM = frozenset(["doi", "url", "file", "eprint", "isbn", "issn"])
VERBATIM_ESCAPE = re.compile(r"\{?\\([_%&#$~{}])\}?")
TOKENS = re.compile(r'\s*(?:#|"((?:[^"{]|\{[^{}]*\})*)"|([^\s#"{}]+)|\{)')


def read(text: str) -> Iterator[Found]:
    """Yield every entry of a BibTeX file, in its order."""
    library = Splitter(text).split()
    strings = _strings(library)
    entries = [(block, *_entry(block)) for block in library.blocks]
    known: dict[str, Values] = {}
    for block, entry, _flaws in entries:
        if entry is not None and len(block.raw or "") <= MOST_RECORD_CHARACTERS:
            known.setdefault(entry.key.casefold(), _values(entry, strings))
    for block, entry, flaws in entries:
        if entry is not None:
            yield _read_entry(entry, flaws, strings, known)
        elif isinstance(block, ParsingFailedBlock) and not isinstance(
            block, DuplicateBlockKeyBlock
        ):
            yield unreadable(_line(block), Flaw.NOT_CLOSED, block.raw or "")


def write(records: Iterable[Record]) -> str:
    """Return records as a BibTeX file in UTF-8, each with a key of its own."""
    taken: set[str] = set()
    entries: list[Block] = [_entry_of(record, _key(record, taken)) for record in records]
    style = BibtexFormat()  # type: ignore[no-untyped-call]  # its author gave no types
    style.indent = "  "
    style.trailing_comma = True
    style.block_separator = "\n"
    return str(write_library(Library(entries), style))


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
    values = _values(entry, strings)
    parent = known.get(values.get("crossref", "").casefold(), {})
    for name, value in parent.items():
        if name not in OWN:
            values.setdefault("booktitle" if name == "title" else name, value)
    return readable(_line(entry), _csl(entry.entry_type.lower(), entry.key, values), raw, flaws)


def _strings(library: Library) -> Values:
    """Return the @string abbreviations, with those of the months."""
    strings: Values = {name: name for name in MONTHS}
    for block in library.blocks[:]:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(inner, String) and len(strings) < MOST_STRINGS:
            value = _resolved(inner.value, strings)[:MOST_STRING_CHARACTERS]
            strings[inner.key.casefold()] = value
    return strings


def _values(entry: Entry, strings: Values) -> Values:
    """Return the fields under small names; of a repeated one the longest value."""
    values: Values = {}
    for field in entry.fields[:500]:
        value = _resolved(str(field.value), strings)
        name = field.key.strip().casefold()
        if len(value) > len(values.get(name, "")):
            values[name] = value
    return values


def _resolved(value: str, strings: Values) -> str:
    """Return a value without what encloses it; parts joined by # are put together."""
    value = value.strip()
    if value[:1] == "{" and _closes(value, 0) == len(value) - 1:
        return value[1:-1]
    if value[:1] == '"' and value[-1:] == '"' and "#" not in value:
        return value[1:-1]
    parts: list[str] = []
    place = 0
    while place < len(value) and (match := TOKENS.match(value, place)):
        end = match.end()
        if match[0].endswith("{"):
            place = _closes(value, end - 1) + 1
            parts.append(value[end : place - 1])
            continue
        if match[1] is not None:
            parts.append(match[1])
        elif match[2]:
            parts.append(strings.get(match[2].casefold(), match[2]))
        place = end
    return "".join(parts) if place >= len(value.rstrip()) else value.strip('"{} ')


def _closes(value: str, start: int) -> int:
    """Return where the brace at `start` is closed; the end when it never is."""
    level = 0
    for brace in BRACES.finditer(value, start):
        level += 1 if brace[0] == "{" else -1
        if level == 0:
            return brace.start()
    return len(value)


def _csl(kind: str, key: str, values: Values) -> dict[str, Any]:
    """Return the fields of an entry as CSL-JSON; BibTeX and biblatex both."""
    text = {
        name: VERBATIM_ESCAPE.sub(r"\1", value) if name in VERBATIM else to_text(value)
        for name, value in values.items()
        if name not in ("author", "editor") and len(value) < MOST_RECORD_CHARACTERS
    }

    def first(*wanted: str) -> str:
        return next((text[name] for name in wanted if text.get(name, "").strip()), "")

    csl_type = TYPE_OF_ENTRY.get(kind, "document")
    sub = first("entrysubtype")
    if kind in ("misc", "article", "online") and sub:
        csl_type = {"magazine": "article-magazine", "newspaper": "article-newspaper"}.get(sub, sub)
    title = first("title")
    if first("subtitle"):
        title = f"{title}: {first('subtitle')}"
    is_article = csl_type.startswith("article")
    return {
        "type": csl_type,
        "id": to_text(key),
        "title": title or (first("booktitle") if csl_type == "book" else ""),
        "author": [name.as_csl() for name in people(values.get("author", ""))],
        "editor": [name.as_csl() for name in people(values.get("editor", ""))],
        "issued": {"raw": _date(text)},
        "publisher": first("publisher", "institution", "school", "organization"),
        "publisher-place": first("address", "location", "city"),
        "container-title": first("journal", "journaltitle", "booktitle", "maintitle"),
        "collection-title": first("series"),
        "volume": first("volume"),
        "issue": first("issue", "number") if is_article else first("issue"),
        "number": first("eid", "articleno") if is_article else first("number", "eid"),
        "page": first("pages"),
        "genre": first("type") or (MASTERS if kind == "mastersthesis" else ""),
        "DOI": first("doi"),
        "ISBN": first("isbn"),
        "ISSN": first("issn"),
        "URL": first("url", "howpublished"),
        "language": first("langid", "language"),
        "abstract": first("abstract"),
        "keyword": first("keywords", "keyword"),
        "license": first("license", "copyright"),
        "note": first("note", "annote", "annotation"),
    }


def _date(text: Values) -> str:
    """Return date, or year, month and day, as one."""
    date, year, month = (text.get(name, "").strip() for name in ("date", "year", "month"))
    if date or not month or not re.fullmatch(r"\d{4}", year):
        return date or year
    day = re.sub(r"\D", "", text.get("day", ""))
    if month.isdigit():
        return "-".join(part for part in (year, month, day) if part)
    return f"{day or ''} {month} {year}"


def _key(record: Record, taken: set[str]) -> str:
    """Return a key that BibTeX takes and no other entry has."""
    wanted = key_from(record.id)
    key, number = wanted, 2
    while key.casefold() in taken:
        key, number = f"{wanted}-{number}", number + 1
    taken.add(key.casefold())
    return key


def key_from(text: str) -> str:
    """Return a text as a key: without the signs that end or break one."""
    return re.sub(r"[\s\"#%'(),={}\\~@$&_^]+", "-", text).strip("-") or "record"


def _entry_of(record: Record, key: str) -> Entry:
    fields = {name: from_text(value) for name, value in _fields(record).items() if value}
    for role, some in (("author", record.authors), ("editor", record.editors)):
        if some:
            fields[role] = written(some)
    for name, value in (("doi", record.doi), ("url", record.url)):
        if value:
            fields[name] = value
    rows = [Field(name, f"{{{value}}}") for name, value in fields.items()]
    kind = ENTRY_TYPES.get(record.type, "misc")
    if record.type == "thesis" and record.genre == MASTERS:
        kind = "mastersthesis"
    return Entry(kind, key, rows)


def _fields(record: Record) -> Values:
    """Return the fields of a record whose value is text."""
    in_book = record.type in ("chapter", "paper-conference")
    house = {"report": "institution", "thesis": "school"}.get(record.type, "publisher")
    is_article = record.type.startswith("article")
    month = record.issued.start[1:2]
    exact = bool(record.issued.end or record.issued.literal)
    return {
        "title": record.title,
        "entrysubtype": "" if record.type in ENTRY_TYPES else record.type,
        "year": "" if record.issued.literal else str(record.issued.year or ""),
        "month": MONTHS[month[0] - 1] if month and not exact else "",
        "day": "".join(map(str, record.issued.start[2:3])) if not exact else "",
        "date": record.issued.iso if exact else "",
        "booktitle" if in_book else "journal": record.container,
        house: record.publisher,
        "address": record.place,
        "series": record.collection,
        "volume": record.volume,
        "number" if is_article else "issue": record.issue,
        "eid" if is_article else "number": record.number,
        "pages": record.pages.replace("-", "--"),
        "type": record.genre if record.genre != MASTERS else "",
        "isbn": record.isbn,
        "issn": record.issn,
        "language": record.language,
        "abstract": record.abstract,
        "keywords": joined(record.keywords),
        "license": record.licence,
        "note": record.note,
    }
