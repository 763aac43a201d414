"""Corrections and versions: numbered, public, permanent, announced."""

from django.urls import reverse

import pytest

from core.models import Announcement, AnnouncementKind
from kenniskamer.models import ResearchNotice, ResearchPage, ResearchVersion
from tests.research import make_research, make_source


@pytest.fixture
def study(site_tree):
    return make_research(
        site_tree.library,
        findings="<p>De steun is 34 procent.</p>",
        source=make_source("Rapport", ("Bladzijde een.",)),
    )


def publish_with(page, reason, *, findings="", kind="correction", announce=True):
    """Change a study as an editor does: edit, add a notice, publish."""
    draft = ResearchPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.findings = findings or draft.findings
    draft.notices.add(ResearchNotice(kind=kind, reason=reason, announce=announce))
    draft.save_revision().publish()
    return ResearchPage.objects.get(pk=page.pk)


def test_a_correction_is_numbered_shown_and_keeps_what_stood_there(client, study):
    study = publish_with(study, "Er stond 34.", findings="<p>De steun is 43 procent.</p>")
    html = client.get(study.url).content.decode()
    assert "43 procent" in html and "34 procent" not in html
    assert "Er stond 34." in html
    address = f"{study.url}versie/1/"
    assert f'href="{address}"' in html
    old = client.get(address)
    html = old.content.decode()
    assert "34 procent" in html and "43 procent" not in html
    assert "U leest een eerdere versie" in html
    assert "Er stond 34." in html  # what changed since
    assert old.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://localhost:8000{study.url}">' in html


def test_numbers_go_on_and_each_version_has_its_own_address(client, study):
    for number in (2, 3, 4):
        study = publish_with(study, f"Reden {number}.", findings=f"<p>Stand {number}.</p>")
    assert [notice.number for notice in study.public_notices] == [1, 2, 3]
    texts = [client.get(f"{study.url}versie/{n}/").content.decode() for n in (1, 2, 3)]
    assert "34 procent" in texts[0] and "Stand 2." in texts[1] and "Stand 3." in texts[2]
    assert "Reden 2." in texts[0] and "Reden 4." in texts[0]
    assert "Reden 2." not in texts[1]  # it stood under that version already
    assert client.get(f"{study.url}versie/4/").headers["Location"] == study.url
    for wrong in ("versie/5/", "versie/0/", "versie/x/", "versie/99999/", "versie/", "versie/1/1/"):
        assert client.get(study.url + wrong).status_code == 404, wrong


def test_a_typing_error_makes_no_version(study):
    for text in ("Een.", "Twee."):
        study.findings = f"<p>{text}</p>"
        study.save_revision().publish()
    assert not ResearchVersion.objects.exists()


def test_a_draft_with_a_notice_changes_nothing_in_public(client, study):
    study.notices.add(ResearchNotice(reason="Nog niet klaar."))
    study.save_revision()
    assert "Nog niet klaar." not in client.get(study.url).content.decode()
    assert not ResearchVersion.objects.exists()


def test_a_public_notice_cannot_be_taken_away(study):
    study = publish_with(study, "Blijft staan.")
    draft = study.get_latest_revision_as_object()
    draft.notices = []
    draft.save_revision().publish()
    study = publish_with(study, "En verder.")
    assert [(n.number, n.reason) for n in study.public_notices] == [
        (1, "Blijft staan."),
        (2, "En verder."),
    ]


def test_going_back_to_an_old_revision_keeps_the_notices(study):
    before = study.latest_revision
    study = publish_with(study, "Blijft staan.")
    before.as_object().save_revision(previous_revision=before).publish()
    assert ResearchNotice.objects.filter(page=study).count() == 1


def test_a_version_never_changes_afterwards(client, study):
    study = publish_with(study, "Reden.", findings="<p>Nieuw.</p>")
    first = client.get(f"{study.url}versie/1/").content
    study.title, study.findings = "Andere titel", "<p>Nog nieuwer.</p>"
    study.save_revision().publish()
    study.revisions.exclude(pk=study.latest_revision_id).delete()
    again = client.get(f"{study.url}versie/1/").content
    assert b"Draagvlak voor opvang" in again and b"34 procent" in again
    assert first.count(b"<h1") == again.count(b"<h1") == 1


@pytest.mark.parametrize(
    ("kind", "announce", "expected"),
    [
        ("correction", True, ["new", "corrected"]),
        ("version", True, ["new", "corrected"]),
        ("withdrawn", True, ["new", "withdrawn"]),
        ("correction", False, ["new"]),
    ],
)
def test_the_change_log_hears_of_it_when_asked(study, kind, announce, expected):
    publish_with(study, "Reden.", kind=kind, announce=announce)
    rows = Announcement.objects.filter(page=study.pk).order_by("pk")
    assert [row.kind for row in rows] == expected
    if announce:
        assert rows.last().note == "Reden."
        assert rows.last().kind in AnnouncementKind.values


def test_publishing_again_does_not_announce_again(study):
    study = publish_with(study, "Reden.")
    study.save_revision().publish()
    assert Announcement.objects.filter(page=study.pk, kind="corrected").count() == 1
    assert ResearchVersion.objects.count() == 1


def test_a_withdrawn_study_stays_with_a_warning_and_can_come_back(client, study, site_tree):
    study = publish_with(study, "De gegevens bleken verzonnen.", kind="withdrawn")
    html = client.get(study.url).content.decode()
    assert "Dit onderzoek is ingetrokken" in html
    assert "34 procent" in html
    assert "Ingetrokken" in [badge.label for badge in study.card.badges]
    assert "badge--withdrawn" in client.get(site_tree.library.url).content.decode()
    study = publish_with(study, "Toch in orde.", kind="version")
    assert "Dit onderzoek is ingetrokken" not in client.get(study.url).content.decode()


def test_a_translation_shows_the_correction_before_it_is_translated(client, study, site_tree):
    english = study.copy_for_translation(site_tree.en)
    english.save_revision().publish()
    publish_with(study, "Er stond 34.")
    html = client.get(english.url).content.decode()
    assert '<div class="change__reason" lang="nl">' in html
    assert "Er stond 34." in html


def test_a_copy_of_a_study_starts_without_notices(study, site_tree):
    study = publish_with(study, "Reden.")
    copy = study.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert not ResearchPage.objects.get(pk=copy.pk).notices.exists()


def test_addresses_of_versions_follow_a_page_that_moves(
    client, study, django_capture_on_commit_callbacks
):
    study = publish_with(study, "Reden.")
    old = study.url
    study.slug = "nieuw-adres"
    with django_capture_on_commit_callbacks(execute=True):
        study.save_revision().publish()
    answer = client.get(f"{old}versie/1/")
    assert answer.status_code == 301
    assert answer.headers["Location"].rstrip("/").endswith("/nieuw-adres/versie/1")


def test_a_version_of_an_unpublished_study_is_not_shown(client, study):
    study = publish_with(study, "Reden.")
    study.unpublish()
    assert client.get(f"{study.url}versie/1/").status_code == 404


def test_an_editor_adds_one_in_the_form(client, editor, study):
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[study.pk])).content.decode()
    assert 'id="id_notices-ADD"' in html
    assert "Correcties en versies" in html
