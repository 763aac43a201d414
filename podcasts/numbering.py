"""Which season and number the next episode gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from podcasts.enums import EpisodeType


@dataclass(frozen=True, slots=True)
class Place:
    """Season and number of an episode; None where it has none."""

    season: int | None = None
    number: int | None = None
    episode_type: str = EpisodeType.FULL


def suggest(places: Iterable[Place]) -> Place:
    """Return the place of the next full episode, after all there are.

    The last season goes on. Trailers and bonuses do not count; a series whose episodes
    have no numbers keeps it that way.
    """
    full = [place for place in places if place.episode_type == EpisodeType.FULL]
    if not full:
        return Place(number=1)
    season = max((place.season for place in full if place.season), default=None)
    numbers = [place.number for place in full if place.season == season and place.number]
    return Place(season, max(numbers) + 1) if numbers else Place(season)
