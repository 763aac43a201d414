"""One bibliographic record, in the words of CSL-JSON 1.0.2. Pure.

Every reader makes it and every writer takes it. `from_csl` puts all values in the
one form they have here (one line, no markup, cut to what a study can hold), so
that a record that is written and read again is the same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from kenniskamer.bibliography import dates, names
from kenniskamer.bibliography.dates import Issued
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.text import clean
from kenniskamer.identifiers import doi_in, isbns_in, issns_in

TYPES = frozenset([
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "dataset", "document", "entry-dictionary", "entry-encyclopedia",
    "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "pamphlet", "paper-conference", "patent", "periodical", "personal_communication",
    "post-weblog", "report", "review", "software", "song", "speech", "standard", "thesis",
    "webpage",
])  # fmt: skip
"""The types of CSL 1.0.2 that are kept; every other one is a `document`."""

OTHER_TYPE = "document"

LENGTHS = {
    "title": 500,
    "publisher": 255,
    "place": 120,
    "container": 255,
    "collection": 255,
    "volume": 40,
    "issue": 40,
    "number": 40,
    "pages": 60,
    "genre": 100,
    "doi": 255,
    "isbn": 60,
    "issn": 60,
    "url": 500,
    "language": 40,
    "abstract": 10_000,
    "licence": 120,
    "note": 5_000,
    "id": 200,
}
"""Most characters of each value of text."""

CSL_NAMES = {
    "place": "publisher-place",
    "container": "container-title",
    "collection": "collection-title",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "licence": "license",
}
"""Where CSL-JSON uses another name."""

MOST_NAMES = 300
MOST_KEYWORDS = 100
KEYWORD_CHARACTERS = 120
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known about one publication; "" and () mean that nothing is known.

    `type` is a CSL type and `genre` says more (“Policy brief”, “PhD thesis”).
    `number` is that of a report, `id` the key the record had where it came from.
    """

    type: str = OTHER_TYPE
    title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    issued: Issued = Issued()
    publisher: str = ""
    place: str = ""
    container: str = ""
    collection: str = ""
    volume: str = ""
    issue: str = ""
    number: str = ""
    pages: str = ""
    genre: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    note: str = ""
    id: str = ""

    def as_csl(self) -> dict[str, Any]:
        """Return the record as one item of CSL-JSON."""
        values: dict[str, Any] = {"id": self.id, "type": self.type}
        for name in LENGTHS:
            if name != "id" and (text := getattr(self, name)):
                values[CSL_NAMES.get(name, name)] = text
        for role, people in (("author", self.authors), ("editor", self.editors)):
            if people:
                values[role] = [name.as_csl() for name in people]
        if self.issued:
            values["issued"] = self.issued.as_csl()
        if self.keywords:
            values["keyword"] = joined(self.keywords)
        return values


def from_csl(values: Mapping[str, Any]) -> Record:
    """Return one item of CSL-JSON as a record. What is of the wrong kind is left out."""
    text = {
        name: clean(values.get(CSL_NAMES.get(name, name)), length)
        for name, length in LENGTHS.items()
    }
    kind = clean(values.get("type"), 40)
    doi = re.sub(r"[{}\\]", "", text["doi"])
    text["doi"] = doi_in(doi) or doi_in(_RESOLVER.sub("", text["url"]))
    text["isbn"] = clean(" ".join(isbns_in(text["isbn"])), LENGTHS["isbn"])
    text["issn"] = clean(" ".join(issns_in(text["issn"])), LENGTHS["issn"])
    text["pages"] = _pages(text["pages"])
    text["url"] = web_address(text["url"])
    return Record(
        type=kind if kind in TYPES else OTHER_TYPE,
        authors=_people(values.get("author")),
        editors=_people(values.get("editor")),
        issued=dates.from_csl(values.get("issued")),
        keywords=keywords(values.get("keyword")),
        **text,
    )


_RESOLVER = re.compile(r"^(?!https?://(?:dx\.)?doi\.org/).*", re.IGNORECASE | re.DOTALL)
"""Every address but that of the DOI resolver."""

_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")


def _pages(text: str) -> str:
    """Return page numbers with plain hyphens, one page without any."""
    text = _DASHES.sub("-", text).strip("- ")
    first, _dash, last = text.partition("-")
    return first if first == last else text


def web_address(text: str) -> str:
    """Return the first web address in a text, "" when there is none: no script, no file."""
    found = WEB_ADDRESS.search(text)
    return found[0].replace("{", "%7B").replace("}", "%7D") if found else ""


def keywords(value: Any) -> tuple[str, ...]:
    """Return keywords, given as a list or as text with semicolons or commas, each once."""
    if isinstance(value, str):
        mark = ";" if ";" in value else ","
        value = value[: MOST_KEYWORDS * KEYWORD_CHARACTERS].split(mark)
    if not isinstance(value, list | tuple):
        return ()
    words = (clean(word, KEYWORD_CHARACTERS) for word in value[: MOST_KEYWORDS * 2])
    parts = (clean(part, KEYWORD_CHARACTERS) for word in words for part in word.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST_KEYWORDS]


def joined(words: Iterable[str]) -> str:
    """Write keywords so that `keywords` reads them back."""
    text = "; ".join(words)
    return f"{text};" if "," in text and ";" not in text else text


def is_empty(record: Record) -> bool:
    """Say whether a record says nothing that could be a publication."""
    ignored = {"type", "id", "language", "keywords"}
    return not any(
        getattr(record, field.name) for field in fields(record) if field.name not in ignored
    )


def _people(value: Any) -> tuple[Name, ...]:
    if not isinstance(value, list):
        return ()
    found = (names.from_csl(person) for person in value[:MOST_NAMES])
    return tuple(name for name in found if name)
