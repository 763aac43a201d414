"""Making episodes of what a feed says, one by one, each with its verdict."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.plain_text import until
from podcasts.addresses import podcast_guid
from podcasts.audio_storing import file_name
from podcasts.enums import AudioState
from podcasts.importing.feed import Feed, Item
from podcasts.models import AudioFile, EpisodePage, EpisodePerson, PodcastPage

LEAD = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one item: `kind` is new, known or refused; `reason` is a sentence."""

    title: str
    kind: str
    reason: str = ""


def keep_identity(podcast: PodcastPage, feed: Feed, address: str) -> bool:
    """Give a series that has no public episodes the identity it had elsewhere.

    That is its podcast:guid, or else what follows from its old address. Returns whether
    it was taken over.
    """
    if podcast.episodes().exists():
        return False
    try:
        guid = str(uuid.UUID(feed.guid))
    except ValueError:
        old = feed.own_url or address
        guid = podcast_guid(old) if old.startswith(("https://", "http://")) else ""
    if guid:
        PodcastPage.objects.filter(pk=podcast.pk).update(guid=guid)
        podcast.guid = guid
    return bool(guid)


def bring_in(podcast: PodcastPage, item: Item, *, user: Any, publish: bool) -> Verdict:
    """Make an episode of an item, unless it is here. Never raises because of what it holds."""
    title = item.title or item.guid
    if not item.title or not item.guid:
        return Verdict(title, "refused", _("It has no title."))
    if not item.audio_name or len(item.audio_url) > 1000:
        return Verdict(title, "refused", _("It has no recording in MP3 or M4A."))
    if EpisodePage.objects.child_of(podcast).filter(guid=item.guid).exists():
        return Verdict(title, "known")
    try:
        with transaction.atomic():
            _make(podcast, item, user, publish)
    except ValidationError as error:
        return Verdict(title, "refused", " ".join(error.messages))
    return Verdict(title, "new")


def _make(podcast: PodcastPage, item: Item, user: Any, publish: bool) -> EpisodePage:
    now = timezone.now()
    page = EpisodePage(
        title=item.title,
        slug=_slug(podcast, item.title),
        live=False,
        owner=user,
        locale=podcast.locale,
        lead=until(item.summary, LEAD),
        notes=[("paragraph", item.notes)] if item.notes.strip() else [],
        guid=item.guid,
        season=item.season,
        number=item.number,
        episode_type=item.episode_type,
        explicit=item.explicit,
        audio=_recording(item),
        first_published_at=min(item.at or now, now),
    )
    page.people = [
        EpisodePerson(name=name, role=role, url=url, sort_order=number)
        for number, (name, role, url) in enumerate(item.people)
    ]
    podcast.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True)
    if publish:
        revision.publish(user=user)
    return page


def _recording(item: Item) -> AudioFile:
    """Return the row of a recording that still stands elsewhere."""
    there = AudioFile.objects.filter(source_url=item.audio_url).first()
    if there:
        return there
    stem, _dot, kind = item.audio_name.rpartition(".")
    return AudioFile.objects.create(
        title=item.title,
        name=file_name(stem, kind),
        source_url=item.audio_url,
        state=AudioState.ELSEWHERE,
        file_size=item.size,
        duration=item.duration,
    )


def _slug(podcast: PodcastPage, title: str) -> str:
    """Return an address under the series that is free."""
    stem = slugify(title)[:80].strip("-") or "aflevering"
    taken = set(podcast.get_children().values_list("slug", flat=True))
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
