"""What changed in a study in public: numbered notices, and the versions they replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin

from kenniskamer.choices import NoticeKind
from kenniskamer.models.parts import STUDY

if TYPE_CHECKING:
    from kenniskamer.models.research import ResearchPage


class NoticeQuerySet(models.QuerySet["ResearchNotice"]):
    """Notices in the words of their readers."""

    def with_version_before(self, page_id: int) -> NoticeQuerySet:
        """Add the version of a page that each notice replaced: its number and its date."""
        before = ResearchVersion.objects.filter(
            page_id=page_id, last_notice__lt=models.OuterRef("number")
        ).order_by("-last_notice")
        return self.annotate(
            version_before=models.Subquery(before.values("number")[:1]),
            version_date=models.Subquery(before.values("published_at")[:1]),
        )


class ResearchNotice(TranslatableMixin, models.Model):
    """One public notice: what changed on the page of a study, when and why.

    The number is given when it is first saved, counts per study, and is the same in
    every language.
    """

    page = ParentalKey(STUDY, on_delete=models.CASCADE, related_name="notices")
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    kind = models.CharField(
        _("what happened"),
        max_length=12,
        choices=NoticeKind.choices,
        default=NoticeKind.CORRECTION,
        help_text=_(
            "“Withdrawn” puts a warning above the study and leaves it readable. "
            "A later notice of another kind takes the warning away."
        ),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    reason = models.TextField(
        _("what changed, and why"),
        max_length=1000,
        help_text=_("Readers see this. Say what stood there, what stands there now, and why."),
    )
    announce = models.BooleanField(
        _("announce it"),
        default=True,
        help_text=_("Put it in the change log of the site, beside new studies."),
    )

    objects = NoticeQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
        FieldPanel("reason"),
        FieldPanel("announce"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["number", "pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_notice_per_number")
        ]

    def __str__(self) -> str:
        return gettext("%(kind)s %(number)s") % {
            "kind": self.get_kind_display(),
            "number": self.number or "",
        }

    @property
    def anchor(self) -> str:
        """The part of the address that leads to this notice."""
        return f"{gettext('notice')}-{self.number}"


class ResearchVersion(models.Model):
    """A study as visitors read it until a notice replaced it. Never changed afterwards.

    `content` is the page with its children as the CMS serialises a revision; it is our
    own copy, because revisions may be cleaned up. `last_notice` is the highest number of
    a notice that stood under this version, 0 when there was none.
    """

    page = models.ForeignKey(STUDY, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    last_notice = models.PositiveSmallIntegerField(default=0)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField(_("published"))
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        ordering = ["number"]
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return gettext("version %(number)d") % {"number": self.number}

    def as_page(self, current: ResearchPage) -> ResearchPage:
        """Return the study as it was, at the place in the site where it is now."""
        old: ResearchPage = current.with_content_json(self.content)
        return old
