"""A study in the words of schema.org, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import json_script
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.record import Record
from kenniskamer.metadata.described import Attached, Described
from kenniskamer.metadata.kinds import in_book, in_journal, schema_type
from kenniskamer.metadata.pages import first_and_last

Node = dict[str, Any]


def as_script(study: Described) -> str:
    """Return the graph as text that may stand inside a script element."""
    return json_script.as_script(graph(study))


def graph(study: Described) -> Node:
    """Return the original as a node, with our page as what it is the subject of."""
    record = study.record
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": schema_type(record),
            "@id": study.permanent,
            "name": record.title,
            "author": [_author(name, orcid) for name, orcid in study.people],
            "editor": [] if in_book(record) else [_author(name) for name in record.editors],
            "datePublished": study.date,
            "publisher": _organisation(record.publisher),
            "inLanguage": study.language,
            "identifier": _identifiers(study),
            "isbn": record.isbn if record.type == "book" else "",
            "sameAs": study.doi_url,
            "url": record.url or study.url,
            "license": study.licence_url,
            "about": [
                {"@type": "DefinedTerm", "name": theme.label, "termCode": theme.slug}
                for theme in study.page.themes
            ],
            "keywords": list(record.keywords),
            "encoding": [_file(file) for file in study.files],
            "subjectOf": _summary(study),
            **_place_in_whole(record),
        }
    )


def _filled(node: Node) -> Node:
    """Leave out what is not known."""
    return {key: value for key, value in node.items() if value}


def _author(name: Name, orcid: str = "") -> Node:
    identifier = f"https://orcid.org/{orcid}" if orcid else ""
    if name.literal:
        return _filled({"@type": "Organization", "name": name.literal, "@id": identifier})
    return _filled(
        {
            "@type": "Person",
            "name": name.reading,
            "givenName": name.given,
            "familyName": name.full_family,
            "@id": identifier,
        }
    )


def _organisation(name: str) -> Node:
    return {"@type": "Organization", "name": name} if name else {}


def _identifiers(study: Described) -> list[Node]:
    pairs = (("DOI", study.record.doi), ("ISBN", study.record.isbn), ("URL", study.permanent))
    return [
        {"@type": "PropertyValue", "propertyID": kind, "value": value}
        for kind, value in pairs
        if value
    ]


def _file(file: Attached) -> Node:
    return _filled(
        {
            "@type": "MediaObject",
            "name": file.title,
            "contentUrl": file.url,
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B" if file.size else "",
            "sha256": file.sha256,
            "inLanguage": file.language,
            "uploadDate": file.added.isoformat(),
        }
    )


def _summary(study: Described) -> Node:
    page = study.page
    return _filled(
        {
            "@type": "WebPage",
            "@id": study.url,
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language,
        }
    )


def _place_in_whole(record: Record) -> Node:
    """Say in which journal, book or series a publication stands, and on which pages."""
    first, last = first_and_last(record.pages)
    place: Node = {"pageStart": first, "pageEnd": last, "isPartOf": _whole(record)}
    if record.type == "report":
        place["reportNumber"] = record.number
    return place


def _whole(record: Record) -> Node:
    if in_journal(record):
        journal = _filled({"@type": "Periodical", "name": record.container, "issn": record.issn})
        return _nested(journal, (("Volume", record.volume), ("Issue", record.issue)))
    if in_book(record):
        editors = [_author(name) for name in record.editors]
        return _filled(
            {"@type": "Book", "name": record.container, "isbn": record.isbn, "editor": editors}
        )
    return {"@type": "CreativeWorkSeries", "name": record.collection} if record.collection else {}


def _nested(whole: Node, parts: Iterable[tuple[str, str]]) -> Node:
    """Put a volume in its journal and an issue in its volume."""
    for part, number in parts:
        if number:
            kind = f"Publication{part}"
            whole = {"@type": kind, f"{part.lower()}Number": number, "isPartOf": whole}
    return whole
