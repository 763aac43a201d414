"""Pages that editors put above the results for a word."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from search.analysis import terms
from search.models.panels import TryPanel
from search.models.synonym import Language
from search.promoting import Key, runs_on
from search.thesaurus import LONGEST_ENTRY

MOST_WORDS = 50


class Promotion(models.Model):
    """A page shown first to who asks for one of its words, in any of their forms.

    `from_day` and `until_day` are both included; empty means no limit. Translations of
    the page need no promotion of their own: readers see it in their language.
    """

    words = models.TextField(
        _("words"),
        max_length=2000,
        help_text=_(
            "One word or phrase per line. Plurals, compounds and synonyms are found by themselves."
        ),
    )
    language = models.CharField(
        _("language of the words"), max_length=2, choices=Language.choices, default=Language.NL
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="promotions",
    )
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Shown under the title. Empty: the first lines of the page."),
    )
    from_day = models.DateField(_("from"), null=True, blank=True)
    until_day = models.DateField(_("until and including"), null=True, blank=True)

    panels = [
        FieldPanel("words"),
        FieldPanel("language"),
        PageChooserPanel("page"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("from_day"), FieldPanel("until_day")], heading=_("Period")),
        TryPanel(),
    ]

    class Meta:
        verbose_name = _("promoted page")
        verbose_name_plural = _("promoted pages")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(until_day=None) | Q(until_day__gte=F("from_day")),
                name="promotion_ends_after_it_begins",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.lines) or f"#{self.pk}"

    @property
    def lines(self) -> list[str]:
        """The words and phrases, cleaned of blank lines."""
        return [line for part in self.words.splitlines() if (line := " ".join(part.split()))]

    def looks_for(self) -> dict[Key, str]:
        """Return what search looks for, with the line it came from."""
        found: dict[Key, str] = {}
        for line in self.lines:
            found.setdefault((self.language, tuple(terms(line, self.language))), line)
        return found

    def clean(self) -> None:
        """Refuse words that search would never use or has already, and say why."""
        super().clean()
        errors = [*self._unusable(), *self._double(), *self._promoted_already()]
        if errors:
            raise ValidationError({"words": errors})

    def _unusable(self) -> list[str]:
        if len(self.lines) > MOST_WORDS:
            return [gettext("Use at most %(count)s lines.") % {"count": MOST_WORDS}]
        errors = []
        for line in self.lines:
            count = len(terms(line, self.language))
            if not count:
                errors.append(gettext("Search does not look at “%(line)s”.") % {"line": line})
            elif count > LONGEST_ENTRY:
                message = gettext("“%(line)s” is too long: use at most %(count)s words.")
                errors.append(message % {"line": line, "count": LONGEST_ENTRY})
        return errors

    def _double(self) -> list[str]:
        known = self.looks_for()
        message = gettext("“%(line)s” finds the same as “%(other)s”. One of them is enough.")
        return [
            message % {"line": line, "other": other}
            for line in self.lines
            if (other := known[self.language, tuple(terms(line, self.language))]) != line
            or self.lines.count(line) > 1
        ][:1]

    def _promoted_already(self) -> list[str]:
        """Name a word that another promotion already has for this page."""
        if not self.page_id:
            return []
        own = self.looks_for()
        others = Promotion.objects.filter(page_id=self.page_id, language=self.language)
        for other in others.exclude(pk=self.pk):
            for key in other.looks_for():
                if key in own:
                    message = gettext("This page is already promoted for “%(line)s”.")
                    return [message % {"line": own[key]}]
        return []

    @property
    def state(self) -> str:
        """What readers see of it now, in words for editors."""
        today = timezone.localdate()
        if not self.page.live:
            return gettext("Not shown: the page is not published")
        if runs_on(today, self.from_day, self.until_day):
            return gettext("Shown")
        ended = self.until_day is not None and self.until_day < today
        return gettext("Over") if ended else gettext("Not yet shown")
