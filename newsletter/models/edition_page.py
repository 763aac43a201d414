"""The page of one edition in one language: composed in the CMS, public once it is sent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from core.fields import BodyField
from core.models import BasePage
from core.querysets import visible
from newsletter.archive import PublicEdition
from newsletter.blocks import EditionBlock
from newsletter.enums import EditionState
from newsletter.models.edition import Edition
from newsletter.panels import StandingPanel
from newsletter.parts import Content
from newsletter.reading import content_of
from newsletter.standing import EditionLock, EditionPermissions, NotSentError, is_open, is_out

SUBJECT_LENGTH, PREVIEW_LENGTH = 150, 150


class EditionPageQuerySet(PageQuerySet):
    """Pages of editions in the words of the room."""

    def public_editions(self) -> EditionPageQuerySet:
        """Keep what a visitor may see."""
        return visible(self)

    def newest_first(self) -> EditionPageQuerySet:
        """Sort by when the edition went out."""
        return self.select_related("edition").order_by("-edition__started_at", "-pk")


class EditionPage(PublicEdition, BasePage):
    """One edition in one language.

    It is a draft like any page until the edition is sent; only sending publishes it.
    While the edition is approved and after that, nobody edits it.
    """

    parent_page_types = ["newsletter.NewsletterPage"]
    subpage_types: list[str] = []

    announces = False
    search_kind = "edition"
    search_kind_label = _("Newsletter")
    search_kind_weight = 0.5

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="pages", editable=False
    )
    subject = models.CharField(
        _("subject"),
        max_length=SUBJECT_LENGTH,
        blank=True,
        help_text=_("What stands in the list of mails. About 50 characters fit on a phone."),
    )
    preview_text = models.CharField(
        _("preview text"),
        max_length=PREVIEW_LENGTH,
        blank=True,
        help_text=_("What most mail programs show after the subject; it says what is in it."),
    )
    body = BodyField(EditionBlock(), blank=True, verbose_name=_("the edition"))
    approved = models.JSONField(default=None, null=True, blank=True, editable=False)
    """The edition as it was approved; see `newsletter.parts.Content`."""

    objects = PageManager.from_queryset(EditionPageQuerySet)()

    content_panels = [
        StandingPanel(heading=_("Where it stands")),
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("subject"), FieldPanel("preview_text")], heading=_("Mail")),
        FieldPanel("body"),
    ]
    promote_panels = [FieldPanel("search_description"), FieldPanel("share_image")]
    settings_panels: list[Any] = []

    has_workflow = False  # approving an edition is a step of its own

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The ways to look at an edition while it is composed."""
        return [
            ("", _("Web page")),
            ("mail", _("Mail, wide")),
            ("narrow", _("Mail, on a phone")),
            ("text", _("Plain text")),
        ]

    @cached_property
    def content(self) -> Content:
        """What is in it: as approved when it is, and as it is now before that."""
        if self.approved and not is_open(self.edition):
            return Content.from_json(self.approved)
        return content_of(self)

    # --- Standing -------------------------------------------------------------

    @property
    def state_label(self) -> str:
        """How far the edition is, in words."""
        return str(EditionState(self.edition.state).label)

    @property
    def other_languages(self) -> list[EditionPage]:
        """The pages of the same edition in other languages."""
        pages = EditionPage.objects.filter(edition=self.edition_id).exclude(pk=self.pk)
        return list(pages.select_related("locale"))

    def get_lock(self) -> Any:
        """Lock the form once the edition is approved."""
        return super().get_lock() if is_open(self.edition) else EditionLock(self)

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> EditionPermissions:
        """Return what this user may do with this page."""
        return EditionPermissions(user, self)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish, as the first step of sending. Raises NotSentError otherwise."""
        if not is_out(self.edition):
            raise NotSentError("The page of an edition is published by sending the edition.")
        super().publish(revision, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft; with its last page the edition itself goes, as if never begun."""
        edition = self.edition
        done = super().delete(*args, **kwargs)
        if edition.state == EditionState.DRAFT and not edition.pages.exists():
            edition.mails.all().delete()
            edition.delete()
        return done
