"""What a recording says about its episode, for an editor to take or leave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from podcasts import timecodes
from podcasts.artwork import check_artwork
from podcasts.probing import picture_in

if TYPE_CHECKING:
    from podcasts.models import EpisodePage

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a recording says. `shown` are lines that tell what would be taken."""

    target: str
    label: str
    shown: tuple[str, ...]


def offers_for(episode: EpisodePage) -> list[Offer]:
    """Return what the recording says and the draft does not have yet."""
    audio = episode.audio
    if audio is None:
        return []
    offers = []
    title = audio.found.get("title", "")
    if title and title != episode.title:
        offers.append(Offer("title", _("Use as title"), (title,)))
    chapters = audio.found_chapters
    there = {(row.start, row.title) for row in episode.chapters.all()}
    if any((row["start"], row["title"][:200]) not in there for row in chapters):
        offers.append(_chapter_offer(chapters))
    if audio.found.get("picture") and not episode.picture_id and audio.is_here:
        offers.append(Offer("picture", _("Use as picture of the episode"), (_("a picture"),)))
    return offers


def _chapter_offer(chapters: list[dict[str, Any]]) -> Offer:
    count = len(chapters)
    label = ngettext("Take over %(count)d chapter", "Take over %(count)d chapters", count)
    lines = tuple(f"{timecodes.short(row['start'])} {row['title']}" for row in chapters)
    return Offer("chapters", label % {"count": count}, lines)


def can_write(episode: EpisodePage) -> bool:
    """Say whether there are chapters, and an MP3 that does not hold them yet."""
    audio = episode.audio
    if audio is None or not audio.is_here or not audio.name.endswith(".mp3"):
        return False
    rows = sorted(episode.chapters.all(), key=lambda row: row.start)
    held = [(row["start"], row["title"]) for row in audio.found_chapters]
    return bool(rows) and [(row.start, row.title) for row in rows] != held


def take(episode: EpisodePage, target: str, user: Any) -> None:
    """Put one offer into the draft and save it. Raises ValidationError with a sentence."""
    if target not in {offer.target for offer in offers_for(episode)}:
        raise ValidationError(_("The recording does not say this any more. Look again."))
    {"title": _title, "chapters": _chapters, "picture": _picture}[target](episode, user)
    episode.save_revision(user=user, log_action=True)


def _title(episode: EpisodePage, user: Any) -> None:
    if episode.audio:
        episode.title = episode.audio.found["title"]


def _chapters(episode: EpisodePage, user: Any) -> None:
    """Replace the chapters by those of the recording."""
    if episode.audio:
        episode.chapters = [
            episode.chapters.model(
                start=row["start"],
                title=row["title"][:200] or timecodes.short(row["start"]),
                url=row["url"] if row["url"].startswith(("https://", "http://")) else "",
                sort_order=number,
            )
            for number, row in enumerate(episode.audio.found_chapters)
        ]


def _picture(episode: EpisodePage, user: Any) -> None:
    """Make a picture of the one in the recording, when apps would take it."""
    audio = episode.audio
    found = picture_in(audio.file) if audio else None
    if audio is None or found is None or found[0] not in SUFFIXES:
        raise ValidationError(_("The picture in the recording cannot be read."))
    name = f"{PurePath(audio.name).stem}.{SUFFIXES[found[0]]}"
    model: Any = type(episode)._meta.get_field("picture").remote_field.model
    image = model(title=episode.title, file=ContentFile(found[1], name), uploaded_by_user=user)
    try:
        image.full_clean(exclude=["file_hash", "width", "height"])
    except (ValidationError, OSError) as error:
        raise ValidationError(_("The picture in the recording cannot be read.")) from error
    check_artwork(image)
    image.save()
    episode.picture = image
