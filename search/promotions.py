"""The pages that editors promoted, above the results of the questions they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from wagtail.models import Page

from core.contracts import Card
from core.languages import language_of
from core.models import BasePage
from core.querysets import visible
from search.answering import Answer
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.engines import get_engine
from search.engines.base import Hit, SearchUnavailable
from search.kept import Kept
from search.models import Promotion
from search.plan import splitter_of
from search.promoting import Promoted, called, with_parts


@dataclass(frozen=True, slots=True)
class PromotedView:
    """A promoted page as it is shown. `work` is shared by its translations."""

    work: str
    card: Card
    text: str


def promoted_pages(found: Answer, language: str) -> list[PromotedView]:
    """Return what to show above an answer, in a reader's language where that exists.

    Only above the first page of an unfiltered list in order of relevance: elsewhere the
    reader asks for something else than the best. No query when nothing is promoted.
    """
    question = found.question
    narrowed = question.filters or question.within or question.sort != "relevance"
    if question.page > 1 or narrowed:
        return []
    try:
        known = promotions.get()
    except SearchUnavailable:  # the index went away after it answered; its hits are still good
        return []
    return views_of(called_by(found, known), language)


def called_by(found: Answer, known: Iterable[Promoted]) -> list[Promoted]:
    """Return the promotions that an answered question calls for, the closest first."""
    known = tuple(known)
    if not known:
        return []
    splitter = found.marker.splitter or no_splitter()
    return called(found.read_as, found.synonyms, splitter, known, timezone.localdate())


def views_of(chosen: Sequence[Promoted], language: str) -> list[PromotedView]:
    """Read the pages of promotions, leaving out those a visitor may not see."""
    if not chosen:
        return []
    works = {promoted.work for promoted in chosen}
    pages = list(visible(Page.objects.filter(translation_key__in=works)).specific())
    views = (_view(promoted, pages, language) for promoted in chosen)
    return [view for view in views if view]


def without_promoted(hits: Sequence[Hit], promoted: Sequence[PromotedView]) -> list[Hit]:
    """Return the hits that are not already shown above the list."""
    works = {view.work for view in promoted}
    return [hit for hit in hits if hit.work not in works]


def as_promoted(promotion: Promotion, splitter: Splitter) -> Promoted:
    """Return a promotion as matching knows it, saved or not."""
    keys, lines = promotion.looks_for(), promotion.lines
    return Promoted(
        promotion.pk,
        promotion.page_id,
        str(promotion.page.translation_key),
        promotion.note,
        with_parts(keys, lines if promotion.language == COMPOUNDING else (), splitter),
        promotion.from_day,
        promotion.until_day,
    )


def read_promotions() -> tuple[Promoted, ...]:
    """Read all promotions, in one query."""
    rows = list(Promotion.objects.select_related("page").order_by("pk"))
    splitter = splitter_of(get_engine())
    return tuple(as_promoted(row, splitter) for row in rows)


def no_splitter() -> Splitter:
    """Return a splitter that knows no compounds."""
    return Splitter(lambda term: 0)


def _view(promoted: Promoted, pages: Sequence[Page], language: str) -> PromotedView | None:
    """Show the translation in the reader's language, or else the page that was chosen."""
    same = [page for page in pages if str(page.translation_key) == promoted.work]
    own = [page for page in same if language_of(page.locale_id) == language]
    page = next(iter([*own, *(page for page in same if page.pk == promoted.page_id)]), None)
    if not isinstance(page, BasePage) or not page.url:
        return None
    card = page.card
    return PromotedView(promoted.work, card, promoted.note or card.lead)


promotions: Kept[tuple[Promoted, ...]] = Kept("search-promotions", read_promotions)


def connect() -> None:
    """Follow what editors change."""
    promotions.follow(Promotion)
