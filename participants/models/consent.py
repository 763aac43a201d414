"""The ledger of consent: facts that are written once and never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.enums import Method, Purpose


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a fact."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} is append-only: add a new row.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} is append-only: rows stay.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} is append-only: add a new row.")


class AppendOnly(models.Model):
    """A row that is written once. Give it an `AppendOnlyQuerySet` as manager."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to write an old one again."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only: add a new row.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{type(self).__name__} is append-only: rows stay.")


class ConsentText(AppendOnly):
    """One version of the text beside a box, exactly as it was shown."""

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)
    first_shown_at = models.DateTimeField(_("first agreed to"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consent")
        ordering = ["purpose", "language", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "sha256"], name="a_text_is_one_version"
            ),
            models.UniqueConstraint(
                fields=["purpose", "language", "version"], name="a_version_is_one_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.language} {self.version}"


class ConsentQuerySet(AppendOnlyQuerySet):
    """The ledger, as it was at a moment."""

    def until(self, moment: dt.datetime) -> ConsentQuerySet:
        """Keep what was written up to and including a moment."""
        return self.filter(at__lte=moment)

    def newest_first(self) -> ConsentQuerySet:
        """Sort so that the fact which counts comes first: the one written last.

        Not by `at`: clocks of two machines may differ, the order of writing cannot.
        """
        return self.order_by("-pk")


class Consent(AppendOnly):
    """One fact: for this purpose this person agreed, or does not agree any more.

    The newest fact per purpose is what counts. `asked_at` is when the box was ticked, `at`
    when the consent began (the address was confirmed) or ended. `form_address` is the page
    the form stood on; `proof` what an editor said about where a consent came from.
    """

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    participant = models.ForeignKey(
        "participants.Participant",
        # A person is erased by emptying the row; the ledger keeps standing on it.
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name=_("participant"),
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    given = models.BooleanField(_("given"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    text = models.ForeignKey(
        ConsentText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("text shown"),
    )
    form_address = models.CharField(_("page of the form"), max_length=255, blank=True)
    proof = models.CharField(_("proof"), max_length=255, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["participant", "purpose", "-id"])]

    def __str__(self) -> str:
        verb = _("agreed") if self.given else _("ended")
        return f"{self.get_purpose_display()}: {verb}, {self.at:%Y-%m-%d}"
