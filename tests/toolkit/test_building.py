"""Building a release: it fails, is stopped or killed, and leaves nothing half."""

import hashlib

from django.utils import timezone

import pytest

from core import sandbox
from core.sandbox import Ending, Outcome
from tests.toolkit.archives import check_archive
from tests.toolkit.pictures import make_picture
from tests.toolkit.releases import (
    TEXT,
    chapters,
    editors,
    make_release,
    release_now,
)
from toolkit import building, releasing, signs, tasks
from toolkit.enums import FileKind, ReleaseState
from toolkit.missing import what_is_missing
from toolkit.models import Release, ReleaseFile, ReleasePage
from toolkit.releasing import ReleaseError


def offered_and_approved(page):
    first, second = editors()
    release = releasing.offer(page=page, user=first)
    return releasing.approve(release_id=release.pk, user=second)


def test_a_build_that_fails_names_the_part_and_publishes_nothing(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))
    failed = Outcome(Ending.FAILED, error="PartError", message="Rondje vragen")
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: failed)
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "Rondje vragen" in release.error
    assert not release.files.exists()
    assert not ReleasePage.objects.get(pk=release.page_id).live
    monkeypatch.undo()
    releasing.repeat(release_id=release.pk)
    assert building.build(release.pk).state == ReleaseState.RELEASED


def test_a_picture_that_cannot_be_set_is_named(toolkit):
    part = {**TEXT, "title": "Met plaatje", "image": make_picture(), "alt": "rood"}
    release = offered_and_approved(make_release(toolkit, chapters=chapters(("text", part))))
    row = release.files.get(kind=FileKind.PICTURE)
    row.file.storage.delete(row.file.name)
    from django.core.files.base import ContentFile

    row.file.storage.save(row.file.name, ContentFile(b"geen plaatje"))
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "Met plaatje" in release.error


SIGNS = {"title": "Met een teken", "body": "<p>Kijk: 😀 en مرحبا, 中国</p>"}


def test_signs_no_font_has_are_told_while_composing(toolkit):
    page = make_release(toolkit, chapters=chapters(("text", SIGNS), ("text", TEXT)))
    with pytest.raises(ReleaseError, match="“Met een teken” .*: 中 国 😀"):
        releasing.offer(page=page, user=editors()[0])
    page.title = "Toolkit 🧰"
    assert "🧰" in what_is_missing(page)[0]
    assert "😀" in building.preview(page)[1]


def test_a_sign_no_font_has_is_named_when_building_finds_it(toolkit, monkeypatch):
    monkeypatch.setattr(signs, "unprintable", lambda words: ())
    release = offered_and_approved(make_release(toolkit, chapters=chapters(("text", SIGNS))))
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "😀" in release.error and "Met een teken" in release.error


def test_a_build_can_be_stopped(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))
    run = sandbox.run

    def stopped_meanwhile(*args, on_progress, **kwargs):
        releasing.stop(release_id=release.pk)
        return run(*args, on_progress=on_progress, **kwargs)

    monkeypatch.setattr(sandbox, "run", stopped_meanwhile)
    assert building.build(release.pk) is None
    release.refresh_from_db()
    assert release.state == ReleaseState.STOPPED
    assert not release.files.exists()


def test_a_killed_build_leaves_nothing_and_is_taken_up_again(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "store", killed)
    with pytest.raises(KeyboardInterrupt):
        building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.BUILDING
    assert not release.files.exists()
    assert not ReleasePage.objects.get(pk=release.page_id).live
    assert building.build(release.pk) is None  # its builder may still live
    monkeypatch.undo()
    Release.objects.update(lease_until=timezone.now() - timezone.timedelta(seconds=1))
    tasks.wake_overdue()
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED
    check_archive(release)


def test_a_build_that_dies_each_time_is_given_up(toolkit):
    release = offered_and_approved(make_release(toolkit))
    past = timezone.now() - timezone.timedelta(seconds=1)
    Release.objects.update(lease_until=past, attempts=tasks.MOST_ATTEMPTS, claim="weg")
    tasks.wake_overdue()
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert release.error


def test_half_a_file_of_a_killed_build_is_not_taken_for_whole(toolkit):
    release = release_now(make_release(toolkit))
    row = release.pdf
    row.file.storage.delete(row.file.name)
    from django.core.files.base import ContentFile

    row.file.storage.save(row.file.name, ContentFile(b"%PDF-half"))
    ReleaseFile.objects.all().delete()
    Release.objects.update(state=ReleaseState.STOPPED)
    releasing.repeat(release_id=release.pk)
    release = building.build(release.pk)
    with release.pdf.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == release.pdf.sha256
