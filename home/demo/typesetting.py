"""The source files of the demo, set on the spot from our own text.

The same text gives the same bytes: the date is that of the text, only the fonts
inside the typesetter are used, and nothing of this machine enters the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from home.demo.markup import typeset
from home.demo.texts import Guide, Part, Study

TEMPLATE = Path(__file__).with_name("companion.typ")
EDITORS = "Redactie OnMigration (demo)"
NOTICE = (
    "Dit is een leeswijzer van OnMigration (demo): vragen en oefeningen bij een onderzoek, voor u "
    "alleen of voor een groep. Het is onze eigen tekst en niet het onderzoek zelf. De auteurs van "
    "het onderzoek hebben er geen deel aan gehad."
)
GUIDE_NOTICES = {
    "nl": (
        "Voorbeeld, geschreven voor een demonstratie. De organisatie en alle voorbeelden zijn "
        "verzonnen. De tekst mag worden overgenomen met vermelding van OnMigration (demo), "
        "CC BY 4.0."
    ),
    "en": (
        "Example, written for a demonstration. The organisation and all examples are invented. "
        "The text may be reused with attribution to OnMigration (demo), CC BY 4.0."
    ),
}
CONTENTS = {"nl": "Inhoud", "en": "Contents"}


def companion(study: Study) -> bytes:
    """Return the reading companion of a study as a tagged PDF."""
    return _compile(
        title="Leeswijzer",
        subtitle=study.summaries["nl"]["title"],
        author=EDITORS,
        language="nl",
        date=study.added,
        notice=NOTICE,
        reference=f"Bij: {reference(study)}",
        contents=None,
        parts=[Part("", study.reading)],
        keywords=study.themes,
    )


def guide(text: Guide, keywords: tuple[str, ...] = ()) -> bytes:
    """Return a guide as a tagged PDF with a table of contents."""
    return _compile(
        title=text.title,
        subtitle=text.subtitle,
        author=text.author,
        language=text.language,
        date=text.date,
        notice=GUIDE_NOTICES[text.language],
        reference="",
        contents=CONTENTS[text.language],
        parts=text.parts,
        keywords=keywords,
    )


def reference(study: Study) -> str:
    """Return a study as a list of references names it."""
    authors = "; ".join(study.authors)
    doi = f" https://doi.org/{study.doi}" if study.doi else ""
    house = ", ".join(part for part in (study.publisher, study.place) if part)
    issue = f"({study.issue})" if study.issue else ""
    where = ", ".join(
        part for part in (study.container, f"{study.volume}{issue}", study.pages, house) if part
    )
    return f"{authors} ({study.year}). {study.original_title}. {where}.{doi}"


def _compile(*, parts: Any, date: Any, keywords: tuple[str, ...], **values: Any) -> bytes:
    data = {
        **values,
        "date": [date.year, date.month, date.day],
        "keywords": list(keywords),
        "parts": [
            {
                "title": part.title,
                "sections": [
                    {"title": section.title, "blocks": typeset(section.text)}
                    for section in part.sections
                ],
            }
            for part in parts
        ],
    }
    pdf = typst.compile(
        TEMPLATE,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
    )
    return bytes(pdf)
