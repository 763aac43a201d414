"""Merging two studies that are one work. Nothing is lost, and no address dies.

The study that stays gets the chosen fields, and the files, themes and related studies of
both. The other one leaves the site: its addresses lead to the one that stays, in every
language, for as long as that exists. A draft that nobody ever saw is deleted.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect

from core.models import PageTheme
from kenniskamer import entries
from kenniskamer.models import (
    Lookalike,
    MergedWork,
    RelatedResearch,
    ResearchAuthor,
    ResearchPage,
    ResearchSource,
)
from kenniskamer.oai.ledger import refresh
from search.outbox import request_update

FIELDS = (
    "title", "lead", "question", "findings", "practice", "limits", "original_title", "authors",
    "published_year", "published_on", "date_text", "publisher", "place", "container_title",
    "volume", "issue", "page_range", "report_number", "editors", "study_kind",
    "original_language", "doi", "isbn", "source_url", "licence", "evidence_kind",
    "evidence_strength", "evidence_transfer", "evidence_note", "evidence_checked_on",
)  # fmt: skip
"""What an editor chooses from either study."""


def keep_apart(pair: Lookalike, user: Any) -> None:
    """Remember that these are two works."""
    Lookalike.objects.filter(pk=pair.pk).update(
        kept_apart=True, decided_by=user, decided_at=timezone.now()
    )


def must_stay(one: ResearchPage, other: ResearchPage) -> ResearchPage | None:
    """Return the study that has to stay because readers see it; None when either may."""
    if one.live == other.live:
        return None
    return one if one.live else other


@transaction.atomic
def merge(
    *, stays: ResearchPage, goes: ResearchPage, from_goes: Collection[str], user: Any
) -> ResearchPage:
    """Merge `goes` into `stays`, with the fields named in `from_goes` from the one that goes.

    Raises ValidationError when the result does not fit, and then nothing has changed.
    """
    kept: Any = stays.get_latest_revision_as_object()
    gone: Any = goes.get_latest_revision_as_object()
    for name in FIELDS:
        if name in from_goes:
            _copy(name, gone, kept)
    _keep_both(kept, gone)
    kept.full_clean()
    _point_relations(goes, stays)
    _retire(goes, stays, user)
    revision = kept.save_revision(user=user, log_action=True)
    if stays.live:
        revision.publish(user=user)
    refresh([stays.translation_key, goes.translation_key])
    return ResearchPage.objects.get(pk=stays.pk)


def _copy(name: str, gone: Any, kept: Any) -> None:
    if name != "authors":
        setattr(kept, name, getattr(gone, name))
        return
    kept.authors.set(
        [
            ResearchAuthor(
                family_name=author.family_name,
                given_names=author.given_names,
                orcid=author.orcid,
                sort_order=place,
            )
            for place, author in enumerate(gone.authors.all())
        ]
    )


def _keep_both(kept: Any, gone: Any) -> None:
    """Give the study that stays the files, themes and related studies of both."""
    files = {row.source_file_id for row in kept.sources.all()}
    for row in gone.sources.all():
        if row.source_file_id not in files:
            copy = ResearchSource(source_file_id=row.source_file_id, title=row.title)
            copy.sort_order = kept.sources.count()
            kept.sources.add(copy)
    themes = {row.theme_id for row in kept.page_themes.all()}
    for row in gone.page_themes.all():
        if row.theme_id not in themes:
            place = kept.page_themes.count()
            kept.page_themes.add(PageTheme(theme_id=row.theme_id, sort_order=place))
    related = {row.research_id for row in kept.related_research.all()} | {kept.pk, gone.pk}
    kept.related_research.set(
        [row for row in kept.related_research.all() if row.research_id != gone.pk]
    )
    for row in gone.related_research.all():
        if row.research_id not in related:
            place = kept.related_research.count()
            kept.related_research.add(
                RelatedResearch(research_id=row.research_id, sort_order=place)
            )


def _point_relations(goes: ResearchPage, stays: ResearchPage) -> None:
    """Let studies that name the one that goes name the one that stays."""
    named = RelatedResearch.objects.filter(research=stays).values("page_id")
    rows = RelatedResearch.objects.filter(research=goes)
    rows.exclude(page=stays).exclude(page__in=list(named)).update(research=stays)


def _retire(goes: ResearchPage, stays: ResearchPage, user: Any) -> None:
    """Take a work off the site, and lead its addresses to the other."""
    old, new = goes.translation_key, stays.translation_key
    versions = list(ResearchPage.objects.filter(translation_key=old))
    was_public = any(page.first_published_at for page in versions)
    Lookalike.objects.filter(Q(older__page__in=versions) | Q(newer__page__in=versions)).delete()
    if was_public:
        MergedWork.objects.filter(into=old).update(into=new)
        MergedWork.objects.update_or_create(key=old, defaults={"into": new})
    for page in versions:
        target = ResearchPage.objects.filter(translation_key=new, locale=page.locale).first()
        if target is None and page.pk != goes.pk:
            # A translation the other lacks goes over to it, with its own address.
            page.translation_key = new
            page.save(update_fields=["translation_key"])
            request_update(page)
        elif page.first_published_at:
            _redirect(page, target or stays)
            page.unpublish(user=user)
            entries.refresh_page(page)
        else:
            page.delete(user=user)


def _redirect(page: ResearchPage, target: ResearchPage) -> None:
    """Lead the address of a page, and those that led to it, to another for ever."""
    Redirect.objects.filter(redirect_page=page).update(redirect_page=target)
    parts = page.get_url_parts()
    if parts and parts[2]:
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(parts[2]),
            site=None,
            defaults={"redirect_page": target, "redirect_link": "", "is_permanent": True},
        )
