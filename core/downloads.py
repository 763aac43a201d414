"""Giving out stored files: the right type, in ranges, and never as a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from wagtail import hooks
from wagtail.documents.models import document_served

from core.filetypes import SHOWN_INLINE
from core.handing_over import hand_over
from core.models import DocumentVersion, HubDocument
from core.ranges import RangeNotSatisfiable, asked_range

PIECE = 1 << 16
# A stored file may not run anything, whatever a browser makes of it. `sandbox` is left
# out for PDF, because browsers then refuse to open their own viewer.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
MEDIA_FOLDERS = ("images/", "covers/", "avatar_images/", "toolkit/pictures/", "newsletter/")
MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
KEPT_AN_HOUR = "public, max-age=3600"
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
"""For an address that names its bytes: other bytes have another address."""

LinksOf = Callable[[HubDocument], Iterable[str]]
_links: list[LinksOf] = []


def register_links(links_of: LinksOf) -> None:
    """Let a room send links (RFC 8288) along with its documents."""
    if links_of not in _links:
        _links.append(links_of)


class StoredFile(Protocol):
    """A file that can be given out: a document, or an earlier version of one."""

    @property
    def file(self) -> Any: ...
    @property
    def filename(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def file_size(self) -> int | None: ...
    @property
    def stored_at(self) -> Any: ...


def pieces(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    """Read part of a file in pieces, and close it at the end."""
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def file_response(
    request: HttpRequest, document: StoredFile, *, cache: str = KEPT_AN_HOUR
) -> HttpResponseBase:
    """Answer with a file, a part of it, or "not modified"; `cache` says how long it is kept.

    Where another gives out the files, the answer leads there (`core.handing_over`).
    """
    etag, moment = f'"{document.sha256}"', int(document.stored_at.timestamp())
    response: HttpResponseBase = get_conditional_response(
        request, etag=etag, last_modified=moment
    ) or _content(request, document, etag, http_date(moment))
    inline = document.content_type in SHOWN_INLINE
    response.headers["Content-Disposition"] = (
        content_disposition_header(not inline, document.filename) or "attachment"
    )
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(moment)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers.setdefault("Cache-Control", f"{cache}, no-transform")
    response.headers["Content-Security-Policy"] = (
        FILE_POLICY if inline else FILE_POLICY + "; sandbox"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _content(
    request: HttpRequest, document: StoredFile, etag: str, modified: str
) -> HttpResponseBase:
    """Return the whole file, or the range asked for when it is still the same file."""
    if handed := hand_over(document):
        return handed
    size = document.file_size or 0
    try:
        wanted = asked_range(request, size, etag, modified)
    except RangeNotSatisfiable:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    document.file.open("rb")
    if wanted is None:
        return FileResponse(document.file.file, content_type=document.content_type)
    start, stop = wanted
    partial = StreamingHttpResponse(
        pieces(document.file.file, start, stop - start + 1),
        status=206,
        content_type=document.content_type,
    )
    partial.headers["Content-Range"] = f"bytes {start}-{stop}/{size}"
    partial.headers["Content-Length"] = str(stop - start + 1)
    return partial


@require_safe
def serve_document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponseBase:
    """Give out a document to whoever may see its collection."""
    document = get_object_or_404(HubDocument, pk=document_id)
    if document.filename != document_filename:
        raise Http404("The document has another name.")
    response = _allowed(request, document, document)
    # A reader pages through a PDF in ranges; the first answer says enough.
    if response.status_code == 200:
        links = [link for links_of in _links for link in links_of(document)]
        if links:
            response.headers["Link"] = ", ".join(links)
    return response


@require_safe
def serve_version(
    request: HttpRequest, document_id: int, number: int, filename: str
) -> HttpResponseBase:
    """Give out a file that was replaced, to whoever may see its document."""
    rows = DocumentVersion.objects.select_related("document")
    version = get_object_or_404(rows, document=document_id, number=number, name=filename)
    response = _allowed(request, version.document, version)
    response.headers["X-Robots-Tag"] = "noindex"
    # RFC 5829 §3.2: where the newest file stands.
    response.headers["Link"] = f'<{version.document.url}>; rel="latest-version"'
    return response


def _allowed(request: HttpRequest, document: HubDocument, stored: StoredFile) -> HttpResponseBase:
    """Ask who may see the document, then answer with one of its files."""
    for hook in hooks.get_hooks("before_serve_document"):
        answer: HttpResponseBase | None = hook(document, request)
        if answer is not None:
            return answer
    if not stored.file.storage.exists(stored.file.name or ""):
        raise Http404("The file of this document is missing.")
    document_served.send(sender=HubDocument, instance=document, request=request)
    return file_response(request, stored)


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Give out pictures. Documents have their own address, where access is checked."""
    suffix = Path(path).suffix.lower()
    if not path.startswith(MEDIA_FOLDERS) or suffix not in MEDIA_TYPES:
        raise Http404("There is no such picture.")
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except SuspiciousFileOperation as error:
        raise Http404("There is no such picture.") from error
    if not file.is_file():
        raise Http404("There is no such picture.")
    response = FileResponse(file.open("rb"), content_type=MEDIA_TYPES[suffix])
    response.headers["Cache-Control"] = "public, max-age=2592000"
    response.headers["Last-Modified"] = http_date(file.stat().st_mtime)
    response.headers["Content-Security-Policy"] = FILE_POLICY + "; sandbox"
    return response
