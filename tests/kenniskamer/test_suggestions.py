"""Suggestions: what a file says about itself, with its source, and never too sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenniskamer.suggestions import (
    TypeRun,
    best_title,
    junk_reason,
    names_of,
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

    assert len(found) <= 30
    assert all(len(s["value"]) <= 250 and len(s["context"]) <= 200 for s in found)


def test_a_word_broken_over_two_lines_of_a_title_is_mended():
    runs = {
        1: [TypeRun(28, "VERKIEZINGS-"), TypeRun(28, "PROGRAMMA 2021-"), TypeRun(28, "2025"), *BODY]
    }
    assert best_title(suggestions(runs=runs)) == "VERKIEZINGSPROGRAMMA 2021- 2025"


class TestAuthors:
    """Names in the properties, behind a label, or by themselves on a title page."""

    @pytest.mark.parametrize(
        ("page", "names", "certainty"),
        [
            ("Auteurs: Anna van der Berg en P. Jansen", "van der Berg, Anna; Jansen, P.", "medium"),
            ("Door Anna Jansen", "Jansen, Anna", "medium"),
            ("Jonghwi Park and Shinobu Yume Yamaguchi", "Park, Jonghwi; Yamaguchi, Shinobu Yume", "medium"),
            (
                "Wouter van Atteveldt, Mariken van der\nVelden\nVrije Universiteit\nMark Boukes\nAbstract",
                "van Atteveldt, Wouter; van der Velden, Mariken; Boukes, Mark",
                "medium",
            ),
            ("Mark Boukes\nDepartment of Communication", "Boukes, Mark", "low"),
        ],
    )  # fmt: skip
    def test_found(self, page, names, certainty):
        author = of("authors", suggestions(pages=[page]))[0]
        assert (author["value"], author["certainty"]) == (names, certainty)

    @pytest.mark.parametrize(
        "page",
        [
            "Report of the Committee\nAll Migrant Workers and\nMembers of Their Families",
            "Official Records\nEightieth Session",
            "Tweede Kamerverkiezingen\n22 november 2023",
            "TIJD VOOR\nHERSTEL",
            "Mark Boukes",
            "",
        ],
    )
    def test_not_everything_with_capitals_is_a_name(self, page):
        assert of("authors", suggestions(pages=[page])) == []

    @pytest.mark.parametrize(
        ("author", "reason"),
        [("Standard", "login"), ("jdeboer", "login"), ("Microsoft Word", "program"),
         ("a@b.nl", "program"), ("Uitgeverij, L-2985 Stad", "program"), ("Piet Typist", "not_on_pages")],
    )  # fmt: skip
    def test_who_typed_it_did_not_write_it(self, author, reason):
        words = " ".join(f"woord{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40))
        found = of("authors", suggestions({"author": author}, pages=[words]))[0]
        assert (found["certainty"], found["reason"]) == ("rejected", reason)

    def test_two_signs_that_agree_are_sure(self):
        found = of("authors", suggestions({"author": "Anna Jansen"}, ["Door Anna Jansen"]))
        assert [(a["value"], a["certainty"]) for a in found] == [("Jansen, Anna", "high")]

    def test_a_list_is_read_back(self):
        names = names_of("van der Berg, Anna; Jansen, P.")
        assert [name.reading for name in names] == ["Anna van der Berg", "P. Jansen"]


def test_a_subtitle_stands_below_the_title_and_is_smaller():
    runs = {1: [TypeRun(28, TITLE), TypeRun(18, "Een studie in drie gemeenten"), *BODY]}
    (subtitle,) = of("subtitle", suggestions(runs=runs))
    assert (subtitle["value"], subtitle["page"]) == ("Een studie in drie gemeenten", 1)


@pytest.mark.parametrize(
    "below", ["Anna Jansen en Piet de Vries", "www.voorbeeld.nl/rapport onderzoek"]
)
def test_names_and_addresses_are_no_subtitle(below):
    runs = {1: [TypeRun(28, TITLE), TypeRun(18, below), *BODY]}
    assert of("subtitle", suggestions(runs=runs)) == []


@pytest.mark.parametrize(
    ("line", "certainty", "reason"),
    [
        ("DOI: https://doi.org/10.1234/abc", "medium", ""),
        ("Cite this article as: Jansen (2020), 10.1234/abc", "medium", ""),
        ("Jansen, A. (2019). Iets. Tijdschrift 3(2), 10.1234/abc", "low", "cited"),
        ("Smith et al. 10.1234/abc", "low", "cited"),
    ],
)
def test_the_line_of_a_doi_decides(line, certainty, reason):
    (doi,) = of("doi", suggestions(pages=["", line]))
    assert (doi["certainty"], doi["reason"], doi["context"]) == (certainty, reason, line)


def test_the_doi_of_the_imprint_comes_before_those_of_references():
    page = "Jansen (2019) 10.1234/een\nDOI: 10.1234/eigen\nSmit (2018) 10.1234/twee"
    assert of("doi", suggestions(pages=[page]))[0]["value"] == "10.1234/eigen"


@pytest.mark.parametrize(
    ("page", "isbns"),
    [
        ("ISBN: 978-90-12-34567-5", [("9789012345675", "high")]),
        ("ISBN 978-90-12-34567-6", []),
        ("9789012345675", []),
        (
            "ISBN (druk) 978-90-12-34567-5\nISBN (pdf) 978-3-16-148410-0",
            [("9789012345675", "medium"), ("9783161484100", "medium")],
        ),
    ],
)
def test_isbns_have_a_word_before_them_and_a_right_digit(page, isbns):
    found = of("isbn", suggestions(pages=[page]))
    assert [(isbn["value"], isbn["certainty"]) for isbn in found] == isbns


@pytest.mark.parametrize(
    ("line", "publisher", "certainty"),
    [
        ("Uitgegeven door Stichting Samen, Utrecht", "Stichting Samen, Utrecht", "medium"),
        ("Published by the Migration Institute.", "Migration Institute", "medium"),
        ("© 2021 Stichting Samen", "Stichting Samen", "low"),
        ("© 2021 de auteurs", None, None),
        ("read an article published by Fox News or others", None, None),
    ],
)
def test_publishers(line, publisher, certainty):
    found = of("publisher", suggestions(pages=[line]))
    first = found[0] if found else {"value": None, "certainty": None}
    assert (first["value"], first["certainty"]) == (publisher, certainty)


@pytest.mark.parametrize(
    ("line", "said", "certainty"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "creativecommons.org/licenses/by-nc/4.0", "high"),
        ("Dit werk valt onder CC BY-SA 4.0", "CC BY-SA 4.0", "high"),
        ("Alle rechten voorbehouden.", "Alle rechten voorbehouden", "medium"),
        ("cc: directie", None, None),
    ],
)  # fmt: skip
def test_licences(line, said, certainty):
    found = of("licence", suggestions(pages=[line]))
    first = found[0] if found else {"value": None, "certainty": None}
    assert (first["value"], first["certainty"]) == (said, certainty)


@pytest.mark.parametrize(
    ("line", "kind", "certainty"),
    [
        ("Academisch proefschrift", "thesis", "high"),
        ("Working Paper No. 12", "paper", "high"),
        ("POLICY BRIEF", "brief", "high"),
        ("Handreiking voor gemeenten", "guide", "medium"),
        ("Journal of Migration 12(3)", "article", "medium"),
        ("Een rapport over opvang", "report", "low"),
        ("Zomaar een zin", None, None),
    ],
)
def test_kinds(line, kind, certainty):
    found = of("study_kind", suggestions(pages=[line]))
    first = found[0] if found else {"value": None, "certainty": None}
    assert (first["value"], first["certainty"]) == (kind, certainty)


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        ("No. 49, 2025\nIOM (2024). Report. Geneva: publisher", "2025"),
        ("Verkiezingsprogramma 2021-2025", "2021"),
        ("Verkiezingsprogramma 2023\nwij willen in 2030 klaar zijn", "2023"),
    ],
)
def test_a_heading_says_more_than_a_reference(lines, year):
    assert of("published_year", suggestions(pages=[lines]))[0]["value"] == year
