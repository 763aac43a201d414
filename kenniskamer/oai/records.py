"""Records and their headers, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.conf import settings

from lxml import etree

from core.models.base import attach_themes
from core.querysets import visible
from kenniskamer.models import HarvestRecord, ResearchPage
from kenniskamer.oai.elements import add, moment
from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.formats import FORMATS
from kenniskamer.oai.repository import identifier_of, key_of

Versions = Mapping[UUID, Sequence[ResearchPage]]


def find(identifier: str) -> HarvestRecord:
    """Return the record of an identifier. Raises OaiError (idDoesNotExist)."""
    key = key_of(identifier)
    record = key and HarvestRecord.objects.filter(key=key).first()
    if not record:
        raise OaiError("idDoesNotExist", "There is no record of this identifier here.")
    return record


def versions_of(records: Iterable[HarvestRecord]) -> Versions:
    """Return the public language versions of each work, the site's own language first."""
    keys = [record.key for record in records if not record.is_deleted]
    pages = list(visible(ResearchPage.objects.for_cards().filter(translation_key__in=keys)))
    attach_themes(pages)
    found: dict[UUID, list[ResearchPage]] = {}
    for page in sorted(pages, key=lambda page: (page.language != settings.LANGUAGE_CODE, page.pk)):
        found.setdefault(page.translation_key, []).append(page)
    return found


def add_header(answer: etree._Element, record: HarvestRecord, deleted: bool) -> None:
    """Append what identifies a record: identifier, datestamp, sets."""
    header = add(answer, "header", attributes={"status": "deleted"} if deleted else {})
    add(header, "identifier", identifier_of(record.key))
    add(header, "datestamp", moment(record.changed_at))
    for slug in record.sets:
        add(header, "setSpec", slug)


def add_record(
    answer: etree._Element, record: HarvestRecord, versions: Versions, prefix: str
) -> None:
    """Append a record; one whose study is gone has a header only."""
    pages = versions.get(record.key, ())
    element = add(answer, "record")
    add_header(element, record, deleted=not pages)
    if pages:
        add(element, "metadata").append(FORMATS[prefix].build(pages))
