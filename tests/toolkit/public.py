"""Releases that are out, for tests of what readers see."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.toolkit.releases import make_release
from toolkit.enums import FileKind, ReleaseState
from toolkit.models import Release, ReleaseFile, ReleasePage
from toolkit.versions import Version


def part(key: str, **values: Any) -> dict[str, Any]:
    """A frozen part."""
    return {
        "id": key,
        "slug": key,
        "kind": "exercise",
        "title": f"Deel {key}",
        "facts": [{"name": "time", "label": "Tijd", "value": "30 minuten"}],
        "fields": [
            {"name": "body", "label": "Wat het is", "html": f"<p>Tekst van {key}.</p>"},
            {"name": "steps", "label": "Stappen", "html": "<ol><li>Een</li><li>Twee</li></ol>"},
        ],
        "citation": "",
        "links": [{"label": "Meer", "url": "https://example.org/"}],
        "picture": {
            "sha256": "a" * 64,
            "format": "png",
            "width": 40,
            "height": 30,
            "alt": "Een muur",
        },
        **values,
    }


def chapter(key: str, *parts: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A frozen chapter."""
    return {"id": key, "slug": key, "title": f"H {key}", "intro": "", "parts": [*parts], **values}


def content(*chapters: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A frozen release."""
    return {"format": 1, "chapters": list(chapters), **values}


def make_public(toolkit: Any, version: str = "1.0", *chapters: dict[str, Any]) -> ReleasePage:
    """Bring out a release with a PDF and a ZIP, as the builder leaves it."""
    page = make_release(toolkit, version)
    now = timezone.now()
    major, minor, patch = Version.parse(version).numbers
    ReleasePage.objects.filter(pk=page.pk).update(
        live=True,
        first_published_at=now,
        last_published_at=now,
        major=major,
        minor=minor,
        patch=patch,
    )
    release, _new = Release.objects.update_or_create(
        page=page,
        defaults={
            "state": ReleaseState.RELEASED,
            "released_at": now,
            "content": content(
                *(copy.deepcopy(chapters) or [chapter("begin", part("rondje"), part("kring"))]),
                toolkit=toolkit.title,
                title=page.title,
                lead=page.lead,
                version=version,
                language=page.language,
                date=dt.date.today().isoformat(),
                licence="CC-BY-4.0",
                notes="<p>Alles is nieuw.</p>",
            ),
        },
    )
    for kind, data in ((FileKind.PDF, b"%PDF-1.7 " + version.encode()), (FileKind.ZIP, b"PK\3\4")):
        add_file(release, kind, f"toolkit-{version}.{kind}", data * 400)
    return ReleasePage.objects.get(pk=page.pk)


def add_file(release: Release, kind: FileKind, name: str, data: bytes, part: str = "") -> None:
    """Store a file of a release."""
    row = ReleaseFile(
        release=release,
        kind=kind,
        part=part,
        filename=name,
        language="nl",
        sha256=hashlib.sha256(data).hexdigest(),
        file_size=len(data),
    )
    row.file.save(name, ContentFile(data), save=False)
    row.save()
