"""A work in unqualified Dublin Core (oai_dc), all its languages in one record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from kenniskamer.metadata.described import Described
from kenniskamer.models import ResearchPage
from kenniskamer.oai.elements import DC, OAI_DC, XML, XSI, clean

SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"

# An element, its text, and the language of that text ("" when it has none).
Statement = tuple[str, str, str]


def oai_dc(pages: Sequence[ResearchPage]) -> etree._Element:
    """Return the oai_dc container of a work; the first page speaks for the facts."""
    element = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    element.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {SCHEMA}")
    for name, text, language in dict.fromkeys(_statements(pages)):
        if value := clean(text).strip():
            child = etree.SubElement(element, f"{{{DC}}}{name}")
            child.text = value
            if language:
                child.set(f"{{{XML}}}lang", language)
    return element


def _statements(pages: Sequence[ResearchPage]) -> Iterator[Statement]:
    study = Described(pages[0])
    yield from _titles(study, pages)
    for name in study.record.authors:
        yield "creator", name.inverted, ""
    for name in study.record.editors:
        yield "contributor", name.inverted, ""
    for page in pages:
        yield from (("subject", theme.label, page.language) for theme in page.themes)
        yield "description", page.lead, page.language
    yield "publisher", study.record.publisher, ""
    yield "date", study.date, ""
    yield "type", "Text", ""
    yield "type", study.record.genre or study.record.type, ""
    yield from _addresses(study, pages)
    yield "language", study.language, ""
    yield "rights", study.licence_url or study.record.licence, ""


def _titles(study: Described, pages: Sequence[ResearchPage]) -> Iterator[Statement]:
    """Yield the title of the original, then what our pages are called."""
    original = study.page.original_title
    if original:
        yield "title", original, study.language
    for page in pages:
        if page.title != original:
            yield "title", page.title, page.language


def _addresses(study: Described, pages: Sequence[ResearchPage]) -> Iterator[Statement]:
    """Yield where the study is, where it comes from, and in what form."""
    yield "identifier", study.permanent, ""
    for page in pages:
        yield "identifier", Described(page).url, ""
    yield "identifier", study.doi_url, ""
    if study.record.isbn:
        yield "identifier", f"urn:isbn:{study.record.isbn.split()[0]}", ""
    for file in study.files:
        yield "format", file.media_type, ""
        yield "relation", file.url, ""
    yield "source", study.record.url, ""
    if study.record.container:
        yield "source", study.record.container, ""
