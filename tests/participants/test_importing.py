"""Lists of people: verdicts, the way in, and what never happens."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import pytest

from core.batches import MOST_ATTEMPTS
from core.models import Letter
from participants import standing, suppression
from participants.consent import given, withdraw_all
from participants.enums import Method, Purpose, State
from participants.importing import actions, tasks
from participants.importing.columns import Person
from participants.importing.verdicts import judged
from participants.models import Act, Consent, ImportRow, Participant, PeopleImport
from participants.models.importing import ImportState, Verdict
from participants.permissions import GROUP, make_group
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

LIST = (
    "Naam;E-mail;Taal\n"
    "Noor;noor@example.org;nl\n"
    "Anna;ANNA@example.org;nl\n"
    "Weg;weg@example.org;nl\n"
    "Noor weer;Noor@Example.org;nl\n"
    "Fout;geen adres;nl\n"
    ";stil@example.org;en\n"
    "Sam;sam@example.org;en\n"
)
VERDICTS = ["new", "known", "suppressed", "double", "invalid", "unnamed", "new"]
PROOF = {
    "language": "nl",
    "purposes": ["newsletter"],
    "proof_source": "Oud programma",
    "proof_date": "2026-09-30",
    "proof_text": "Ik wil de nieuwsbrief.",
}


@pytest.fixture
def keeper(member: Any) -> Any:
    make_group()
    member.groups.add(Group.objects.get(name=GROUP))
    return member


def batch_of(content: str = LIST, **values: Any) -> PeopleImport:
    fields = {**PROOF, "proof_date": dt.date(2026, 9, 30), "name": "lijst.csv", **values}
    return PeopleImport.objects.create(content=content.encode(), **fields)


def judged_batch(content: str = LIST, roles: Any = ("name", "address", "language")) -> PeopleImport:
    batch = batch_of(content)
    assert actions.choose_columns(batch, roles)
    batch.refresh_from_db()
    actions.judge(batch)
    return batch


@pytest.fixture
def known(site_tree: Any) -> Participant:
    suppression.suppress("weg@example.org", State.UNSUBSCRIBED)
    return make_participant("anna@example.org")


def test_every_row_gets_its_verdict(known: Participant) -> None:
    batch = judged_batch()
    assert batch.state == ImportState.READY
    assert list(batch.rows.values_list("verdict", flat=True)) == VERDICTS
    double = batch.rows.get(verdict=Verdict.DOUBLE)
    assert (double.line, double.first_line) == (5, 2)


@pytest.mark.parametrize(
    ("leave", "verdict"),
    [
        (lambda one: standing.erase(one), Verdict.SUPPRESSED),
        (lambda one: withdraw_all(one, method=Method.ONE_CLICK), Verdict.SUPPRESSED),
        (lambda one: standing.record_complaint(one), Verdict.SUPPRESSED),
        (lambda one: standing.record_hard_bounce(one), Verdict.SUPPRESSED),
        (lambda one: None, Verdict.KNOWN),
    ],
    ids=["erased", "signed off", "complained", "bounced", "still here"],
)
def test_who_left_is_not_brought_back(site_tree: Any, leave: Any, verdict: Verdict) -> None:
    leave(make_participant("anna@example.org", Purpose.NEWSLETTER))
    assert judged([Person(2, " Anna@EXAMPLE.org ", "Anna", "")])[0].verdict == verdict


def test_the_number_of_queries_grows_by_the_hundreds(site_tree: Any, django_assert_max_num_queries: Any) -> None:  # fmt: skip
    people = [Person(number, f"a{number}@example.org", "A", "") for number in range(1500)]
    with django_assert_max_num_queries(6):
        assert len(judged(people)) == 1500


def bring_in(batch: PeopleImport, *, takes_unnamed: bool = False) -> None:
    assert actions.begin(batch, takes_unnamed=takes_unnamed)
    batch.refresh_from_db()
    actions.bring_in(batch)


def test_the_new_come_in_with_proof_and_without_mail(known: Participant, django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    batch = judged_batch()
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(batch)
    noor = Participant.objects.with_address("noor@example.org").get()
    sam = Participant.objects.with_address("sam@example.org").get()
    assert Participant.objects.count() == 3
    assert (noor.state, noor.name, sam.language) == (State.ACTIVE, "Noor", "en")
    fact = Consent.objects.get(participant=noor)
    assert (fact.method, fact.proof) == (Method.IMPORT, "Oud programma, 2026-09-30")
    assert fact.text is not None and fact.text.text == "Ik wil de nieuwsbrief."
    assert fact.asked_at is not None and timezone.localdate(fact.asked_at) == dt.date(2026, 9, 30)
    assert given(known) == set()
    assert not outbox.outbox and not Letter.objects.exists()
    assert (batch.state, batch.imported, batch.content) == (ImportState.DONE, 2, None)
    assert [(act.kind, act.count) for act in Act.objects.all()] == [("import", 2)]


def test_who_has_no_name_comes_in_when_that_is_said(known: Participant) -> None:
    bring_in(judged_batch(), takes_unnamed=True)
    silent = Participant.objects.with_address("stil@example.org").get()
    assert (silent.name, silent.language) == ("", "en")


def test_who_came_or_left_in_the_meantime_is_left_alone(known: Participant) -> None:
    batch = judged_batch()
    make_participant("noor@example.org")
    suppression.suppress("sam@example.org", State.COMPLAINED)
    bring_in(batch)
    assert batch.imported == 0
    assert Participant.objects.count() == 2


def test_an_import_that_was_broken_off_goes_on_where_it_was(known: Participant) -> None:
    text = "naam;adres\n" + "".join(f"N{n};n{n}@example.org\n" for n in range(30))
    batch = judged_batch(text, ["name", "address"])
    actions.begin(batch, takes_unnamed=False)
    batch.refresh_from_db()
    actions._bring_in_rows(batch, list(batch.rows.all()[:10]))  # then the worker died
    PeopleImport.objects.update(lease_until=timezone.now() - dt.timedelta(minutes=1))
    tasks.wake_overdue()
    batch.refresh_from_db()
    assert (batch.state, batch.imported) == (ImportState.DONE, 30)
    assert Participant.objects.filter(address__startswith="n").count() == 30
    actions.bring_in(batch)
    assert Act.objects.count() == 1


def test_work_that_is_interrupted_too_often_says_so(known: Participant) -> None:
    batch = batch_of()
    actions.choose_columns(batch, ["name", "address", "language"])
    PeopleImport.objects.update(
        attempts=MOST_ATTEMPTS, lease_until=timezone.now() - dt.timedelta(minutes=1)
    )
    tasks.wake_overdue()
    batch.refresh_from_db()
    assert batch.state == ImportState.BROKEN_OFF


def test_addresses_of_an_import_do_not_stay(known: Participant) -> None:
    done, unfinished = judged_batch(), judged_batch()
    bring_in(done)
    later = timezone.now() + actions.KEPT + dt.timedelta(days=1)
    actions.forget_old(timezone.now())
    assert ImportRow.objects.count() == 14
    actions.forget_old(later)
    assert not ImportRow.objects.exists()
    assert list(PeopleImport.objects.all()) == [done]
    assert not PeopleImport.objects.filter(pk=unfinished.pk).exists()


def test_erasing_somebody_empties_their_rows(known: Participant) -> None:
    batch = judged_batch()
    standing.erase(known)
    assert not batch.rows.filter(address__iexact="anna@example.org").exists()
    assert batch.rows.filter(address="noor@example.org").exists()


def hand_in(client: Any, **values: Any) -> Any:
    return client.post(reverse("participants_admin:import"), {**PROOF, **values})


def test_from_a_file_to_people(known: Participant, keeper: Any, client: Any) -> None:
    file = SimpleUploadedFile("lijst.csv", LIST.encode("cp1252"), "text/csv")
    columns = hand_in(client, upload=file)["Location"]
    html = client.get(columns).content.decode()
    assert '<option value="address" selected>' in html
    assert "noor@example.org" in html
    roles = {"column-0": "name", "column-1": "address", "column-2": "language"}
    rows = client.post(columns, roles)["Location"]
    html = client.get(rows).content.decode()
    for verdict, count in (("NEW", 2), ("KNOWN", 1), ("SUPPRESSED", 1), ("DOUBLE", 1)):
        assert f"{Verdict[verdict].label} ({count})" in html
    assert "regel 2" in html
    assert Participant.objects.count() == 1
    only = client.get(rows, {"verdict": "invalid", "part": "rows"}).content.decode()
    assert "geen adres" in only and "noor@" not in only
    assert client.post(rows, {}).status_code == 302
    assert Participant.objects.count() == 3
    assert "Klaar" in client.get(rows).content.decode()
    assert client.get(columns).status_code == 302
    client.post(rows, {})
    assert Participant.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "niemand in deze lijst"),
        ({"pasted": "naam;adres\n"}, "niemand in deze lijst"),
        ({"pasted": 'naam;adres\n"A;a@example.org'}, "aanhalingsteken"),
        ({"pasted": LIST, "purposes": []}, "verplicht"),
        ({"pasted": LIST, "proof_source": ""}, "verplicht"),
        ({"pasted": LIST, "proof_text": ""}, "verplicht"),
        ({"pasted": LIST, "proof_date": "2999-01-01"}, "moet nog komen"),
        ({"upload": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "werkmap"),
    ],
)
def test_what_is_no_list_or_has_no_proof_is_refused(keeper: Any, client: Any, values: Any, says: str) -> None:  # fmt: skip
    response = hand_in(client, **values)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize(
    "roles",
    [
        {},
        {"column-0": "name"},
        {"column-0": "address", "column-1": "address"},
        {"column-0": "name", "column-1": "address", "column-2": "name"},
        {"column-0": "onzin", "column-1": "address"},
    ],
)
def test_columns_that_make_no_sense_are_refused(keeper: Any, client: Any, roles: Any) -> None:
    batch = batch_of()
    page = reverse("participants_admin:import_columns", args=[batch.pk])
    response = client.post(page, roles)
    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    batch.refresh_from_db()
    assert batch.state == ImportState.COLUMNS


def test_a_long_list_is_worked_on_in_the_background(keeper: Any, client: Any, django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    text = "naam;adres\n" + "".join(f"Naam {n};persoon{n}@example.org\n" for n in range(1200))
    columns = hand_in(client, pasted=text)["Location"]
    with django_capture_on_commit_callbacks() as waiting:
        rows = client.post(columns, {"column-0": "name", "column-1": "address"})["Location"]
    assert 'data-busy="true"' in client.get(rows).content.decode()
    decision = 'name="welcomes"'
    assert decision not in client.get(f"{rows}?part=rows").content.decode()
    waiting[0]()
    # Who watches the list gets the decision without loading the page again.
    assert decision in client.get(f"{rows}?part=rows").content.decode()
    html = client.get(rows).content.decode()
    assert html.count(decision) == 1
    assert f"{Verdict.NEW.label} (1200)" in html
    assert "Pagina 1 van 12" in html


@pytest.mark.parametrize("name", ["import", "import_rows", "import_columns"])
def test_only_the_group_imports(known: Participant, member: Any, client: Any, name: str) -> None:
    batch = judged_batch()
    args = [] if name == "import" else [batch.pk]
    for method in (client.get, client.post):
        response = method(reverse(f"participants_admin:{name}", args=args))
        assert response.status_code in (302, 403)
        assert b"anna@" not in response.content.lower()
