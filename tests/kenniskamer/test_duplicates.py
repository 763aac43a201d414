"""Studies that may be the same are found, and others are not."""

from __future__ import annotations

from typing import Any

import pytest

from kenniskamer.bibliography.record import from_csl
from kenniskamer.duplicates import Key, Sign, find, groups, keys_of_page, keys_of_record
from kenniskamer.models import ResearchAuthor, ResearchPage
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db


def record(**values: Any) -> Any:
    return from_csl(
        {
            "title": "Draagvlak voor opvang",
            "author": [{"family": "Jansen", "given": "A."}],
            "issued": {"date-parts": [[2020]]},
            **values,
        }
    )


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        ({}, Sign.WORK),
        ({"title": "DRAAGVLÁK, voor “opvang”!"}, Sign.WORK),
        ({"author": [{"family": "JANSEN", "given": "Anna"}]}, Sign.WORK),
        ({"title": "Anders", "DOI": "https://doi.org/10.1234/ABC"}, Sign.DOI),
        ({"title": "Anders", "ISBN": "978-90-12-34567-5"}, Sign.ISBN),
        ({"title": "Anders", "ISBN": "9012345677"}, Sign.ISBN),
        ({"title": "Anders"}, None),
        ({"issued": {"date-parts": [[2021]]}}, None),
        ({"author": [{"family": "Pietersen", "given": "A."}]}, None),
        ({"author": []}, None),
    ],
)
def test_a_record_of_a_study_that_is_here(
    site_tree: Any, values: dict[str, Any], sign: Any
) -> None:
    page = make_research(site_tree.library, doi="10.1234/abc", isbn="9789012345675")
    found = find(keys_of_record(record(**values)))
    assert {key.sign for key in found} == ({sign} if sign else set())
    assert list(found.values()) == ([[page.pk]] if sign else [])


def test_an_isbn_of_ten_digits_in_the_library(site_tree: Any) -> None:
    page = make_research(site_tree.library, isbn="9012345677")
    assert find({Key(Sign.ISBN, "9789012345675")}) == {Key(Sign.ISBN, "9789012345675"): [page.pk]}


def test_particles_make_no_difference(site_tree: Any) -> None:
    page = make_research(site_tree.library)
    ResearchAuthor.objects.filter(page=page).update(family_name="van der Berg")
    found = find(keys_of_record(record(author=[{"family": "Berg", "given": "A."}])))
    assert list(found.values()) == [[page.pk]]


def test_the_same_file_in_two_studies(site_tree: Any) -> None:
    source = make_source()
    first = make_research(site_tree.library, "Eerste", source=source)
    second = make_research(site_tree.library, "Tweede", source=source)
    assert groups() == [(Key(Sign.FILE, source.sha256), [first.pk, second.pk])]


def test_a_translation_is_the_same_study_and_no_duplicate(site_tree: Any) -> None:
    page = make_research(site_tree.library, doi="10.1234/abc")
    page.copy_for_translation(site_tree.en)
    assert groups() == []
    assert find(keys_of_page(page))[Key(Sign.DOI, "10.1234/abc")] == [page.pk]


def test_groups_of_the_library(site_tree: Any) -> None:
    pages = [make_research(site_tree.library, slug=f"een-{n}") for n in range(3)]
    make_research(site_tree.library, "Iets anders")
    assert [pks for _key, pks in groups()] == [[page.pk for page in pages]]


def test_queries_do_not_grow(site_tree: Any, django_assert_num_queries: Any) -> None:
    for number in range(3):
        make_research(site_tree.library, f"Studie {number}", doi=f"10.1234/{number}")
    keys = [
        key
        for number in range(100)
        for key in keys_of_record(record(title=f"Studie {number}", DOI=f"10.1234/{number}"))
    ]
    with django_assert_num_queries(4):
        assert len(find(keys)) == 6
    assert ResearchPage.objects.count() == 3
