"""A podcast as RSS 2.0 with the tags of Apple, of Podcasting 2.0, and paging (RFC 5005).

Directories refuse feeds above 512 kB. A page of the feed holds up to MOST_EPISODES episodes;
what makes it large, show notes and chapters, comes along for the newest ones as far as there
is room, and stands behind the link of each episode for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.utils import format_datetime

from podcasts.feed_parts import FeedEpisode, FeedSeries, FeedTrailer
from podcasts.rss_elements import element, leaf, short, text, true_or_false, yes_or_no
from podcasts.rss_item import extras, fixed, person, summary

MOST_EPISODES = 300
MOST_BYTES = 500_000
MOST_ABOUT = 4000

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "psc": "http://podlove.org/simple-chapters",
}

Tail = Callable[[FeedEpisode], str]


def write(series: FeedSeries, episodes: Sequence[FeedEpisode]) -> bytes:
    """Return one page of the feed, in UTF-8."""
    spaces = "".join(f' xmlns:{name}="{url}"' for name, url in NAMESPACES.items())
    head = _head(series)
    room = MOST_BYTES - len(head.encode()) - 1000
    items = "".join(f"<item>{item}</item>\n" for item in fitted(episodes, room))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0"{spaces}><channel>\n{head}\n{items}</channel></rss>\n'
    ).encode()


def fitted(episodes: Sequence[FeedEpisode], room: int) -> list[str]:
    """Return the inside of each item, with as much of its text as fits in `room` bytes.

    Every episode keeps what an app cannot do without; then each gets a short summary,
    and then, from the newest on, its whole summary, notes and chapters.
    """
    firsts = [fixed(episode) for episode in episodes]
    tails = [""] * len(episodes)
    room -= sum(len(first.encode()) + len("<item></item>\n") for first in firsts)
    for made in (_brief, _full):
        for place, episode in enumerate(episodes):
            tail = made(episode)
            growth = len(tail.encode()) - len(tails[place].encode())
            if growth <= room:
                tails[place], room = tail, room - growth
    return [first + tail for first, tail in zip(firsts, tails, strict=True)]


def _brief(episode: FeedEpisode) -> str:
    return summary(episode, whole=False)


def _full(episode: FeedEpisode) -> str:
    return summary(episode, whole=True) + extras(episode)


def page_url(own_url: str, page: int) -> str:
    """Return the address of a page of the feed."""
    return own_url if page == 1 else f"{own_url}?page={page}"


def _head(series: FeedSeries) -> str:
    about = short(series.description, MOST_ABOUT)
    return "\n".join(
        tag
        for tag in (
            leaf("title", series.title),
            leaf("link", series.url),
            leaf("description", about) or element("description", text(series.title)),
            leaf("language", series.language),
            leaf("copyright", series.copyright),
            leaf("lastBuildDate", format_datetime(series.changed)),
            leaf("docs", "https://www.rssboard.org/rss-specification"),
            _picture(series),
            *_paging(series),
            *_for_apple(series),
            *_for_podcasting_2(series),
        )
        if tag
    )


def _picture(series: FeedSeries) -> str:
    if not series.image:
        return ""
    parts = (leaf("url", series.image), leaf("title", series.title), leaf("link", series.url))
    return element("image", "".join(parts))


def _paging(series: FeedSeries) -> list[str]:
    """Return links to this page and, of a long feed, to the others (RFC 5005 §3)."""
    links = {"self": series.page}
    if series.pages > 1:
        links |= {"first": 1, "last": series.pages}
        if series.page > 1:
            links["previous"] = series.page - 1
        if series.page < series.pages:
            links["next"] = series.page + 1
    return [
        element(
            "atom:link", rel=rel, href=page_url(series.own_url, page), _type="application/rss+xml"
        )
        for rel, page in links.items()
    ]


def _for_apple(series: FeedSeries) -> list[str]:
    owner = leaf("itunes:name", series.owner_name) + leaf("itunes:email", series.owner_email)
    return [
        leaf("itunes:title", series.title),
        leaf("itunes:author", series.author),
        element("itunes:owner", owner) if series.owner_email else "",
        element("itunes:image", href=series.image) if series.image else "",
        *map(_category, series.categories),
        leaf("itunes:explicit", true_or_false(series.explicit)),
        leaf("itunes:type", series.kind),
        leaf("itunes:complete", "Yes") if series.complete else "",
        leaf("itunes:new-feed-url", series.moved_to),
    ]


def _category(path: tuple[str, ...]) -> str:
    """Return a category of Apple's list, and inside it the one below it."""
    return element("itunes:category", _category(path[1:]) if path[1:] else "", _text=path[0])


def _for_podcasting_2(series: FeedSeries) -> list[str]:
    licence, funding = series.licence, series.funding
    frequency = element(
        "podcast:updateFrequency",
        text(short(series.frequency_label)),
        complete="true" if series.complete else "",
        rrule="" if series.complete else series.frequency,
    )
    return [
        leaf("podcast:guid", series.guid),
        element("podcast:locked", yes_or_no(series.locked), owner=series.owner_email),
        leaf("podcast:medium", "podcast"),
        frequency if series.frequency or series.complete else "",
        leaf("podcast:license", short(licence.name), url=licence.url) if licence else "",
        leaf("podcast:funding", short(funding.label), url=funding.url) if funding else "",
        *(leaf("podcast:txt", value, purpose=purpose) for purpose, value in series.texts),
        *(person(one) for one in series.people),
        *map(_trailer, series.trailers),
    ]


def _trailer(trailer: FeedTrailer) -> str:
    media = trailer.media
    return leaf(
        "podcast:trailer",
        short(trailer.title),
        pubdate=format_datetime(trailer.at),
        url=media.url,
        length=media.length,
        _type=media.type,
        season=trailer.season,
    )
