"""What the state of a release means for its page: who may do what, and why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wagtail.locks import BaseLock
from wagtail.models import PagePermissionTester

from toolkit.enums import PUBLIC, ReleaseState


class ReleasedError(PermissionDenied):
    """Somebody tried to change what came out."""


class NotReleasedError(PermissionDenied):
    """Somebody tried to publish a release without releasing it."""


class ReleaseLock(BaseLock):
    """Nobody edits what is offered, being built or released."""

    def __init__(self, page: Any, state: str) -> None:
        super().__init__(page)
        self.state = state

    def for_user(self, user: Any) -> bool:
        """Hold for everybody."""
        return True

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

    def get_description(self, user: Any) -> str:
        """Say the same where there is more room."""
        return self.get_message(user)


class ReleasePermissions(PagePermissionTester):
    """The rights on a release: it is published by releasing it, and in no other way."""

    def can_publish(self) -> bool:
        """Never from the form."""
        return False

    def can_unpublish(self) -> bool:
        """Withdraw it instead; the record stays."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """It has a second pair of eyes of its own."""
        return False

    def can_copy(self) -> bool:
        """A new release begins as a copy, by its own button."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only while it never came out."""
        state = self.page.specific_deferred.state
        kept = state in PUBLIC or state == ReleaseState.BUILDING
        return not kept and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        """Its address never changes."""
        return False
