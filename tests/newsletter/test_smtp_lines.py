"""All connections of a sender at once, with servers that are secure, slow, silent or mad."""

from __future__ import annotations

import collections
import datetime as dt
import socketserver
import ssl
import threading
import time

from django.utils import timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.mail_sink import Sink
from newsletter.delivery import smtp_line, smtp_lines
from newsletter.delivery.worker import Worker
from newsletter.models import Delivery, FrozenMail
from tests.newsletter.sending import hold_shortly, people, quick, scheduled, send, sink, states

__all__ = ["quick", "sink"]
pytestmark = pytest.mark.django_db


def addresses(sink):
    return collections.Counter(taken.recipient for taken in sink.taken)


def once(number):
    return collections.Counter(f"u{at}@example.org" for at in range(number))


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate for this machine that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.mark.parametrize("starttls", [False, True], ids=["from the start", "STARTTLS"])
def test_over_tls_long_mails_arrive_whole_and_once(quick, certificate, settings, starttls):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server = Sink(tls=tls, starttls=starttls).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = starttls, not starttls
    people(12)
    edition = scheduled()
    line = "Regel met één accent. " * 30 + "\n"
    FrozenMail.objects.filter(edition=edition).update(text=line * 400)
    send(connections=3)
    server.stop()
    assert states(edition) == {"sent": 12} and addresses(server) == once(12)
    assert all(taken.message.count("één accent".encode()) == 12000 for taken in server.taken)


def test_a_server_that_is_not_who_it_says_gets_nothing(quick, certificate, settings, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server = Sink(tls=tls).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = False, True
    people(1)
    edition = scheduled()
    sender = Worker(1)
    stop_when(sender, lambda: sender._strikes.trouble)
    sender.run()
    server.stop()
    assert states(edition) == {"queued": 1} and not server.taken
    assert "certificate" in sender._strikes.trouble.lower()


def stop_when(sender, is_enough, seconds=20):
    """Ask a sender to stop as soon as something is so."""
    end = time.monotonic() + seconds

    def look():
        while not is_enough() and time.monotonic() < end:
            time.sleep(0.01)
        sender.stopping.set()

    threading.Thread(target=look, daemon=True).start()


def test_a_mail_larger_than_what_a_connection_takes_at_once(sink):
    people(3)
    edition = scheduled()
    text = "x" * 70 + "\n"
    FrozenMail.objects.filter(edition=edition).update(text=text * 120_000)
    send(connections=2)
    assert states(edition) == {"sent": 3} and addresses(sink) == once(3)
    assert {taken.message.count(b"x" * 70) for taken in sink.taken} == {120_000}


def test_a_connection_takes_so_many_and_no_more(sink, settings):
    settings.NEWSLETTER_PER_CONNECTION = 3
    people(10)
    edition = scheduled()
    send(connections=1)
    assert states(edition) == {"sent": 10}
    assert sink.connections == 4


def test_a_server_that_hangs_up_after_some_costs_no_time_and_no_mail(sink):
    sink.faults.close_after_every = 2
    people(9)
    edition = scheduled()
    worker = send(connections=1)
    assert states(edition) == {"sent": 9} and addresses(sink) == once(9)
    assert sink.connections == 5 and not worker._strikes.trouble


def test_silence_after_the_last_dot_is_doubt(sink, monkeypatch):
    monkeypatch.setattr(smtp_line, "SECONDS_AFTER_MESSAGE", 1)
    monkeypatch.setattr(smtp_lines, "TICK_SECONDS", 0.05)
    hold_shortly(monkeypatch)
    taken = []

    def take(message):
        taken.append(message)
        if len(taken) == 2:
            time.sleep(2.5)

    sink.on_taken = take
    people(5)
    edition = scheduled()
    send(connections=1)
    assert states(edition) == {"sent": 4, "in_doubt": 1}
    assert collections.Counter(mail.recipient for mail in taken) == once(5)
    doubt = Delivery.objects.get(edition=edition, state="in_doubt")
    assert doubt.reply == "The server did not answer in time."


def test_a_connection_without_work_is_closed(sink, monkeypatch):
    monkeypatch.setattr(smtp_lines, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(smtp_lines, "TICK_SECONDS", 0.02)
    people(2)
    scheduled()
    sender = Worker(1)

    def was_closed():
        return len(sink.taken) == 2 and sender._lines._lines[0].conversation is None

    stop_when(sender, was_closed)
    sender.run()
    assert sink.connections == 1 and was_closed()


class _Mad(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 hello\r\n")
        for line in self.rfile:
            is_hello = line[:4].upper() == b"EHLO"
            hello, mad = b"250-hello\r\n250 PIPELINING\r\n", b"HTTP/1.1 400 Bad Request\r\n"
            self.wfile.write(hello if is_hello else mad)


def test_what_speaks_no_smtp_loses_nothing(quick, settings, monkeypatch):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mad)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    people(3)
    edition = scheduled()
    sender = Worker(2)
    stop_when(sender, lambda: sender._strikes.trouble)
    sender.run()
    server.shutdown()
    server.server_close()
    assert states(edition) == {"queued": 3}
    assert sender._strikes.trouble == "The server said something that is no answer."
