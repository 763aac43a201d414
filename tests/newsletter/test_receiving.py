import base64
import datetime as dt
import importlib
import io

from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import clear_url_caches, reverse
from django.utils import timezone

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from core.personal_data import registered
from hub import urls
from newsletter.alerts import links
from newsletter.bounces import desk
from newsletter.bounces.collecting import collect
from newsletter.bounces.consequences import SETTLED, forget_settled
from newsletter.bounces.mailboxes import MailboxUnusableError
from newsletter.bounces.proof import alert_of, alert_return_address
from newsletter.bounces.receiving import Outcome, receive
from newsletter.bounces.undoing import undo
from newsletter.models import Alert, Bounce, BounceSource, Delivery, Edition, Follow
from newsletter.models.bounce import RAW_BYTES, RAW_KEPT
from newsletter.unsubscribing import token
from newsletter.wire_addresses import return_address
from participants import standing
from participants.consent import given
from participants.enums import Method, Purpose, State
from participants.models import Consent, Participant
from tests.newsletter import mail_servers, reports
from tests.newsletter.follows import DAY, make_follow
from tests.newsletter.reports import VERP, complaint, dsn, failed
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

HARD = dsn(failed("5.1.1", "550 5.1.1 <ria@klas.example> User unknown"))
SOFT = dsn(failed("5.2.2", "552 5.2.2 Mailbox full"))
PIPE = BounceSource.PIPE


def deliver(address="ria@klas.example", sent_at=None, **values):
    """Make an edition and its delivery to somebody who agreed long before it."""
    person = Participant.objects.filter(address=address).first() or make_participant(
        address, "newsletter", "alerts"
    )
    Participant.objects.filter(pk=person.pk).update(confirmed_at=timezone.now() - 400 * DAY)
    person.refresh_from_db()
    edition = Edition.objects.create(title="November", state="sent")
    return Delivery.objects.create(
        edition=edition,
        participant=person,
        state="sent",
        address=person.address,
        sent_at=sent_at or timezone.now() - DAY,
        **values,
    )


def about(raw, delivery, at=None):
    """Hand in a report about a delivery."""
    address = return_address(delivery.pk, "bounces@nieuws.example.org")
    mail = raw.replace(VERP.encode(), address.encode())
    return receive(mail, source=PIPE, at=at)


def state_of(delivery):
    return Participant.objects.get(pk=delivery.participant_id).state


@pytest.mark.parametrize(
    ("raw", "state"),
    [(HARD, State.BOUNCED), (SOFT, State.ACTIVE), (complaint(), State.COMPLAINED)],
)
def test_what_follows_from_a_report(site_tree, raw, state):
    delivery = deliver()
    assert about(raw, delivery) == Outcome.READ
    assert state_of(delivery) == state
    bounce = Bounce.objects.get()
    assert (bounce.participant, bounce.delivery) == (delivery.participant, delivery)
    assert "ria@" not in bounce.diagnostic
    delivery.refresh_from_db()
    assert bool(delivery.bounced_at) is (raw != complaint())
    assert bool(delivery.complained_at) is (state == State.COMPLAINED)
    assert (Purpose.NEWSLETTER in given(delivery.participant)) is (state == State.ACTIVE)


def test_a_report_counts_once_by_whichever_way_it_comes(site_tree):
    delivery = deliver()
    assert [about(SOFT, delivery) for _time in range(3)] == [
        Outcome.READ,
        Outcome.KNOWN,
        Outcome.KNOWN,
    ]
    assert Participant.objects.get().soft_bounces == 1


@pytest.mark.parametrize("name", reports.OTHER)
def test_other_mail_is_left_alone(site_tree, name):
    delivery = deliver()
    assert about(reports.OTHER[name], delivery) == Outcome.LEFT
    assert not Bounce.objects.exists()
    assert state_of(delivery) == State.ACTIVE


@pytest.mark.parametrize(
    "address",
    [
        "bounces+b-{pk}-000000000000@x.example",
        "bounces+b-999999-{mac}@x.example",
        "bounces@x.example",
        "ria@klas.example",
        "bounces+a-{pk}-{mac}@x.example",
    ],
)
def test_only_our_own_signed_address_is_proof(site_tree, address):
    delivery = deliver()
    real = return_address(delivery.pk, "bounces@x.example")
    mac = real.rpartition("-")[2].partition("@")[0]
    forged = address.format(pk=delivery.pk, mac=mac)
    raw = HARD.replace(VERP.encode(), forged.encode())
    assert receive(raw, source=PIPE) == Outcome.LEFT
    assert state_of(delivery) == State.ACTIVE


def test_the_envelope_of_a_pipe_is_proof_when_headers_lost_it(site_tree):
    delivery = deliver()
    raw = HARD.replace(VERP.encode(), b"undisclosed@x.example")
    address = return_address(delivery.pk, "bounces@x.example").upper()
    assert receive(raw, source=PIPE, envelope_to=address) == Outcome.READ


@pytest.mark.parametrize("why", ["another address", "confirmed since", "erased"])
def test_a_report_about_earlier_says_nothing_about_now(site_tree, why):
    delivery = deliver()
    person = delivery.participant
    if why == "another address":
        standing.change_address(person, "nieuw@klas.example")
    elif why == "confirmed since":
        Participant.objects.update(confirmed_at=timezone.now())
    else:
        standing.erase(person)
    before = Participant.objects.get().state
    assert about(HARD, delivery) == Outcome.READ
    assert Participant.objects.get().state == before


def test_five_soft_ones_in_a_row_stop_and_arrival_in_between_begins_again(site_tree):
    start = timezone.now() - 300 * DAY
    for number in range(4):
        about(SOFT, deliver(sent_at=start + 30 * number * DAY), at=start + 30 * number * DAY + DAY)
    assert Participant.objects.get().soft_bounces == 4
    deliver(sent_at=start + 120 * DAY)  # arrived: no report came
    last = deliver(sent_at=start + 150 * DAY)
    about(SOFT, last, at=start + 151 * DAY)
    assert Participant.objects.get().soft_bounces == 1
    for number in range(6, 10):
        about(SOFT, deliver(sent_at=start + 30 * number * DAY), at=start + 30 * number * DAY + DAY)
    assert state_of(last) == State.BOUNCED


@pytest.mark.parametrize(
    ("days", "values", "left"),
    [
        (6, {}, 0),  # taken after the failure, and no report for five days
        (4, {}, 1),  # its report may still come
        (6, {"bounced_at": True}, 1),
        (6, {"state": "in_doubt"}, 1),
        (40, {}, 1),  # before the failure
    ],
)
def test_failures_are_forgotten_once_mail_arrived(site_tree, days, values, left):
    now = timezone.now()
    failed_one = deliver(sent_at=now - 30 * DAY)
    about(SOFT, failed_one, at=now - 30 * DAY)
    if "bounced_at" in values:
        values = {"bounced_at": now}
    later = deliver(sent_at=now - days * DAY)
    Delivery.objects.filter(pk=later.pk).update(**values)
    assert forget_settled(now) == 1 - left
    assert Participant.objects.get().soft_bounces == left


def test_what_the_server_took_lately_may_still_come_back(site_tree):
    start = timezone.now() - 60 * DAY
    about(SOFT, deliver(sent_at=start), at=start + DAY)
    deliver(sent_at=start + 30 * DAY)
    about(SOFT, deliver(sent_at=start + 31 * DAY), at=start + 30 * DAY + SETTLED)
    assert Participant.objects.get().soft_bounces == 2


def test_signing_off_by_mail(site_tree):
    delivery = deliver()
    person = delivery.participant
    follow = make_follow(person)
    alert = Alert.objects.create(participant=person, day=dt.date(2026, 11, 2))
    alert.follows.set([follow])
    stop = links.stop_all_token(alert)
    for subject in (f"unsubscribe {token(person.key, delivery.pk)}", f"Re: stop {stop}"):
        raw = reports.mail(f"From: ria@klas.example\nSubject: {subject}", "Dank")
        assert receive(raw, source=PIPE) == Outcome.READ
    assert not given(person)
    assert not Follow.objects.active().exists()
    facts = Consent.objects.filter(given=False)
    assert {fact.method for fact in facts} == {Method.REPLY}
    wrong = reports.mail("Subject: unsubscribe " + "A" * 60, "")
    assert receive(wrong, source=PIPE) == Outcome.LEFT


def test_an_alert_that_comes_back_is_led_to_its_person(site_tree):
    person = deliver().participant
    made = timezone.now() - DAY
    alert = Alert.objects.create(
        participant=person, day=dt.date(2026, 11, 2), address=person.address, made_at=made
    )
    address = alert_return_address(alert.pk, "bounces@x.example")
    assert alert_of(address.upper()) == alert.pk
    assert alert_of(address.replace("a-", "a-1")) is None
    receive(HARD.replace(VERP.encode(), address.encode()), source=PIPE)
    assert Participant.objects.get().state == State.BOUNCED
    alert.refresh_from_db()
    assert alert.bounced_at


def test_the_mail_is_kept_bounded_and_for_thirty_days(site_tree):
    delivery = deliver()
    about(HARD + b"x" * 3 * RAW_BYTES, delivery)
    bounce = Bounce.objects.get()
    assert len(bytes(bounce.raw)) == RAW_BYTES
    now = timezone.now()
    assert not Bounce.objects.with_old_mail(now + RAW_KEPT - DAY).exists()
    assert Bounce.objects.with_old_mail(now + RAW_KEPT + DAY).exists()


# --- Undoing ----------------------------------------------------------------


def test_an_editor_undoes_a_bounce(site_tree, editor):
    delivery = deliver()
    about(HARD, delivery)
    before = set(Consent.objects.values_list("pk", flat=True))
    assert undo(Bounce.objects.get(), user=editor, proof="redactie: gebeld")
    assert state_of(delivery) == State.ACTIVE
    assert given(delivery.participant) == {Purpose.NEWSLETTER, Purpose.ALERTS}
    assert before < set(Consent.objects.values_list("pk", flat=True))
    assert Consent.objects.first().proof == "redactie: gebeld"
    assert not undo(Bounce.objects.get(), user=editor, proof="nog eens")


def test_a_complaint_and_a_leaving_are_not_undone(site_tree, editor):
    delivery = deliver()
    about(complaint(), delivery)
    assert not undo(Bounce.objects.get(), user=editor, proof="x")
    assert state_of(delivery) == State.COMPLAINED


def test_the_desk_lists_shows_and_undoes(site_tree, editor, client):
    delivery = deliver()
    about(HARD, delivery)
    bounce = Bounce.objects.get()
    client.force_login(editor)
    listed = client.get(reverse("bounces_admin:list")).content.decode()
    assert "5.1.1" in listed
    page = client.get(desk.bounce_url(bounce)).content.decode()
    assert "User unknown" in page
    assert client.post(desk.bounce_url(bounce), {"reason": ""}).status_code == 200
    assert state_of(delivery) == State.BOUNCED
    assert client.post(desk.bounce_url(bounce), {"reason": "Gebeld"}).status_code == 302
    assert state_of(delivery) == State.ACTIVE


def test_the_desk_is_for_who_may_see_addresses(site_tree, member, client):
    about(HARD, deliver())
    assert client.get(reverse("bounces_admin:list")).status_code in (302, 403)
    assert client.get(desk.bounce_url(Bounce.objects.get())).status_code in (302, 403)


def test_what_is_held_is_told_and_made_nobodys(site_tree):
    delivery = deliver()
    about(HARD, delivery)
    room = next(room for room in registered() if room.name == "returned_mail")
    assert "User unknown" in next(iter(room.describe(delivery.participant))).rows[0][1]
    assert room.export(delivery.participant)[0]["status"] == "5.1.1"
    standing.erase(delivery.participant)
    bounce = Bounce.objects.get()
    assert (bounce.participant, bounce.raw, bounce.diagnostic) == (None, None, "")


# --- The ways in ------------------------------------------------------------


def report_about(delivery, raw=HARD):
    address = return_address(delivery.pk, "bounces@nieuws.example.org")
    return raw.replace(VERP.encode(), address.encode())


class Pipe:
    def __init__(self, raw):
        self.buffer = io.BytesIO(raw)


def test_by_a_pipe(site_tree, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    delivery = deliver()
    monkeypatch.setattr("sys.stdin", Pipe(report_about(delivery)))
    call_command("bounces", pipe=True, stdout=io.StringIO())
    assert state_of(delivery) == State.BOUNCED
    monkeypatch.setattr("sys.stdin", Pipe(b"Subject: Vraag\n\nHoe gaat het?\n"))
    call_command("bounces", pipe=True, stdout=io.StringIO())
    (kept,) = (tmp_path / "returned-mail" / "new").iterdir()
    assert b"Hoe gaat het?" in kept.read_bytes()


def test_from_a_maildir_reports_move_and_the_rest_stays(site_tree, tmp_path):
    delivery = deliver()
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1.report").write_bytes(report_about(delivery))
    (tmp_path / "cur" / "2.answer:2,S").write_bytes(b"Subject: Vraag\n\nHoe?\n")
    found = collect(f"maildir:{tmp_path}")
    assert (found.read, found.left) == (1, 1)
    assert [file.name for file in (tmp_path / ".Processed" / "cur").iterdir()] == ["1.report:2,S"]
    assert (tmp_path / "cur" / "2.answer:2,S").exists()
    again = collect(f"maildir:{tmp_path}")
    assert (again.read, again.left, again.known) == (0, 0, 0)


def test_from_an_mbox_file(site_tree, tmp_path):
    delivery = deliver()
    path = tmp_path / "box"
    path.write_bytes(b"From MAILER-DAEMON Mon Nov  2 07:00:00 2026\n" + report_about(delivery))
    before = path.read_bytes()
    out = io.StringIO()
    call_command("bounces", mailbox=f"mbox:{path}", stdout=out)
    assert "taken in: 1" in out.getvalue()
    assert state_of(delivery) == State.BOUNCED
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x", "maildir:/bestaat/niet", "mbox:/bestaat/niet", "imap://u:geheim@127.0.0.1:1/"],
)
def test_a_mailbox_that_cannot_be_read_is_named_without_its_password(address):
    with pytest.raises(CommandError) as error:
        call_command("bounces", mailbox=address)
    assert "geheim" not in str(error.value)
    assert str(error.value).endswith(".")


def port_of(server):
    return server.server_address[1]


ANSWER = b"Subject: Vraag\r\n\r\nHoe gaat het?\r\n"


@pytest.mark.parametrize("can_move", [True, False])
def test_over_imap_reports_move_and_the_rest_stays(site_tree, can_move):
    delivery = deliver()
    with mail_servers.imap([ANSWER, report_about(delivery)], can_move=can_move) as server:
        address = f"imap://terug:geheim@127.0.0.1:{port_of(server)}/INBOX"
        found = collect(address)
        assert (found.read, found.left) == (1, 1)
        again = collect(address)
        assert (again.read, again.left, again.known) == (0, 0, 0)
    assert server.mails[1] == ANSWER
    if can_move:
        assert server.moved[2][0] == "INBOX/Processed"
    else:
        assert r"\Seen" in server.flags[2]
        assert 2 in server.mails
    assert state_of(delivery) == State.BOUNCED


def test_over_pop_only_stored_reports_are_deleted(site_tree):
    delivery = deliver()
    with mail_servers.pop([ANSWER, report_about(delivery)]) as server:
        found = collect(f"pop3://terug:geheim@127.0.0.1:{port_of(server)}")
        assert (found.read, found.left) == (1, 1)
    assert server.mails == {1: ANSWER}
    assert server.deleted == [2]
    assert Bounce.objects.get().raw


@pytest.mark.parametrize(
    "address", ["imap://u:fout@127.0.0.1:{}/", "imap://u:geheim@127.0.0.1:{}/X"]
)
def test_a_wrong_password_or_folder_is_said(site_tree, address):
    with mail_servers.imap([]) as server, pytest.raises(MailboxUnusableError):
        collect(address.format(port_of(server)))


# --- Webhooks ---------------------------------------------------------------


def event(kind, reason=None, said="", number="e1", recipient="ria@klas.example"):
    return AnymailTrackingEvent(
        event_type=kind,
        reject_reason=reason,
        mta_response=said,
        description="",
        event_id=number,
        recipient=recipient,
        timestamp=timezone.now(),
        message_id="m",
    )


@pytest.mark.parametrize(
    ("kind", "reason", "said", "state", "kinds"),
    [
        ("bounced", "invalid", "", "bounced", ["hard"]),
        ("bounced", "bounced", "550 5.1.1 user unknown", "bounced", ["hard"]),
        ("bounced", "bounced", "552 5.2.2 full", "active", ["soft"]),
        ("bounced", "blocked", "550 5.7.1 policy", "active", ["soft"]),
        ("bounced", "spam", "", "active", ["soft"]),
        ("bounced", "timed_out", "", "active", ["soft"]),
        ("rejected", "bounced", "", "bounced", ["hard"]),
        ("rejected", "spam", "", "complained", ["complaint"]),
        ("rejected", "unsubscribed", "", "unsubscribed", ["unsubscribe"]),
        ("rejected", "other", "", "active", []),
        ("complained", None, "", "complained", ["complaint"]),
        ("unsubscribed", None, "", "unsubscribed", ["unsubscribe"]),
        ("deferred", None, "451 later", "active", []),
        ("delivered", None, "", "active", []),
        ("autoresponded", None, "", "active", []),
        ("opened", None, "", "active", []),
        ("unknown", None, "", "active", []),
    ],
)
def test_what_a_provider_tells(site_tree, kind, reason, said, state, kinds):
    delivery = deliver()
    for _again in range(2):
        tracking.send(sender=object, event=event(kind, reason, said), esp_name="Post")
    assert state_of(delivery) == state
    assert list(Bounce.objects.values_list("kind", flat=True)) == kinds
    assert Participant.objects.get().soft_bounces == (kinds == ["soft"])


def test_arrival_forgets_earlier_failures(site_tree):
    delivery = deliver()
    tracking.send(sender=object, event=event("bounced", "blocked"), esp_name="Post")
    tracking.send(sender=object, event=event("delivered", number="e2"), esp_name="Post")
    delivery.participant.refresh_from_db()
    assert delivery.participant.soft_bounces == 0


def test_an_unknown_recipient_is_nobody(site_tree):
    tracking.send(sender=object, event=event("complained", recipient="x@y.example"), esp_name="P")
    assert not Bounce.objects.exists()


def test_the_webhook_asks_for_its_secret(site_tree, client, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "hub:heel-geheim"}
    importlib.reload(urls)
    clear_url_caches()
    delivery = deliver()
    body = {"RecordType": "SpamComplaint", "ID": 42, "Email": "ria@klas.example"}
    try:
        wrong = client.post("/anymail/postmark/tracking/", body, content_type="application/json")
        assert wrong.status_code == 400
        assert state_of(delivery) == State.ACTIVE
        right = base64.b64encode(b"hub:heel-geheim").decode()
        told = client.post(
            "/anymail/postmark/tracking/",
            body,
            content_type="application/json",
            headers={"Authorization": f"Basic {right}"},
        )
        assert told.status_code == 200
        assert state_of(delivery) == State.COMPLAINED
    finally:
        settings.ANYMAIL = {}
        importlib.reload(urls)
        clear_url_caches()
