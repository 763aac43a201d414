"""Who is told that a release waits, and where."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from tests.toolkit.releases import editors, make_release, make_toolkit
from toolkit import building, releasing
from toolkit.models import Release
from toolkit.waiting import count_asked, waiting_for

HOME = "/admin/"


@pytest.fixture
def offered(site_tree: Any) -> Release:
    """A release that the first editor offered."""
    page = make_release(make_toolkit(site_tree.home))
    return releasing.offer(page=page, user=editors()[0])


def test_the_second_pair_of_eyes_finds_it_where_they_begin(
    offered: Release, client: Client
) -> None:
    first, second = editors()
    client.force_login(second)
    home = client.get(HOME).text
    assert "schrijver heeft dit aangeboden" in home and "Uitgaven (1)" in home
    assert reverse("toolkit_admin:standing", args=[offered.page_id]) in home
    client.force_login(first)
    home = client.get(HOME).text
    assert "Iemand anders moet kijken" in home and "Uitgaven (1)" not in home


def test_who_may_not_publish_is_not_asked(offered: Release, member: Any) -> None:
    member.groups.remove(*member.groups.exclude(name="Editors"))
    assert waiting_for(member) == []


def test_nothing_waits_once_somebody_released_it(offered: Release, client: Client) -> None:
    second = editors()[1]
    releasing.approve(release_id=offered.pk, user=second)
    assert count_asked(second) == 0
    client.force_login(second)
    assert "toolkit-waiting" not in client.get(HOME).text


def test_a_failed_build_is_told_to_who_was_part_of_it(offered: Release, member: Any) -> None:
    first, second = editors()
    releasing.approve(release_id=offered.pk, user=second)
    offered.refresh_from_db()
    claim = building.take(offered.pk)
    building.fail(offered, claim, "Het ging mis.")
    assert [row.sentence for row in waiting_for(first)] == ["Het ging mis."]
    assert [row.is_asked for row in waiting_for(second)] == [False]
    assert waiting_for(member) == []
