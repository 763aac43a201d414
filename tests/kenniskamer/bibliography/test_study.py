"""A record becomes a study, and the study gives the record back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from kenniskamer.bibliography.record import Record, from_csl
from kenniskamer.bibliography.study import fill, first_isbn, licence, original_language, record_of
from kenniskamer.models import ResearchAuthor, ResearchPage
from tests.kenniskamer.bibliography.records import complete, records

pytestmark = pytest.mark.django_db


def filled(record: Record) -> ResearchPage:
    """Return a study with a record in it, as a draft has it before it is stored."""
    page = ResearchPage()
    fill(page, record)
    return page


def test_every_field_of_the_form_is_filled() -> None:
    page = filled(complete(issued={"date-parts": [[2019, 5, 3]]}))
    assert page.original_title.startswith("Draagvlak &")
    assert [str(author) for author in page.author_list] == [
        "Anna van der Berg",
        "Maarten 't Hart",
        "Martin Luther King, Jr.",
        "Ministerie van Volksgezondheid, Welzijn en Sport",
    ]
    assert (page.study_kind, page.published_on) == ("chapter", dt.date(2019, 5, 3))
    assert (page.container_title, page.page_range) == ("Handboek migratie", "12-34")
    assert (page.isbn, page.licence, page.original_language) == ("9789012345675", "CC-BY-4.0", "nl")
    assert page.editors == "de Vries, J."


def test_a_study_gives_its_record_back() -> None:
    assert record_of(filled(complete())) == complete()


@settings(max_examples=40)
@given(records().filter(lambda record: record.title and record.id))
def test_any_record_survives_being_a_study(record: Record) -> None:
    assert record_of(filled(record)) == record


def test_what_an_editor_changes_wins() -> None:
    page = filled(complete())
    page.original_title, page.study_kind, page.licence = "Anders", "report", "CC0-1.0"
    page.original_language, page.isbn = "en", ""
    page.date_text, page.published_year = "", 2001
    page.authors = [ResearchAuthor(family_name="de Wit", given_names="B.")]
    record = record_of(ResearchPage(**_values(page), authors=page.authors.all()))
    assert (record.title, record.type, record.genre) == ("Anders", "report", "")
    assert (record.licence, record.language, record.isbn) == ("CC0-1.0", "en", "")
    assert record.issued.iso == "2001"
    assert record.authors[0].particle == "de"


def _values(page: ResearchPage) -> dict[str, Any]:
    names = (
        "original_title study_kind licence original_language isbn date_text published_year "
        "reference editors"
    )
    return {name: getattr(page, name) for name in names.split()}


def test_a_study_made_by_hand() -> None:
    page = ResearchPage(title="Ons onderzoek", study_kind="brief", published_year=2020)
    record = record_of(page)
    assert (record.title, record.type, record.genre) == ("Ons onderzoek", "report", "Policy brief")
    assert (record.issued.iso, record.id) == ("2020", "onderzoek-None")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"type": "article-journal", "genre": "Review"}, "review"),
        ({"type": "article-journal", "genre": "Book review"}, "article"),
        ({"type": "report", "genre": "CPB Policy Brief"}, "brief"),
        ({"type": "report", "genre": "Working paper"}, "paper"),
        ({"type": "thesis", "genre": "PhD thesis"}, "thesis"),
        ({"type": "webpage"}, "other"),
    ],
)
def test_kinds(values: dict[str, str], kind: str) -> None:
    page = filled(from_csl({"title": "x", "id": "y", "container-title": "z", **values}))
    assert page.study_kind == kind
    page.reference = {}
    again = record_of(page)
    assert filled(again).study_kind == kind


def test_a_study_without_a_title_gets_the_nearest_thing() -> None:
    assert filled(from_csl({"container-title": "Tijdschrift"})).title == "Tijdschrift"
    assert filled(Record()).title


@pytest.mark.parametrize(
    ("text", "code"),
    [("en-GB", "en"), ("Dutch", "nl"), ("nld", "nl"), ("da", "mul"), ("", ""), ("Ned", "mul")],
)
def test_languages(text: str, code: str) -> None:
    assert original_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa", "CC-BY-SA-4.0"),
        ("CC BY 3.0", ""),
        ("CC0", "CC0-1.0"),
        ("All rights reserved.", "copyright"),
        ("© Uitgever", ""),
    ],
)
def test_licences(text: str, code: str) -> None:
    assert licence(text) == code


def test_the_first_isbn_that_is_one() -> None:
    assert first_isbn("1234567890 978-90-12-34567-5 (pbk)") == "9789012345675"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"published_year": 2018, "date_text": "2019/2021"}, "date_text"),
        ({"published_year": 2018, "date_text": "in druk"}, None),
        ({"date_text": "2019-05"}, None),
    ],
)
def test_year_and_period_agree(values: dict[str, Any], field: str | None) -> None:
    page = ResearchPage(title="x", slug="x", **values)
    if field:
        with pytest.raises(Exception, match="date_text"):
            page.clean()
    else:
        page.clean()
        assert page.published_year == values.get("published_year", 2019)
