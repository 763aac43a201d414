"""Addresses of recordings, outside the languages."""

from django.urls import re_path

from podcasts.audio_views import serve_audio

urlpatterns = [
    re_path(r"^(?P<key>[0-9a-f]{32})/(?P<name>[^/]+)$", serve_audio, name="podcast_audio"),
]
