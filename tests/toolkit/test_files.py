"""The files of a release: whole, tagged, the same each time, whatever was composed."""

import hashlib
import io
import json

import pypdf
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.research import make_research
from tests.toolkit.archives import check_archive, unpacked
from tests.toolkit.pictures import make_picture
from tests.toolkit.releases import (
    EXERCISE,
    TEXT,
    chapters,
    make_release,
    release_now,
)
from toolkit import building, copying, releasing
from toolkit.content import parts_of
from toolkit.enums import FileKind, ReleaseState
from toolkit.models import KeptPart, Release, ReleaseFile


def every_kind(site_tree):
    study = make_research(site_tree.library, practice="<p>Praat.</p>", doi="10.1234/abc")
    kept = KeptPart.objects.create(
        name="Vaker", part=[("text", {"title": "Vaker gebruikt", "body": "<p>Ja.</p>"})],
        locale=site_tree.nl,
    )  # fmt: skip
    picture = {"image": make_picture(), "alt": "Een rood vlak"}
    return chapters(
        ("model", {"title": "IJsberg", "body": "<p>Kijk <i>onder</i> water.</p>",
                   "when": "<p>Bij ruzie.</p>", "source": "Wij", **picture}),
        ("study", {"study": study, "note": "<p>Omdat.</p>"}),
        ("report", {"title": "Rapport X", "organisation": "Bureau Voorbeeld", "year": 2024,
                    "body": "<p>Iets.</p>", "url": "https://example.org/x"}),
        ("film", {"title": "Film Y", "url": "https://example.org/f", "duration": "3 min",
                  "body": "", "transcript": "<p>Ze zegt ja.</p>"}),
        ("person", {"title": "Anna Voorbeeld", "role": "Denker", "body": "<p>Leest.</p>",
                    "url": ""}),
        ("exercise", EXERCISE),
        ("text", TEXT),
        ("kept", kept),
    )  # fmt: skip


def test_every_kind_of_part_comes_through_whole(toolkit, site_tree):
    release = release_now(make_release(toolkit, chapters=every_kind(site_tree)))
    files = check_archive(release)
    kinds = [part["kind"] for part in parts_of(release.content)]
    assert kinds == ["model", "study", "report", "film", "person", "exercise", "text", "text"]
    study = parts_of(release.content)[1]
    assert study["citation"]
    assert "doi.org/10.1234/abc" in json.dumps(study["links"])
    assert [row["name"] for row in study["fields"]][0] == "note"
    assert "findings" in [row["name"] for row in study["fields"]]
    assert "CC BY 4.0" in files["LICENCE.txt"].decode()
    web = files["web/index.html"].decode()
    assert 'alt="Een rood vlak"' in web
    for row in release.files.all():
        with row.file.open("rb") as file:
            data = file.read()
        assert hashlib.sha256(data).hexdigest() == row.sha256
        assert len(data) == row.file_size
        assert row.sha256 in row.file.name
    kinds = [row.kind for row in release.files.all()]
    assert kinds.count(FileKind.SHEET_PDF) == kinds.count(FileKind.SHEET_DOCX) == 8


def test_the_pdf_is_tagged_named_and_can_be_walked(toolkit, site_tree):
    release = release_now(make_release(toolkit, chapters=every_kind(site_tree)))
    with release.pdf.file.open("rb") as file:
        reader = pypdf.PdfReader(io.BytesIO(file.read()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Toolkit 1.0"
    outline = [row.title for row in flat(reader.outline)]
    assert "Deel" in outline
    assert "IJsberg" in outline
    for page in reader.pages:
        text = page.extract_text()
        assert "Versie 1.0" in text
        assert str(release.page.released_on.year) in text
    assert alternatives(root["/StructTreeRoot"]) == ["Een rood vlak"]
    links = [
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert "https://example.org/x" in links


def flat(outline):
    for row in outline:
        if isinstance(row, list):
            yield from flat(row)
        else:
            yield row


def alternatives(node):
    node = node.get_object()
    found = [str(node["/Alt"])] if node.get("/S") == "/Figure" and "/Alt" in node else []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            found += alternatives(kid)
    return found


def test_the_same_content_gives_the_same_bytes(toolkit, site_tree):
    page = make_release(toolkit, chapters=every_kind(site_tree))
    release = release_now(page)
    first = {row.filename: row.sha256 for row in release.files.all()}
    ReleaseFile.objects.exclude(kind=FileKind.PICTURE).delete()
    Release.objects.update(state=ReleaseState.STOPPED)
    releasing.repeat(release_id=release.pk)
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED
    assert {row.filename: row.sha256 for row in release.files.all()} == first


# What the fonts of the typesetter have; other signs are told to the editor, see below.
WORDS = st.text(st.characters(codec="cp1252", categories=("L", "N", "P", "S", "Zs")), min_size=1,
                max_size=40).filter(str.strip)  # fmt: skip


# Every example is a whole build, so that a failure is shown as it was found.
@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.tuples(WORDS, WORDS), max_size=4), min_size=1, max_size=3))
def test_whatever_is_composed_can_be_unpacked(toolkit, composed):
    from django.utils.html import escape

    made = [
        ("chapter", {"title": f"H {number}", "intro": f"<p>{escape(number)}</p>", "parts": [
            ("text", {"title": title, "body": f"<p>{escape(words)}</p>"}) for title, words in parts
        ]})
        for number, parts in enumerate(composed)
    ]  # fmt: skip
    made[0][1]["parts"].append(("text", TEXT))
    last = copying.last_release(toolkit)
    page = make_release(toolkit, str(last.number.next_minor) if last else "1.0", made)
    release = release_now(page)
    files = unpacked(release)
    manifest = json.loads(files["manifest.json"])
    titles = [title for parts in composed for title, _words in parts]
    assert sorted(row["title"] for row in manifest["parts"]) == sorted([*titles, "Luisteren"])
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert all(path in files for row in manifest["parts"] for path in row["files"])
