"""The desk of editors: upload, publish, replace, take over, see what is missing."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import querydict_from_html

import pytest

from core.publishing import publish_due
from podcasts.addresses import podcast_guid
from podcasts.models import AudioFile, Chapter, EpisodePage, PodcastPage
from tests.conftest import published
from tests.podcasts.episodes import make_audio, make_episode, make_podcast
from tests.podcasts.recordings import m4a, mp3, tagged

CHOOSER = "podcast_audio_chooser:create"


@pytest.fixture
def podcast(site_tree):
    return make_podcast(site_tree.home)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def upload(client, data, name="opname.mp3"):
    return client.post(reverse(CHOOSER), {"file": SimpleUploadedFile(name, data), "title": ""})


def form_of(client, address):
    html = client.get(address).content.decode()
    return querydict_from_html(html, form_id="page-edit-form").dict()


def add_address(podcast):
    return reverse("wagtailadmin_pages:add", args=["podcasts", "episodepage", podcast.pk])


def draft_of(episode):
    return EpisodePage.objects.get(pk=episode.pk).get_latest_revision_as_object()


def test_a_recording_is_uploaded_in_the_chooser(desk, podcast):
    answer = upload(desk, tagged(mp3(100), "Uit de studio"), "Aflevering 1.mp3").json()
    audio = AudioFile.objects.get()
    assert answer["step"] == "chosen"
    assert answer["result"]["id"] == str(audio.pk)
    assert (audio.title, audio.name) == ("Uit de studio", "aflevering-1.mp3")


@pytest.mark.parametrize("data", [b"", b"geen geluid", m4a(0)])
def test_what_is_no_recording_is_refused_in_the_chooser(desk, podcast, data):
    answer = upload(desk, data).json()
    assert answer["step"] == "reshow_creation_form"
    assert "error-message" in answer["htmlFragment"]
    assert not AudioFile.objects.exists()


def test_a_member_of_the_groups_may_upload(client, member, podcast):
    assert upload(client, mp3(100)).json()["step"] == "chosen"


def test_season_and_number_are_suggested(desk, podcast):
    make_episode(podcast, season=2, number=4)
    values = form_of(desk, add_address(podcast))
    assert (values["season"], values["number"]) == ("2", "5")


def test_a_number_is_used_once(desk, podcast):
    episode = make_episode(podcast, season=2, number=4)
    values = form_of(desk, add_address(podcast))
    values |= {"title": "Nog een", "number": "4", "audio": make_audio().pk, "notes-count": "0"}
    response = desk.post(add_address(podcast), values | {"action-publish": "1"})
    assert episode.title in str(response.context["form"].errors["number"])


def test_without_a_recording_it_is_saved_but_not_published(desk, podcast):
    values = form_of(desk, add_address(podcast)) | {
        "title": "Zonder",
        "slug": "zonder",
        "notes-count": "0",
    }
    refused = desk.post(add_address(podcast), values | {"action-publish": "1"})
    assert "opname" in str(refused.context["form"].errors["audio"])
    saved = desk.post(add_address(podcast), values)
    assert saved.status_code == 302
    draft = EpisodePage.objects.get(title="Zonder")
    assert not draft.live
    with pytest.raises(ValidationError, match="opname"):
        published(draft)


def test_a_future_date_publishes_by_itself(desk, podcast):
    values = form_of(desk, add_address(podcast)) | {
        "title": "Later",
        "slug": "later",
        "notes-count": "0",
    }
    soon = timezone.localtime() + dt.timedelta(hours=2)
    values |= {"audio": make_audio().pk, "go_live_at": soon.strftime("%Y-%m-%d %H:%M")}
    assert desk.post(add_address(podcast), values | {"action-publish": "1"}).status_code == 302
    page = EpisodePage.objects.get(title="Later")
    publish_due()
    page.refresh_from_db()
    assert not page.live
    past = timezone.now() - dt.timedelta(minutes=1)
    revision = page.latest_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    publish_due()
    page.refresh_from_db()
    assert page.live


def test_another_recording_keeps_the_identity_and_the_old_address(client, podcast):
    first, second = make_audio(mp3(50), "een.mp3"), make_audio(mp3(60), "twee.mp3")
    episode = make_episode(podcast, audio=first)
    guid = episode.guid
    episode.audio = second
    episode = published(episode)
    assert episode.guid == guid
    assert [use.audio for use in episode.audio_uses.all()] == [second, first]
    assert client.get(first.url).status_code == client.get(second.url).status_code == 200
    episode.unpublish()
    assert client.get(first.url).status_code == client.get(second.url).status_code == 404


def test_a_recording_that_was_never_public_is_for_editors(client, editor, podcast):
    audio = make_audio(mp3(70), "geheim.mp3")
    assert client.get(audio.url).status_code == 404
    client.force_login(editor)
    assert client.get(audio.url).status_code == 200


def test_a_recording_in_use_is_not_deleted(desk, podcast):
    episode = make_episode(podcast)
    address = reverse("recordings:delete", args=[episode.audio.pk])
    desk.post(address)
    assert AudioFile.objects.filter(pk=episode.audio.pk).exists()
    loose = make_audio(mp3(80), "los.mp3")
    desk.post(reverse("recordings:delete", args=[loose.pk]))
    assert not AudioFile.objects.filter(pk=loose.pk).exists()


def test_the_lists_of_recordings_and_episodes_open(desk, podcast):
    episode = make_episode(podcast)
    assert episode.title in desk.get(reverse("recordings:index")).content.decode()
    assert desk.get(reverse("recordings:inspect", args=[episode.audio.pk])).status_code == 200
    html = desk.get(reverse("podcasts_admin:desk")).content.decode()
    assert episode.title in html
    assert reverse("podcasts_admin:transcript", args=[episode.pk]) in html


def test_who_may_not_edit_sees_no_desk(client, django_user_model, podcast):
    episode = make_episode(podcast)
    client.force_login(django_user_model.objects.create_user("x", "x@example.org", "geheim"))
    for address in (
        reverse("podcasts_admin:desk"),
        reverse("podcasts_admin:transcript", args=[episode.pk]),
        reverse("podcasts_admin:suggestions", args=[episode.pk]),
    ):
        assert client.get(address).status_code in (302, 403)


def test_what_the_recording_says_is_taken_over_one_by_one(desk, podcast):
    found = {
        "title": "Uit het bestand",
        "chapters": [
            {"start": 0, "title": "Begin", "url": ""},
            {"start": 60_000, "title": "Slot", "url": "javascript:alert(1)"},
        ],
    }
    episode = make_episode(podcast, audio=make_audio(found=found))
    address = reverse("podcasts_admin:suggestions", args=[episode.pk])
    html = desk.get(address).content.decode()
    assert "Uit het bestand" in html
    assert "1:00 Slot" in html
    desk.post(address, {"target": "chapters"})
    draft = draft_of(episode)
    assert [(row.start, row.title, row.url) for row in draft.chapters.all()] == [
        (0, "Begin", ""),
        (60_000, "Slot", ""),
    ]
    assert draft.title == episode.title
    desk.post(address, {"target": "title"})
    assert draft_of(episode).title == "Uit het bestand"
    desk.post(address, {"target": "guid"})
    assert draft_of(episode).guid == episode.guid
    episode.refresh_from_db()
    assert not episode.chapters.exists()


def test_the_form_says_what_is_missing_and_what_changes(desk, podcast):
    episode = make_episode(podcast, audio=make_audio(mp3(50), "een.mp3"))
    episode.audio = make_audio(mp3(60), "twee.mp3", duration=60_000)
    episode.save_revision()
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[episode.pk])).content.decode()
    assert 'data-gap="transcript"' in html
    assert "25:00" in html
    assert "1:00" in html


def test_a_chapter_after_the_end_is_refused(podcast):
    audio = make_audio(duration=60_000)
    with pytest.raises(ValidationError, match="1:00"):
        make_episode(podcast, audio=audio, chapters=[Chapter(start=60_000, title="Te laat")])


def test_the_identity_of_a_series_is_kept_for_ever(podcast):
    guid = podcast.guid
    assert guid == podcast_guid(podcast.feed_url)
    draft = podcast.get_latest_revision_as_object()
    podcast.slug = "andere-naam"
    podcast = published(podcast)
    assert podcast.guid == guid
    draft.save_revision().publish()
    assert PodcastPage.objects.get(pk=podcast.pk).guid == guid


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        # The example of the Podcasting 2.0 namespace.
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("podnews.net/rss///", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_the_identity_follows_the_rule_of_the_namespace(address, guid):
    assert podcast_guid(address) == guid


def test_a_copy_is_another_episode(podcast):
    episode = make_episode(podcast)
    copy = episode.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert copy.guid != episode.guid
    assert copy.get_latest_revision_as_object().guid == copy.guid


def test_a_recording_is_uploaded_from_the_list_too(desk, site_tree):
    address = reverse("recordings:add")
    assert desk.get(address).status_code == 200
    file = SimpleUploadedFile("opname.mp3", mp3(), content_type="audio/mpeg")
    assert desk.post(address, {"file": file, "title": "Gesprek"}).status_code == 302
    assert AudioFile.objects.get().title == "Gesprek"
    broken = SimpleUploadedFile("a.mp3", b"geen geluid", content_type="audio/mpeg")
    assert desk.post(address, {"file": broken}).status_code == 200
