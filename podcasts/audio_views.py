"""Giving out recordings at the address of their bytes."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from core.downloads import KEPT_FOR_EVER, file_response
from core.handing_over import is_elsewhere
from core.listeners import count_listening
from core.querysets import visible
from podcasts.models import AudioFile, EpisodePage

MINUTE = 60
UNKNOWN_BIT_RATE = 64_000
"""Bits per second, for a recording that does not say."""


@require_safe
def serve_audio(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Give out a recording that is or was public, to editors also before that."""
    audio = AudioFile.objects.filter(sha256__startswith=key, name=name).first()
    if audio is None:
        raise Http404("There is no such recording.")
    episode = public_episode(audio)
    if episode is None and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("There is no such recording.")
    if not is_elsewhere(audio) and not audio.file.storage.exists(audio.file.name or ""):
        raise Http404("The file of this recording is missing.")
    if episode is None:
        return file_response(request, audio, cache="private, no-store")
    response = file_response(request, audio, cache=KEPT_FOR_EVER)
    count(request, audio, episode)
    return response


def public_episode(audio: AudioFile) -> EpisodePage | None:
    """Return a public episode this recording belongs to, or belonged to once."""
    once = EpisodePage.objects.filter(pk__in=audio.uses.values("episode"))
    episodes = once | EpisodePage.objects.filter(audio=audio)
    found: EpisodePage | None = visible(episodes).order_by("pk").first()
    return found


def count(request: HttpRequest, audio: AudioFile, episode: EpisodePage) -> None:
    """Count who listens; a minute of sound is enough."""
    count_listening(
        request,
        file=count_key(episode),
        size=audio.file_size,
        enough=(audio.bit_rate or UNKNOWN_BIT_RATE) // 8 * MINUTE,
        etag=f'"{audio.sha256}"',
        last_modified=http_date(int(audio.stored_at.timestamp())),
    )


def count_key(episode: EpisodePage) -> str:
    """Return the name an episode is counted under: one for all its languages and recordings."""
    return f"podcasts:{episode.translation_key}"
