"""The other words that editors gave."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from search.analysis import terms
from search.models.panels import TryPanel
from search.thesaurus import LONGEST_ENTRY


class Language(models.TextChoices):
    """The languages in which words are understood."""

    NL = "nl", _("Dutch")
    EN = "en", _("English")


class SynonymSet(ClusterableModel):
    """Words that mean the same, in one language or across languages.

    Its words stand in `terms`. Both ways: each finds the others. One way: only who
    asks for the first finds the others too.
    """

    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_(
            "Each word also finds the others. Without this, only the first word finds the others."
        ),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For editors; never shown.")
    )

    panels = [
        InlinePanel("terms", heading=_("Words"), label=_("word"), min_num=2),
        FieldPanel("both_ways"),
        FieldPanel("note"),
        TryPanel(),
    ]

    class Meta:
        verbose_name = _("synonym set")
        verbose_name_plural = _("synonym sets")
        ordering = ["pk"]

    def __str__(self) -> str:
        joined = " = " if self.both_ways else " → "
        return joined.join(term.text for term in self.terms.all()) or f"#{self.pk}"


class SynonymTerm(Orderable):
    """A word or a phrase of a synonym set."""

    synonym_set = ParentalKey(SynonymSet, on_delete=models.CASCADE, related_name="terms")
    text = models.CharField(_("word or phrase"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.NL
    )

    panels = [FieldRowPanel([FieldPanel("text"), FieldPanel("language")])]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse what search would never use, and say why."""
        super().clean()
        count = len(terms(self.text, self.language))
        if not count:
            raise ValidationError({"text": _("Search does not look at such small words.")})
        if count > LONGEST_ENTRY:
            message = _("Use at most %(count)s words besides small ones like “the” and “of”.")
            raise ValidationError({"text": message % {"count": LONGEST_ENTRY}})
