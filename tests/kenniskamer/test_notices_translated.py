"""A notice goes along to a translation, under the same number."""

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

import pytest

from core.models import Announcement
from kenniskamer.models import ResearchNotice, ResearchPage
from tests.kenniskamer.test_versions import publish_with
from tests.research import make_research


@pytest.fixture
def take_over(django_capture_on_commit_callbacks):
    """Translate and publish, up to what happens after the commit."""

    def run(*args):
        with django_capture_on_commit_callbacks(execute=True):
            translate(*args)
        page, locale, _words = args
        return ResearchPage.objects.get(translation_key=page.translation_key, locale=locale)

    return run


def translate(page, locale, words):
    """Bring a translation up to date and publish it, with some segments translated."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": words[segment.string.data]},
            )
    translation.save_target(publish=True)


def test_the_translation_gets_the_notice_its_version_and_its_announcement(
    client, site_tree, take_over
):
    study = make_research(site_tree.library, findings="<p>34 procent.</p>")
    take_over(study, site_tree.en, {})
    study = publish_with(study, "Er stond 34.", findings="<p>43 procent.</p>")
    study = publish_with(study, "Nog iets.")
    english = take_over(study, site_tree.en, {"Er stond 34.": "It said 34."})
    assert [(n.number, n.reason) for n in english.public_notices] == [
        (1, "It said 34."),
        (2, "Nog iets."),
    ]
    assert ResearchNotice.objects.filter(page=english).count() == 2
    assert Announcement.objects.filter(page=english.pk, kind="corrected").count() == 2
    html = client.get(english.url).content.decode()
    assert "It said 34." in html and f'href="{english.url}version/1/"' in html
    assert "34 procent" in client.get(f"{english.url}version/1/").content.decode()
    again = take_over(study, site_tree.en, {})
    assert ResearchNotice.objects.filter(page=again).count() == 2
    assert again.versions.count() == 1
