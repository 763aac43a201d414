"""An item in the menu of the CMS: for whom, and how much waits there."""

import pytest

from core.menu import DeskItem


@pytest.mark.parametrize("may", [True, False])
def test_only_who_can_use_it_sees_it(rf, may):
    request = rf.get("/")
    request.user = object()
    item = DeskItem("Werkvoorraad", "/desk/", to=lambda user: may and user is request.user)
    assert item.is_shown(request) is may


@pytest.mark.parametrize(
    ("waiting", "label"),
    [(None, "Uitgaven"), (lambda _user: 0, "Uitgaven"), (lambda _user: 3, "Uitgaven (3)")],
)
def test_what_waits_is_counted_at_each_page(rf, waiting, label):
    request = rf.get("/")
    request.user = object()
    item = DeskItem("Uitgaven", "/desk/", to=bool, waiting=waiting, name="desk", icon_name="tasks")
    shown = item.render_component(request)
    assert (shown.label, shown.name, shown.icon_name) == (label, "desk", "tasks")
