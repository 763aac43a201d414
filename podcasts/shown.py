"""Episodes, chapters and words as templates show them: plain values, addresses included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, Subquery

from wagtail.models import Page

from core.models.base import has_unsaved
from core.plain_text import until
from core.querysets import visible
from podcasts import timecodes
from podcasts.cues import Cue
from podcasts.enums import EpisodeType
from podcasts.feed_rows import picture_urls
from podcasts.models.transcript import Transcript
from podcasts.transcripts.writing import turns

NAMED = ("title", "slug", "url_path", "path", "depth", "first_published_at")
"""The columns a link needs."""
SMALL = "fill-512x512|format-jpeg"
"""The picture that a device shows while it plays."""
KINDS = {"audio/mpeg": "MP3", "audio/mp4": "M4A"}


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording for the player. `start` is where an address asks to begin, in seconds."""

    url: str
    name: str
    type_name: str
    seconds: int
    length: str
    size: int
    start: int
    key: str
    title: str
    series: str
    artwork: str


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode in a list."""

    title: str
    url: str
    at: dt.datetime | None
    length: str
    season: int | None
    number: int | None
    kind_label: str
    lead: str


@dataclass(frozen=True, slots=True)
class Season:
    """Episodes of one season; `number` is None for those of no season."""

    number: int | None
    episodes: tuple[EpisodeRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter, or a study that is discussed: where it starts and where it leads."""

    title: str
    label: str
    seconds: int
    href: str
    url: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownCue:
    """A line of the transcript, from `start` milliseconds on.

    `anchor` is "" when an earlier line has that second.
    """

    anchor: str
    start: int
    label: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """What one person says until somebody else begins."""

    speaker: str
    cues: tuple[ShownCue, ...]


def at_moment(url: str, seconds: int) -> str:
    """Return an address that begins at a moment.

    The part after # is for the script, and stays in the address bar; the question before
    it lets a browser without script begin there too.
    """
    return f"{url}?t={seconds}#t={seconds}"


def sound_of(episode: Any, podcast: Any, *, asked: str) -> Sound | None:
    """Return the recording of an episode for the player, None without one."""
    audio = episode.audio
    if audio is None:
        return None
    seconds = audio.duration // 1000
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    return Sound(
        url=audio.url,
        name=audio.name,
        type_name=KINDS.get(audio.content_type, "MP3"),
        seconds=seconds,
        length=timecodes.short(audio.duration),
        size=audio.file_size,
        start=start if start < seconds else 0,
        key=episode.guid,
        title=episode.title,
        series=podcast.title,
        artwork=picture_urls([podcast.artwork_id], SMALL).get(podcast.artwork_id, ""),
    )


def rows_of(episodes: Sequence[Any]) -> list[EpisodeRow]:
    """Return episodes as rows of a list."""
    return [
        EpisodeRow(
            title=episode.title,
            url=episode.url or "",
            at=episode.first_published_at,
            length=episode.length,
            season=episode.season,
            number=episode.number,
            kind_label=""
            if episode.episode_type == EpisodeType.FULL
            else episode.get_episode_type_display(),
            lead=until(episode.lead, 260),
        )
        for episode in episodes
    ]


def by_season(rows: Sequence[EpisodeRow]) -> list[Season]:
    """Put neighbours of one season together."""
    groups = groupby(rows, key=lambda row: row.season)
    return [Season(number, tuple(group)) for number, group in groups]


def first_to_hear(rows: Sequence[EpisodeRow]) -> EpisodeRow | None:
    """Return the episode to put forward: the first that is no trailer or bonus."""
    return next((row for row in rows if not row.kind_label), rows[0] if rows else None)


def shown_chapters(episode: Any, url: str) -> list[Place]:
    """Return the chapters of an episode."""
    return [
        Place(
            title=chapter.title,
            label=chapter.label,
            seconds=chapter.seconds,
            href=at_moment(url, chapter.seconds),
            url=chapter.url,
        )
        for chapter in episode.chapters.all()
    ]


def shown_mentions(episode: Any, url: str) -> list[Place]:
    """Return the studies and releases that are discussed and that a visitor may see."""
    return [
        Place(
            title=subject.title,
            label=row.label,
            seconds=row.seconds,
            href=at_moment(url, row.seconds),
            url=subject.url or "",
            kind=_kind(subject),
            note=row.note,
        )
        for row in _public_mentions(episode)
        for subject in [row.subject]
    ]


def _public_mentions(episode: Any) -> Any:
    """Return the rows a visitor may see, in one query; of a preview those that are on screen."""
    if has_unsaved(episode, "mentions"):
        return [row for row in episode.mentions.all() if row.subject.live]
    public = visible(Page.objects.all()).values("pk")
    return episode.mentions.filter(subject__in=public).select_related("subject")


def _kind(page: Any) -> str:
    model = page.cached_content_type.model_class()
    return str(getattr(model, "search_kind_label", ""))


def turns_of(cues: Sequence[Cue], url: str) -> list[ShownTurn]:
    """Return the transcript of the episode that stands at `url`."""
    taken: set[int] = set()
    return [
        ShownTurn(turn.speaker, tuple(_cue(cue, url, taken) for cue in turn.cues))
        for turn in turns(cues)
    ]


def _cue(cue: Cue, url: str, taken: set[int]) -> ShownCue:
    seconds = cue.start // 1000
    anchor = "" if seconds in taken else f"t={seconds}"
    taken.add(seconds)
    label = timecodes.short(cue.start)
    return ShownCue(anchor, cue.start, label, at_moment(url, seconds), cue.text)


def neighbours(episode: Any, podcast: Any) -> tuple[Any, Any]:
    """Return the episode before this one and the one after it, None where there is none."""
    at = episode.first_published_at
    if at is None:
        return None, None
    others = podcast.episodes().exclude(pk=episode.pk)
    earlier = others.filter(first_published_at__lte=at).order_by("-first_published_at", "-pk")
    later = others.filter(first_published_at__gt=at).order_by("first_published_at", "pk")
    beside = Q(pk=Subquery(earlier.values("pk")[:1])) | Q(pk=Subquery(later.values("pk")[:1]))
    found = list(others.filter(beside).only(*NAMED))
    return (
        next((one for one in found if one.first_published_at <= at), None),
        next((one for one in found if one.first_published_at > at), None),
    )


def has_words(episode: Any) -> bool:
    """Say whether there is a transcript of the recording, without reading it."""
    spoken = Transcript.objects.filter(
        episode__translation_key=episode.translation_key,
        episode__audio=episode.audio_id,
        cue_count__gt=0,
    )
    return bool(episode.audio_id and spoken.exists())
