"""From a composed draft to a release that never changes."""

import json
import threading

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import ProtectedError

import pytest

from core.models import Announcement
from tests.conftest import published
from tests.research import make_research
from tests.toolkit.releases import (
    chapters,
    editors,
    make_release,
    make_toolkit,
    release_now,
)
from toolkit import building, copying, releasing
from toolkit.content import parts_of
from toolkit.enums import FileKind, ReleaseState
from toolkit.freezing import FreezingError, freeze
from toolkit.models import Release, ReleasePage
from toolkit.releasing import ReleaseError
from toolkit.standing import NotReleasedError, ReleasedError


def test_what_came_out_never_changes(toolkit, site_tree):
    study = make_research(site_tree.library)
    release = release_now(
        make_release(toolkit, chapters=chapters(("study", {"study": study, "note": ""})))
    )
    before = json.dumps(release.content)
    study.findings = "<p>Heel anders.</p>"
    published(study)
    page = ReleasePage.objects.get(pk=release.page_id)
    assert json.dumps(page.frozen.content) == before
    with pytest.raises(ReleasedError):
        page.save_revision()
    with pytest.raises(TypeError):
        release.pdf.save()
    with pytest.raises(ProtectedError):
        page.delete()
    _first, second = editors()
    rights = page.permissions_for_user(second)
    assert not any((rights.can_delete(), rights.can_move(), rights.can_unpublish()))
    assert page.get_lock().for_user(second)


def test_it_is_announced_once_it_is_out(toolkit):
    page = make_release(toolkit)
    assert not Announcement.objects.filter(page=page).exists()
    release_now(page)
    assert Announcement.objects.filter(page=page).count() == 1


def test_publishing_any_other_way_is_refused(toolkit):
    page = make_release(toolkit)
    with pytest.raises(NotReleasedError):
        page.get_latest_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert not page.live


def test_somebody_else_has_to_look(toolkit):
    first, second = editors()
    page = make_release(toolkit)
    release = releasing.offer(page=page, user=first)
    with pytest.raises(ReleaseError, match="Somebody else|Iemand anders"):
        releasing.approve(release_id=release.pk, user=first)
    page.refresh_from_db()
    assert page.get_lock()
    with pytest.raises(ReleaseError):
        releasing.offer(page=page, user=second)
    releasing.take_back(release_id=release.pk, user=first)
    assert page.get_lock() is None
    page.save_revision(user=second)
    page.refresh_from_db()
    releasing.offer(page=page, user=first)
    with pytest.raises(ReleaseError, match="Somebody else|Iemand anders"):
        releasing.approve(release_id=release.pk, user=second)  # wrote it last


def test_what_is_missing_is_told(toolkit, site_tree):
    first, _second = editors()
    empty = make_release(toolkit, "2.0", [])
    with pytest.raises(ReleaseError, match="no part|geen onderdeel"):
        releasing.offer(page=empty, user=first)
    study = make_research(site_tree.library, "Weg onderzoek")
    page = make_release(toolkit, "2.1", chapters(("study", {"study": study, "note": ""})))
    study.unpublish()
    with pytest.raises(FreezingError, match="Weg onderzoek"):
        freeze(page)
    with pytest.raises(ReleaseError, match="Weg onderzoek"):
        releasing.offer(page=page, user=first)


def test_a_new_release_begins_as_a_copy_of_the_last(toolkit):
    first, _second = editors()
    release = release_now(make_release(toolkit, "1.9"))
    draft = copying.begin_next(toolkit=toolkit, user=first)
    assert (draft.version, draft.live) == ("1.10", False)
    assert draft.notes == ""
    copied = freeze(draft).content
    assert [part["id"] for part in parts_of(copied)] == [
        part["id"] for part in parts_of(release.content)
    ]
    assert copied["chapters"] == release.content["chapters"]
    assert copying.begin_next(toolkit=toolkit, user=first) == draft


def test_a_notice_keeps_the_record(toolkit):
    _first, second = editors()
    old = release_now(make_release(toolkit, "1.0"))
    new = release_now(make_release(toolkit, "1.1"))
    give = {"release_id": old.pk, "user": second}
    with pytest.raises(ReleaseError):
        releasing.give_notice(**give, kind="corrected", reason="Fout")
    with pytest.raises(ReleaseError):
        releasing.give_notice(**give, kind="withdrawn", reason=" ")
    releasing.give_notice(**give, kind="corrected", reason="Fout in H1", corrected_in=new)
    old.refresh_from_db()
    assert (old.state, old.corrected_in) == (ReleaseState.RELEASED, new)
    releasing.give_notice(**give, kind="withdrawn", reason="Onjuist")
    old.refresh_from_db()
    assert (old.state, old.notice_reason) == (ReleaseState.WITHDRAWN, "Onjuist")
    assert old.pdf
    assert ReleasePage.objects.get(pk=old.page_id).live
    assert list(toolkit.releases()) == [new, old]
    assert list(toolkit.releases().usable()) == [new]


def test_numbers_are_unique_also_when_written_differently(toolkit):
    from django.core.exceptions import ValidationError

    make_release(toolkit, "2.0")
    with pytest.raises(ValidationError):
        make_release(toolkit, "2.0.0")
    with pytest.raises(ValidationError):
        make_release(toolkit, "twee")


def test_drafts_can_be_thrown_away(toolkit):
    first, _second = editors()
    page = make_release(toolkit)
    release = releasing.offer(page=page, user=first)
    releasing.take_back(release_id=release.pk, user=first)
    page.delete()
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_make_one_release(site_tree, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    page = make_release(make_toolkit(site_tree.home))
    first, second = editors()
    third = get_user_model().objects.create_superuser("derde", "derde@example.org")
    release = releasing.offer(page=page, user=first)
    gate, errors = threading.Barrier(2), []

    def go(user):
        try:
            gate.wait()
            releasing.approve(release_id=release.pk, user=user)
            building.build(release.pk)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(user,)) for user in (second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED
    assert release.files.filter(kind=FileKind.ZIP).count() == 1
    assert release.files.filter(kind=FileKind.PDF).count() == 1
    assert Announcement.objects.filter(page=page).count() == 1
