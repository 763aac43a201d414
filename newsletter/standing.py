"""What the state of an edition means for its pages: who may do what, and why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.standing import FixedLock, FixedPermissions
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


class EditionLock(FixedLock):
    """Nobody edits what is approved."""

    def get_message(self, user: Any) -> str:
        """Say why, and what to do instead."""
        if self.object.edition.state in WAITING:
            return _("This edition is approved. Take back the approval to change it.")
        return _("This edition went out and never changes. Correct it in the next one.")

    def get_locked_by(self, user: Any) -> str:
        """Name the state."""
        return str(self.object.state_label)


class EditionPermissions(FixedPermissions):
    """The rights on the page of an edition: sending publishes it, and nothing else does."""

    def is_deletable(self) -> bool:
        """Say whether it is a draft."""
        return is_open(self.page.specific_deferred.edition)
