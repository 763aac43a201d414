"""Feeds for readers: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 out of one description."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.http import http_date

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even escaped."""

NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries changed: a fixed day, so that it stays the same document."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a feed. `id` never changes; `url` is absolute; texts are plain."""

    id: str
    title: str
    url: str
    summary: str
    at: dt.datetime
    language: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: of which page (`url`), at which address (`own_url`, without the form's name)."""

    id: str
    title: str
    description: str
    url: str
    own_url: str
    language: str
    organisation: str
    entries: Sequence[Entry] = ()

    @property
    def changed(self) -> dt.datetime:
        """The moment of the newest entry."""
        return max((entry.at for entry in self.entries), default=NEVER)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page offers it: its name, media type and address."""

    label: str
    type: str
    url: str


FORMS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}
"""The forms a feed comes in, by the last part of its address: name and media type."""


def links(base: str, query: QueryDict | None = None) -> list[FeedLink]:
    """Return the links to a feed in each form. `base` ends in a slash."""
    asked = query.urlencode() if query else ""
    ending = f"?{asked}" if asked else ""
    return [FeedLink(name, kind, f"{base}{form}/{ending}") for form, (name, kind) in FORMS.items()]


def response(feed: Feed, form: str) -> HttpResponse:
    """Answer with a feed in one of FORMS; the middleware makes it conditional."""
    text = as_json(feed) if form == "json" else as_xml(feed, form)
    answer = HttpResponse(text, content_type=f"{FORMS[form][1]}; charset=utf-8")
    answer.headers["Last-Modified"] = http_date(feed.changed.timestamp())
    return answer


def clean(text: str) -> str:
    """Return text that may stand in an XML document."""
    return NOT_IN_XML.sub("", text)


class _Unchanging:
    """The moment of the last change comes from the feed, never from the clock."""

    feed: dict[str, Any]

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry came."""
        changed: dt.datetime = self.feed["changed"]
        return changed


class _Rss(_Unchanging, Rss201rev2Feed):
    pass


class _Atom(_Unchanging, Atom1Feed):
    pass


def as_xml(feed: Feed, form: str) -> str:
    """Return a feed as RSS or Atom."""
    kind: type[SyndicationFeed] = _Atom if form == "atom" else _Rss
    made = kind(
        title=clean(feed.title),
        link=feed.url,
        description=clean(feed.description),
        subtitle=clean(feed.description),
        language=feed.language,
        author_name=clean(feed.organisation),
        feed_url=_address(feed, form),
        feed_guid=feed.id,
        changed=feed.changed,
    )
    for entry in feed.entries:
        made.add_item(
            title=clean(entry.title),
            link=entry.url,
            description=clean(entry.summary),
            author_name=clean(", ".join(entry.authors)) or clean(feed.organisation),
            pubdate=entry.at,
            updateddate=entry.at,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=[clean(tag) for tag in entry.tags],
        )
    text: str = made.writeString("utf-8")
    return text


def as_json(feed: Feed) -> str:
    """Return a feed as JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": _address(feed, "json"),
            "description": feed.description,
            "language": feed.language,
            "authors": [{"name": feed.organisation}],
            "items": [_item(entry) for entry in feed.entries],
        },
        ensure_ascii=False,
    )


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.at.isoformat(),
        "language": entry.language,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
    }


def _address(feed: Feed, form: str) -> str:
    base, mark, query = feed.own_url.partition("?")
    return f"{base}{form}/{mark}{query}"
