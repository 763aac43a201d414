"""The editors' desk: what was asked and missed, and its remedies."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

import pytest

from core.groups import equip_groups
from core.spreadsheet import cell
from home.models import FaqAnswerPage
from kenniskamer.models import ResearchPage
from search.desk.drafts import draft_kinds
from search.models import AskedQuestion, Promotion

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, member: Any) -> Client:
    """Somebody in Wagtail's groups, no superuser, signed in."""
    return client


def count(text: str, asked: int = 1, missed: int = 0, chosen: int = 0, **values: Any) -> None:
    days = values.pop("days", 0)
    day = timezone.localdate() - dt.timedelta(days)
    values = {"language": "nl", **values}
    AskedQuestion.objects.create(
        text=text, day=day, asked=asked, missed=missed, chosen=chosen, **values
    )


def listed(desk: Client, **parameters: str) -> list[str]:
    page = desk.get(reverse("search_desk:questions"), parameters)
    assert page.status_code == 200
    return [row["text"] for row in page.context["page"].object_list]


def test_the_page_its_menu_item_and_the_empty_state(desk: Client) -> None:
    html = desk.get(reverse("search_desk:questions")).content.decode()
    assert "Zoekvragen" in html
    assert "Niemand zocht" in html
    assert (
        reverse("search_desk:questions") in desk.get(reverse("wagtailadmin_home")).content.decode()
    )


def test_who_may_not_see_it(client: Client, site_tree: Any, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("kijker", "k@example.org", "geheim-genoeg")
    equip_groups()
    editors = Group.objects.get_or_create(name="Editors")[0]
    user.groups.add(editors)
    editors.permissions.filter(codename="see_asked_questions").delete()
    client.force_login(user)
    addresses = [reverse("search_desk:questions"), reverse("search_desk:handle")]
    assert client.get(addresses[0]).status_code in (302, 403)
    count("steun")
    client.post(addresses[1], {"text": "steun", "lang": "nl"})
    assert not AskedQuestion.objects.get().handled
    client.logout()
    assert client.get(addresses[0]).status_code == 302


def test_most_asked_comes_first_and_days_are_added_up(desk: Client) -> None:
    count("steun", 2, days=3)
    count("steun", 2)
    count("framing", 3)
    assert listed(desk) == ["steun", "framing"]
    row = desk.get(reverse("search_desk:questions")).context["page"].object_list[0]
    assert (row["asked"], row["missed"], row["chosen"]) == (4, 0, 0)


@pytest.mark.parametrize(
    ("asked", "missed", "chosen", "is_missed"),
    [(1, 1, 0, True), (5, 1, 3, True), (3, 0, 0, True), (3, 0, 1, False), (4, 4, 0, True)],
)
def test_asked_and_missed(
    desk: Client, asked: int, missed: int, chosen: int, is_missed: bool
) -> None:
    count("steun", asked, missed, chosen)
    assert listed(desk, show="missed") == (["steun"] if is_missed else [])
    assert listed(desk) == ["steun"]


def test_what_found_nothing_comes_before_what_was_ignored(desk: Client) -> None:
    count("niets gekozen", 9)
    count("niets gevonden", 2, 2)
    assert listed(desk, show="missed") == ["niets gevonden", "niets gekozen"]


@pytest.mark.parametrize(
    ("parameters", "texts"),
    [
        ({"days": "7"}, ["vandaag"]),
        ({"days": "30"}, ["vandaag", "deze maand", "english"]),
        ({}, ["vandaag", "deze maand", "english"]),
        ({"days": "90"}, ["vandaag", "deze maand", "dit kwartaal", "english"]),
        (
            {"days": "abc", "lang": "xx", "show": "x", "p": "x"},
            ["vandaag", "deze maand", "english"],
        ),
        ({"lang": "en"}, ["english"]),
        ({"q": "MAAND"}, ["deze maand"]),
        ({"q": "\x00%_"}, []),
    ],
)
def test_narrowing(desk: Client, parameters: dict[str, str], texts: list[str]) -> None:
    count("vandaag", 9, days=6)
    count("deze maand", 8, days=29)
    count("dit kwartaal", 7, days=89)
    count("lang geleden", 6, days=90)
    count("english", 5, days=8, language="en")
    assert listed(desk, **parameters) == texts


def test_handled_goes_and_comes_back_when_it_is_missed_again(desk: Client) -> None:
    count("steun", 2, 2, days=1)
    handle = reverse("search_desk:handle")
    back = reverse("search_desk:questions") + "?show=missed"
    answer = desk.post(handle, {"text": "steun", "lang": "nl", "handled": "1", "next": back})
    assert answer["Location"] == back
    assert listed(desk, show="missed") == []
    assert "afgehandeld" in desk.get(reverse("search_desk:questions")).content.decode()
    count("steun", 1, 1)
    assert listed(desk, show="missed") == ["steun"]
    desk.post(handle, {"text": "steun", "lang": "nl", "handled": "1"})
    desk.post(handle, {"text": "steun", "lang": "nl", "handled": "0"})
    assert listed(desk, show="missed") == ["steun"]


def test_handling_leads_nowhere_else_and_needs_a_post(desk: Client) -> None:
    handle = reverse("search_desk:handle")
    for odd in ("https://example.org/", "//example.org", "javascript:alert(1)", ""):
        answer = desk.post(handle, {"text": "x", "lang": "nl", "next": odd})
        assert answer["Location"] == reverse("search_desk:questions")
    assert desk.get(handle).status_code == 405


def test_many_questions_stand_on_pages(desk: Client) -> None:
    for number in range(51):
        count(f"vraag {number:02}")
    assert len(listed(desk)) == 50
    assert listed(desk, p="2") == ["vraag 50"]
    assert listed(desk, p="99") == ["vraag 50"]


def test_questions_are_shown_as_text(desk: Client) -> None:
    count('<script>alert(1)</script> & "x"', 1, 1)
    html = desk.get(reverse("search_desk:questions")).content.decode()
    assert "<script>alert(1)" not in html


def test_as_a_file_for_a_spreadsheet(desk: Client) -> None:
    count("=2+5", 3, 1, 0)
    count("steun, opvang", 2)
    answer = desk.get(reverse("search_desk:questions"), {"export": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [["'=2+5", "nl", "3", "1", "0"], ["steun, opvang", "nl", "2", "0", "0"]]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "|x"])
def test_a_formula_is_only_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("draagvlak = steun") == "draagvlak = steun"


def test_a_draft_begins_with_the_question(desk: Client) -> None:
    count("wat kost meedoen", 2, 2)
    begin = reverse("search_desk:begin")
    page = desk.get(begin, {"words": "wat kost meedoen", "lang": "nl"})
    html = page.content.decode()
    assert 'value="Wat kost meedoen"' in html
    names = {"kenniskamer.researchpage", "home.faqanswerpage"}
    assert set(page.context["form"].kinds) == names
    for name, model in (
        ("home.faqanswerpage", FaqAnswerPage),
        ("kenniskamer.researchpage", ResearchPage),
    ):
        answer = desk.post(begin, {"title": "Wat kost meedoen", "kind": name})
        made = model.objects.get()
        assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
        assert (made.title, made.live, made.slug) == ("Wat kost meedoen", False, "wat-kost-meedoen")
        assert desk.get(answer["Location"]).status_code == 200
    assert listed(desk, show="missed") == []
    desk.post(begin, {"title": "Wat kost meedoen", "kind": "home.faqanswerpage"})
    assert FaqAnswerPage.objects.latest("pk").slug == "wat-kost-meedoen-1"


@pytest.mark.parametrize("values", [{"title": "", "kind": "home.faqanswerpage"}, {"title": "X"}, {"title": "X" * 300, "kind": "home.faqanswerpage"}, {"title": "X", "kind": "home.homepage"}, {"title": "\x00\u0007", "kind": "home.faqanswerpage"}])  # fmt: skip
def test_a_draft_that_cannot_be_made_is_not(desk: Client, values: dict[str, str]) -> None:
    before = Page.objects.count()
    answer = desk.post(reverse("search_desk:begin"), values)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Page.objects.count() == before


def test_who_may_add_nothing_begins_nothing(
    client: Client, site_tree: Any, django_user_model: Any
) -> None:
    user = django_user_model.objects.create_user("kijker", "k@example.org", "geheim-genoeg")
    assert draft_kinds(user) == []


def test_a_remedy_handles_its_question(desk: Client, site_tree: Any) -> None:
    for text in ("xylofoon", "cello"):
        count(text, 2, 2)
    desk.post(
        reverse("wagtailsnippets_search_promotion:add"),
        {"words": "Xylofoon", "language": "nl", "page": site_tree.faq.pk, "note": ""},
    )
    assert Promotion.objects.exists()
    assert listed(desk, show="missed") == ["cello"]
    terms = {
        "terms-TOTAL_FORMS": "2",
        "terms-INITIAL_FORMS": "0",
        "terms-MIN_NUM_FORMS": "2",
        "terms-MAX_NUM_FORMS": "1000",
        "both_ways": "on",
        "note": "",
    }
    for number, text in enumerate(("cello", "strijkinstrument")):
        terms |= {
            f"terms-{number}-{name}": value
            for name, value in {
                "id": "",
                "text": text,
                "language": "nl",
                "ORDER": str(number + 1),
                "DELETE": "",
            }.items()
        }
    answer = desk.post(reverse("wagtailsnippets_search_synonymset:add"), terms)
    assert answer.status_code == 302
    assert listed(desk, show="missed") == []
