"""The front door: home page, standard pages, questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField

from core.blocks import TEXT_FEATURES
from core.contracts import SearchPassage
from core.fields import BodyField
from core.models import Announcement, BasePage
from core.plain_text import rich_text, until
from core.querysets import visible
from home.blocks import PageBodyBlock
from home.shelves import ThemeEntry, newest_episodes, newest_research, theme_entries
from kenniskamer.feeds import links_of
from kenniskamer.models import KenniskamerPage

ON_SHELF = 6
NEWS = 5
EPISODES = 3


def stream_passages(page: BasePage, body: Any) -> Iterator[SearchPassage]:
    """Yield the sections of a body: the text under each of its headings."""
    anchor, title, texts = "", page.title, [page.lead]
    for block in [*body, None]:
        if block is not None and block.block_type != "heading":
            texts.extend(block.block.get_searchable_content(block.value))
            continue
        text = "\n".join(part for part in texts if part)
        if anchor and text:
            yield SearchPassage(
                f"#{anchor}", title, text, page.language, f"{page.url or ''}#{anchor}"
            )
        if block is not None:
            anchor, title, texts = slugify(block.value), str(block.value), []


class HomePage(BasePage):
    """The front page of one language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "kenniskamer.KenniskamerPage",
        "toolkit.ToolkitPage",
        "newsletter.NewsletterPage",
        "podcasts.PodcastPage",
        "home.StandardPage",
        "home.FaqPage",
    ]
    max_count = 2

    announces = False
    search_kind = ""

    hero_title = models.CharField(_("first sentence"), max_length=160, blank=True)
    body = BodyField(PageBodyBlock(), blank=True, verbose_name=_("text below the shelves"))

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("hero_title"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the shelves."""
        context = super().get_context(request, *args, **kwargs)
        library = visible(KenniskamerPage.objects.child_of(self)).first()
        faq = visible(FaqPage.objects.child_of(self)).first()
        themes: list[ThemeEntry] = theme_entries(library) if library else []
        context.update(
            library=library,
            feeds=links_of(library.url or "") if library else [],
            newest=[page.card for page in newest_research(self.locale_id, ON_SHELF)],
            themes=themes,
            episodes=[page.card for page in newest_episodes(self.locale_id, EPISODES)],
            announcements=list(
                Announcement.objects.public()
                .in_language(self.language)
                .select_related("page")[:NEWS]
            ),
            faq=faq,
            questions=list(faq.answers()[:4]) if faq else [],
        )
        return context


class StandardPage(BasePage):
    """A page of text."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    announces = False
    search_kind = "page"
    search_kind_label = _("Page")
    search_kind_weight = 0.8

    body = BodyField(PageBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("body"), BasePage.themes_panel]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield the text under each heading."""
        return stream_passages(self, self.body)


class FaqPage(BasePage):
    """All questions on one page; each answer also has an address of its own."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.FaqAnswerPage"]
    max_count_per_parent = 1

    announces = False
    search_kind = "page"
    search_kind_label = _("Page")
    search_kind_weight = 0.8
    show_in_menus_default = True

    class Meta:
        verbose_name = _("questions and answers")

    def answers(self) -> models.QuerySet[FaqAnswerPage]:
        """The answers a visitor may read, in the order editors gave them."""
        return visible(FaqAnswerPage.objects.child_of(self)).order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the answers."""
        context = super().get_context(request, *args, **kwargs)
        context["answers"] = list(self.answers())
        return context


class FaqAnswerPage(BasePage):
    """One question with its answer."""

    parent_page_types = ["home.FaqPage"]
    subpage_types: list[str] = []

    announces = False
    search_kind = "answer"
    search_kind_label = _("Question and answer")
    search_kind_weight = 0.95
    answers_questions = True

    answer = RichTextField(_("answer"), features=TEXT_FEATURES)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    content_panels = [
        TitleFieldPanel("title", heading=_("Question")),
        FieldPanel("answer"),
        FieldPanel("checked_on"),
        BasePage.themes_panel,
    ]

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    @property
    def card_lead(self) -> str:
        """The beginning of the answer."""
        return until(rich_text(self.answer), 220)

    def search_body(self) -> str:
        """Return the answer without markup."""
        return rich_text(self.answer)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the page of all questions and the other questions."""
        context = super().get_context(request, *args, **kwargs)
        faq = FaqPage.objects.parent_of(self).first()
        context["faq"] = faq
        context["others"] = (
            list(
                faq.answers().exclude(pk=self.pk).only("title", "slug", "url_path", "path", "depth")
            )
            if faq
            else []
        )
        return context
