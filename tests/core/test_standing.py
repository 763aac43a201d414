"""Editions and releases: what no button of Wagtail may do, whoever presses it."""

import pytest

from core.standing import FixedLock, FixedPermissions
from newsletter.standing import EditionLock, EditionPermissions
from toolkit.standing import ReleaseLock, ReleasePermissions

NEVER = ["can_publish", "can_unpublish", "can_submit_for_moderation", "can_copy", "can_move"]


@pytest.mark.parametrize("name", NEVER)
@pytest.mark.parametrize("permissions", [EditionPermissions, ReleasePermissions])
def test_not_even_an_administrator(editor, site_tree, permissions, name):
    assert issubclass(permissions, FixedPermissions)
    assert getattr(permissions(editor, site_tree.library), name)() is False


@pytest.mark.parametrize("deletable", [True, False])
def test_deleting_asks_both_rights_and_state(editor, site_tree, deletable):
    class Permissions(FixedPermissions):
        def is_deletable(self) -> bool:
            return deletable

    assert Permissions(editor, site_tree.library).can_delete() is deletable


@pytest.mark.parametrize("lock", [EditionLock, ReleaseLock])
def test_the_lock_holds_for_everybody(lock, editor):
    assert issubclass(lock, FixedLock)
    assert lock.for_user(lock.__new__(lock), editor) is True
