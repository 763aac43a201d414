"""The studies of the demo, with the source files that are set for them on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.db import transaction
from django.utils.text import slugify

from core.models import User
from home.demo import markup, records, typesetting
from home.demo.texts import Library, Study
from home.demo.tree import LIBRARY
from kenniskamer import reading
from kenniskamer.enums import SourceState
from kenniskamer.intake import receive
from kenniskamer.models import (
    RelatedResearch,
    ResearchAuthor,
    ResearchPage,
    ResearchSource,
    SourceFile,
)

MOST_RELATED = 3
COMPANION = {
    "nl": "Leeswijzer van de redactie",
    "en": "Reading companion by the editors, in Dutch",
}


def missing(study: Study) -> list[str]:
    """Return the languages in which a study still has to be made."""
    return [
        language
        for language in study.summaries
        if not records.is_made("study", study.key, language)
        and records.page_of("page", LIBRARY, language)
    ]


def build(study: Study, library: Library, editor: User) -> int:
    """Make a study in the languages it misses, and return how many those were."""
    languages = missing(study)
    if not languages:
        return 0
    source = _source(study, library, editor)
    with transaction.atomic():
        for language in languages:
            _add(study, language, library, source, editor)
    return len(languages)


def related(study: Study, studies: Sequence[Study]) -> list[Study]:
    """Return earlier studies that share most themes; at least one is shared."""
    earlier = studies[: studies.index(study)]
    shared = {other.key: len(set(study.themes) & set(other.themes)) for other in earlier}
    nearest = sorted(earlier, key=lambda other: (-shared[other.key], -other.year, other.key))
    return [other for other in nearest[:MOST_RELATED] if shared[other.key]]


def _source(study: Study, library: Library, editor: User) -> SourceFile | None:
    """Set the PDF of a study, take it in and read it; it is recognised the next time."""
    if study.guide:
        pdf = typesetting.guide(library.guides[study.guide], study.themes)
    else:
        pdf = typesetting.companion(study)
    name = f"{study.guide or 'leeswijzer-' + study.key}.pdf"
    source = receive(BytesIO(pdf), name, editor, wants_draft=False, in_background=False).source_file
    if source and source.state == SourceState.WAITING:
        reading.read(source.pk)
    return source


def _add(
    study: Study, language: str, library: Library, source: SourceFile | None, editor: User
) -> None:
    page = _page(study, language)
    page.page_themes = records.page_themes(study.themes, language)
    page.authors = [_author(name) for name in study.authors]
    if source:
        title = library.guides[study.guide].title if study.guide else COMPANION[language]
        page.sources = [ResearchSource(source_file=source, title=title)]
    page.related_research = [
        RelatedResearch(research=other)
        for near in related(study, library.studies)
        if (other := records.page_of("study", near.key, "nl"))
    ]
    records.add(
        page,
        records.page_of("page", LIBRARY, language),
        kind="study",
        key=study.key,
        language=language,
        added=study.added,
        editor=editor,
    )
    records.publish(page, editor)


def _page(study: Study, language: str) -> ResearchPage:
    words = study.summaries[language]
    return ResearchPage(
        title=words["title"],
        slug=study.key if language == "nl" else slugify(words["title"].partition(":")[0]),
        lead=words["in_short"],
        question=markup.html(words["question"]),
        findings=markup.html(words["findings"]),
        practice=markup.html(words["practice"]),
        limits=markup.html(words["limits"]),
        original_title=study.original_title,
        original_language=study.language,
        publisher=study.publisher,
        place=study.place,
        container_title=study.container,
        volume=study.volume,
        issue=study.issue,
        page_range=study.pages,
        report_number=study.number,
        study_kind=study.kind,
        published_year=study.year,
        published_on=study.published_on,
        doi=study.doi,
        licence=study.licence,
        evidence_kind=study.evidence["kind"],
        evidence_strength=study.evidence["strength"],
        evidence_transfer=study.evidence["transfer"],
        evidence_checked_on=study.evidence["checked"],
        evidence_note=words["note"],
    )


def _author(name: str) -> ResearchAuthor:
    """Return an author; "Family, Given" is a person and anything else an organisation."""
    family, _, given = name.partition(", ")
    return ResearchAuthor(family_name=family, given_names=given)
