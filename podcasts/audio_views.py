"""Giving out recordings at the address of their bytes."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.downloads import file_response
from core.querysets import visible
from podcasts.models import AudioFile, EpisodePage


@require_safe
def serve_audio(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Give out a recording that is or was public, to editors also before that."""
    audio = AudioFile.objects.filter(sha256__startswith=key, name=name).first()
    if audio is None or not may_hear(request, audio):
        raise Http404("There is no such recording.")
    if not audio.file.storage.exists(audio.file.name or ""):
        raise Http404("The file of this recording is missing.")
    return file_response(request, audio)


def may_hear(request: HttpRequest, audio: AudioFile) -> bool:
    """Say whether this visitor may hear a recording: it belongs to a public episode."""
    episodes = EpisodePage.objects.filter(pk__in=audio.uses.values("episode"))
    if visible(episodes | EpisodePage.objects.filter(audio=audio)).exists():
        return True
    return bool(request.user.has_perm("wagtailadmin.access_admin"))
