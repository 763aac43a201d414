"""What machines read about a release as a whole, and how people cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import json_script
from core.licences import licence_url
from core.models import SiteSettings
from toolkit.enums import FileKind
from toolkit.shelf import Standing

if TYPE_CHECKING:
    from toolkit.public_release import PublicRelease


def citation(page: PublicRelease, request: HttpRequest) -> str:
    """Return a reference to the release in the manner of APA (7th edition)."""
    title = (
        page.title
        if page.version in page.title
        else _("%(title)s (version %(number)s)")
        % {
            "title": page.title,
            "number": page.version,
        }
    )
    address = settings.BASE_URL + (page.url or "")
    return f"{_publisher(request)}. ({page.released_on.year}). {title}. {address}"


def tags(page: PublicRelease, own: Standing, request: HttpRequest) -> list[tuple[str, str]]:
    """Return Highwire tags for reference managers."""
    pdf = next((file for file in own.files if file.kind == FileKind.PDF), None)
    publisher = _publisher(request)
    rows = [
        ("citation_title", page.title),
        ("citation_author", publisher),
        ("citation_publication_date", page.released_on.strftime("%Y/%m/%d")),
        ("citation_publisher", publisher),
        ("citation_technical_report_institution", publisher),
        ("citation_technical_report_number", page.version),
        ("citation_language", page.language),
        ("citation_pdf_url", settings.BASE_URL + own.url + pdf.filename if pdf else ""),
        ("citation_public_url", settings.BASE_URL + own.url),
    ]
    return [row for row in rows if row[1]]


def jsonld(
    page: PublicRelease, own: Standing, before: Standing | None, request: HttpRequest
) -> str:
    """Return schema.org metadata that may stand in a script element."""
    base = settings.BASE_URL
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": base + own.url,
        "url": base + own.url,
        "name": page.title,
        "description": page.description,
        "version": page.version,
        "datePublished": page.released_on.isoformat(),
        "inLanguage": page.language,
        "license": licence_url(page.licence),
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": _publisher(request)},
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": page.content["toolkit"],
            "url": base + (page.get_parent().url or ""),
        },
        "isBasedOn": base + before.url if before else None,
        "creativeWorkStatus": "Withdrawn" if own.is_withdrawn else "Published",
        "encoding": [_encoding(base + own.url, file) for file in own.files],
    }
    return json_script.as_script({name: value for name, value in values.items() if value})


def _encoding(url: str, file: Any) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "name": file.filename,
        "contentUrl": url + file.filename,
        "encodingFormat": file.content_type,
        "contentSize": str(file.file_size),
        "sha256": file.sha256,
        "inLanguage": file.language,
    }


def _publisher(request: HttpRequest) -> str:
    return str(SiteSettings.for_request(request).organisation)
