"""The texts of the demo: complete, varied, and set as stable PDFs."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import pypdf
import pytest

from home.demo import markup, studies, texts, toolkit, tree, typesetting
from kenniskamer.choices import (
    EvidenceKind,
    EvidenceStrength,
    EvidenceTransfer,
    Licence,
    OriginalLanguage,
    StudyKind,
)
from kenniskamer.identifiers import clean_doi
from search.analysis import terms
from search.thesaurus import LONGEST_ENTRY

LIBRARY = texts.library()
BY_KEY = {study.key: study for study in LIBRARY.studies}
SMALL = "gematigde-groei"
PAGES = [*LIBRARY.pages.values(), LIBRARY.questions, *LIBRARY.answers]

each_study = pytest.mark.parametrize("study", LIBRARY.studies, ids=lambda study: study.key)
each_guide = pytest.mark.parametrize("name", sorted(LIBRARY.guides))


def words(text: str) -> int:
    return len(text.split())


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


# --- Texts ----------------------------------------------------------------------


@each_study
def test_a_summary_is_complete_and_of_readable_length(study: texts.Study) -> None:
    for summary in study.summaries.values():
        assert all(summary[name].strip() for name in ("title", "note", *texts.SECTIONS))
        assert 150 <= sum(words(summary[name]) for name in texts.SECTIONS) <= 400


def test_the_toolkit_takes_studies_that_are_there() -> None:
    parts = toolkit.texts()["part"].values()
    taken = {part["study"] for part in parts if part["kind"] == "study"}
    assert taken
    assert taken <= BY_KEY.keys()


@each_study
def test_the_facts_of_a_study_fit_the_record(study: texts.Study) -> None:
    assert study.kind in StudyKind.values
    assert study.language in OriginalLanguage.values
    assert study.licence in Licence.values
    assert study.evidence["kind"] in EvidenceKind.values
    assert study.evidence["strength"] in EvidenceStrength.values
    assert study.evidence["transfer"] in EvidenceTransfer.values
    assert study.authors and (study.publisher or study.container) and study.original_title
    assert study.published_on is None or study.published_on.year == study.year
    assert clean_doi(study.doi) == study.doi.lower()
    assert set(study.themes) <= {theme.slug for theme in LIBRARY.themes}
    assert "nl" in study.summaries and (study.reading or study.guide in LIBRARY.guides)


@each_study
def test_invented_studies_say_that_they_are(study: texts.Study) -> None:
    invented = bool(study.guide)
    assert all(name.endswith("(voorbeeld)") == invented for name in study.authors)


def test_the_library_is_large_and_varied() -> None:
    found = LIBRARY.studies
    assert len(found) >= 24
    assert sum("en" in study.summaries for study in found) >= 8
    assert min(study.year for study in found) <= 1993 and max(s.year for s in found) >= 2025
    assert {"nl", "en", "de", "fr"} <= {study.language for study in found}
    assert len({study.kind for study in found}) >= 7
    themes = Counter(slug for study in found for slug in study.themes)
    assert all(themes[theme.slug] >= 3 for theme in LIBRARY.themes)


def test_nothing_is_there_twice() -> None:
    for values in (
        [study.key for study in LIBRARY.studies],
        [study.original_title for study in LIBRARY.studies],
        [study.doi for study in LIBRARY.studies if study.doi],
        [s.title for study in LIBRARY.studies for s in study.reading],
        [summary["in_short"] for study in LIBRARY.studies for summary in study.summaries.values()],
        [page.key for page in PAGES],
        pages_of_all_files(),
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def pages_of_all_files() -> list[str]:
    """Return every sentence-long paragraph of every companion and guide."""
    sections = [section for study in LIBRARY.studies for section in study.reading]
    sections += [
        section
        for guide in LIBRARY.guides.values()
        for part in guide.parts
        for section in part.sections
    ]
    return [block.text for section in sections for block in markup.blocks(section.text)]


def test_there_are_ten_themes_with_other_words_in_both_languages() -> None:
    assert len(LIBRARY.themes) == 10
    for theme in LIBRARY.themes:
        for language in texts.LANGUAGES:
            assert len(theme.texts[language]["other_words"]) >= 5
            assert theme.texts[language]["label"] and theme.texts[language]["description"]


def test_the_thesaurus_is_large_and_search_can_use_all_of_it() -> None:
    assert len(LIBRARY.thesaurus) >= 250
    assert len({row.key for row in LIBRARY.thesaurus}) == len(LIBRARY.thesaurus)
    for row in LIBRARY.thesaurus:
        for language in texts.LANGUAGES:
            for word in row.words[language]:
                assert 0 < len(terms(word, language)) <= LONGEST_ENTRY, word
                assert len(word) <= 80


def test_there_are_at_least_ten_answers() -> None:
    assert len(LIBRARY.answers) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_exists_in_both_languages_and_links_to_what_is_there(page: texts.Page) -> None:
    assert set(page.texts) == set(texts.LANGUAGES)
    known = {other.key for other in PAGES}
    for language in texts.LANGUAGES:
        body = str(page.texts[language])
        assert set(re.findall(r"\(page:([^)]*)\)", body)) <= known
        assert page.texts[language]["title"]


def test_the_plan_covers_every_page_text() -> None:
    assert Counter(plan.text.key for plan in tree.plans(LIBRARY)) == Counter(p.key for p in PAGES)


@each_guide
def test_each_page_of_a_guide_has_something_to_say(name: str) -> None:
    for part in LIBRARY.guides[name].parts:
        assert part.title
        for section in part.sections:
            assert 80 <= words(section.text) <= 160, section.title


# --- Signs ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", "<p>a b</p><p>c</p>"),
        ("- a\n- **b**", "<ul><li>a</li><li><b>b</b></li></ul>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("see [it](page:x-y)", "<p>see <i>x-y:it</i></p>"),
    ],
)
def test_text_becomes_rich_text(text: str, expected: str) -> None:
    assert markup.html(text, lambda key, label: f"<i>{key}:{label}</i>") == expected


def test_a_body_has_one_block_of_text_under_each_heading() -> None:
    assert markup.stream("intro\n\n# One\n\na\n\n- b") == [
        ("paragraph", "<p>intro</p>"),
        ("heading", "One"),
        ("paragraph", "<p>a</p><ul><li>b</li></ul>"),
    ]


def test_the_typesetter_gets_words_without_signs() -> None:
    assert markup.typeset("**a** [b](page:c)\n\n- d") == [
        {"kind": "paragraph", "text": "a b"},
        {"kind": "list", "items": ["d"]},
    ]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("'a' b's", "‘a’ b’s"), ({"k": ["'x'"]}, {"k": ["‘x’"]}), (7, 7)],
)
def test_quotation_marks_are_those_of_a_printer(typed: Any, printed: Any) -> None:
    assert texts.typographic(typed) == printed


# --- Files ----------------------------------------------------------------------


@each_guide
def test_a_guide_is_a_tagged_pdf_of_more_than_twenty_pages(name: str) -> None:
    guide = LIBRARY.guides[name]
    pdf = typesetting.guide(guide)
    assert pdf == typesetting.guide(guide)
    reader = read(pdf)
    sections = [section for part in guide.parts for section in part.sections]
    assert len(reader.pages) == 2 + len(sections) > 20
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert reader.trailer["/Root"]["/Lang"] == guide.language
    assert reader.metadata.title == f"{guide.title}. {guide.subtitle}"
    assert reader.outline
    for number, section in enumerate(sections, start=2):
        assert section.title.split()[-1] in reader.pages[number].extract_text()


@each_study
def test_a_companion_names_its_study_and_says_what_it_is(study: texts.Study) -> None:
    if study.guide:
        return
    reader = read(typesetting.companion(study))
    cover = " ".join(reader.pages[0].extract_text().split())
    assert "niet het onderzoek zelf" in cover and f"({study.year})" in cover
    assert len(reader.pages) == 1 + len(study.reading)


def test_a_companion_is_the_same_every_time() -> None:
    study = BY_KEY[SMALL]
    assert typesetting.companion(study) == typesetting.companion(study)


def test_related_studies_share_a_theme_and_are_there_already() -> None:
    for place, study in enumerate(LIBRARY.studies):
        near = studies.related(study, LIBRARY.studies)
        assert len(near) <= studies.MOST_RELATED
        for other in near:
            assert LIBRARY.studies.index(other) < place
            assert set(other.themes) & set(study.themes)
