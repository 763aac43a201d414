"""What every room must do with what it holds about people: tell, give, and let go of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.urls import reverse

import pytest
from django_tasks_db.models import DBTaskResult

from core import personal_data
from core.contracts import PersonalSection
from core.models import Letter
from newsletter.models import Bounce, Delivery, Follow
from newsletter.wire_addresses import return_address
from participants import standing, suppression
from participants.enums import State
from participants.importing.columns import people
from participants.importing.sheet import read_sheet
from participants.links import mine_token
from participants.models import Consent, ImportRow, Participant, PeopleImport
from tests.hub.everything import ADDRESS, TRACES, comes_back, make_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Mail stays in a folder, and tasks in the database, as when the site is tried out."""
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.DATA_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return tmp_path


@pytest.fixture
def person(folder: Path, member: Any, client: Any, django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        return make_everything(member, client)


def rows_of_all_tables() -> dict[str, str]:
    """Return everything the database holds, table by table, in small letters."""
    held = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            held[table] = "\n".join(" ".join(map(as_text, row)) for row in cursor.fetchall())
    held["sessions, opened"] = str([one.get_decoded() for one in Session.objects.all()]).lower()
    return held


def as_text(value: Any) -> str:
    if not isinstance(value, (bytes, memoryview)):
        return str(value).lower()
    raw = bytes(value)
    return " ".join(raw.decode(code, "ignore") for code in ("utf-8", "utf-16-le")).lower()


def traces(held: dict[str, str]) -> dict[str, list[str]]:
    found = {where: [one for one in TRACES if one in text] for where, text in held.items()}
    return {where: which for where, which in found.items() if which}


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path): f"{path.name} {as_text(path.read_bytes())}".lower()
        for path in folder.rglob("*")
        if path.is_file()
    }


def send_letters() -> None:
    from core import mail_sending

    for letter in Letter.objects.filter(state="queued").order_by("pk")[:3]:
        mail_sending.send_letter.func(letter.pk)


def test_erasing_leaves_no_trace_in_any_table_or_file(person: Participant, folder: Path) -> None:
    send_letters()
    before = traces(rows_of_all_tables())
    where = {
        "core_letter",
        "newsletter_alert",
        "newsletter_bounce",
        "newsletter_delivery",
        "newsletter_follow",
        "participants_importrow",
        "participants_joinrequest",
        "participants_newaddress",
        "participants_note",
        "participants_participant",
        "participants_peopleimport",
    }
    assert set(before) == where, "what holds something about a person is listed here"
    assert traces(files_of(folder))
    assert DBTaskResult.objects.exists()
    standing.erase(person)
    assert traces(rows_of_all_tables()) == {}
    assert traces(files_of(folder)) == {}
    assert suppression.reason(ADDRESS) == State.ERASED
    assert Consent.objects.filter(participant=person).exists()


def test_what_comes_after_erasing_leaves_none_either(person: Participant, folder: Path) -> None:
    """A report about a mail of before, and a letter that was just being sent."""
    from core import mail_sending

    sent = Delivery.objects.get(state="sent")
    letter = Letter.objects.filter(state="queued").first()
    assert letter is not None
    claimed = mail_sending.claim(letter.pk)
    standing.erase(person)
    comes_back(return_address(sent.pk, "bounces@nieuws.example.org"))
    mail_sending.put_off(claimed, "450")
    assert Bounce.objects.filter(participant=None, raw=None, diagnostic="").exists()
    assert traces(rows_of_all_tables()) == {}


def test_an_erased_person_is_taken_out_of_lists_that_wait(person: Participant) -> None:
    standing.erase(person)
    for batch in PeopleImport.objects.exclude(content=None):
        found = people(read_sheet(bytes(batch.content)), batch.roles)
        assert [(one.line, one.address) for one in found] == [
            (2, "noor@klas.example"),
            (5, "bea@x.nl"),
        ]
    kept = ImportRow.objects.exclude(address="").values_list("address", flat=True)
    assert set(kept) == {"noor@klas.example", "bea@x.nl"}


@pytest.mark.parametrize("room", personal_data.registered(), ids=lambda room: room.name)
def test_every_room_tells_gives_and_lets_go(person: Participant, room: Any) -> None:
    told = list(room.describe(person))
    assert told
    assert all(isinstance(one, PersonalSection) and one.rows for one in told)
    texts = [text for one in told for row in one.rows for text in row]
    assert all(isinstance(text, str) and text for text in texts)
    given = room.export(person)
    assert given
    assert json.loads(json.dumps(given)) == given, "plain JSON values, as they come out again"
    room.erase(person)
    room.erase(person)
    person.refresh_from_db()
    if room.name != "participants":  # its own row empties itself
        assert not list(room.describe(person))
        assert room.export(person) is None


def test_nothing_is_held_about_who_is_new(site_tree: Any) -> None:
    person = Participant.objects.create(address="nieuw@example.org")
    for room in personal_data.registered():
        if room.name != "participants":
            assert not list(room.describe(person))
            assert room.export(person) is None


MACHINERY = {
    "participants.Participant": {"id", "address_key", "link_number"},
    "participants.Consent": {"id", "participant"},
    "participants.NewAddress": {"id", "participant"},
    "participants.Note": {"id", "participant", "author", "changed_at"},
    "participants.Pause": {"id", "participant"},
    "participants.JoinRequest": {"id", "key", "participant", "address_key", "taken_up_at"},
    "participants.ImportRow": {
        "id", "batch", "participant", "address_key", "first_line",
    },
    "newsletter.Delivery": {
        "id", "participant", "mail", "claim", "domain", "decided_by", "decided_at",
    },
    "newsletter.Bounce": {
        "id", "participant", "digest", "delivery", "alert", "counted", "undone_by",
    },
    "newsletter.Follow": {"id", "key", "participant", "digest", "considered_at"},
    "newsletter.Alert": {"id", "participant", "made_at"},
    "newsletter.Told": {"id", "participant"},
}  # fmt: skip
"""Fields that say nothing about the person: keys, counters and claims of the machine itself."""


def models_about_people() -> list[type[models.Model]]:
    """Return every model that points at a person, and the person."""
    pointing = [
        model
        for model in apps.get_models()
        if any(field.related_model is Participant for field in model._meta.concrete_fields)
    ]
    return [Participant, *pointing]


def test_every_field_about_a_person_is_in_the_download(person: Participant, client: Any) -> None:
    """A field added later is given too, or named as machinery with the others."""
    response = client.get(reverse("mine_download", args=[mine_token(person)]))
    text = json.dumps(json.loads(response.content), ensure_ascii=False)
    told = set()
    for model in models_about_people():
        label = f"{model._meta.app_label}.{model.__name__}"
        assert label in MACHINERY, f"{label} points at people: which fields are about them?"
        for row in model._base_manager.filter(**{own_key(model): person.pk}):
            for field in model._meta.concrete_fields:
                value = field.value_from_object(row)
                if field.name in MACHINERY[label] or value in (None, "", False, 0, [], {}):
                    continue
                assert shown(value, field) in text, f"{label}.{field.name} is not in the download"
                told.add(label)
    assert told == set(MACHINERY) - {"participants.ImportRow"}
    assert Follow.objects.get().query in text


def own_key(model: type[models.Model]) -> str:
    if model is Participant:
        return "pk"
    names = [f.name for f in model._meta.concrete_fields if f.related_model is Participant]
    return names[0]


def shown(value: Any, field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey):
        target = field.related_model._base_manager.get(pk=value)
        return getattr(target, "title", None) or json.dumps(target.text, ensure_ascii=False)
    if isinstance(value, (bytes, memoryview)):
        return json.dumps(bytes(value).decode(), ensure_ascii=False)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str | dict | bool):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def test_the_download_has_the_shape_the_page_for_operators_tells(
    person: Participant, client: Any
) -> None:
    response = client.get(reverse("mine_download", args=[mine_token(person)]))
    held = json.loads(response.content)
    docs = Path(configured.PROJECT_DIR, "docs", "own-data.md").read_text(encoding="utf-8")
    for path in keys_of(held):
        assert f"`{path}`" in docs, f"docs/own-data.md does not tell {path}"
    rooms = {room.name for room in personal_data.registered()}
    assert set(held) == {"made_at", "site", "version", *rooms}


def keys_of(value: Any, above: str = "") -> set[str]:
    """Return the paths of all keys: `newsletter[].edition`."""
    if isinstance(value, list):
        return {path for one in value for path in keys_of(one, f"{above}[]")}
    if not isinstance(value, dict) or above.endswith("texts"):
        return {above}
    found = {
        path for key, one in value.items() for path in keys_of(one, f"{above}.{key}".strip("."))
    }
    return found
