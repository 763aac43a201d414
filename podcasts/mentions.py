"""At which minutes an episode talks about a study: what readers of the study see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wagtail.models import Page

from core.backlinks import Place
from podcasts import timecodes
from podcasts.models import EpisodeMention, EpisodePage


def minutes_of(subject: Page, users: Sequence[Page]) -> Mapping[int, Sequence[Place]]:
    """Return the minutes at which each episode among `users` discusses a page."""
    episodes = [page.pk for page in users if page.cached_content_type.model_class() is EpisodePage]
    if not episodes:
        return {}
    found: dict[int, list[Place]] = {}
    rows = EpisodeMention.objects.filter(page__in=episodes, subject=subject.pk, start__isnull=False)
    for page_id, start in rows.order_by("start").values_list("page_id", "start"):
        place = Place(timecodes.short(start), f"t={start // 1000}")
        found.setdefault(page_id, []).append(place)
    return found
