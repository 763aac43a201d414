"""“What would this change?”: before and after, from a form that is not saved."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from search.engines import get_engine
from search.indexing import process_pending
from search.models import Promotion, SynonymSet, SynonymTerm
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, site_tree: Any, editor: Any) -> Client:
    make_research(site_tree.library, "Kwartelkoningen in het veld")
    make_research(site_tree.library, "Spriet en kemphaan")
    process_pending()
    client.force_login(editor)
    return client


def terms(*texts: str, **extra: str) -> dict[str, str]:
    """Return the form of a synonym set with Dutch words."""
    values = {
        "terms-TOTAL_FORMS": str(len(texts)),
        "terms-INITIAL_FORMS": "0",
        "terms-MIN_NUM_FORMS": "2",
        "terms-MAX_NUM_FORMS": "1000",
        "both_ways": "on",
        "note": "",
        "try-question": "",
    }
    for number, text in enumerate(texts):
        row = {"text": text, "language": "nl", "id": "", "ORDER": str(number + 1), "DELETE": ""}
        values |= {f"terms-{number}-{name}": value for name, value in row.items()}
    return {**values, **extra}


def compared(answer: Any) -> dict[str, tuple[list[str], list[str]]]:
    assert answer.status_code == 200
    return {
        comparison.question: (
            [line.item.title for line in comparison.before],
            [f"{line.move}: {line.item.title}" for line in comparison.after],
        )
        for comparison in answer.context["comparisons"]
    }


def test_a_new_set_is_tried_on_its_own_words(desk: Client) -> None:
    answer = desk.post(reverse("search_desk:try_synonymset"), terms("kwartelkoning", "spriet"))
    assert compared(answer) == {
        "kwartelkoning": (
            ["Kwartelkoningen in het veld"],
            ["same: Kwartelkoningen in het veld", "new: Spriet en kemphaan"],
        ),
        "spriet": (
            ["Spriet en kemphaan"],
            ["same: Spriet en kemphaan", "new: Kwartelkoningen in het veld"],
        ),
    }
    assert "nieuw" in answer.content.decode()


def test_nothing_is_saved_or_changed(desk: Client) -> None:
    count = get_engine().count()
    desk.post(reverse("search_desk:try_synonymset"), terms("kwartelkoning", "spriet"))
    assert not SynonymSet.objects.exists()
    assert get_engine().count() == count
    found = desk.get("/api/v1/search", {"q": "spriet"}).json()
    assert found["total"] == 1


def test_any_question_can_be_tried(desk: Client) -> None:
    form = terms("kwartelkoning", "spriet", **{"try-question": "waar leeft de spriet"})
    answer = desk.post(reverse("search_desk:try_synonymset"), form)
    assert list(compared(answer)) == ["waar leeft de spriet"]
    form["try-question"] = "iets anders"
    answer = desk.post(reverse("search_desk:try_synonymset"), form)
    assert "verandert niets" in answer.content.decode()


def test_a_set_that_exists_is_tried_in_place_of_itself(desk: Client) -> None:
    made = SynonymSet()
    made.terms = [SynonymTerm(language="nl", text=text) for text in ("kwartelkoning", "spriet")]
    made.save()
    first = made.terms.first()
    form = terms("kemphaan", "kwartelkoning")
    form |= {"terms-INITIAL_FORMS": "1", "terms-0-id": str(first.pk)}
    address = reverse("search_desk:try_synonymset", args=[made.pk])
    found = compared(desk.post(address, {**form, "try-question": "spriet"}))
    assert found["spriet"][0] == ["Spriet en kemphaan", "Kwartelkoningen in het veld"]
    assert SynonymSet.objects.get().terms.count() == 2


@pytest.mark.parametrize("words", [(), ("spriet",), ("spriet", "de"), ("spriet", "")])
def test_a_form_that_is_not_complete_says_so(desk: Client, words: tuple[str, ...]) -> None:
    answer = desk.post(reverse("search_desk:try_synonymset"), terms(*words))
    assert compared(answer) == {}
    assert "nog niet compleet" in answer.content.decode()


def test_a_promotion_is_tried_too(desk: Client, site_tree: Any) -> None:
    form = {"words": "spriet", "language": "nl", "page": site_tree.faq.pk, "note": ""}
    answer = desk.post(reverse("search_desk:try_promotion"), form)
    assert compared(answer) == {
        "spriet": (
            ["Spriet en kemphaan"],
            ["new: Veelgestelde vragen", "down: Spriet en kemphaan"],
        )
    }
    assert not Promotion.objects.exists()
    made = Promotion.objects.create(words="spriet", page=site_tree.faq)
    address = reverse("search_desk:try_promotion", args=[made.pk])
    found = compared(desk.post(address, {**form, "words": "ander woord", "try-question": "spriet"}))
    assert found["spriet"][1] == ["up: Spriet en kemphaan"]
    assert "nog niet compleet" in desk.post(address, {"words": ""}).content.decode()


def test_for_a_script_only_the_comparison(desk: Client) -> None:
    form = terms("kwartelkoning", "spriet")
    address = reverse("search_desk:try_synonymset")
    part = desk.post(address, form, headers={"x-requested-with": "XMLHttpRequest"})
    assert "<html" not in part.content.decode()
    assert "<html" in desk.post(address, form).content.decode()
    assert desk.get(address).status_code == 405


def test_without_an_index_it_says_so(desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_INDEX_PATH = tmp_path / "none.sqlite3"
    answer = desk.post(reverse("search_desk:try_synonymset"), terms("kwartelkoning", "spriet"))
    assert "opnieuw" in answer.content.decode()


def test_who_may_not_save_may_not_try(
    client: Client, site_tree: Any, django_user_model: Any
) -> None:
    user = django_user_model.objects.create_user("kijker", "k@example.org", "geheim-genoeg")
    client.force_login(user)
    for name in ("try_synonymset", "try_promotion"):
        assert client.post(reverse(f"search_desk:{name}"), {}).status_code in (302, 403)


def test_the_forms_hold_the_panel(desk: Client, site_tree: Any) -> None:
    for name in ("synonymset", "promotion"):
        html = desk.get(reverse(f"wagtailsnippets_search_{name}:add")).content.decode()
        assert f'formaction="{reverse(f"search_desk:try_{name}")}"' in html
    made = Promotion.objects.create(words="spriet", page=site_tree.faq)
    html = desk.get(
        reverse("wagtailsnippets_search_promotion:edit", args=[made.pk])
    ).content.decode()
    assert f'formaction="{reverse("search_desk:try_promotion", args=[made.pk])}"' in html
