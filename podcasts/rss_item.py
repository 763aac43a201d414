"""One episode as an item of the feed: what is always there, and what comes along where there is room."""

from __future__ import annotations

from email.utils import format_datetime

from core.feeds import clean
from podcasts.chapters import as_psc
from podcasts.feed_parts import FeedEpisode, FeedPerson
from podcasts.rss_elements import cdata, element, leaf, short, text, true_or_false

MOST_SUMMARY_BYTES = 4000
"""Apple: "The maximum amount of text allowed for this tag is 4000 bytes"."""
SHORT_SUMMARY = 300
"""Characters of a summary that every episode of a long feed keeps."""


def fixed(episode: FeedEpisode) -> str:
    """Return what an app cannot do without."""
    media = episode.media
    return "".join(
        (
            leaf("title", episode.title),
            leaf("itunes:title", episode.title),
            leaf("link", episode.url),
            leaf("guid", episode.guid, isPermaLink="false"),
            leaf("pubDate", format_datetime(episode.at)),
            element("enclosure", url=media.url, length=media.length, _type=media.type),
            leaf("itunes:duration", episode.seconds),
            leaf("itunes:explicit", true_or_false(episode.explicit)),
            leaf("itunes:episodeType", episode.kind),
            _numbers(episode),
            element("itunes:image", href=episode.image) if episode.image else "",
            *(person(one) for one in episode.people),
            _files(episode),
        )
    )


def summary(episode: FeedEpisode, *, whole: bool) -> str:
    """Return the summary, as long as Apple allows or as short as a long feed asks."""
    said = episode.summary if whole else short(episode.summary, SHORT_SUMMARY)
    return leaf("description", _within(said, MOST_SUMMARY_BYTES))


def extras(episode: FeedEpisode) -> str:
    """Return the show notes with their markup, and the chapters (Podlove Simple Chapters 1.2)."""
    notes = element("content:encoded", cdata(episode.notes)) if episode.notes else ""
    if not episode.chapters:
        return notes
    return notes + clean(as_psc(episode.chapters, declared=True))


def person(one: FeedPerson) -> str:
    """Return somebody with role and group, for an episode or a whole series."""
    return leaf("podcast:person", short(one.name), role=one.role, group=one.group, href=one.url)


def _numbers(episode: FeedEpisode) -> str:
    return "".join(
        leaf(f"{space}:{name}", value)
        for name, value in (("season", episode.season), ("episode", episode.number))
        if value
        for space in ("itunes", "podcast")
    )


def _files(episode: FeedEpisode) -> str:
    made = [
        element(
            "podcast:transcript", url=one.url, _type=one.type, rel="captions" if one.timed else ""
        )
        for one in episode.transcripts
    ]
    if episode.chapters_url:
        made.append(
            element("podcast:chapters", url=episode.chapters_url, _type="application/json+chapters")
        )
    return "".join(made)


def _within(said: str, most: int) -> str:
    """Cut text so that it takes no more than so many bytes once escaped."""
    while len(text(said).encode()) > most:
        said = short(said, len(said) * 9 // 10)
    return said
