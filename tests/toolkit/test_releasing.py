"""From a composed draft to a release that never changes."""

import hashlib
import io
import json
import threading
import zipfile

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core import sandbox
from core.models import Announcement
from core.sandbox import Ending, Outcome
from tests.conftest import published
from tests.research import make_research
from tests.toolkit.pictures import make_picture
from tests.toolkit.releases import (
    EXERCISE,
    TEXT,
    editors,
    make_release,
    make_toolkit,
    release_now,
)
from toolkit import building, copying, releasing, signs, tasks
from toolkit.content import parts_of
from toolkit.enums import FileKind, ReleaseState
from toolkit.freezing import FreezingError, freeze
from toolkit.missing import what_is_missing
from toolkit.models import KeptPart, Release, ReleaseFile, ReleasePage
from toolkit.releasing import ReleaseError
from toolkit.standing import NotReleasedError, ReleasedError


@pytest.fixture
def toolkit(site_tree):
    return make_toolkit(site_tree.home)


def chapters(*parts):
    return [("chapter", {"title": "Deel", "intro": "", "parts": list(parts)})]


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


def unpacked(release):
    with release.zip.file.open("rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    tops = {name.split("/")[0] for name in archive.namelist()}
    assert len(tops) == 1
    top = tops.pop()
    return {name.removeprefix(f"{top}/"): archive.read(name) for name in archive.namelist()}


def check_archive(release):
    """Every part is there, the sums verify, the manifest says what there is."""
    files = unpacked(release)
    manifest = json.loads(files["manifest.json"])
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    rows = {row["path"]: row for row in manifest["files"]}
    assert set(rows) == set(files) - {"SHA256SUMS", "manifest.json"}
    for path, row in rows.items():
        assert (row["sha256"], row["size"]) == (sums[path], len(files[path]))
    parts = parts_of(release.content)
    assert [row["id"] for row in manifest["parts"]] == [part["id"] for part in parts]
    for row, part in zip(manifest["parts"], parts, strict=True):
        assert len(row["files"]) == 2
        for path in row["files"]:
            shown = words_of(files[path], path)
            assert squeezed(part["title"]) in squeezed(shown)
        assert f'id="{part["slug"]}"' in files["web/index.html"].decode()
    return files


def words_of(data, path):
    if path.endswith(".docx"):
        return "\n".join(row.text for row in docx.Document(io.BytesIO(data)).paragraphs)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def squeezed(text):
    return "".join(character for character in text if character.isalnum())


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
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
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


def test_what_came_out_never_changes(toolkit, site_tree):
    study = make_research(site_tree.library)
    release = release_now(
        make_release(toolkit, chapters=chapters(("study", {"study": study, "note": ""})))
    )
    before = json.dumps(release.content)
    study.findings = "<p>Heel anders.</p>"
    published(study)
    page = ReleasePage.objects.get(pk=release.page_id)
    assert json.dumps(page.frozen.content) == before
    with pytest.raises(ReleasedError):
        page.save_revision()
    with pytest.raises(TypeError):
        release.pdf.save()
    with pytest.raises(ProtectedError):
        page.delete()
    _first, second = editors()
    rights = page.permissions_for_user(second)
    assert not any((rights.can_delete(), rights.can_move(), rights.can_unpublish()))
    assert page.get_lock().for_user(second)


def test_it_is_announced_once_it_is_out(toolkit):
    page = make_release(toolkit)
    assert not Announcement.objects.filter(page=page).exists()
    release_now(page)
    assert Announcement.objects.filter(page=page).count() == 1


def test_publishing_any_other_way_is_refused(toolkit):
    page = make_release(toolkit)
    with pytest.raises(NotReleasedError):
        page.get_latest_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert not page.live


def test_somebody_else_has_to_look(toolkit):
    first, second = editors()
    page = make_release(toolkit)
    release = releasing.offer(page=page, user=first)
    with pytest.raises(ReleaseError, match="Somebody else|Iemand anders"):
        releasing.approve(release_id=release.pk, user=first)
    page.refresh_from_db()
    assert page.get_lock()
    with pytest.raises(ReleaseError):
        releasing.offer(page=page, user=second)
    releasing.take_back(release_id=release.pk, user=first)
    assert page.get_lock() is None
    page.save_revision(user=second)
    page.refresh_from_db()
    releasing.offer(page=page, user=first)
    with pytest.raises(ReleaseError, match="Somebody else|Iemand anders"):
        releasing.approve(release_id=release.pk, user=second)  # wrote it last


def test_what_is_missing_is_told(toolkit, site_tree):
    first, _second = editors()
    empty = make_release(toolkit, "2.0", [])
    with pytest.raises(ReleaseError, match="no part|geen onderdeel"):
        releasing.offer(page=empty, user=first)
    study = make_research(site_tree.library, "Weg onderzoek")
    page = make_release(toolkit, "2.1", chapters(("study", {"study": study, "note": ""})))
    study.unpublish()
    with pytest.raises(FreezingError, match="Weg onderzoek"):
        freeze(page)
    with pytest.raises(ReleaseError, match="Weg onderzoek"):
        releasing.offer(page=page, user=first)


def offered_and_approved(page):
    first, second = editors()
    release = releasing.offer(page=page, user=first)
    return releasing.approve(release_id=release.pk, user=second)


def test_a_build_that_fails_names_the_part_and_publishes_nothing(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))
    failed = Outcome(Ending.FAILED, error="PartError", message="Rondje vragen")
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: failed)
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "Rondje vragen" in release.error
    assert not release.files.exists()
    assert not ReleasePage.objects.get(pk=release.page_id).live
    monkeypatch.undo()
    releasing.repeat(release_id=release.pk)
    assert building.build(release.pk).state == ReleaseState.RELEASED


def test_a_picture_that_cannot_be_set_is_named(toolkit):
    part = {**TEXT, "title": "Met plaatje", "image": make_picture(), "alt": "rood"}
    release = offered_and_approved(make_release(toolkit, chapters=chapters(("text", part))))
    row = release.files.get(kind=FileKind.PICTURE)
    row.file.storage.delete(row.file.name)
    from django.core.files.base import ContentFile

    row.file.storage.save(row.file.name, ContentFile(b"geen plaatje"))
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "Met plaatje" in release.error


SIGNS = {"title": "Met een teken", "body": "<p>Kijk: 😀 en مرحبا, 中国</p>"}


def test_signs_no_font_has_are_told_while_composing(toolkit):
    page = make_release(toolkit, chapters=chapters(("text", SIGNS), ("text", TEXT)))
    with pytest.raises(ReleaseError, match="“Met een teken” .*: 中 国 😀"):
        releasing.offer(page=page, user=editors()[0])
    page.title = "Toolkit 🧰"
    assert "🧰" in what_is_missing(page)[0]
    assert "😀" in building.preview(page)[1]


def test_a_sign_no_font_has_is_named_when_building_finds_it(toolkit, monkeypatch):
    monkeypatch.setattr(signs, "unprintable", lambda words: ())
    release = offered_and_approved(make_release(toolkit, chapters=chapters(("text", SIGNS))))
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert "😀" in release.error and "Met een teken" in release.error


def test_a_build_can_be_stopped(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))
    run = sandbox.run

    def stopped_meanwhile(*args, on_progress, **kwargs):
        releasing.stop(release_id=release.pk)
        return run(*args, on_progress=on_progress, **kwargs)

    monkeypatch.setattr(sandbox, "run", stopped_meanwhile)
    assert building.build(release.pk) is None
    release.refresh_from_db()
    assert release.state == ReleaseState.STOPPED
    assert not release.files.exists()


def test_a_killed_build_leaves_nothing_and_is_taken_up_again(toolkit, monkeypatch):
    release = offered_and_approved(make_release(toolkit))

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "store", killed)
    with pytest.raises(KeyboardInterrupt):
        building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.BUILDING
    assert not release.files.exists()
    assert not ReleasePage.objects.get(pk=release.page_id).live
    assert building.build(release.pk) is None  # its builder may still live
    monkeypatch.undo()
    Release.objects.update(lease_until=timezone.now() - timezone.timedelta(seconds=1))
    tasks.wake_overdue()
    building.build(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED
    check_archive(release)


def test_a_build_that_dies_each_time_is_given_up(toolkit):
    release = offered_and_approved(make_release(toolkit))
    past = timezone.now() - timezone.timedelta(seconds=1)
    Release.objects.update(lease_until=past, attempts=tasks.MOST_ATTEMPTS, claim="weg")
    tasks.wake_overdue()
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED
    assert release.error


def test_half_a_file_of_a_killed_build_is_not_taken_for_whole(toolkit):
    release = release_now(make_release(toolkit))
    row = release.pdf
    row.file.storage.delete(row.file.name)
    from django.core.files.base import ContentFile

    row.file.storage.save(row.file.name, ContentFile(b"%PDF-half"))
    ReleaseFile.objects.all().delete()
    Release.objects.update(state=ReleaseState.STOPPED)
    releasing.repeat(release_id=release.pk)
    release = building.build(release.pk)
    with release.pdf.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == release.pdf.sha256


def test_a_new_release_begins_as_a_copy_of_the_last(toolkit):
    first, _second = editors()
    release = release_now(make_release(toolkit, "1.9"))
    draft = copying.begin_next(toolkit=toolkit, user=first)
    assert (draft.version, draft.live) == ("1.10", False)
    assert draft.notes == ""
    copied = freeze(draft).content
    assert [part["id"] for part in parts_of(copied)] == [
        part["id"] for part in parts_of(release.content)
    ]
    assert copied["chapters"] == release.content["chapters"]
    assert copying.begin_next(toolkit=toolkit, user=first) == draft


def test_a_notice_keeps_the_record(toolkit):
    _first, second = editors()
    old = release_now(make_release(toolkit, "1.0"))
    new = release_now(make_release(toolkit, "1.1"))
    give = {"release_id": old.pk, "user": second}
    with pytest.raises(ReleaseError):
        releasing.give_notice(**give, kind="corrected", reason="Fout")
    with pytest.raises(ReleaseError):
        releasing.give_notice(**give, kind="withdrawn", reason=" ")
    releasing.give_notice(**give, kind="corrected", reason="Fout in H1", corrected_in=new)
    old.refresh_from_db()
    assert (old.state, old.corrected_in) == (ReleaseState.RELEASED, new)
    releasing.give_notice(**give, kind="withdrawn", reason="Onjuist")
    old.refresh_from_db()
    assert (old.state, old.notice_reason) == (ReleaseState.WITHDRAWN, "Onjuist")
    assert old.pdf
    assert ReleasePage.objects.get(pk=old.page_id).live
    assert list(toolkit.releases()) == [new, old]
    assert list(toolkit.releases().usable()) == [new]


def test_numbers_are_unique_also_when_written_differently(toolkit):
    from django.core.exceptions import ValidationError

    make_release(toolkit, "2.0")
    with pytest.raises(ValidationError):
        make_release(toolkit, "2.0.0")
    with pytest.raises(ValidationError):
        make_release(toolkit, "twee")


def test_drafts_can_be_thrown_away(toolkit):
    first, _second = editors()
    page = make_release(toolkit)
    release = releasing.offer(page=page, user=first)
    releasing.take_back(release_id=release.pk, user=first)
    page.delete()
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_make_one_release(site_tree, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    page = make_release(make_toolkit(site_tree.home))
    first, second = editors()
    third = get_user_model().objects.create_superuser("derde", "derde@example.org")
    release = releasing.offer(page=page, user=first)
    gate, errors = threading.Barrier(2), []

    def go(user):
        try:
            gate.wait()
            releasing.approve(release_id=release.pk, user=user)
            building.build(release.pk)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(user,)) for user in (second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    release.refresh_from_db()
    assert release.state == ReleaseState.RELEASED
    assert release.files.filter(kind=FileKind.ZIP).count() == 1
    assert release.files.filter(kind=FileKind.PDF).count() == 1
    assert Announcement.objects.filter(page=page).count() == 1
