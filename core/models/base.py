"""The page every page type of the hub is built on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from core import surroundings
from core.contracts import (
    Announces,
    Badge,
    Card,
    CardImage,
    Searchable,
    SearchDocument,
    SearchPassage,
)
from core.languages import language_of
from core.models.theme import PageTheme, Theme
from core.plain_text import stream_text, until


class BasePage(Searchable, Announces, Page):
    """What all pages share: a lead, themes, how they look in lists, how they are found."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences that say what the page gives.")
    )
    share_image = models.ForeignKey(
        "core.HubImage",
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody should read this page again."),
    )

    themes_panel = MultipleChooserPanel(
        "page_themes", label=_("Themes"), chooser_field_name="theme"
    )
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("share_image"),
    ]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("review_by")], heading=_("Upkeep")),
    ]

    show_in_menus_default = False

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language code of this page."""
        return language_of(self.locale_id)

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes of this page, in its own language where they exist in it."""
        if has_unsaved(self, "page_themes"):
            chosen = [page_theme.theme_id for page_theme in self.page_themes.all()]
            return localized_themes(chosen, self.locale_id) if chosen else []
        return themes_of(self)

    # --- Card ---------------------------------------------------------------

    @property
    def card_lead(self) -> str:
        """The one line under the title in a list."""
        return until(self.lead or self.search_description, 220)

    def card_badges(self) -> Sequence[Badge]:
        """Return short facts shown beside the title."""
        return ()

    def card_facts(self) -> Sequence[str]:
        """Return the facts line: publisher, pages, duration."""
        return ()

    def card_image(self) -> CardImage | None:
        """Return a small picture, where the page has one of its own."""
        return None

    def card_coins(self) -> str:
        """Return what reference managers read in a list, for pages that can be cited."""
        return ""

    @property
    def card(self) -> Card:
        """How this page shows itself in a list, in its own language."""
        published = self.first_published_at
        with translation.override(self.language):
            return Card(
                kind=self.search_kind or self._meta.model_name,
                kind_label=str(self.search_kind_label or self._meta.verbose_name),
                title=self.title,
                url=self.url or "",
                lead=self.card_lead,
                language=self.language,
                date=published.date() if published else None,
                year=self.search_year(),
                image=self.card_image(),
                badges=tuple(self.card_badges()),
                facts=tuple(str(fact) for fact in self.card_facts()),
                coins=self.card_coins(),
            )

    # --- Search -------------------------------------------------------------

    def search_summary(self) -> str:
        """The lead, and what editors wrote for search engines."""
        return "\n".join(part for part in (self.lead, self.search_description) if part)

    def search_body(self) -> str:
        """The text of the body, for page types that have one."""
        body = getattr(self, "body", None)
        return stream_text(body) if body is not None else ""

    def search_date(self) -> dt.date | None:
        """The day by which results are sorted on date: of publication, or of the last news."""
        told = self.announcements.order_by("-at").values_list("at", flat=True).first()
        latest = max(filter(None, (self.first_published_at, told)), default=None)
        return timezone.localdate(latest) if latest else None

    def search_document(self) -> SearchDocument:
        """Return this page as search stores it."""
        with translation.override(self.language):
            passages: Iterable[SearchPassage] = tuple(self.search_passages())
            card = self.card.as_json()
            themes = self._themes_in_words()
        return SearchDocument(
            key=f"page:{self.pk}",
            work=str(self.translation_key),
            kind=self.search_kind,
            language=self.language,
            title=self.title,
            url=self.url or "",
            summary=self.search_summary(),
            body="\n\n".join(part for part in (self.search_body(), themes) if part),
            themes=tuple(theme.slug for theme in self.themes),
            year=self.search_year(),
            date=self.search_date(),
            card=card,
            passages=tuple(passages),
        )

    def _themes_in_words(self) -> str:
        """Return a sentence with the themes, so that who asks for one finds its pages."""
        labels = ", ".join(theme.label for theme in self.themes)
        return gettext("Themes: %(labels)s.") % {"labels": labels} if labels else ""

    # --- Sharing ------------------------------------------------------------

    @property
    def description(self) -> str:
        """The sentence search engines and messengers show."""
        return until(self.search_description or self.lead or self.card_lead, 200)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name what every template needs."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        around = surroundings.of_page(self)
        surroundings.remember(request, around)
        context["language"] = self.language
        context["crumbs"] = around.above
        if around.above:
            self._cached_parent_obj = around.above[-1]  # spares treebeard's get_parent a query
        return context

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and those above it, in one query.

        An alias follows the page it repeats, also when that repeats another.
        """
        steps = range(Page.steplen, len(self.path) + 1, Page.steplen)
        chain = Page.objects.filter(path__in=[self.path[:end] for end in steps])
        on_chain = models.Q()
        for origin in ("pk", "alias_of", "alias_of__alias_of"):
            on_chain |= models.Q(page__in=chain.values(origin))
        return PageViewRestriction.objects.filter(on_chain)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address in one step instead of one for each part of it.

        What an address has below that page (a feed, a file, a part) the page knows itself.
        """
        if path_components:
            parts = accumulate(path_components, lambda above, part: f"{above}/{part}")
            addresses = [f"{self.url_path}{part}/" for part in parts]
            pages = Page.objects.filter(url_path__in=addresses, path__startswith=self.path)
            below = pages.order_by("-depth").first()
            if below:
                rest = path_components[addresses.index(below.url_path) + 1 :]
                return below.specific.route(request, rest)
        return super().route(request, path_components)


def has_unsaved(page: Page, relation: str) -> bool:
    """Say whether the children of a page are in memory only: a preview or a draft."""
    return relation in getattr(page, "_cluster_related_objects", {})


def themes_of(page: Page) -> list[Theme]:
    """Return the themes of a stored page, localised and in order, in one query."""
    own = PageTheme.objects.filter(page_id=page.pk)
    place = own.filter(theme__translation_key=models.OuterRef("translation_key"))
    found = Theme.objects.filter(translation_key__in=own.values("theme__translation_key")).annotate(
        place=models.Subquery(place.values("sort_order")[:1]),
        row=models.Subquery(place.values("pk")[:1]),
    )
    best: dict[Any, Theme] = {}
    for theme in found:
        if theme.locale_id == page.locale_id or theme.translation_key not in best:
            best[theme.translation_key] = theme
    return sorted(best.values(), key=lambda theme: (theme.place or 0, theme.row))


def localized_themes(theme_ids: Sequence[int], locale_id: int) -> list[Theme]:
    """Return themes in one locale, in the given order; untranslated ones as they are."""
    keys = Theme.objects.filter(pk__in=theme_ids).values("translation_key")
    found = Theme.objects.filter(
        models.Q(translation_key__in=keys, locale_id=locale_id) | models.Q(pk__in=theme_ids)
    )
    by_key: dict[Any, Theme] = {}
    order: dict[Any, int] = {}
    for theme in found:
        if theme.pk in theme_ids:
            order[theme.translation_key] = list(theme_ids).index(theme.pk)
        if theme.locale_id == locale_id or theme.translation_key not in by_key:
            by_key[theme.translation_key] = theme
    return sorted(by_key.values(), key=lambda theme: order.get(theme.translation_key, 0))


def attach_themes(pages: Sequence[BasePage]) -> None:
    """Give many pages their `themes` in two queries instead of two each."""
    chosen: dict[int, list[int]] = {page.pk: [] for page in pages}
    rows = PageTheme.objects.filter(page__in=chosen).order_by("sort_order", "pk")
    for page_id, theme_id in rows.values_list("page_id", "theme_id"):
        chosen[page_id].append(theme_id)
    all_ids = sorted({theme_id for ids in chosen.values() for theme_id in ids})
    keys = Theme.objects.filter(pk__in=all_ids).values("translation_key")
    themes = list(Theme.objects.filter(translation_key__in=keys))
    by_id = {theme.pk: theme for theme in themes}
    by_key = {(theme.translation_key, theme.locale_id): theme for theme in themes}
    for page in pages:
        page.themes = [
            by_key.get((by_id[pk].translation_key, page.locale_id), by_id[pk])
            for pk in chosen[page.pk]
        ]
