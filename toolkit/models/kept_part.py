"""A part that is written once and used in more than one place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from core.fields import BodyField
from toolkit.blocks import OwnPartsBlock


@register_snippet
class KeptPart(TranslatableMixin, models.Model):
    """One part, kept under a name. A released toolkit holds what it said then."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("How you find it back. Readers do not see it.")
    )
    part = BodyField(OwnPartsBlock(min_num=1, max_num=1), verbose_name=_("part"))

    panels = [FieldPanel("name"), FieldPanel("part")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("part to use again")
        verbose_name_plural = _("parts to use again")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Hold exactly one part."""
        super().clean()
        if len(self.part) != 1:
            raise ValidationError({"part": _("Write exactly one part.")})
