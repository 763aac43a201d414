"""The menu of the CMS, as wide as Wagtail makes it: every name of ours fits."""

from __future__ import annotations

from wagtail.users.models import UserProfile

import pytest

from tests.hub.test_end_to_end import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

CUT_OFF = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"


def test_no_name_is_cut_off(site_tree, editor, tab):
    """The menu is as wide on a phone as on a desk."""
    sign_in(tab)
    labels = tab.locator("#wagtail-sidebar .menuitem-label")
    for language, name in (("nl", "Nieuw onderzoek"), ("en", "New research")):
        UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": language})
        tab.reload()
        labels.filter(has_text=name).wait_for()
        assert labels.evaluate_all(CUT_OFF) == []
