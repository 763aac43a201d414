"""One part as a Word document (ECMA-376), to adapt. The same part gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from toolkit import richtext
from toolkit.builder.typeset import picture_path
from toolkit.content import Content, Part

WIDEST = 150
"""Millimetres a picture may be wide."""
PER_PIXEL = 25.4 / 96
EPOCH = (1980, 1, 1, 0, 0, 0)
LISTS = {"ul": "List Bullet", "ol": "List Number"}


def sheet(part: Part, content: Content, words: Mapping[str, str], folder: Path) -> bytes:
    """Return a part as a .docx file."""
    document = docx.Document()
    _describe(document, part, content, words)
    document.add_paragraph(words[f"kind_{part['kind']}"], style="Subtitle")
    document.add_heading(part["title"], level=1)
    for fact in part["facts"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{fact['label']}: ").bold = True
        paragraph.add_run(fact["value"])
    if part["picture"]:
        _picture(document, part["picture"], folder)
    for field in part["fields"]:
        if field["label"]:
            document.add_heading(field["label"], level=2)
        _blocks(document, richtext.parse(field["html"]), 3 if field["label"] else 2)
    if part["citation"]:
        document.add_heading(words["reference"], level=2)
        document.add_paragraph(part["citation"])
    for target in part["links"]:
        _runs(document.add_paragraph(), [{"text": target["label"], "url": target["url"]}])
    _foot(document, words)
    return _bytes(document)


def _describe(document: Any, part: Part, content: Content, words: Mapping[str, str]) -> None:
    facts = document.core_properties
    day = dt.datetime.combine(dt.date.fromisoformat(content["date"]), dt.time())
    facts.title, facts.author, facts.language = part["title"], words["author"], content["language"]
    facts.created = facts.modified = day
    facts.version, facts.comments, facts.last_modified_by = content["version"], "", ""
    document.styles["Normal"].font.size = Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), content["language"])


def _picture(document: Any, picture: Mapping[str, Any], folder: Path) -> None:
    width = min(WIDEST, picture["width"] * PER_PIXEL)
    shape = document.add_picture(str(folder / picture_path(picture)), width=Mm(width))
    shape._inline.docPr.set("descr", picture["alt"])
    shape._inline.docPr.set("name", "")


def _foot(document: Any, words: Mapping[str, str]) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{words['version']} · {words['date']} · {words['licence_name']} · ")
    _runs(paragraph, [{"text": words["url"], "url": words["url"]}])


def _blocks(document: Any, blocks: list[richtext.Block], level: int) -> None:
    for block in blocks:
        if block["kind"] in LISTS:
            _list(document, block, 1, level)
        elif block["kind"] == "h":
            _runs(document.add_heading(level=level), block["runs"])
        else:
            _runs(document.add_paragraph(), block["runs"])


def _list(document: Any, block: richtext.Block, depth: int, level: int) -> None:
    """Write a list; a numbered one counts in its own text, so that it begins at 1."""
    style = LISTS["ul"] + (f" {min(depth, 3)}" if depth > 1 else "")
    for number, item in enumerate(block["items"], start=1):
        for place, inner in enumerate(item):
            if inner["kind"] in LISTS:
                _list(document, inner, depth + 1, level)
                continue
            numbered = block["kind"] == "ol"
            paragraph = document.add_paragraph(style=None if numbered else style)
            if numbered:
                paragraph.paragraph_format.left_indent = Mm(7 * depth)
                paragraph.paragraph_format.first_line_indent = Mm(-7 if place == 0 else 0)
                paragraph.add_run(f"{number}.\t" if place == 0 else "")
            _runs(paragraph, inner["runs"])


def _runs(paragraph: Any, runs: list[richtext.Run]) -> None:
    for run in runs:
        if run.get("url"):
            _link(paragraph, run)
            continue
        _mark(paragraph.add_run(run["text"]), run)


def _mark(made: Any, run: richtext.Run) -> None:
    made.bold = bool(run.get("bold")) or None
    made.italic = bool(run.get("italic")) or None
    made.font.superscript = bool(run.get("raised")) or None


def _link(paragraph: Any, run: richtext.Run) -> None:
    target = paragraph.part.relate_to(run["url"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    made = paragraph.add_run(run["text"])
    made.font.underline = True
    _mark(made, run)
    link.append(made._r)
    paragraph._p.append(link)


def _bytes(document: Any) -> bytes:
    """Save, and pack again without the hour of today."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
