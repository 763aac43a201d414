"""The feed of a series: which episodes stand on a page of it, and how it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.feeds import NEVER, FeedLink
from podcasts import feed_rows, rss
from podcasts.addresses import FEED
from podcasts.answers import for_apps
from podcasts.enums import EpisodeType
from podcasts.feed_parts import FeedLicence, FeedSeries, FeedTrailer
from podcasts.feed_parts import FeedLink as Link

if TYPE_CHECKING:
    from podcasts.models import EpisodePage

TYPE = "application/rss+xml"


def links_of(podcast: Any) -> list[FeedLink]:
    """Return the feed of a series as a page offers it."""
    return [FeedLink("RSS", TYPE, f"{podcast.url}{FEED}")]


def answer(podcast: Any, request: HttpRequest) -> HttpResponse:
    """Answer with a page of the feed; a feed that moved leads to its new address."""
    found = _in_feed(podcast)
    number = _page_number(request)
    start = (number - 1) * rss.MOST_EPISODES
    # One more than a page holds: it tells whether there is another page.
    rows = list(found[start : start + rss.MOST_EPISODES + 1])
    if not rows and number > 1:
        raise Http404("The feed has no such page.")
    total = _pages(found, number, len(rows))
    pages = rows[: rss.MOST_EPISODES]
    pictures = feed_rows.picture_urls([podcast.artwork_id, *(one.picture_id for one in pages)])
    image = feed_rows.full(pictures.get(podcast.artwork_id, ""))
    series = _series(podcast, pages, image=image, page=number, pages=total)
    episodes = feed_rows.episodes(pages, pictures, explicit=podcast.explicit)
    feed = rss.write(series, episodes)
    response = for_apps(feed, f"{TYPE}; charset=utf-8", series.changed)
    if podcast.moved_to:
        # The body still says so: some apps read the tag and not the redirect.
        response.status_code = 301
        response.headers["Location"] = podcast.moved_to
    return response


def _in_feed(podcast: Any) -> Any:
    episodes = podcast.episodes().filter(audio__isnull=False)
    return episodes.with_audio().saying_whether_in_words()


def _page_number(request: HttpRequest) -> int:
    """Return which page is asked for. Raises Http404 for what is no page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5 and int(asked)):
        raise Http404("The feed has no such page.")
    return int(asked)


def _pages(found: Any, number: int, here: int) -> int:
    """Return how many pages there are; a first page with room to spare is the only one."""
    if number == 1 and here <= rss.MOST_EPISODES:
        return 1
    return max(-(-int(found.count()) // rss.MOST_EPISODES), 1)


def _series(
    podcast: Any, shown: Sequence[EpisodePage], *, image: str, page: int, pages: int
) -> FeedSeries:
    url = settings.BASE_URL + podcast.url
    changes = [one.last_published_at for one in (podcast, *shown) if one.last_published_at]
    return FeedSeries(
        guid=podcast.feed_guid,
        title=podcast.title,
        description=podcast.lead or podcast.search_description or podcast.title,
        url=url,
        own_url=url + FEED,
        language=podcast.audio_language,
        author=podcast.author,
        owner_name=podcast.owner_name or podcast.author,
        owner_email=podcast.owner_email,
        image=image,
        changed=max(changes, default=NEVER),
        kind=podcast.series_type,
        explicit=podcast.explicit,
        categories=tuple(podcast.category_paths),
        copyright=podcast.author,
        licence=_licence(podcast),
        funding=_funding(podcast),
        locked=podcast.locked_feed,
        complete=podcast.is_complete,
        frequency=podcast.frequency,
        frequency_label=str(podcast.get_frequency_display()),
        texts=(("verify", podcast.verification),) if podcast.verification else (),
        trailers=_trailers(podcast, shown if pages == 1 else podcast.trailers().with_audio()),
        moved_to=podcast.moved_to,
        page=page,
        pages=pages,
    )


def _licence(podcast: Any) -> FeedLicence | None:
    if not podcast.licence:
        return None
    return FeedLicence(podcast.licence.lower(), podcast.licence_url)


def _funding(podcast: Any) -> Link | None:
    label = podcast.funding_label or _("Support this series")
    return Link(podcast.funding_url, label) if podcast.funding_url else None


def _trailers(podcast: Any, episodes: Any) -> tuple[FeedTrailer, ...]:
    return tuple(
        FeedTrailer(one.title, feed_rows.media_of(one), one.first_published_at, one.season)
        for one in episodes
        if one.audio_id and one.episode_type == EpisodeType.TRAILER
    )
