"""What the state of a release means for its page: who may do what, and why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.standing import FixedLock, FixedPermissions
from toolkit.enums import PUBLIC, ReleaseState


class ReleasedError(PermissionDenied):
    """Somebody tried to change what came out."""


class NotReleasedError(PermissionDenied):
    """Somebody tried to publish a release without releasing it."""


class ReleaseLock(FixedLock):
    """Nobody edits what is offered, being built or released."""

    def __init__(self, page: Any, state: str) -> None:
        super().__init__(page)
        self.state = state

    def get_message(self, user: Any) -> str:
        """Say why, and what to do instead."""
        if self.state in PUBLIC:
            return _("This release is out and never changes. Answer a fault with a new release.")
        if self.state == ReleaseState.BUILDING:
            return _("This release is being built. Stop that to edit it.")
        return _("This release waits for a second pair of eyes. Take it back to edit it.")

    def get_locked_by(self, user: Any) -> str:
        """Name the state."""
        return str(ReleaseState(self.state).label)


class ReleasePermissions(FixedPermissions):
    """The rights on a release: it is published by releasing it, and in no other way."""

    def is_deletable(self) -> bool:
        """Say whether it is neither out nor being built."""
        state = self.page.specific_deferred.state
        return state not in PUBLIC and state != ReleaseState.BUILDING
