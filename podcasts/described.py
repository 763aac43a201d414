"""What machines read about a series and an episode, and how people cite an episode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import json_script
from podcasts.enums import Role
from podcasts.formats import TO_SAVE, WORDS
from podcasts.transcripts.writing import FORMS

HOSTS = (Role.HOST, Role.CO_HOST, Role.GUEST_HOST)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file to take along."""

    label: str
    url: str
    type: str


def transcript_links(url: str) -> list[FileLink]:
    """Return the transcript of an episode in each format that people save."""
    return [
        FileLink(name, f"{url}{WORDS}.{form}", FORMS[form].content_type)
        for form, name in TO_SAVE.items()
    ]


def citation(episode: Any, podcast: Any, people: Sequence[Any]) -> str:
    """Return a reference to an episode in the manner of APA (7th edition), as plain text."""
    hosts = [person.name for person in people if person.role in HOSTS]
    who = ", ".join(hosts) or podcast.author
    role = _("Host") if len(hosts) == 1 else _("Hosts") if hosts else ""
    at = episode.first_published_at
    day = f"({at:%Y}, {_day(at)})" if at else f"({_('n.d.')})"
    number = f" ({_('No. %(number)d') % {'number': episode.number}})" if episode.number else ""
    maker = f" {podcast.author}." if hosts and podcast.author else ""
    told = f"{who} ({role})" if role else who
    kind = _("Audio podcast episode")
    return (
        f"{told}. {day}. {episode.title}{number} [{kind}]. {_('In')} {podcast.title}."
        f"{maker} {settings.BASE_URL}{episode.url}"
    )


def _day(at: Any) -> str:
    return date_format(at, "MONTH_DAY_FORMAT")


def series_jsonld(podcast: Any, feed: str) -> str:
    """Return schema.org metadata of a series that may stand in a script element."""
    return _as_script({"@context": "https://schema.org", **_series(podcast), "webFeed": feed})


def episode_jsonld(episode: Any, podcast: Any, *, has_words: bool) -> str:
    """Return schema.org metadata of an episode that may stand in a script element."""
    at = episode.first_published_at
    url = settings.BASE_URL + (episode.url or "")
    return _as_script(
        {
            "@context": "https://schema.org",
            "@type": "PodcastEpisode",
            "@id": url,
            "url": url,
            "name": episode.title,
            "description": episode.description,
            "datePublished": at.isoformat() if at else None,
            "inLanguage": podcast.audio_language,
            "episodeNumber": episode.number,
            "partOfSeason": {"@type": "PodcastSeason", "seasonNumber": episode.season}
            if episode.season
            else None,
            "timeRequired": _duration(episode.audio) if episode.audio else None,
            "license": podcast.licence_url,
            "associatedMedia": _audio(episode.audio, has_words, url) if episode.audio else None,
            "partOfSeries": _series(podcast),
        }
    )


def _series(podcast: Any) -> dict[str, Any]:
    url = settings.BASE_URL + (podcast.url or "")
    return {
        "@type": "PodcastSeries",
        "@id": url,
        "url": url,
        "name": podcast.title,
        "description": podcast.description,
        "inLanguage": podcast.audio_language,
        "author": {"@type": "Organization", "name": podcast.author} if podcast.author else None,
        "license": podcast.licence_url,
    }


def _audio(audio: Any, has_words: bool, url: str) -> dict[str, Any]:
    address = audio.url if audio.url.startswith("http") else settings.BASE_URL + audio.url
    return {
        "@type": "AudioObject",
        "contentUrl": address,
        "encodingFormat": audio.content_type,
        "contentSize": str(audio.file_size) if audio.file_size else None,
        "duration": _duration(audio),
        "caption": {
            "@type": "MediaObject",
            "contentUrl": f"{url}transcript.vtt",
            "encodingFormat": "text/vtt",
        }
        if has_words
        else None,
    }


def _duration(audio: Any) -> str:
    """Return how long it takes, as ISO 8601 has it."""
    return f"PT{round(audio.duration / 1000)}S"


def _as_script(values: dict[str, Any]) -> str:
    return json_script.as_script(_told(values))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {
        name: _told(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value not in (None, "", {})
    }
