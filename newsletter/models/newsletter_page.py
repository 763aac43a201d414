"""The page of the newsletter: what it is, how to get it, and the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from core.blocks import BodyBlock
from core.fields import BodyField
from core.listing import paginate
from core.models import BasePage
from newsletter.archive import PublicNewsletter
from newsletter.models.edition_page import EditionPage, EditionPageQuerySet
from participants.forms import JoinForm

PER_PAGE = 24


class NewsletterPage(PublicNewsletter, BasePage):
    """The newsletter in one language. Its editions stand below it."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.EditionPage"]
    max_count_per_parent = 1

    announces = False
    search_kind = "page"
    search_kind_label = _("Page")
    search_kind_weight = 0.8

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("newsletter")

    def editions(self) -> EditionPageQuerySet:
        """The editions readers know of, newest first."""
        return EditionPage.objects.child_of(self).public_editions().newest_first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the editions, the feeds, and the form to get the next one."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["join_form"] = JoinForm(page=request.path, auto_id="join-%s")
        context["editions"] = paginate(self.editions(), request.GET, PER_PAGE)
        return context | self.public_context()
