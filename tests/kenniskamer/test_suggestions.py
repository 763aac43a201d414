"""Suggestions: what a file says about itself, with its source, and never too sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenniskamer.suggestions import (
    TypeRun,
    best_title,
    junk_reason,
    suggest,
    title_from_file_name,
)

TITLE = "Draagvlak voor de opvang van vluchtelingen"
PAGE = f"{TITLE}\nEen studie naar wat gemeenten doen om steun te laten groeien " + "woord " * 30
BODY = [TypeRun(11, "Een studie naar wat gemeenten doen om steun te laten groeien " * 5)]


def suggestions(metadata=None, pages=(PAGE,), runs=None, last_year=2026):
    return suggest(metadata or {}, pages, runs or {}, last_year)


def of(field, found):
    return [suggestion for suggestion in found if suggestion["field"] == field]


JUNK = [
    ("Microsoft Word - rapport_def3.doc", "file_name"),
    ("rapport_v2", "file_name"),
    ("binnenwerk.indd", "file_name"),
    ("20231107", "file_name"),
    ("Stramien Programma 4", "template"),
    ("Untitled document", "template"),
    ("Naamloos-1 kopie", "template"),
    ("TLDR; management", "template"),
    ("PowerPoint-presentatie van de dag", "template"),
    ("ISBN 90 12 34 56", "too_short"),
    ("Rapport", "too_short"),
    ("Journal of Something Else Entirely", "not_on_pages"),
    (TITLE, ""),
    ("Draagvlak voor opvang", ""),
]


@pytest.mark.parametrize(("title", "reason"), JUNK)
def test_embedded_titles_are_judged_by_rule(title, reason):
    words = " ".join(f"woord{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40))
    assert junk_reason(title, [f"{PAGE} {words} rapport opvang"]) == reason


def test_a_rejected_title_is_shown_with_its_reason_and_never_used():
    found = suggestions({"title": "rapport_def.docx"})

    assert of("title", found)[0]["certainty"] == "rejected"
    assert of("title", found)[0]["reason"] == "file_name"
    assert best_title(found) == ""


def test_the_largest_type_is_a_title():
    runs = {1: [TypeRun(28, "Draagvlak voor de opvang"), TypeRun(28, "van vluchtelingen"), *BODY]}
    title = of("title", suggestions(runs=runs))[0]

    assert title["value"] == TITLE
    assert (title["source"], title["page"], title["certainty"]) == ("type", 1, "medium")


def test_the_name_of_an_institution_does_not_beat_a_longer_title():
    runs = {1: [TypeRun(24, "United Nations"), TypeRun(20, TITLE), *BODY]}
    assert best_title(suggestions(runs=runs)) == TITLE


def test_a_shadow_counts_once_and_letters_apart_are_no_title():
    runs = [TypeRun(28, "Tijd voor"), TypeRun(28, "Tijd voor"), TypeRun(28, "herstel")]
    assert best_title(suggestions(runs={1: [*runs, *BODY]})) == "Tijd voor herstel"
    spaced = [TypeRun(28, letter) for letter in "DRAAGVLAK"]
    assert best_title(suggestions(runs={1: [*spaced, *BODY]})) != "D R A A G V L A K"


def test_the_second_page_counts_when_the_first_has_no_title():
    runs = {1: [TypeRun(40, "7")], 2: [TypeRun(28, TITLE), *BODY]}
    title = of("title", suggestions(runs=runs))[0]
    assert (title["value"], title["page"]) == (TITLE, 2)


def test_an_embedded_title_that_stands_on_the_pages_comes_first():
    runs = {1: [TypeRun(28, "Iets heel anders dan dit"), *BODY]}
    assert best_title(suggestions({"title": TITLE}, runs=runs)) == TITLE


def test_a_doi_shows_the_line_it_stood_in():
    page = "Eerste regel\nDOI: https://doi.org/10.1234/ABC.5(6)7). Zie ook\nLaatste"
    doi = of("doi", suggestions(pages=[page]))[0]

    assert doi["value"] == "10.1234/abc.5(6)7"
    assert doi["context"] == "DOI: https://doi.org/10.1234/ABC.5(6)7). Zie ook"
    assert (doi["page"], doi["certainty"]) == (1, "medium")


def test_one_doi_of_many_may_be_a_cited_one():
    found = of("doi", suggestions(pages=["", "10.1234/een\n10.1234/twee"]))
    assert [(doi["value"], doi["certainty"]) for doi in found] == [
        ("10.1234/een", "low"),
        ("10.1234/twee", "low"),
    ]


def test_a_doi_in_the_metadata_is_strong_and_comes_first():
    found = of("doi", suggestions({"xmp_doi": "10.1234/eigen"}, pages=["10.1234/geciteerd"]))
    assert [(doi["value"], doi["certainty"]) for doi in found][0] == ("10.1234/eigen", "high")


def test_the_creation_date_is_never_a_year():
    found = suggestions({"creation_date_raw": "D:20220101"}, pages=["Een tekst zonder jaar"])
    assert of("published_year", found) == []


YEARS = [
    ("Den Haag, maart 2021", "2021", "medium"),
    ("© 2019 de auteurs", "2019", "medium"),
    ("in de jaren 1998 en 2003", "2003", "low"),
    ("dossier 2021-05 en art. 2024/1347", None, None),
    ("nummer 120199 en 2100", None, None),
    ("verschijnt in 2031", None, None),
]


@pytest.mark.parametrize(("line", "year", "certainty"), YEARS)
def test_years(line, year, certainty):
    found = of("published_year", suggestions(pages=[line]))
    first = found[0] if found else {"value": None, "certainty": None}
    assert (first["value"], first["certainty"]) == (year, certainty)


def test_nothing_beyond_the_first_pages_is_offered():
    assert suggestions(pages=["", "", "", "", "© 2020 10.1234/ver"]) == []


NAMES = [
    ("draagvlak_in-de_wijk.pdf", "Draagvlak in-de wijk"),
    ("Rapport%20opvang.PDF", "Rapport opvang"),
    ("  x.pdf", "X"),
    (".pdf", ""),
]


@pytest.mark.parametrize(("filename", "title"), NAMES)
def test_a_file_name_becomes_a_title(filename, title):
    assert title_from_file_name(filename) == title


@given(
    st.lists(st.text(), max_size=5), st.text(), st.lists(st.tuples(st.floats(0, 1e4), st.text()))
)
def test_no_text_breaks_it_and_all_is_bounded(pages, title, runs):
    type_runs = {1: [TypeRun(size, text) for size, text in runs]}
    found = suggestions({"title": title}, pages, type_runs)

    assert len(found) <= 12
    assert all(len(s["value"]) <= 250 and len(s["context"]) <= 200 for s in found)


def test_a_word_broken_over_two_lines_of_a_title_is_mended():
    runs = {
        1: [TypeRun(28, "VERKIEZINGS-"), TypeRun(28, "PROGRAMMA 2021-"), TypeRun(28, "2025"), *BODY]
    }
    assert best_title(suggestions(runs=runs)) == "VERKIEZINGSPROGRAMMA 2021- 2025"
