import datetime as dt
import email
import email.policy
import smtplib

from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

import pytest

from core import mail, mail_sending
from core.checks import mail_leaves
from core.mail_transport import Transport, transport
from core.models import Letter, LetterState, SiteSettings

pytestmark = pytest.mark.django_db

TEXT = (
    '{% extends "mail/base.txt" %}{% block subject %}Dag {{ name }}\n{% endblock %}'
    "{% block body %}Dag {{ name }},\n\n\n\nKijk op {{ link }}{% endblock %}"
)
HTML = (
    '{% extends "mail/base.html" %}{% block body %}'
    '<h1>Dag {{ name }}</h1><p><a class="button" href="{{ link }}">Kijk</a></p>{% endblock %}'
)
LINK = "https://hub.example.org/nl/a/" + "x" * 120 + "/?a=1&b=2"


@pytest.fixture(autouse=True)
def templates(tmp_path, settings):
    """A letter of the tests' own, beside the real ones."""
    folder = tmp_path / "templates" / "mail"
    folder.mkdir(parents=True)
    (folder / "greeting.txt").write_text(TEXT)
    (folder / "greeting.html").write_text(HTML)
    own = [{**settings.TEMPLATES[0]}]
    own[0]["DIRS"] = [tmp_path / "templates", *own[0]["DIRS"]]
    settings.TEMPLATES = own


def write(name="Anna", language="nl"):
    return mail.send(
        to=mail.Address("anna@example.org", name),
        template="greeting",
        context={"link": LINK},
        language=language,
    )


def leave(letter):
    mail_sending.send_letter.enqueue(letter.pk)
    letter.refresh_from_db()
    return letter


def test_a_letter_leaves_with_text_html_and_the_headers_of_a_machine(site_tree):
    letter = leave(write())
    assert letter.state == LetterState.SENT
    (message,) = outbox.outbox
    assert message.to == ["Anna <anna@example.org>"]
    assert message.subject == "Dag Anna"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.key.hex in message.extra_headers["Message-ID"]
    assert LINK in message.body
    assert "\n\n\n" not in message.body
    (html,) = message.alternatives
    assert 'lang="nl"' in html.content
    assert "background-color: #b93f07" in html.content.partition("</head>")[2]
    assert "prefers-color-scheme" in html.content


def test_a_sent_letter_holds_nothing_of_the_person(site_tree):
    letter = leave(write())
    assert letter.ended_at
    values = [str(value) for value in Letter.objects.values().get(pk=letter.pk).values()]
    assert not [value for value in values if "anna" in value.lower() or "hub.example" in value]


@pytest.mark.parametrize(
    "name", ["A\r\nBcc: all@example.org", 'A "B" <c>', "Zoë 日本", "a" * 300, ""]
)
def test_a_name_never_becomes_a_header(site_tree, name):
    letter = write(name)
    raw = mail_sending.message_of(letter).message().as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["anna@example.org"]
    assert "\n" not in message["Subject"]


def test_no_link_is_split_on_the_wire(site_tree):
    raw = mail_sending.message_of(write()).message().as_bytes()
    assert raw.count(LINK.split("?")[0].encode()) == 2


def test_names_are_escaped_in_html_and_not_in_text(site_tree):
    letter = write("<b>Jan & co</b>")
    assert "<b>Jan & co</b>" in letter.text
    assert "&lt;b&gt;Jan &amp; co&lt;/b&gt;" in letter.html


def test_the_sender_is_who_the_site_says(site_tree):
    site = SiteSettings.for_site(site_tree.home.get_site())
    site.organisation, site.sender_name = "OnMigration", "Redactie\r\nX: y"
    site.sender_address, site.contact_address = "post@hub.example", "vraag@hub.example"
    site.postal_address = "Straat 1\n1234 AB Almere"
    site.save()
    letter = write()
    message = mail_sending.message_of(letter)
    assert message.from_email == '"Redactie X: y" <post@hub.example>'
    assert message.reply_to == ["vraag@hub.example"]
    assert "1234 AB Almere" in letter.text
    assert "1234 AB Almere" in letter.html


def test_a_letter_belongs_to_the_transaction_of_what_it_tells(
    site_tree, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                write()
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert not Letter.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        write()
    assert len(outbox.outbox) == 1


def refused(code):
    return smtplib.SMTPRecipientsRefused({"anna@example.org": (code, b"anna@example.org: no")})


@pytest.mark.parametrize(
    ("error", "final", "code"),
    [
        (refused(550), True, "550"),
        (refused(450), False, "450"),
        (smtplib.SMTPDataError(554, b"spam"), True, "554"),
        (smtplib.SMTPDataError(451, b"later"), False, "451"),
        (smtplib.SMTPSenderRefused(550, b"who?", "x"), False, "SMTPSenderRefused 550"),
        (smtplib.SMTPAuthenticationError(535, b"no"), False, "SMTPAuthenticationError 535"),
        (smtplib.SMTPServerDisconnected("gone"), False, "SMTPServerDisconnected"),
        (ConnectionRefusedError(), False, "ConnectionRefusedError"),
        (TimeoutError(), False, "TimeoutError"),
        (ValueError("bad header"), True, "ValueError"),
    ],
)
def test_what_a_server_says_decides_whether_to_try_again(
    site_tree, monkeypatch, caplog, error, final, code
):
    def fail(self):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    letter = leave(write())
    assert letter.error == code
    assert letter.state == (LetterState.FAILED if final else LetterState.QUEUED)
    assert bool(letter.to_address) is not final
    assert "anna" not in caplog.text
    assert final or letter.due_at > timezone.now()


def test_a_letter_is_given_up_in_the_end(site_tree, monkeypatch):
    def fail(self):
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    letter = write()
    for _attempt in range(len(mail_sending.WAITS) + 1):
        Letter.objects.update(due_at=timezone.now())
        leave(letter)
    assert letter.state == LetterState.FAILED
    assert letter.to_address == ""


def test_the_sweep_finds_lost_calls_and_dead_senders_and_nothing_else(site_tree):
    now = timezone.now()
    minute = dt.timedelta(minutes=1)
    fresh, waiting, held = write(), write(), write()
    Letter.objects.filter(pk=waiting.pk).update(due_at=now + minute)
    Letter.objects.filter(pk=held.pk).update(state="sending", lease_until=now + minute)
    lost, dead = write(), write()
    Letter.objects.filter(pk=lost.pk).update(due_at=now - minute)
    Letter.objects.filter(pk=dead.pk).update(state="sending", lease_until=now - minute)
    mail_sending.wake_overdue()
    states = dict(Letter.objects.values_list("pk", "state"))
    assert states[lost.pk] == states[dead.pk] == "sent"
    assert states[fresh.pk] == states[waiting.pk] == "queued"
    assert states[held.pk] == "sending"
    assert mail_sending.claim(held.pk) is None


def test_letters_of_a_restored_database_stay_where_they_are(site_tree):
    letter = write()
    Letter.objects.update(created_at=timezone.now() - mail_sending.STALE - dt.timedelta(hours=1))
    assert leave(letter).state == LetterState.FAILED
    assert outbox.outbox == []


def test_mail_in_a_folder_is_a_whole_message_each(site_tree, settings, tmp_path):
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    leave(write("Zoë"))
    leave(write())
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Dag Zoë"
    assert b"\r\n" in files[0].read_bytes()
    assert files[0].stat().st_mode & 0o077 == 0
    assert transport() == Transport("folder", folder=tmp_path / "mail")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "in_doubt"),
        (TimeoutError(), "in_doubt"),
        (ConnectionResetError(), "in_doubt"),
        (smtplib.SMTPDataError(451, b"later"), "queued"),
        (refused(450), "queued"),
        (refused(550), "failed"),
    ],
)
def test_what_may_have_been_taken_is_not_sent_twice_when_asked(
    site_tree, monkeypatch, error, state
):
    def fail(self):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    letter = write()
    Letter.objects.update(only_once=True)
    assert leave(letter).state == state


def test_a_server_that_cannot_be_reached_leaves_no_doubt(site_tree, monkeypatch):
    def fail(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", fail)
    letter = write()
    Letter.objects.update(only_once=True)
    assert leave(letter).state == LetterState.QUEUED


def test_a_letter_whose_sender_died_is_in_doubt_when_it_may_go_only_once(site_tree):
    letter = write()
    past = timezone.now() - dt.timedelta(minutes=1)
    Letter.objects.update(state="sending", lease_until=past, only_once=True)
    mail_sending.wake_overdue()
    letter.refresh_from_db()
    assert (letter.state, outbox.outbox) == (LetterState.IN_DOUBT, [])
    assert letter.to_address == "anna@example.org"


def test_reports_of_failure_go_to_the_return_address(site_tree):
    letter = write()
    letter.return_address = "terug+a-1-abc@hub.example"
    message = mail_sending.message_of(letter)
    assert message.from_email == "terug+a-1-abc@hub.example"
    assert message.message()["From"] != message.from_email


def test_a_deploy_check_says_when_mail_stays_or_names_nobody(site_tree, settings):
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    assert [warning.id for warning in mail_leaves()] == ["core.W001", "core.W002"]
    site = SiteSettings.for_site(site_tree.home.get_site())
    site.sender_address, site.postal_address = "post@hub.example", "Straat 1"
    site.save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert mail_leaves() == []
