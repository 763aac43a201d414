from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

import pytest

from core.groups import GROUPS, equip_groups


@pytest.mark.django_db
@pytest.mark.parametrize("name", GROUPS)
def test_wagtails_groups_may_work_with_our_models(name):
    if not Group.objects.filter(name=name).exists():  # a test with real transactions went before
        Group.objects.create(name=name)
        equip_groups()
    group = Group.objects.get(name=name)
    codenames = set(group.permissions.values_list("codename", flat=True))
    assert {"add_theme", "change_sitesettings", "submit_translation"} <= codenames
    files = set(group.collection_permissions.values_list("permission__codename", flat=True))
    assert {"add_hubdocument", "choose_hubimage"} <= files


@pytest.mark.django_db
def test_what_an_administrator_took_away_stays_away():
    group = Group.objects.get_or_create(name="Editors")[0]
    equip_groups()
    group.permissions.remove(Permission.objects.get(codename="delete_theme"))
    call_command("migrate", verbosity=0)
    assert not group.permissions.filter(codename="delete_theme").exists()
    assert group.permissions.filter(codename="add_theme").exists()
