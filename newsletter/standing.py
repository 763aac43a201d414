"""What the state of an edition means for its pages: who may do what, and why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wagtail.locks import BaseLock
from wagtail.models import PagePermissionTester

from newsletter.enums import FROZEN, EditionState
from newsletter.models.edition import Edition

OUT = (EditionState.SENDING, EditionState.PAUSED, EditionState.SENT, EditionState.STOPPED)
"""Somebody may have it: its page is public, and it never changes."""

WAITING = tuple(state for state in FROZEN if state not in OUT)
"""Approved, and nobody has it yet: the approval can be taken back."""


class NotSentError(PermissionDenied):
    """Somebody tried to publish an edition without sending it."""


def is_open(edition: Edition) -> bool:
    """Say whether editors may still change it."""
    return edition.state not in FROZEN


def is_out(edition: Edition) -> bool:
    """Say whether somebody may have it already.

    An edition that was stopped before anything was handed over never came out.
    """
    return edition.state in OUT and edition.started_at is not None


class EditionLock(BaseLock):
    """Nobody edits what is approved."""

    def for_user(self, user: Any) -> bool:
        """Hold for everybody."""
        return True

    def get_message(self, user: Any) -> str:
        """Say why, and what to do instead."""
        if self.object.edition.state in WAITING:
            return _("This edition is approved. Take back the approval to change it.")
        return _("This edition went out and never changes. Correct it in the next one.")

    def get_locked_by(self, user: Any) -> str:
        """Name the state."""
        return str(self.object.state_label)

    def get_description(self, user: Any) -> str:
        """Say the same where there is more room."""
        return self.get_message(user)


class EditionPermissions(PagePermissionTester):
    """The rights on the page of an edition: sending publishes it, and nothing else does."""

    def can_publish(self) -> bool:
        """Never from the form."""
        return False

    def can_unpublish(self) -> bool:
        """What people received stays readable."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """Approving is a step of its own."""
        return False

    def can_copy(self) -> bool:
        """A new edition begins with what is new."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only while it is a draft."""
        edition = self.page.specific_deferred.edition
        return is_open(edition) and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        """Its address stands in mails."""
        return False
