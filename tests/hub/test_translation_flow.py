"""An editor translates a page in the admin and sees it live."""

from django.urls import reverse

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

import pytest

from kenniskamer.models import ResearchPage
from tests.research import make_research, make_source


@pytest.fixture
def page(site_tree):
    return make_research(
        site_tree.library,
        theme=site_tree.theme,
        source=make_source("Rapport", ("Bladzijde een.",)),
        doi="10.1234/abc",
        question="<p>Wat helpt?</p>",
    )


def translate(client, page, site_tree):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, {"locales": [site_tree.en.pk]})
    assert response.status_code == 302
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=site_tree.en
    )
    return translation, ResearchPage.objects.get(
        translation_key=page.translation_key, locale=site_tree.en
    )


def words_for(translation):
    """Fill in every segment as an editor would."""
    words = {
        page_title: f"EN {page_title}"
        for page_title in translation.source.stringsegment_set.values_list(
            "string__data", flat=True
        )
    }
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data=words[segment.string.data],
        )
    return words


def test_translate_publish_and_switch(
    client, editor, site_tree, page, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    translation, english = translate(client, page, site_tree)
    words_for(translation)
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert client.get(edit).status_code == 200
    assert not english.live  # until an editor says so
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(edit, {"action": "publish"})
    assert response.status_code == 302
    english = ResearchPage.objects.get(pk=english.pk)
    client.logout()

    live = client.get(english.url)
    html = live.content.decode()
    assert english.url.startswith("/en/")
    assert live.status_code == 200
    assert f"EN {page.title}" in html
    assert 'lang="en"' in html
    assert f'hreflang="nl" href="http://localhost:8000{page.url}"' in html
    dutch = client.get(page.url).content.decode()
    assert f'hreflang="en" href="http://localhost:8000{english.url}"' in dutch
    assert f'href="{english.url}"' in dutch  # the switch itself


def test_facts_come_along_and_stay_the_same(client, editor, site_tree, page):
    client.force_login(editor)
    translation, english = translate(client, page, site_tree)
    assert english.doi == page.doi
    assert [author.full_name for author in english.authors.all()] == ["A. Jansen"]
    assert [source.source_file for source in english.sources.all()] == [
        source.source_file for source in page.sources.all()
    ]
    assert [theme.label for theme in english.themes] == ["Public support"]
    segments = set(translation.source.stringsegment_set.values_list("context__path", flat=True))
    assert {"title", "lead", "question", "findings"} <= segments
    assert not {"doi", "publisher"} & segments


def test_a_change_in_the_source_reaches_the_translation(
    client, editor, site_tree, page, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    translation, english = translate(client, page, site_tree)
    page.published_year = 2021
    page.save_revision().publish()
    source = TranslationSource.objects.get(object_id=page.translation_key)
    source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    assert ResearchPage.objects.get(pk=english.pk).published_year == 2021


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/nl/zoeken/?q=steun", "/en/search/?q=steun"),
        ("/en/search/?q=support", "/nl/zoeken/?q=support"),
        ("/nl/", "/en/"),
    ],
)
def test_the_switch_keeps_you_on_the_same_page(client, site_tree, path, other):
    assert f'href="{other}"' in client.get(path).content.decode().replace("&amp;", "&")


def test_a_page_without_a_translation_says_so(client, site_tree, page):
    html = client.get(page.url).content.decode()
    assert 'rel="alternate" hreflang="en"' not in html
    assert 'href="/en/"' in html
