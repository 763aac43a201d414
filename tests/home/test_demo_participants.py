"""The invented people of the demo, and who may see them."""

from __future__ import annotations

from typing import Any

import pytest

from home.demo import participants, people
from participants.consent import mailable
from participants.enums import Purpose, State
from participants.models import Participant
from participants.permissions import make_group, user_can_manage_people

pytestmark = pytest.mark.django_db


def test_a_few_people_are_made_once_at_addresses_of_nobody(site_tree: Any) -> None:
    assert participants.build() == 6
    assert participants.build() == 0
    addresses = Participant.objects.values_list("address", flat=True)
    assert all(address.endswith("@example.org") for address in addresses)
    states = set(Participant.objects.values_list("state", flat=True))
    assert states == {State.ACTIVE, State.UNSUBSCRIBED, State.BOUNCED}
    assert mailable(Purpose.NEWSLETTER).count() == 2  # one of three takes a pause


def test_only_the_first_editor_of_the_demo_sees_them(site_tree: Any, settings: Any, tmp_path: Any) -> None:  # fmt: skip
    settings.DATA_DIR = tmp_path
    make_group()
    assert user_can_manage_people(people.editor())
    assert not user_can_manage_people(people.second_reader())
