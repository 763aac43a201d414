"""What visitors ask, as counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_QUESTION = 100
"""Characters. What is longer was pasted, and may hold anything."""


class AskedQuestion(models.Model):
    """How often one question was asked on one day, in one language of the site.

    No time of day, no address, nothing about who asked: rows of one question cannot be
    told apart. `missed` counts answers without any result; `chosen` the answers from which
    something was opened, which only browsers with JavaScript tell. `handled` says that an
    editor has dealt with what was counted so far.
    """

    text = models.CharField(_("question"), max_length=LONGEST_QUESTION)
    language = models.CharField(_("language of the site"), max_length=2)
    day = models.DateField(_("day"), db_index=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    missed = models.PositiveIntegerField(_("without results"), default=0)
    chosen = models.PositiveIntegerField(_("something opened"), default=0)
    handled = models.BooleanField(_("handled"), default=False)

    class Meta:
        verbose_name = _("asked question")
        verbose_name_plural = _("asked questions")
        default_permissions = ()
        permissions = [("see_asked_questions", _("Can see and handle what visitors searched for"))]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "language", "day"], name="one_count_per_question_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(chosen__lte=models.F("asked"))
                & models.Q(missed__lte=models.F("asked")),
                name="nothing_counted_more_often_than_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.text
