"""Themes: the subjects of the field, in each language, with the other words people use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField


@register_snippet
class Theme(TranslatableMixin, models.Model):
    """A subject of the field.

    The slug is the same in every language, so that a filter in an address keeps
    its meaning when the reader switches language.
    """

    label = models.CharField(_("label"), max_length=80, help_text=_("The word we use ourselves."))
    slug = models.SlugField(
        _("slug"), max_length=80, help_text=_("Part of the address; the same in every language.")
    )
    other_words = models.TextField(
        _("other words people use"),
        blank=True,
        help_text=_("One per line. Someone who searches for one of these finds this theme."),
    )
    description = models.TextField(_("description"), blank=True)

    panels = [
        FieldPanel("label"),
        FieldPanel("slug"),
        FieldPanel("other_words"),
        FieldPanel("description"),
    ]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        TranslatableField("label"),
        TranslatableField("other_words"),
        TranslatableField("description"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="one_theme_per_slug_and_locale")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> list[str]:
        """The other words, cleaned of blank lines."""
        return [word for line in self.other_words.splitlines() if (word := line.strip())]


class PageTheme(Orderable):
    """One theme of one page. Copied to translations, where the label is localised."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_themes")
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="page_themes", verbose_name=_("theme")
    )

    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        # Rows made in code have no sort order; their age decides then.
        ordering = ["sort_order", "pk"]
        verbose_name = _("theme of a page")
        verbose_name_plural = _("themes of a page")

    def __str__(self) -> str:
        return str(self.theme)


def theme_labels(language: str) -> dict[str, str]:
    """Return the label of each theme slug, in a language where it has one in it."""
    labels: dict[str, str] = {}
    rows = Theme.objects.values_list("slug", "label", "locale__language_code")
    for slug, label, code in rows:
        if slug not in labels or code == language:
            labels[slug] = label
    return labels
