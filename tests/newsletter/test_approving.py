"""Checks before approval, and what approval fixes."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

import pytest

from core.models import SiteSettings
from newsletter.approving import EditionError, approve, take_back
from newsletter.checking import check, mark_of
from newsletter.enums import EditionState
from newsletter.links import LinkState, state_of
from newsletter.models import Edition, EditionPage
from newsletter.scheduling import cancel, schedule, send_now
from newsletter.standing import NotSentError
from tests.newsletter.editions import as_sent, boss, make_edition, make_newsletters, write
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(site_tree):
    make_newsletters(site_tree)
    return site_tree


@pytest.fixture
def edition(tree):
    make_research(tree.library, "Studie", theme=tree.theme)
    return make_edition()


def dutch(edition):
    return EditionPage.objects.get(edition=edition, locale__language_code="nl")


def findings(edition, language="nl"):
    [found] = [one for one in check(edition) if one.content.language == language]
    return [finding.text for finding in found.blocking]


def add(page, kind, value):
    body = list(page.get_latest_revision_as_object().body.raw_data)
    return write(page, body=[*body, {"type": kind, "value": value}])


def test_an_edition_with_news_and_words_is_fine(edition):
    assert findings(edition) == findings(edition, "en") == []


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"subject": ""}, "onderwerp"),
        ({"preview_text": " "}, "voorbeeldtekst"),
        ({"body": []}, "niets nieuws"),
        ({"body": [("text", "<p>Alleen tekst</p>")]}, "niets nieuws"),
    ],
)
def test_what_is_missing_is_said(edition, values, word):
    write(dutch(edition), **values)
    assert [text for text in findings(edition) if word in text]
    with pytest.raises(EditionError):
        approve(edition_id=edition.pk, user=boss())


@pytest.mark.parametrize(
    ("kind", "value", "word"),
    [
        ("text", '<p><a href="http://localhost:8000/nl/bestaat-niet/">x</a></p>', "nergens"),
        ("text", "<p>Dag @@naam@@</p>", "@@naam@@"),
        ("text", '<p><a href="https://elders.example/"></a></p>', "zonder woorden"),
    ],
)
def test_what_is_wrong_is_said(edition, kind, value, word):
    add(dutch(edition), kind, value)
    assert [text for text in findings(edition) if word in text]


def test_a_page_that_was_taken_away_is_said(edition, tree):
    make_research(tree.library, "Blijft")
    EditionPage.objects.filter(edition=edition)
    number = dutch(edition).get_latest_revision_as_object().body.raw_data[1]["value"]["page"]
    tree.library.get_children().get(pk=number).specific.unpublish()
    assert [text for text in findings(edition) if "niet kunnen openen" in text]


def test_words_that_are_still_dutch_are_said(edition):
    text = {"type": "text", "id": "b0b7b7c6-0000-4000-8000-000000000001", "value": "<p>Dag</p>"}
    for page in EditionPage.objects.filter(edition=edition):
        body = list(page.get_latest_revision_as_object().body.raw_data)
        write(page, body=[text, *body])
    assert findings(edition) == []
    assert [text for text in findings(edition, "en") if "Dag" in text]


def test_without_a_sender_nothing_goes_out(edition):
    SiteSettings.objects.update(sender_address="")
    assert [text for text in findings(edition) if "afzender" in text]


def test_a_mail_that_is_cut_off_is_said(edition):
    add(dutch(edition), "text", f"<p>{'lang ' * 25_000}</p>")
    assert [text for text in findings(edition) if "Gmail" in text]


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("http://localhost:8000/nl/", LinkState.ALIVE),
        ("http://localhost:8000/nl/onderzoek/", LinkState.ALIVE),
        ("http://localhost:8000/en/research/?q=1#x", LinkState.ALIVE),
        ("http://localhost:8000/nl/weg/", LinkState.BROKEN),
        ("http://localhost:8000/de/onderzoek/", LinkState.BROKEN),
        ("http://localhost:8000/nl/zoeken/?q=x", LinkState.ALIVE),
        ("http://localhost:8000/documenten/999/x.pdf", LinkState.BROKEN),
        ("http://localhost:8000/media/images/weg.jpg", LinkState.BROKEN),
        ("https://elders.example/", LinkState.ELSEWHERE),
        ("http://elders.example/", LinkState.INSECURE),
        ("mailto:a@b.nl", LinkState.ALIVE),
        ("mailto:", LinkState.BROKEN),
        ("ftp://elders.example/", LinkState.BROKEN),
        ("https://[elders", LinkState.BROKEN),
    ],
)
def test_what_is_known_of_a_link(tree, url, state):
    assert state_of(url) == state


def test_approving_fixes_every_language_with_who_and_when(edition):
    approve(edition_id=edition.pk, user=boss())
    edition.refresh_from_db()
    assert edition.state == EditionState.APPROVED
    assert edition.approved_by == boss()
    assert edition.topics == ["draagvlak"]
    mails = {mail.language: mail for mail in edition.mails.all()}
    assert set(mails) == {"nl", "en"}
    for mail in mails.values():
        assert mail.sha256 == mail.content_hash()
        assert "@@unsubscribe_url@@" in mail.html
        assert "Studie" in mail.text


def test_an_edition_with_news_for_everybody_has_no_topics(edition, tree):
    make_research(tree.library, "Zonder thema")
    from newsletter.composing import add_latest

    add_latest(edition=edition, user=boss())
    assert approve(edition_id=edition.pk, user=boss()).topics == []


def test_nobody_edits_what_is_approved_and_the_mail_stays(edition, client):
    approve(edition_id=edition.pk, user=boss())
    page = dutch(edition)
    assert page.get_lock() is not None
    before = edition.mails.get(language="nl").sha256
    for study in page.get_parent().get_parent().get_descendants().filter(title="Studie"):
        study.specific.title = "Anders"
        study.specific.save_revision().publish()
    assert edition.mails.get(language="nl").sha256 == before
    assert [item.title for item in page.content.items] == ["Studie"]


def test_approving_twice_is_refused(edition):
    approve(edition_id=edition.pk, user=boss())
    with pytest.raises(EditionError):
        approve(edition_id=edition.pk, user=boss())


def test_an_approval_can_be_taken_back_until_it_goes_out(edition):
    approve(edition_id=edition.pk, user=boss())
    take_back(edition_id=edition.pk, user=boss())
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT
    assert not edition.mails.exists()
    assert dutch(edition).get_lock() is None
    sent = as_sent(edition)
    with pytest.raises(EditionError):
        take_back(edition_id=sent.pk, user=boss())


def test_a_page_is_published_by_sending_and_in_no_other_way(edition):
    page = dutch(edition)
    with pytest.raises(NotSentError):
        page.get_latest_revision().publish()
    assert not page.permissions_for_user(boss()).can_publish()
    as_sent(edition)
    assert dutch(edition).live


HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        (EditionState.APPROVED, "schedule", EditionState.SCHEDULED),
        (EditionState.SCHEDULED, "schedule", EditionState.SCHEDULED),
        (EditionState.LATE, "send", EditionState.SCHEDULED),
        (EditionState.SCHEDULED, "cancel", EditionState.APPROVED),
        (EditionState.LATE, "cancel", EditionState.APPROVED),
        (EditionState.DRAFT, "schedule", None),
        (EditionState.DRAFT, "send", None),
        (EditionState.SENT, "send", None),
        (EditionState.SENDING, "cancel", None),
        (EditionState.APPROVED, "cancel", None),
        (EditionState.STOPPED, "schedule", None),
    ],
)
def test_what_can_be_done_about_the_moment(db, state, act, after):
    edition = Edition.objects.create(title="E", state=state)
    acts = {
        "schedule": lambda: schedule(edition_id=edition.pk, at=timezone.now() + HOUR),
        "send": lambda: send_now(edition_id=edition.pk),
        "cancel": lambda: cancel(edition_id=edition.pk),
    }
    if after is None:
        with pytest.raises(EditionError):
            acts[act]()
        after = state
    else:
        acts[act]()
    edition.refresh_from_db()
    assert edition.state == after


def test_a_moment_that_passed_is_refused(db):
    edition = Edition.objects.create(title="E", state=EditionState.APPROVED)
    with pytest.raises(EditionError):
        schedule(edition_id=edition.pk, at=timezone.now() - HOUR)


def test_what_nobody_looked_at_is_not_approved(edition):
    seen = mark_of(edition)
    write(dutch(edition), subject="Een ander onderwerp")
    with pytest.raises(EditionError, match="intussen gewijzigd"):
        approve(edition_id=edition.pk, user=boss(), seen=seen)
    approve(edition_id=edition.pk, user=boss(), seen=mark_of(edition))
    assert edition.mails.get(language="nl").subject == "Een ander onderwerp"


def test_a_form_that_was_open_while_somebody_approved_changes_nothing(edition, client):
    page = dutch(edition)
    before = page.latest_revision_id
    client.force_login(boss())
    approve(edition_id=edition.pk, user=boss())
    approved = EditionPage.objects.get(pk=page.pk).latest_revision_id
    assert approved != before
    form = {"title": "Te laat", "slug": page.slug, "subject": "Te laat", "body-count": "0"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert EditionPage.objects.get(pk=page.pk).latest_revision_id == approved
    assert "goedgekeurd" in response.content.decode()


def test_saving_by_itself_counts_as_a_change(edition):
    draft = dutch(edition).get_latest_revision_as_object()
    revision = draft.save_revision(user=boss())
    seen = mark_of(edition)
    draft.subject = "Vanzelf bewaard"
    assert draft.save_revision(user=boss(), overwrite_revision=revision).pk == revision.pk
    with pytest.raises(EditionError, match="intussen gewijzigd"):
        approve(edition_id=edition.pk, user=boss(), seen=seen)
