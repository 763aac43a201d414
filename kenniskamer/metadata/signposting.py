"""Signposting: links in the header of an answer, for machines that do not read the page.

Relations of https://signposting.org/FAIR/, level 1, as a Link header (RFC 8288).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from kenniskamer.bibliography.formats import EXPORTS
from kenniskamer.metadata.described import Described
from kenniskamer.metadata.kinds import schema_type
from kenniskamer.oai.repository import record_url

# Proxies refuse long headers; a study with more than this says the rest on its page.
_MOST_AUTHORS = 20
_MOST_FILES = 20
# A table is for a list; of one study nobody wants it.
_FORMATS = [export for export in EXPORTS.values() if export.extension != "csv"]
# What an address may hold unquoted (RFC 3986); no quotation marks, brackets or spaces.
_SAFE = ":/?#[]@!$&'()*+,;=%~-._"


def link(target: str, relation: str, media_type: str = "") -> str:
    """Return one link of a Link header, safe whatever stands in its address."""
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{quote(target, safe=_SAFE)}>; rel="{relation}"{kind}'


def joined(links: Iterable[str]) -> str:
    """Return the value of a Link header."""
    return ", ".join(links)


def landing_links(study: Described) -> Iterator[str]:
    """Yield the links of a study's page: how to cite it, who made it, where its files are."""
    yield link(study.doi_url or study.permanent, "cite-as")
    yield link("https://schema.org/AboutPage", "type")
    yield link(f"https://schema.org/{schema_type(study.record)}", "type")
    orcids = [orcid for _name, orcid in study.people if orcid]
    for orcid in orcids[:_MOST_AUTHORS]:
        yield link(f"https://orcid.org/{orcid}", "author")
    for file in study.files[:_MOST_FILES]:
        yield link(file.url, "item", file.media_type)
    if study.licence_url:
        yield link(study.licence_url, "license")
    yield link(record_url(study.page.translation_key), "describedby", "text/xml")
    for export in _FORMATS:
        path = reverse("export_study", args=[study.page.translation_key, export.extension])
        yield link(settings.BASE_URL + path, "describedby", export.content_type)


def file_links(study: Described) -> Iterator[str]:
    """Yield the link of a PDF to the page it belongs to."""
    yield link(study.url, "collection", "text/html")
