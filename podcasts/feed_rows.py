"""From the database to the parts of a feed, in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wagtail.models import Page

from core.models import HubDocument, HubImage, HubRendition
from core.querysets import visible
from podcasts import feed_notes, timecodes
from podcasts.chapters import Mark
from podcasts.enums import ROLE_GROUPS
from podcasts.feed_parts import FeedEpisode, FeedPerson, FeedTranscript, Media
from podcasts.formats import CHAPTERS, IN_FEED, WORDS
from podcasts.models.parts import Chapter, EpisodeMention, EpisodePerson
from podcasts.transcripts.writing import FORMS

if TYPE_CHECKING:
    from podcasts.models import EpisodePage

PICTURE = "max-3000x3000|format-jpeg"
UNKNOWN = -1
"""Stands for no moment, where a column must hold a number."""

Grouped = dict[int, "Parts"]


@dataclass(slots=True)
class Parts:
    """What belongs to one episode: people, chapters, and the moments it discusses a page."""

    people: list[FeedPerson] = field(default_factory=list)
    chapters: list[Mark] = field(default_factory=list)
    mentions: list[tuple[int, int | None]] = field(default_factory=list)


def episodes(
    pages: Sequence[EpisodePage], pictures: Mapping[int, str], *, explicit: bool
) -> list[FeedEpisode]:
    """Return episodes as the feed says them. `explicit` is what the series says of itself.

    Each page has `has_words`, from `EpisodeQuerySet.saying_whether_in_words`.
    """
    parts = parts_of(page.pk for page in pages)
    linked = _linked(pages, parts)
    return [
        _episode(
            page,
            explicit=explicit or page.explicit,
            image=full(pictures.get(page.picture_id or 0, "")),
            notes=_notes(page, parts[page.pk].mentions, linked),
            people=tuple(parts[page.pk].people),
            chapters=tuple(parts[page.pk].chapters),
        )
        for page in pages
    ]


def parts_of(episode_ids: Iterable[int]) -> Grouped:
    """Return what belongs to episodes, in one query over three tables."""
    ids, none, nothing = list(episode_ids), Value(""), Value(0)
    people = EpisodePerson.objects.filter(page__in=ids).values_list(
        Value("person"), "page_id", "sort_order", "pk", "name", "role", "url", nothing, nothing
    )
    chapters = Chapter.objects.filter(page__in=ids).values_list(
        Value("chapter"), "page_id", "start", "pk", "title", none, "url", nothing, nothing
    )
    moment = Coalesce("start", Value(UNKNOWN))
    mentions = EpisodeMention.objects.filter(page__in=ids).values_list(
        Value("mention"), "page_id", "sort_order", "pk", none, none, none, "subject_id", moment
    )
    groups: Grouped = defaultdict(Parts)
    rows = people.order_by().union(chapters.order_by(), mentions.order_by(), all=True)
    for kind, page, order, _pk, text, role, url, subject, start in sorted(rows):
        found = groups[page]
        if kind == "person":
            found.people.append(FeedPerson(text, role, ROLE_GROUPS.get(role, "cast"), url))
        elif kind == "chapter":
            found.chapters.append(Mark(order, text, url))
        else:
            found.mentions.append((subject, None if start == UNKNOWN else start))
    return groups


def full(url: str) -> str:
    """Return an address with scheme and host; "" stays ""."""
    return settings.BASE_URL + url if url.startswith("/") else url


def media_of(page: EpisodePage) -> Media:
    """Return the recording of an episode as an enclosure."""
    audio: Any = page.audio
    return Media(full(audio.url), audio.file_size, audio.content_type)


def picture_urls(image_ids: Iterable[int | None], size: str = PICTURE) -> dict[int, str]:
    """Return the address of each picture in one size, in one query.

    A picture that was not made in that size yet is made now.
    """
    wanted = {pk for pk in image_ids if pk}
    if not wanted:
        return {}
    made = HubRendition.objects.filter(image__in=wanted, filter_spec=size)
    urls = {row.image_id: row.url for row in made}
    missing = wanted - set(urls)
    for image in HubImage.objects.filter(pk__in=missing) if missing else ():
        urls[image.pk] = image.get_rendition(size).url
    return urls


def _episode(page: EpisodePage, **parts: Any) -> FeedEpisode:
    audio: Any = page.audio
    url = settings.BASE_URL + (page.url or "")
    return FeedEpisode(
        guid=page.guid,
        title=page.title,
        url=url,
        at=page.first_published_at,
        media=media_of(page),
        seconds=round(audio.duration / 1000),
        kind=page.episode_type,
        summary=page.lead,
        season=page.season,
        number=page.number,
        transcripts=_transcripts(url) if page.has_words else (),
        chapters_url=url + CHAPTERS if parts["chapters"] else "",
        **parts,
    )


def _transcripts(url: str) -> tuple[FeedTranscript, ...]:
    return tuple(
        FeedTranscript(f"{url}{WORDS}.{form}", FORMS[form].content_type, timed)
        for form, timed in IN_FEED.items()
    )


def _linked(pages: Sequence[EpisodePage], parts: Grouped) -> feed_notes.Linked:
    """Return titles and addresses of all that notes and mentions lead to."""
    wanted = set().union(*(feed_notes.targets(page.notes.raw_data) for page in pages))
    wanted |= {("page", subject) for one in parts.values() for subject, _at in one.mentions}
    numbers: dict[str, list[int]] = defaultdict(list)
    for kind, number in wanted:
        numbers[kind].append(number)
    linked = {}
    if numbers["page"]:
        for page in visible(Page.objects.filter(pk__in=numbers["page"])):
            linked["page", page.pk] = (page.title, page.url or "")
    if numbers["document"]:
        for document in HubDocument.objects.filter(pk__in=numbers["document"]):
            linked["document", document.pk] = (document.title, document.url)
    return linked


def _notes(
    page: EpisodePage, mentions: Sequence[tuple[int, int | None]], linked: feed_notes.Linked
) -> str:
    """Return the show notes, and below them the studies an episode talks about."""
    html = feed_notes.as_html(page.notes.raw_data, linked)
    rows = "".join(
        f"<li>{'' if start is None else timecodes.short(start) + ' '}{link}</li>"
        for subject, start in mentions
        if (link := feed_notes.link(("page", subject), linked))
    )
    if not html and not rows:
        return ""
    lead = f"<p>{escape(page.lead)}</p>" if page.lead else ""
    about = f"<h3>{escape(_('Discussed in this episode'))}</h3><ul>{rows}</ul>" if rows else ""
    return lead + html + about.replace('href="/', f'href="{settings.BASE_URL}/')
