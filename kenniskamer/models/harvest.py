"""What a harvester may know of the library: one row per work, also of those that are gone."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestRecordQuerySet(models.QuerySet["HarvestRecord"]):
    """Rows in the words of a harvester. All bounds are included, as OAI-PMH has it."""

    def changed(
        self, since: dt.datetime | None = None, until: dt.datetime | None = None
    ) -> HarvestRecordQuerySet:
        """Keep what changed within bounds."""
        rows = self
        if since:
            rows = rows.filter(changed_at__gte=since)
        if until:
            rows = rows.filter(changed_at__lte=until)
        return rows

    def in_set(self, slug: str) -> HarvestRecordQuerySet:
        """Keep the members of a set; no slug keeps all."""
        return self.filter(memberships__slug=slug) if slug else self

    def after(self, changed_at: dt.datetime, pk: int) -> HarvestRecordQuerySet:
        """Keep what comes after a row in the order of harvesting."""
        later = models.Q(changed_at__gt=changed_at)
        return self.filter(later | models.Q(changed_at=changed_at, pk__gt=pk))


class HarvestRecord(models.Model):
    """One work: all language versions of a study together.

    The row is made when the work is first public and is never deleted, so that those
    who took a copy can hear that it is gone, and its permanent address can say so.
    """

    key = models.UUIDField(_("key of the work"), unique=True)
    changed_at = models.DateTimeField(_("changed"), help_text=_("In whole seconds."))
    is_deleted = models.BooleanField(_("deleted"), default=False)

    objects = HarvestRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("harvest record")
        verbose_name_plural = _("harvest records")
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["changed_at", "id"], name="harvest_order")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def sets(self) -> list[str]:
        """The slugs of the themes of the work when it last changed."""
        return sorted(membership.slug for membership in self.memberships.all())


class HarvestSet(models.Model):
    """The theme of one work, kept also when the work is gone."""

    record = models.ForeignKey(HarvestRecord, on_delete=models.CASCADE, related_name="memberships")
    slug = models.SlugField(_("slug"), max_length=80)

    class Meta:
        verbose_name = _("set of a harvest record")
        verbose_name_plural = _("sets of harvest records")
        constraints = [
            models.UniqueConstraint(fields=["slug", "record"], name="one_membership_per_set")
        ]

    def __str__(self) -> str:
        return self.slug
