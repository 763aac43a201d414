"""The desk for releases, as editors use it."""

from django.urls import reverse

from core.models import User
from tests.toolkit.releases import editors, make_release, release_now
from toolkit import building
from toolkit.enums import ReleaseState
from toolkit.models import Release, ReleasePage


def address(name, page):
    return reverse(f"toolkit_admin:{name}", args=[page.pk])


def test_from_offer_to_withdrawal_by_two_people(toolkit, client):
    page = make_release(toolkit)
    first, second = editors()
    client.force_login(first)
    assert 'value="offer"' in client.get(address("standing", page)).text
    client.post(address("act", page), {"action": "offer"})
    assert 'value="approve"' not in client.get(address("standing", page)).text
    client.post(address("act", page), {"action": "approve"})
    assert ReleasePage.objects.get().state == ReleaseState.ASKED
    client.force_login(second)
    assert 'value="approve"' in client.get(address("standing", page)).text
    client.post(address("act", page), {"action": "approve"})
    assert 'data-busy="true"' in client.get(address("standing", page), {"part": "state"}).text
    building.build(Release.objects.get().pk)
    shown = client.get(address("standing", page)).text
    assert Release.objects.get().zip.sha256 in shown
    assert 'value="offer"' not in shown
    notice = {"action": "notice", "kind": "withdrawn", "reason": "Onjuist cijfer"}
    client.post(address("act", page), notice)
    assert "Onjuist cijfer" in client.get(address("standing", page)).text
    assert ReleasePage.objects.get().live


def test_what_is_missing_is_shown_and_nothing_can_be_offered(toolkit, client, editor):
    page = make_release(toolkit, chapters=[])
    client.force_login(editor)
    assert 'value="offer"' not in client.get(address("standing", page)).text
    client.post(address("act", page), {"action": "offer"})
    assert ReleasePage.objects.get().state == ReleaseState.COMPOSING


def test_a_build_is_stopped_and_repeated_with_buttons(toolkit, client):
    page = make_release(toolkit)
    first, second = editors()
    for user, action in ((first, "offer"), (second, "approve"), (second, "stop")):
        client.force_login(user)
        client.post(address("act", page), {"action": action})
    assert ReleasePage.objects.get().state == ReleaseState.STOPPED
    assert 'value="repeat"' in client.get(address("standing", page)).text
    client.post(address("act", page), {"action": "repeat"})
    assert ReleasePage.objects.get().state == ReleaseState.BUILDING


def test_the_preview_is_the_pdf_of_the_draft_and_then_of_the_release(toolkit, client, editor):
    page = make_release(toolkit)
    client.force_login(editor)
    response = client.get(address("preview", page))
    assert response.content.startswith(b"%PDF-")
    release = release_now(page)
    with release.pdf.file.open("rb") as file:
        assert client.get(address("preview", page)).content == file.read()


def test_a_second_release_begins_as_a_copy(toolkit, client, editor):
    release_now(make_release(toolkit, "1.0"))
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["toolkit", "releasepage", toolkit.pk])
    assert client.get(add).url == address("new", toolkit)
    assert client.get(address("new", toolkit)).status_code == 200
    client.post(address("new", toolkit))
    draft = ReleasePage.objects.get(version="1.1")
    assert len(draft.chapters) == 1
    assert client.get(reverse("toolkit_admin:desk")).text.count("1.1") >= 1


def test_a_taken_number_is_told_in_the_form(toolkit, client, editor):
    make_release(toolkit, "1.0")
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["toolkit", "releasepage", toolkit.pk])
    values = {"title": "Weer", "version": "1.0.0", "chapters-count": "0", "notes": "null",
              "released_on": "2026-11-22", "licence": "CC-BY-4.0",
              "page_themes-TOTAL_FORMS": "0", "page_themes-INITIAL_FORMS": "0",
              "page_themes-MIN_NUM_FORMS": "0", "page_themes-MAX_NUM_FORMS": "1000"}  # fmt: skip
    response = client.post(add, values)
    assert response.status_code == 200
    assert "version" in response.context["form"].errors
    assert ReleasePage.objects.count() == 1


def test_what_is_out_is_not_deleted_with_what_is_above_it(toolkit, client, editor):
    release_now(make_release(toolkit))
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:delete", args=[toolkit.pk]))
    assert ReleasePage.objects.count() == 1


def test_a_visitor_and_a_user_without_rights_get_nothing(toolkit, client):
    page = make_release(toolkit)
    assert client.get(address("standing", page)).status_code == 302
    client.force_login(User.objects.create_user("niemand"))
    for name in ("standing", "preview"):
        assert client.get(address(name, page)).status_code == 302
    client.post(address("act", page), {"action": "offer"})
    assert not Release.objects.exists()
