"""A release in Dutch and in English: translated, linked, and each released by itself."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail_localize.models import StringSegment, StringTranslation

import pytest

from tests.conftest import published
from tests.research import make_research
from tests.toolkit.releases import EXERCISE, TEXT, editors, make_release, make_toolkit, release_now
from toolkit import building, releasing
from toolkit.content import parts_of
from toolkit.models import Release, ReleasePage, ToolkitPage
from toolkit.translating import to_translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit(site_tree: Any) -> ToolkitPage:
    return make_toolkit(site_tree.home)


@pytest.fixture
def kit_en(site_tree: Any, kit: ToolkitPage) -> ToolkitPage:
    return published(kit.copy_for_translation(site_tree.en))


def composed(site_tree: Any, kit: ToolkitPage) -> ReleasePage:
    """A Dutch release with a study that is public in both languages."""
    study = make_research(site_tree.library, title="Praten helpt")
    study_en = study.copy_for_translation(site_tree.en)
    study_en.title = "Talking helps"
    published(study_en)
    parts = [("text", TEXT), ("exercise", EXERCISE), ("study", {"study": study, "note": ""})]
    chapter = {"title": "Beginnen", "intro": "<p>Waar u begint.</p>", "parts": parts}
    return make_release(kit, "1.0", [("chapter", chapter)])


def translate_all(page: ReleasePage) -> None:
    """Translate every text, as an editor does in the form."""
    for segment in StringSegment.objects.filter(source__object_id=page.translation_key):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=page.locale,
            data=f"EN {segment.string.data}",
        )


def test_a_release_is_translated_offered_and_linked(
    site_tree: Any, kit: ToolkitPage, kit_en: ToolkitPage, client: Client
) -> None:
    dutch = release_now(composed(site_tree, kit))
    first, second = editors()
    client.force_login(first)
    new = reverse("toolkit_admin:new", args=[kit_en.pk])
    assert "Vertaal 1.0" in client.get(new).text
    page = ReleasePage.objects.get(pk=client.post(new, {"translate": "1"}).url.split("/")[-3])
    assert (page.version, page.locale, page.translation_key) == (
        "1.0",
        site_tree.en,
        dutch.page.translation_key,
    )
    desk = reverse("toolkit_admin:standing", args=[page.pk])
    assert "teksten niet vertaald" in client.get(desk).text
    assert desk in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    translate_all(page)
    assert "teksten niet vertaald" not in client.get(desk).text
    act = reverse("toolkit_admin:act", args=[page.pk])
    client.post(act, {"action": "translate"})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title.startswith("EN ")
    client.post(act, {"action": "offer"})
    release = Release.objects.get(page=page)
    releasing.approve(release_id=release.pk, user=second)
    building.build(release.pk)
    release.refresh_from_db()
    assert release.is_public, release.error
    titles = [part["title"] for part in parts_of(release.content)]
    assert titles == ["EN Luisteren", "EN Rondje vragen", "Talking helps"]
    assert [p["id"] for p in parts_of(release.content)] == [
        p["id"] for p in parts_of(dutch.content)
    ]
    dutch_part = client.get(f"{dutch.page.url}luisteren/").text
    assert "/en/toolkit/1.0/en-luisteren/" in dutch_part
    assert to_translate(kit_en) is None


def test_releases_composed_apart_are_linked_when_they_come_out(
    kit: ToolkitPage, kit_en: ToolkitPage
) -> None:
    dutch = release_now(make_release(kit, "1.0"))
    english = release_now(make_release(kit_en, "1.0.0"))
    assert english.page.translation_key == dutch.page.translation_key
    later = release_now(make_release(kit_en, "1.1"))
    assert later.page.translation_key != dutch.page.translation_key


def test_a_draft_is_gone_on_with_before_the_next_is_translated(
    kit: ToolkitPage, kit_en: ToolkitPage, client: Client, editor: Any
) -> None:
    make_release(kit, "2.0")
    draft = make_release(kit_en, "1.0")
    client.force_login(editor)
    new = reverse("toolkit_admin:new", args=[kit_en.pk])
    assert "Vertaal 2.0" not in client.get(new).text
    answer = client.post(new, {"translate": "1"})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])


def test_what_is_out_takes_over_nothing(kit: ToolkitPage, client: Client, editor: Any) -> None:
    release = release_now(make_release(kit))
    client.force_login(editor)
    act = reverse("toolkit_admin:act", args=[release.page_id])
    answer = client.post(act, {"action": "translate"}, follow=True)
    assert "al aangeboden" in answer.text
