"""The mail of one edition to one participant: the row is the truth about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.enums import UNFINISHED, DeliveryState, SkipReason
from newsletter.models.edition import Edition
from newsletter.models.frozen import FrozenMail


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries in the words of the room."""

    def unfinished(self) -> DeliveryQuerySet:
        """What still has to be settled before the edition is finished."""
        return self.filter(state__in=UNFINISHED)

    def in_doubt(self) -> DeliveryQuerySet:
        """What may or may not have arrived; only an editor decides."""
        return self.filter(state=DeliveryState.IN_DOUBT)


class Delivery(models.Model):
    """One edition to one participant, once.

    `attempting` is committed before the message goes out and `sent` after the server took
    it. An `attempting` that nobody answers for becomes `in_doubt`.
    """

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    participant = models.ForeignKey(
        "participants.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="deliveries",
    )
    mail = models.ForeignKey(
        FrozenMail, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    skipped_because = models.CharField(
        _("why not sent"), max_length=10, choices=SkipReason.choices, blank=True
    )
    address = models.CharField(_("address"), max_length=254, blank=True)
    """As it was used; wiped after `NEWSLETTER_LOG_DAYS`, when the participant is erased sooner."""
    domain = models.CharField(max_length=253, blank=True, editable=False)
    """What stands behind the @, in lower case: rates are kept per domain."""
    claim = models.CharField(max_length=32, blank=True, editable=False)
    """The key of the sender that has, or last had, it in hand."""
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    first_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempted_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    retry_at = models.DateTimeField(_("tried again"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reply = models.CharField(_("answer of the mail server"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    complained_at = models.DateTimeField(_("complained"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "participant"], name="one_delivery_per_edition_and_participant"
            )
        ]
        indexes = [
            models.Index(fields=["edition", "state", "id"]),
            models.Index(
                fields=["retry_at"],
                name="delivery_to_try_again",
                condition=models.Q(state=DeliveryState.TEMPORARY),
            ),
            models.Index(
                fields=["claim"],
                name="delivery_in_hand",
                condition=models.Q(state__in=(DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"
