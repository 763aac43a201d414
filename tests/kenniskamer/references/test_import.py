"""References come in: judged, chosen, made into drafts, once."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.management import call_command
from django.utils import timezone

import pytest

from core.batches import LEASE, MOST_ATTEMPTS
from core.sandbox import Limits
from kenniskamer.bibliography import sandboxed
from kenniskamer.bibliography.reading import Flaw
from kenniskamer.bibliography.study import record_of
from kenniskamer.models import ReferenceImport, ResearchPage
from kenniskamer.models.imports import ImportState, Verdict
from kenniskamer.references import actions, tasks
from tests.kenniskamer.bibliography.records import complete
from tests.research import make_research

pytestmark = pytest.mark.django_db

RIS = b"""TY  - RPRT
TI  - Een nieuw onderzoek
AU  - van der Berg, Anna
PY  - 2019
ER  -
TY  - JOUR
TI  - Al hier
AU  - Jansen, A.
PY  - 2020
DO  - 10.1234/hier
ER  -
TY  - JOUR
TI  - Zonder jaar en auteur
ER  -
TY  - RPRT
TI  - Een nieuw onderzoek!
AU  - Berg, A. van der
PY  - 2019
ER  -
TY  - JOUR
KW  - leeg
ER  -
"""


@pytest.fixture
def library(site_tree: Any) -> Any:
    return site_tree.library


def handed_in(content: bytes = RIS, name: str = "zotero.ris", user: Any = None) -> ReferenceImport:
    batch = actions.hand_in([(name, content)], user)
    actions.read(batch)
    return batch


def test_every_record_gets_its_verdict(library: Any) -> None:
    here = make_research(library, "Iets", doi="10.1234/hier")
    batch = handed_in()

    rows = list(batch.rows.all())
    assert [row.verdict for row in rows] == [
        Verdict.NEW,
        Verdict.DUPLICATE,
        Verdict.INCOMPLETE,
        Verdict.DUPLICATE,
        Verdict.UNREADABLE,
    ]
    assert (rows[1].duplicate_of, rows[1].sign) == (here, "doi")
    assert rows[2].missing == ["author", "year"]
    assert (rows[3].twin, rows[3].sign) == (rows[0], "work")
    assert [row.wanted for row in rows] == [True, False, False, False, False]
    assert batch.state == ImportState.READY
    assert batch.files.get().content is None


def test_chosen_records_become_drafts_with_everything_in_them(library: Any, editor: Any) -> None:
    record = complete()
    content = json.dumps([record.as_csl()]).encode()
    batch = handed_in(content, "a.json", editor)
    assert actions.begin(batch)
    actions.bring_in(batch)

    page = ResearchPage.objects.get(pk=batch.rows.get().page_id)
    assert (page.live, page.owner, page.get_parent().specific) == (False, editor, library)
    assert record_of(page) == record
    assert record_of(page.get_latest_revision_as_object()) == record
    assert batch.state == ImportState.DONE


def test_the_same_twice_makes_nothing_double(library: Any) -> None:
    for _time in range(2):
        batch = handed_in()
        batch.rows.filter(verdict=Verdict.INCOMPLETE).update(wanted=True)
        actions.begin(batch)
        actions.bring_in(batch)
        assert not actions.begin(batch) or actions.bring_in(batch) is None
    assert ResearchPage.objects.count() == 3
    assert [row.verdict for row in batch.rows.all()][:3] == [Verdict.DUPLICATE] * 3


def test_what_came_in_after_the_verdict_is_not_made_again(library: Any) -> None:
    first, second = handed_in(), handed_in()
    for batch in (first, second):
        actions.begin(batch)
        actions.bring_in(batch)
    assert ResearchPage.objects.count() == 2
    row = second.rows.first()
    assert (row.verdict, row.page) == (Verdict.DUPLICATE, None)
    assert row.duplicate_of == first.rows.first().page


def test_a_duplicate_comes_in_when_the_editor_wants_it(library: Any) -> None:
    make_research(library, "Iets", doi="10.1234/hier")
    batch = handed_in()
    row = batch.rows.filter(verdict=Verdict.DUPLICATE).first()
    actions.choose(batch, [other.pk for other in batch.rows.all()], [row.pk])
    actions.begin(batch)
    actions.bring_in(batch)
    row.refresh_from_db()
    assert row.page.title == "Al hier"
    assert ResearchPage.objects.count() == 2


def test_the_unreadable_cannot_be_chosen(library: Any) -> None:
    batch = handed_in()
    every = [row.pk for row in batch.rows.all()]
    actions.choose(batch, every, every)
    assert not batch.rows.get(verdict=Verdict.UNREADABLE).wanted
    assert batch.rows.filter(wanted=True).count() == 4


def test_verdicts_cost_the_same_for_few_and_many(
    library: Any, django_assert_max_num_queries: Any
) -> None:
    many = b"".join(
        b"TY  - RPRT\nTI  - Titel %d\nAU  - A, B\nPY  - 20%02d\nER  -\n" % (number, number % 20)
        for number in range(300)
    )
    batch = actions.hand_in([("veel.ris", many)])
    with django_assert_max_num_queries(25):
        actions.read(batch)
    assert batch.rows.filter(verdict=Verdict.NEW).count() == 300


def test_a_worker_that_died_is_followed_by_another(library: Any, monkeypatch: Any) -> None:
    woken: list[int] = []
    work = tasks.work_on.func
    monkeypatch.setattr(tasks, "work_on", SimpleNamespace(enqueue=woken.append))
    batch = actions.hand_in([("a.ris", RIS)])
    tasks.wake_overdue()
    assert woken == []
    batch.lease_until = timezone.now() - LEASE
    batch.save()
    tasks.wake_overdue()
    assert woken == [batch.pk]
    work(batch.pk)
    batch.refresh_from_db()
    actions.begin(batch)
    work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE
    assert ResearchPage.objects.count() == 2
    work(batch.pk)
    work(0)
    assert ResearchPage.objects.count() == 2


def test_work_that_is_broken_off_too_often_waits_for_a_person(library: Any) -> None:
    batch = actions.hand_in([("a.ris", RIS)])
    ReferenceImport.objects.update(attempts=MOST_ATTEMPTS, lease_until=timezone.now() - LEASE)
    tasks.wake_overdue()
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


def test_an_import_that_waits_in_a_long_line_is_not_given_up(
    library: Any, monkeypatch: Any
) -> None:
    work = tasks.work_on.func
    monkeypatch.setattr(tasks, "work_on", SimpleNamespace(enqueue=lambda batch_id: None))
    batch = actions.hand_in([("a.ris", RIS)])
    for _look in range(MOST_ATTEMPTS + 2):
        ReferenceImport.objects.update(lease_until=timezone.now() - LEASE)
        tasks.wake_overdue()
    work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.READY


def test_an_import_whose_reading_breaks_off_is_given_up(library: Any, monkeypatch: Any) -> None:
    def broken(content: bytes, on_heartbeat: Any) -> None:
        raise OSError("the worker is killed here")

    work = tasks.work_on.func
    monkeypatch.setattr(tasks, "work_on", SimpleNamespace(enqueue=lambda batch_id: None))
    monkeypatch.setattr(actions.sandboxed, "read", broken)
    batch = actions.hand_in([("a.ris", RIS)])
    for _attempt in range(MOST_ATTEMPTS):
        with pytest.raises(OSError, match="killed"):
            work(batch.pk)
    ReferenceImport.objects.update(lease_until=timezone.now() - LEASE)
    tasks.wake_overdue()
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


@pytest.mark.parametrize("content", [b"", b"<html>nothing</html>", b"\x00" * 50])
def test_an_import_without_anything_to_choose_does_not_wait(library: Any, content: bytes) -> None:
    batch = actions.hand_in([("a.ris", content)])
    actions.read(batch)
    assert batch.state == ImportState.DONE
    assert batch.rows.get().verdict == Verdict.UNREADABLE


def test_a_limit_keeps_what_was_read() -> None:
    content = b"TY  - JOUR\nTI  - x\nER  - \n" * 300
    found = sandboxed.read(content, limits=Limits(cpu_seconds=30, output_bytes=40_000))
    assert 0 < len(found) < 300
    assert found[-1].flaws == (Flaw.LIMIT,)
    assert all(one.record for one in found[:-1])


def test_names_of_files_are_cleaned(library: Any) -> None:
    batch = actions.hand_in([("a\x00\nb" + "c" * 300, b""), ("", b"x")])
    names = [file.name for file in batch.files.all()]
    assert (names[0][:3], len(names[0]), names[1]) == ("a b", 200, "-")


def run(*arguments: Any) -> tuple[list[str], int]:
    out = StringIO()
    code = 0
    try:
        call_command("import_references", *map(str, arguments), stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return out.getvalue().splitlines(), code


def test_the_command_tells_of_each_record(library: Any, tmp_path: Path) -> None:
    path = tmp_path / "zotero.ris"
    path.write_bytes(RIS)
    told, code = run(path, "--dry-run")
    assert (len(told), code) == (5, 1)
    assert told[0].startswith("zotero.ris:1: ")
    assert not ReferenceImport.objects.exists() and not ResearchPage.objects.exists()

    told, code = run(path, "--json", "--incomplete", "--publish")
    rows = [json.loads(line) for line in told]
    assert [row["imported"] for row in rows] == [True, True, True, False, False]
    assert rows[0]["page_id"] and rows[2]["missing"] == ["author", "year"]
    assert all(page.live for page in ResearchPage.objects.all())

    assert run(path)[1] == 1
    assert ResearchPage.objects.count() == 3


def test_the_command_goes_on_after_a_file_that_is_not_there(library: Any, tmp_path: Path) -> None:
    good = tmp_path / "goed.ris"
    good.write_bytes(RIS.split(b"TY  - JOUR")[0])
    told, code = run(tmp_path / "weg.bib", good)
    assert code == 1
    assert "weg.bib" in told[0] and "goed.ris:1" in told[1]
    assert run(good)[1] == 0
