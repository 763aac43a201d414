"""The permanent address of a study."""

import uuid

from wagtail.models import Page, PageViewRestriction

from kenniskamer.permanent import permanent_path, permanent_url
from tests.conftest import published
from tests.research import make_research


def test_leads_to_the_page_in_the_readers_language(client, site_tree):
    study = make_research(site_tree.library)
    address = permanent_path(study.translation_key)
    assert permanent_url(study.translation_key) == f"http://localhost:8000{address}"
    english = {"headers": {"accept-language": "en"}}
    response = client.get(address, **english)
    assert (response.status_code, response.url) == (301, study.url)
    translated = published(study.copy_for_translation(site_tree.en))
    assert client.get(address, **english).url == translated.url
    assert client.get(address, headers={"accept-language": "nl"}).url == study.url
    assert client.get(address, headers={"accept-language": "fr"}).url == study.url
    study.unpublish()
    assert client.get(address, headers={"accept-language": "nl"}).url == translated.url
    assert "Accept-Language" in client.get(address).headers["Vary"]


def test_stays_when_the_page_moves(client, site_tree):
    study = make_research(site_tree.library)
    address = permanent_path(study.translation_key)
    study.slug = "heel-iets-anders"
    study.save_revision().publish()
    assert client.get(address).url.endswith("/heel-iets-anders/")


def test_says_when_a_study_is_gone(client, site_tree):
    study = make_research(site_tree.library)
    address = permanent_path(study.translation_key)
    study.unpublish()
    gone = client.get(address)
    assert gone.status_code == 410
    assert '<meta name="robots" content="noindex">' in gone.content.decode()
    Page.objects.get(pk=study.pk).delete()
    assert client.get(address).status_code == 410


def test_says_nothing_of_drafts_and_private_pages(client, site_tree):
    draft = make_research(site_tree.library, live=False)
    assert client.get(permanent_path(draft.translation_key)).status_code == 404
    assert client.get(permanent_path(uuid.uuid4())).status_code == 404
    assert client.get("/id/geen-sleutel").status_code == 404
    PageViewRestriction.objects.create(
        page=site_tree.library, restriction_type=PageViewRestriction.LOGIN
    )
    private = make_research(site_tree.library, "Besloten")
    assert client.get(permanent_path(private.translation_key)).status_code == 404


def test_takes_no_other_method(client, site_tree):
    assert client.post(f"/id/{uuid.uuid4()}").status_code == 405
