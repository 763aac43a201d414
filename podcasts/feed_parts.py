"""What a podcast feed says, as plain values: no models, no requests, no markup but in `notes`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from podcasts.chapters import Mark


@dataclass(frozen=True, slots=True)
class Media:
    """A file to play: its address, length in bytes and media type (RFC 9110)."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, slots=True)
class FeedPerson:
    """Somebody who is heard or worked on it; role and group are of the Podcast Taxonomy."""

    name: str
    role: str = "host"
    group: str = "cast"
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address with the words that go with it."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedLicence:
    """What may be done with the audio: an SPDX identifier, and where its text stands."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedTranscript:
    """A transcript in one format; `timed` says whether each line knows when it is spoken."""

    url: str
    type: str
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEpisode:
    """One episode. `guid` never changes; `summary` is plain text, `notes` is HTML."""

    guid: str
    title: str
    url: str
    at: dt.datetime
    media: Media
    seconds: int
    kind: str = "full"
    summary: str = ""
    notes: str = ""
    season: int | None = None
    number: int | None = None
    explicit: bool = False
    image: str = ""
    people: tuple[FeedPerson, ...] = ()
    transcripts: tuple[FeedTranscript, ...] = ()
    chapters_url: str = ""
    chapters: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedTrailer:
    """What a series is about, in a minute."""

    title: str
    media: Media
    at: dt.datetime
    season: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSeries:
    """A series and one page of its episodes.

    `own_url` is the address of the first page; `page` of `pages` is this one, from 1.
    `moved_to` is the address where the feed lives now, "" while it lives here.
    """

    guid: str
    title: str
    description: str
    url: str
    own_url: str
    language: str
    author: str
    owner_name: str
    owner_email: str
    image: str
    changed: dt.datetime
    kind: str = "episodic"
    explicit: bool = False
    categories: tuple[tuple[str, ...], ...] = ()
    copyright: str = ""
    licence: FeedLicence | None = None
    funding: FeedLink | None = None
    locked: bool = True
    complete: bool = False
    frequency: str = ""
    frequency_label: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    people: tuple[FeedPerson, ...] = ()
    trailers: tuple[FeedTrailer, ...] = ()
    moved_to: str = ""
    page: int = 1
    pages: int = 1
