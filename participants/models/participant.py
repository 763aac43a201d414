"""A person who asked for something, known by an e-mail address."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.addresses import LONGEST, address_key, wire_address
from participants.enums import State

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from participants.models.pause import Pause

LONGEST_NAME = 80


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """People in the words of those who look for them."""

    def with_address(self, address: str) -> ParticipantQuerySet:
        """Keep the one who has this address, however it is spelled."""
        return self.filter(address_key=address_key(address))

    def active(self) -> ParticipantQuerySet:
        """Keep those who confirmed and have not left."""
        return self.filter(state=State.ACTIVE)

    def not_paused(self, at: dt.datetime) -> ParticipantQuerySet:
        """Keep those who did not ask for silence at a moment."""
        return self.filter(models.Q(paused_until=None) | models.Q(paused_until__lte=at))


class Participant(models.Model):
    """One person. Never a user of the CMS; has no password.

    `key` names the person in links and exports. An erased person keeps a row without
    name and address, so that counts and the ledger of consent stay true. Change `state`
    only through `participants.standing` and `participants.consent`.
    """

    wagtail_reference_index_ignore = True

    pauses: RelatedManager[Pause]
    """Told here because checkers of types meet the two in any order."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(
        _("e-mail address"), max_length=LONGEST, blank=True, help_text=_("As typed.")
    )
    # NULL after erasing: unique, yet many people may be gone.
    address_key = models.CharField(
        max_length=LONGEST, unique=True, null=True, blank=True, editable=False
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="nl", choices=settings.LANGUAGES
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PENDING
    )
    created_at = models.DateTimeField(_("first seen"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    paused_until = models.DateTimeField(_("no mail until"), null=True, blank=True)
    topics = models.ManyToManyField(
        "core.Theme",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("None chosen means everything."),
    )
    soft_bounces = models.PositiveSmallIntegerField(_("failed deliveries in a row"), default=0)
    last_soft_bounce_at = models.DateTimeField(null=True, blank=True)
    # Raised when links in earlier mails must stop working; unsubscribing always works.
    link_number = models.PositiveIntegerField(default=0)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.ERASED, address="", address_key=None)
                | (~models.Q(state=State.ERASED) & ~models.Q(address="")),
                name="only_erased_people_have_no_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.key)

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive the form by which two spellings of one address are the same."""
        self.address_key = address_key(self.address) if self.address else None
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def wire_address(self) -> str:
        """The address as mail servers take it. Send to this one, show `address`."""
        return wire_address(self.address)

    def is_paused(self, at: dt.datetime | None = None) -> bool:
        """Say whether the person asked for silence at a moment, now when not given."""
        return bool(self.paused_until and self.paused_until > (at or timezone.now()))
