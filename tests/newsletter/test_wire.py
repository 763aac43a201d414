"""What goes over the wire, read back as mail programs read it."""

from __future__ import annotations

import email
import email.policy
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import wire, wire_addresses
from newsletter.wire_headers import Envelope, SenderIdentity

TOKEN = "t0ken_" + "x" * 60
URL = f"https://hub.example.org/nl/uitschrijven/{TOKEN}/"
MINE = "https://hub.example.org/nl/mijn/" + "m" * 70 + "/"
SENDER = SenderIdentity("Netwerk Draagvlak", "nieuws@hub.example.org", "hub.example.org")
HTML = (
    f"<p>{wire.GREETING},</p>\n<p>één ‘woord’ = twee</p>\n"
    f'<a href="{wire.UNSUBSCRIBE_URL}">uit</a><a href="{wire.MINE_URL}">u</a>\n.\n..\n'
)
TEXT = f"{wire.GREETING},\n\n.punt\nUit: {wire.UNSUBSCRIBE_URL}\n{wire.MINE_URL} \nFrom hier\n"

names = st.text(max_size=90) | st.sampled_from(
    [
        "",
        ".",
        "=?utf-8?q?x?=",
        'Ann "de" <b>',
        "a\r\nBcc: x@y.nl",
        "李小龙" * 9,
        "\\",
        "é" * 80,
        "A, B",
    ]
)


def message(
    name: str = "Zoë", *, allow_8bit: bool = True, html: str = HTML, text: str = TEXT
) -> bytes:
    prepared = wire.prepare(
        wire.MailText("nl", "Nieuws: één jaar", html, text),
        SENDER,
        edition=7,
        allow_8bit=allow_8bit,
    )
    envelope = Envelope(
        "ana@example.org", "e7.1.abc@hub.example.org", URL, "mailto:b@x.nl?subject=u"
    )
    return prepared.message(envelope, wire.Personal(name, URL, MINE))


def read(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


@given(names, st.booleans())
@settings(max_examples=120)
def test_any_name_reads_back_and_breaks_nothing(name, allow_8bit):
    raw = message(name, allow_8bit=allow_8bit)
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    head, _empty, body = raw.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= (998 if allow_8bit else 76)
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert head.isascii()
    mail = read(raw)
    assert [a.addr_spec for a in mail["to"].addresses] == ["ana@example.org"]
    assert len(mail["to"].addresses) == 1 and not mail["bcc"]
    plain, html = (part.get_content() for part in mail.iter_parts())
    cleaned = wire._clean(name)
    named, unnamed = wire.greetings("nl")
    greeting = named % {"name": cleaned} if cleaned else unnamed
    plain, html = plain.replace("\r\n", "\n"), html.replace("\r\n", "\n")
    assert plain.startswith(f"{greeting},\n\n.punt\nUit: {URL}\n")
    assert html.endswith(f'<a href="{URL}">uit</a><a href="{MINE}">u</a>\n.\n..\n')
    assert "<b>" not in html and not mail.defects
    assert not any(part.defects for part in mail.walk())


@pytest.mark.parametrize("allow_8bit", [True, False])
def test_tokens_stay_whole_in_the_raw_message(allow_8bit):
    raw = message(allow_8bit=allow_8bit)
    assert raw.count(TOKEN.encode()) == 3  # the header and both parts
    assert raw.count(b"m" * 70) == 2


def test_headers():
    mail = read(message())
    assert mail["subject"] == "Nieuws: één jaar"
    assert str(mail["to"]) == "Zoë <ana@example.org>"
    assert mail["message-id"] == "<e7.1.abc@hub.example.org>"
    assert mail["list-id"] == "Netwerk Draagvlak <newsletter.hub.example.org>"
    assert mail["list-unsubscribe"].replace(" ", "") == f"<{URL}>,<mailto:b@x.nl?subject=u>"
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert mail["feedback-id"] == "edition7:nl:newsletter:hub-example-org"
    assert mail["precedence"] is None and mail["auto-submitted"] is None
    assert mail["content-language"] == "nl"


@given(st.text(alphabet=string.printable + "éß漢", min_size=1, max_size=120))
@settings(max_examples=100)
def test_any_subject_reads_back(subject):
    prepared = wire.prepare(
        wire.MailText("nl", subject, HTML, TEXT), SENDER, edition=1, allow_8bit=True
    )
    mail = read(prepared.pieces[0] + b"\r\n")
    assert mail["subject"] == " ".join(subject.split())


def test_lines_that_are_too_long_are_encoded():
    long = "<p>" + "woord " * 300 + "</p>"
    mail = read(message(html=long + HTML))
    plain, html = mail.iter_parts()
    assert plain["content-transfer-encoding"] == "8bit"
    assert html["content-transfer-encoding"] == "quoted-printable"
    assert html.get_content().startswith(long)


def test_a_placeholder_that_nothing_fills_in_is_refused():
    with pytest.raises(wire.UnknownPlaceholderError, match="@@nmae@@"):
        message(text="Beste @@nmae@@")


def test_return_addresses_lead_back_and_cannot_be_made_up():
    made = wire_addresses.return_address(123456, "bounces@hub.example.org")
    assert len(made.partition("@")[0]) <= 64
    assert wire_addresses.delivery_of(made) == 123456
    assert wire_addresses.delivery_of(f"<{made.upper()}>") == 123456
    assert wire_addresses.delivery_of(made.replace("123456", "123457")) is None
    assert wire_addresses.delivery_of("bounces@hub.example.org") is None
    assert wire_addresses.message_id(1, 2) == wire_addresses.message_id(1, 2)
