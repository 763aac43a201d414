"""RIS in and out, by rispy: the format of reference managers and databases. Pure.

rispy knows a line from a tag; where a record begins and ends is found here, so that
one without an end does not take the next one with it, and every record has a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rispy import BaseWriter, RisParser

from kenniskamer.bibliography import names
from kenniskamer.bibliography.reading import (
    MOST_RECORD_CHARACTERS,
    Flaw,
    Found,
    readable,
    unreadable,
)
from kenniskamer.bibliography.record import Record

Tags = Mapping[str, list[str]]

TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "broadcast": "MULTI",
    "chapter": "CHAP", "dataset": "DATA", "document": "GEN", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "hearing": "HEAR", "interview": "PCOMM",
    "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "VIDEO", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "patent": "PAT", "periodical": "SER", "personal_communication": "ICOMM",
    "post-weblog": "BLOG", "report": "RPRT", "review": "ABST", "software": "COMP",
    "song": "MUSIC", "speech": "SLIDE", "standard": "STAND", "thesis": "THES",
    "webpage": "ELEC",
}  # fmt: skip
"""The tag TY of every type there is here, each its own, so that it can be read back."""

TYPE_OF_TAG = {tag: kind for kind, tag in TYPES.items()} | {
    "ARTICLE": "article-journal", "JOURNAL ARTICLE": "article-journal", "JFULL": "periodical",
    "EJOUR": "article-journal", "INPR": "article-journal", "EBOOK": "book", "EDBOOK": "book",
    "ECHAP": "chapter", "CONF": "paper-conference", "REPORT": "report", "GOVDOC": "report",
    "THESIS": "thesis", "WEB": "webpage", "MPCT": "motion_picture", "BOOK CHAPTER": "chapter",
    "ONLINE MULTIMEDIA": "broadcast", "BOOK SECTION": "chapter", "SOUND": "song",
}  # fmt: skip

TAG = re.compile(r"^([A-Z][A-Z0-9])\s{0,2}-(?:\s(.*))?$", re.DOTALL)
"""A line with a tag. The rule asks for two spaces before the dash; not everyone does."""

_TAGS = (
    "TY", "A1", "A2", "A3", "A4", "AB", "AN", "AU", "C1", "C2", "C3", "C4", "C5", "C6", "C7",
    "C8", "CN", "CY", "DA", "DB", "DO", "DP", "ED", "EP", "ET", "ID", "IS", "J1", "J2", "JA",
    "JF", "JO", "KW", "L1", "L2", "L3", "L4", "LA", "LB", "M1", "M2", "M3", "N1", "N2", "NV",
    "OP", "PB", "PP", "PY", "RI", "RN", "RP", "SE", "SN", "SP", "ST", "T1", "T2", "T3", "TA",
    "TI", "TT", "U1", "U2", "U3", "U4", "U5", "UR", "VL", "VO", "Y1", "Y2", "ER", "UK",
)  # fmt: skip
KNOWN = {tag: tag for tag in _TAGS}
"""Every tag under its own name: which one means what is told below, not by rispy."""

LICENCE_NOTE = re.compile(r"(?:licen[cs]e|licentie):\s*(.+)", re.IGNORECASE)
HAS_YEAR = re.compile(r"\d{4}")
PARSER = RisParser(mapping=KNOWN, list_tags=list(KNOWN), delimiter_tags_mapping={})


class _Writer(BaseWriter):
    """Writes the tags it is given, without rispy's number before each record."""

    START_TAG = "TY"
    PATTERN = "{tag}  - {value}"
    NEWLINE = "\r\n"
    DEFAULT_MAPPING = {tag: tag.lower() for tag in KNOWN}
    DEFAULT_LIST_TAGS = [tag for tag in KNOWN if tag != "TY"]
    DEFAULT_DELIMITER_MAPPING: dict[str, str] = {}
    REFERENCE_TYPE_KEY = "ty"

    def set_header(self, count: int) -> str:
        """Return nothing: a number between records is no part of the format."""
        return ""


def read(text: str) -> Iterator[Found]:
    """Yield every record of a RIS file."""
    for line, raw, has_end in _pieces(text):
        yield _read_one(line, raw, has_end)


def write(records: Iterable[Record]) -> str:
    """Return records as a RIS file."""
    return str(_Writer().formats([_tags_of(record) for record in records]))


def _pieces(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield line number, lines and whether an end was there, record by record.

    A line without a tag goes on where the line before it stopped.
    """
    lines: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        tag = _tag(line)
        if tag and tag[1] == "TY":
            if lines:
                yield start, lines, False
            start, lines = number, [f"TY  - {tag[2] or ''}"]
        elif not lines:
            continue
        elif tag and tag[1] == "ER":
            yield start, lines, True
            lines = []
        elif tag:
            lines.append(f"{tag[1]}  - {tag[2] or ''}")
        elif line.strip():
            lines[-1] += f" {line.strip()}" if len(lines[-1]) < MOST_RECORD_CHARACTERS else ""
    if lines:
        yield start, lines, False


def _tag(line: str) -> re.Match[str] | None:
    """Return the tag a line begins with; None for a line that goes on with another."""
    if "-" not in line[:10]:
        return None
    match = TAG.match(line.strip("\ufeff \t"))
    return match if match and (match[1] in KNOWN or line[2:5] == "  -") else None


def _read_one(line: int, lines: list[str], has_end: bool) -> Found:
    raw = " ".join(lines[:12])
    if sum(map(len, lines)) > MOST_RECORD_CHARACTERS:
        return unreadable(line, Flaw.TOO_LARGE, raw)
    parsed = PARSER.parse_lines(iter([*lines, "ER  - "]))
    if not parsed:
        return unreadable(line, Flaw.SYNTAX, raw)
    tags: dict[str, list[str]] = defaultdict(list)
    for tag, values in parsed[0].items():
        if tag in KNOWN:
            tags[tag] = [values] if isinstance(values, str) else list(values)
    return readable(line, _csl(tags), raw, () if has_end else (Flaw.NO_END,))


def _csl(tags: Tags) -> dict[str, Any]:
    """Return the tags of a record as CSL-JSON.

    Databases differ: each value is taken from the first tag that has it.
    """
    kind = TYPE_OF_TAG.get(_first(tags, "TY").upper(), "document")
    numbers = "; ".join(tags["SN"])
    licences = [match[1] for note in tags["N1"] if (match := LICENCE_NOTE.fullmatch(note))]
    notes = [note for note in tags["N1"] if not LICENCE_NOTE.fullmatch(note)]
    return {
        "type": kind,
        "id": _first(tags, "ID"),
        "title": _first(tags, "TI", "T1", "CT", "ST", "TT")
        or (_first(tags, "BT", "T2") if kind == "book" else ""),
        "author": _people(tags, "AU", "A1"),
        "editor": _people(tags, "A2", "ED"),
        "issued": {"raw": _date(tags)},
        "publisher": _first(tags, "PB"),
        "publisher-place": _first(tags, "CY", "PP"),
        "container-title": _first(tags, "JF", "T2", "JO", "BT", "J2", "JA", "J1"),
        "collection-title": _first(tags, "T3"),
        "volume": _first(tags, "VL", "VO"),
        "issue": _first(tags, "IS", "CP"),
        "number": _first(tags, "C7", "M1") if kind == "report" else _first(tags, "C7"),
        "page": _pages(tags),
        "genre": _first(tags, "M3"),
        "DOI": _first(tags, "DO") or next((v for v in tags["M3"] if v[:3] == "10."), ""),
        "ISBN": numbers,
        "ISSN": numbers,
        "URL": _first(tags, "UR", "L2", "L1"),
        "language": _first(tags, "LA"),
        "abstract": _first(tags, "AB", "N2"),
        "keyword": tags["KW"],
        "license": _first({"N1": licences}, "N1"),
        "note": " ".join([*notes, *tags["RN"]]),
    }


def _first(tags: Tags, *wanted: str) -> str:
    return next((value for tag in wanted for value in tags.get(tag, ()) if value), "")


def _people(tags: Tags, *wanted: str) -> list[dict[str, str]]:
    for tag in wanted:
        found = [name.as_csl() for text in tags.get(tag, ()) if (name := names.from_inverted(text))]
        if found:
            return found
    return []


def _date(tags: Tags) -> str:
    """Return the most precise date of the year it came out in."""
    year, date = _first(tags, "PY", "Y1"), _first(tags, "DA")
    if not year or not date:
        return year or date
    if not HAS_YEAR.search(date):
        # Some databases give the day without the year: “MAY 3”.
        return f"{date} {year}"
    is_closer = date[:4] == year[:4] and len(date.strip("/ ")) > len(year.strip("/ "))
    return date if is_closer else year


def _pages(tags: Tags) -> str:
    first, last = _first(tags, "SP"), _first(tags, "EP")
    return f"{first}-{last}" if first and last and "-" not in first else first or last


def _tags_of(record: Record) -> dict[str, Any]:
    """Return a record as tags, in the order in which they are written."""
    start, _dash, end = record.pages.partition("-")
    tags: dict[str, Any] = {
        "ID": record.id,
        "TI": record.title,
        "AU": [names.to_inverted(name) for name in record.authors],
        "A2": [names.to_inverted(name) for name in record.editors],
        **_dates_of(record),
        "PB": record.publisher,
        "CY": record.place,
        "T2": record.container,
        "T3": record.collection,
        "VL": record.volume,
        "IS": record.issue,
        "C7": record.number,
        "SP": start,
        "EP": end,
        "M3": record.genre,
        "DO": record.doi,
        "SN": [record.isbn, record.issn],
        "UR": record.url,
        "LA": record.language,
        "AB": record.abstract,
        "KW": list(record.keywords),
        "N1": [record.note, f"Licence: {record.licence}" if record.licence else ""],
    }
    listed = {tag: value if isinstance(value, list) else [value] for tag, value in tags.items()}
    filled = {tag: [value for value in values if value] for tag, values in listed.items()}
    some = {tag.lower(): values for tag, values in filled.items() if values}
    return some | {"ty": TYPES[record.type]}


def _dates_of(record: Record) -> dict[str, str]:
    issued = record.issued
    if issued.literal:
        return {"DA": issued.literal}
    parts = [f"{part:02d}" for part in issued.start]
    if issued.end:
        return {"PY": parts[0], "DA": f"{parts[0]}///{issued.iso}"}
    exact = {"DA": "/".join([*parts, "", "", ""][:3]) + "/"} if len(parts) > 1 else {}
    return {"PY": parts[0], **exact} if parts else {}
