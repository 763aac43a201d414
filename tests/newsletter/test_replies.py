import io

from django.core.management import call_command

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.bounces.collecting import collect
from newsletter.bounces.receiving import Outcome, receive
from newsletter.bounces.replies import answered
from newsletter.models import Bounce, BounceSource, Reply
from newsletter.wire_addresses import message_id
from tests.newsletter import mail_servers
from tests.newsletter.reports import mail
from tests.newsletter.test_receiving import deliver

OURS = f"<{message_id(7, 12)}>"


def answer(headers="", subject="Re: Nieuwsbrief", to=OURS, text="Mooi stuk, dank!"):
    return mail(
        f"From: Ria <ria@klas.example>\nTo: redactie@example.org\nSubject: {subject}\n"
        f"Message-ID: <a1@klas.example>\nIn-Reply-To: {to}\n{headers}",
        text,
    )


@pytest.mark.parametrize(
    "raw",
    [
        answer(),
        answer(to=f"{OURS} <ander@x.example>"),
        answer(to=OURS.strip("<>")),
        answer().replace(b"In-Reply-To:", b"References: <x@y.example>\r\n"),
        answer("Auto-Submitted: no"),
        answer(subject="=?utf-8?b?QW50dzogw6nDqW4gdnJhYWc=?="),
        answer(text="Ik ben afwezig geweest; out of office hielp niet. 550 5.1.1"),
        answer("Precedence: normal\nReturn-Path: <ria@klas.example>"),
        answer(subject="Re: Afwezig"),
        answer(to=OURS.replace("@", "@oude-naam.").replace("oude-naam.localhost", "oude.example")),
    ],
)  # fmt: skip
def test_an_answer_leads_to_its_mail(raw):
    assert answered(raw) == 12


@pytest.mark.parametrize(
    "raw",
    [
        answer("Auto-Submitted: auto-replied"),
        answer("Auto-Submitted: auto-generated; x=y"),
        answer("X-Autoreply: yes"),
        answer("X-Autorespond: Ria"),
        answer("X-Auto-Response-Suppress: All"),
        answer("Precedence: bulk"),
        answer("X-Precedence: auto_reply"),
        answer("List-Id: <lijst.example>"),
        answer("Return-Path: <>"),
        answer(subject="Automatisch antwoord: Nieuwsbrief"),
        answer(subject="Automatic reply: Nieuwsbrief"),
        answer(subject="Out of Office: Nieuwsbrief"),
        answer(subject="Afwezig t/m 3 november"),
        answer(subject="Abwesenheitsnotiz: Nieuwsbrief"),
        answer(subject="=?utf-8?q?R=C3=A9ponse_automatique_=3A_Nieuwsbrief?="),
        answer(subject="=?utf-8?b?QXV0b21hdGlzY2ggYW50d29vcmQ6IE5pZXV3cw==?="),
        answer().replace(b"Ria <ria@klas.example>", b"<no-reply@klas.example>"),
        answer().replace(b"Ria <ria@klas.example>", b"MAILER-DAEMON"),
        answer(to="<ander@x.example>"),
        answer(to=f"<ander@x.example>\nReferences: {OURS}"),  # further on in a conversation
        answer(to=""),
        answer(to=OURS.replace(".12.", ".13.") + "x" * 4000),
        answer(to="<" + "e7.12." + "0" * 12 + "@localhost>"),
        answer(to="<e" + "9" * 400 + ".1.0123456789ab@x>"),
        b"",
        b"In-Reply-To",
        answer("Precedence: bulk", subject="x").replace(
            b"Subject: x", b"Subject: =?\xc3\xa9?q?a?="
        ),
    ],
)
def test_machines_conversations_and_forgeries_are_no_answers(raw):
    assert answered(raw) is None


def test_what_editors_write_back_is_no_answer():
    assert answered(answer(), frozenset({"ria@klas.example"})) is None


@settings(max_examples=150)
@given(st.data())
def test_no_broken_mail_raises(data):
    raw = bytearray(answer("Auto-Submitted: no"))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 10))] = data.draw(st.binary(max_size=6))
    assert answered(bytes(raw)) in (None, 12)


@pytest.fixture
def sent(site_tree):
    delivery = deliver()
    return answer(to=f"<{message_id(delivery.edition_id, delivery.pk)}>"), delivery


@pytest.mark.django_db
def test_an_answer_counts_once_and_keeps_nothing_of_who_wrote_it(sent):
    raw, delivery = sent
    for _again in range(3):
        assert receive(raw, source=BounceSource.PIPE) == Outcome.ANSWER
    assert Reply.objects.get().edition_id == delivery.edition_id
    kept = str(list(Reply.objects.values()))
    assert "ria" not in kept.lower() and "dank" not in kept
    assert not Bounce.objects.exists()


@pytest.mark.django_db
def test_an_answer_stays_in_the_mailbox_unread(sent, settings):
    raw, _delivery = sent
    other = mail("From: bo@x.example\nTo: redactie@example.org\nSubject: Vraag", "Hoi")
    with mail_servers.imap([raw, other]) as server:
        address = f"imap://hub:geheim@127.0.0.1:{server.server_address[1]}"
        first, again = collect(address), collect(address)
    assert (first.answers, first.left, first.read) == (1, 1, 0)
    assert (again.answers, again.left, again.read) == (0, 0, 0)
    assert (server.moved, server.flags, server.deleted) == ({}, {}, [])
    assert len(server.mails) == 2


@pytest.mark.django_db
def test_an_answer_by_the_pipe_is_kept_for_people(sent, settings, tmp_path, monkeypatch):
    raw, _delivery = sent
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("bounces", "--pipe", stdout=io.StringIO())
    [kept] = (tmp_path / "returned-mail" / "new").iterdir()
    assert b"dank" in kept.read_bytes()
    assert Reply.objects.count() == 1
