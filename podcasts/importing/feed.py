"""Reading a feed of somebody else: RSS 2.0 with the tags of Apple and Podcasting 2.0."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

import nh3
from lxml import etree

from podcasts import timecodes
from podcasts.enums import EpisodeType, Role

MOST_BYTES = 20_000_000
MOST_ITEMS = 5_000
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
}
ALLOWED = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li"}
KINDS = {"audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a"}
YES = frozenset({"yes", "true", "explicit"})
_DECLARATION = re.compile(r"^\s*\ufeff?<\?xml[^>]*\?>")
_ENCODING = re.compile(r"^\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,20})[\"']")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class FeedError(ValueError):
    """What was given is no feed; the argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One episode as the feed has it. Times in milliseconds, size in bytes; 0 when not told."""

    guid: str
    title: str
    audio_url: str
    audio_name: str
    size: int = 0
    duration: int = 0
    at: dt.datetime | None = None
    summary: str = ""
    notes: str = ""
    season: int | None = None
    number: int | None = None
    episode_type: str = EpisodeType.FULL
    explicit: bool = False
    people: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A series as its feed has it."""

    title: str
    guid: str
    own_url: str
    items: list[Item] = field(default_factory=list)


def read_feed(data: bytes) -> Feed:
    """Read a feed. Raises FeedError.

    No entity of the file is resolved and nothing is fetched for it.
    """
    if len(data) > MOST_BYTES:
        raise FeedError(_("This feed is larger than 20 MB. Ask for one with fewer episodes."))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    channel = root.find("channel") if root is not None else None
    if channel is None:
        raise FeedError(_("This is not the feed of a podcast (RSS). Check the address or file."))
    own = channel.find("atom:link[@rel='self']", NAMESPACES)
    rows = channel.findall("item")[:MOST_ITEMS]
    return Feed(
        title=_text(channel, "title"),
        guid=_text(channel, "podcast:guid")[:36],
        own_url=own.get("href", "") if own is not None else "",
        items=[_item(row) for row in rows],
    )


def text_of(data: bytes) -> str:
    """Return the text of a feed, by the encoding it declares, without that declaration."""
    declared = _ENCODING.match(data[:200].decode("ascii", "replace"))
    try:
        text = data.decode(declared[1] if declared else "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return _DECLARATION.sub("", text.replace("\x00", ""))


def _text(element: Any, path: str, limit: int = 255) -> str:
    """Return the words of a tag on one line."""
    found = element.find(path, NAMESPACES)
    said = "".join(found.itertext()) if found is not None else ""
    return " ".join(_CONTROL.sub(" ", said).split())[:limit]


def _item(row: Any) -> Item:
    enclosure = row.find("enclosure")
    url = enclosure.get("url", "").strip() if enclosure is not None else ""
    kind = enclosure.get("type", "").lower() if enclosure is not None else ""
    size = enclosure.get("length", "") if enclosure is not None else ""
    notes = _raw(row, "content:encoded") or _raw(row, "description")
    cleaned = nh3.clean(notes, tags=ALLOWED, attributes={"a": {"href"}}, link_rel=None)
    episode_type = _text(row, "itunes:episodeType").lower()
    return Item(
        guid=_text(row, "guid", 500) or url[:500],
        title=_text(row, "title") or _text(row, "itunes:title"),
        audio_url=url,
        audio_name=audio_name(url, kind),
        size=int(size) if size.isdecimal() and len(size) < 15 else 0,
        duration=_duration(_text(row, "itunes:duration")),
        at=_moment(_text(row, "pubDate")),
        summary=_summary(row),
        notes=cleaned,
        season=_number(_text(row, "itunes:season")),
        number=_number(_text(row, "itunes:episode")),
        episode_type=episode_type if episode_type in EpisodeType.values else EpisodeType.FULL,
        explicit=_text(row, "itunes:explicit").lower() in YES,
        people=tuple(_people(row)),
    )


def _raw(row: Any, path: str) -> str:
    found = row.find(path, NAMESPACES)
    return ("".join(found.itertext()) if found is not None else "")[:200_000]


def _summary(row: Any) -> str:
    """Return a short description without markup."""
    for path in ("itunes:subtitle", "itunes:summary", "description"):
        said = " ".join(html.unescape(nh3.clean(_raw(row, path), tags=set())).split())
        if said:
            return said
    return ""


def _people(row: Any) -> Iterator[tuple[str, str, str]]:
    """Yield name, role and address of each person."""
    for person in row.findall("podcast:person", NAMESPACES)[:50]:
        role = (person.get("role") or "host").lower()
        url = person.get("href", "")
        name = " ".join((person.text or "").split())[:128]
        if name:
            known = role if role in Role.values else Role.GUEST
            yield name, known, url if url.startswith(("https://", "http://")) else ""


def audio_name(url: str, kind: str) -> str:
    """Return the file name of a recording, "" when it is no MP3 or M4A."""
    name = PurePosixPath(unquote(urlsplit(url).path)).name if url else ""
    suffix = KINDS.get(kind.partition(";")[0].strip()) or PurePosixPath(name).suffix.lower()[1:]
    if suffix not in ("mp3", "m4a") or not url.startswith(("https://", "http://")):
        return ""
    return f"{PurePosixPath(name).stem or 'audio'}.{suffix}"


def _duration(text: str) -> int:
    try:
        return min(timecodes.parse(text), 2_000_000_000)
    except timecodes.TimecodeError:
        return 0


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 5 and int(text) else None


def _moment(text: str) -> dt.datetime | None:
    """Read a date (RFC 2822); without a zone it is UTC."""
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC) if moment.year > 1970 else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
