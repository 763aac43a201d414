"""Pages that come out by a step of their own, and then never change: editions, releases."""

from __future__ import annotations

from typing import Any

from wagtail.locks import BaseLock
from wagtail.models import PagePermissionTester


class FixedLock(BaseLock):
    """Nobody edits the page. A subclass says why, in `get_message` and `get_locked_by`."""

    def for_user(self, user: Any) -> bool:
        """Hold for everybody."""
        return True

    def get_description(self, user: Any) -> str:
        """Say the same where there is more room."""
        return str(self.get_message(user))


class FixedPermissions(PagePermissionTester):
    """The rights on such a page. A subclass says until when it may be deleted."""

    def can_publish(self) -> bool:
        """Never from the form."""
        return False

    def can_unpublish(self) -> bool:
        """What people received stays readable."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """It has a second pair of eyes of its own."""
        return False

    def can_copy(self) -> bool:
        """A next one begins by its own button."""
        return False

    def can_move(self) -> bool:
        """Its address is in mails and references."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only while it never came out."""
        return self.is_deletable() and bool(super().can_delete(ignore_bulk))

    def is_deletable(self) -> bool:
        """Say whether it never came out."""
        raise NotImplementedError
