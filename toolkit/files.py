"""Giving out the files of a release: in ranges, only when they changed, and counted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from core.download_counts import count_download
from core.downloads import file_response
from toolkit.addresses import WHOLE
from toolkit.enums import FileKind
from toolkit.models.release import Release, ReleaseFile


def answer(request: HttpRequest, release: Release, url: str, name: str) -> HttpResponseBase:
    """Answer with a file of a release that stands at `url`. Raises Http404 for an unknown one.

    A public release never loses a file, so its address never breaks.
    """
    files = release.files.exclude(kind=FileKind.PICTURE)
    file = files.filter(filename=name).first()
    if file is None and name in WHOLE and (whole := files.filter(kind=WHOLE[name]).first()):
        return HttpResponseRedirect(url + whole.filename)
    if file is None:
        raise Http404("There is no such file in this release.")
    if not file.file.storage.exists(file.file.name or ""):
        raise Http404("This file is missing.")
    response = file_response(request, file)
    count_download(request, response, count_key(file))
    return response


def count_key(file: ReleaseFile) -> str:
    """Return the name under which the downloads of a file are counted."""
    return f"toolkit:{file.pk}"
