"""Studies that stand close to a study: by theme and by text.

The order is worked out at most once a day for each study and process, because it asks
the search engine; a list that is a day old misleads nobody. While search is away the themes
alone decide, and nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from core.models import PageTheme
from core.models.base import has_unsaved
from core.querysets import visible
from kenniskamer.models.parts import RelatedResearch
from kenniskamer.querysets import NOT_ON_CARDS, parts_of_cards
from search.engines import get_engine
from search.engines.base import Filters, SearchRequest, SearchUnavailable
from search.keys import page_id_of
from search.plan import plan
from search.query import parse

A_DAY = 24 * 60 * 60
CLOSEST = 4
CANDIDATES = 40
CLEAR = 3
"""Without a shared theme, only the first so many that search finds are close enough."""
TEXT_CHARACTERS = 250


def beside(page: Any) -> list[Any]:
    """Return the studies to show beside one: those an editor chose, then the closest.

    Their authors and files are loaded together with those of the page itself, which
    saves queries.
    """
    around = others(page)
    if has_unsaved(page, "related_research"):
        pinned, near = _pinned(page), _closest(page, around, _by_text(page) or [])
    else:
        pinned, near = _worked_out(page, around)
    found = around.filter(Q(translation_key__in=pinned) | Q(pk__in=near)).defer(*NOT_ON_CARDS)

    def place(row: Any) -> int:
        chosen = row.translation_key in pinned
        return pinned.index(row.translation_key) if chosen else len(pinned) + near.index(row.pk)

    rows = sorted(found, key=place)[: max(len(pinned), CLOSEST)]
    in_memory = has_unsaved(page, "authors") or has_unsaved(page, "sources")
    prefetch_related_objects([*([] if in_memory else [page]), *rows], *parts_of_cards())
    return rows


def _pinned(page: Any) -> list[Any]:
    """Return the works an editor put beside a study, in order."""
    if not has_unsaved(page, "related_research"):
        rows = RelatedResearch.objects.filter(page_id=page.pk)
        return list(rows.values_list("research__translation_key", flat=True))
    chosen = [row.research_id for row in page.related_research.all()]
    found = type(page).objects.filter(pk__in=chosen).values_list("pk", "translation_key")
    keys = dict(found)
    return [keys[pk] for pk in chosen if pk in keys]


def _worked_out(page: Any, around: QuerySet[Any]) -> tuple[list[Any], list[int]]:
    """Return what stands beside a published page; what an editor chose changes with it."""
    key = f"neighbours:{page.pk}:{page.last_published_at and page.last_published_at.timestamp()}"
    found: tuple[list[Any], list[int]] | None = cache.get(key)
    if found is None:
        by_text = _by_text(page)
        found = (_pinned(page), _closest(page, around, by_text or []))
        if by_text is not None:
            cache.set(key, found, A_DAY)
    return found


def _closest(page: Any, studies: QuerySet[Any], by_text: Sequence[int]) -> list[int]:
    """Return the ids of the closest of these studies, closest first."""
    shared = _shared_themes(page, studies)
    allowed = set(studies.filter(pk__in=[*shared, *by_text]).values_list("pk", flat=True))
    scores = score(shared, [pk for pk in by_text if pk in allowed])
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))[:CLOSEST]


def score(shared: dict[int, float], by_text: Sequence[int]) -> dict[int, float]:
    """Add up closeness: the part of the themes that is shared, and the place in the text order.

    The first of the text order counts as much as all themes together, the fifth half.
    """
    scores = dict(shared)
    for place, pk in enumerate(by_text):
        if pk in scores or place < CLEAR:
            scores[pk] = scores.get(pk, 0.0) + 4 / (place + 4)
    return scores


def _shared_themes(page: Any, studies: QuerySet[Any]) -> dict[int, float]:
    """Return for each candidate which part of the themes of the page it shares."""
    themes = [theme.slug for theme in page.themes]
    if not themes:
        return {}
    rows = (
        PageTheme.objects.filter(theme__slug__in=themes, page__in=studies.values("pk"))
        .values_list("page")
        .annotate(count=Count("theme__slug", distinct=True))
        .order_by("-count", "-page")[:CANDIDATES]
    )
    return {pk: count / len(themes) for pk, count in rows}


def _by_text(page: Any) -> list[int] | None:
    """Return the studies that search finds for the title and the lead, best first.

    None where search is away and nothing can be said.
    """
    words = re.sub(r"[^\w\s]", " ", f"{page.title} {page.lead}"[:TEXT_CHARACTERS])
    engine = get_engine()
    try:
        made = plan(parse(words), page.language, engine)
        if not made:
            return []
        request = SearchRequest(
            plan=made,
            filters=Filters(kind=(page.search_kind,)),
            page_size=CANDIDATES // 4,
            language=page.language,
        )
        hits = engine.search(request).hits
    except SearchUnavailable:
        return None
    ids = [page_id_of(hit.key) for hit in hits]
    return [pk for pk in ids if pk and pk != page.pk]


def others(page: Any) -> QuerySet[Any]:
    """Return the other studies in the language of a study that a visitor may see."""
    found: QuerySet[Any] = visible(
        type(page).objects.filter(locale_id=page.locale_id, withdrawn=False).exclude(pk=page.pk)
    )
    return found
