"""The six verbs of OAI-PMH 2.0 (§4), each filling its element of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings

from lxml import etree

from core.models import SiteSettings
from core.models.theme import theme_labels
from kenniskamer.oai.arguments import Arguments
from kenniskamer.oai.elements import add
from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.formats import FORMATS
from kenniskamer.oai.listing import add_token, page_of
from kenniskamer.oai.records import add_header, add_record, find, versions_of
from kenniskamer.oai.repository import identify

Verb = Callable[[Arguments, etree._Element, SiteSettings], None]


def _identify(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    identify(answer, site)


def _list_formats(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    if "identifier" in arguments.given:
        find(arguments.identifier)
    for form in FORMATS.values():
        element = add(answer, "metadataFormat")
        add(element, "metadataPrefix", form.prefix)
        add(element, "schema", form.schema)
        add(element, "metadataNamespace", form.namespace)


def _list_sets(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    labels = theme_labels(settings.LANGUAGE_CODE)
    if not labels:
        raise OaiError("noSetHierarchy", "There are no themes yet, so there are no sets.")
    for slug, label in sorted(labels.items()):
        element = add(answer, "set")
        add(element, "setSpec", slug)
        add(element, "setName", label)


def _get_record(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    record = find(arguments.identifier)
    _check_format(arguments.prefix)
    add_record(answer, record, versions_of([record]), arguments.prefix)


def _list_identifiers(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    _check_format(arguments.prefix)
    listing = page_of(arguments)
    for record in listing.rows:
        add_header(answer, record, record.is_deleted)
    add_token(answer, listing)


def _list_records(arguments: Arguments, answer: etree._Element, site: SiteSettings) -> None:
    _check_format(arguments.prefix)
    listing = page_of(arguments)
    versions = versions_of(listing.rows)
    for record in listing.rows:
        add_record(answer, record, versions, arguments.prefix)
    add_token(answer, listing)


def _check_format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"We give {', '.join(FORMATS)} only.")


VERBS: Mapping[str, Verb] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
