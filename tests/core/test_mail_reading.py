import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import mail_reading
from core.mail_reading import read_head, read_mail

NESTED = b"Subject: diep\r\nTo: x@y.example\r\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000)
)
HOSTILE = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 50,
    "a thousand parts in one another": NESTED,
    "a character set that is none": b"Subject: a\r\nContent-Type: text/html; charset=x-9\r\n\r\n<b>Dag</b>",
    "base64 that is none": b"Content-Type: text/plain; charset=utf-16\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!!",
    "broken fields": b'Date: gisteren\r\nTo: =?x?y?z?=\r\nMessage-ID: <[>\r\nFrom: "a" <a@[\r\n'
    b"Content-Disposition: ;;;\r\nContent-Type: ;;;\r\n\r\nhoi",
    "an endless head": b"X-" + b"A" * 300_000 + b": y\r\n\r\nhoi",
    "a character set of no letters": b"Subject: =?\xc3\xa9?q?a?=\r\n\r\nhoi",
    "many fields": b"X-A: 1\r\n" * 5000 + b"\r\nhoi",
    "no parts in a multipart": b"Content-Type: multipart/mixed; boundary=q\r\n\r\n",
    "a mail in a mail": b"Content-Type: message/rfc822\r\n\r\nSubject: binnen\r\n\r\nhoi",
}


@pytest.fixture
def stored(tmp_path):
    def store(raw):
        path = tmp_path / "a.eml"
        path.write_bytes(raw)
        return path

    return store


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_mail_keeps_it_from_being_shown(stored, name):
    path = stored(HOSTILE[name])
    found = read_mail(path)
    assert len(found.head) <= mail_reading.MOST_LINES
    assert max(map(len, [found.text, found.html, ""])) <= mail_reading.MOST_SHOWN
    assert isinstance(read_head(path), dict)


def test_what_cannot_be_taken_apart_is_shown_as_it_came(stored):
    found = read_mail(stored(NESTED))
    assert found.subject == "diep"
    assert "boundary=b999" in found.text and not found.html


def test_an_unknown_character_set_is_read_as_utf_8(stored):
    assert read_mail(stored(HOSTILE["a character set that is none"])).html == "<b>Dag</b>"


def test_a_long_mail_is_shown_from_its_beginning(stored):
    found = read_mail(stored(b"Subject: lang\r\n\r\n" + b"regel\n" * 1_000_000))
    assert found.is_cut and len(found.text) == mail_reading.MOST_SHOWN
    assert not read_mail(stored(b"Subject: kort\r\n\r\nregel")).is_cut


def test_names_in_other_letters_are_read(stored):
    path = stored(
        b"Subject: =?utf-8?b?w4nDqW4=?=\r\n dag\r\nTo: =?utf-8?q?An=C3=A0?= <a@b>\r\n\r\n"
    )
    assert read_head(path) == {"subject": "Één dag", "to": "Anà <a@b>"}


@settings(max_examples=100)
@given(st.data())
def test_no_broken_mail_raises(tmp_path_factory, data):
    raw = bytearray(
        b'Subject: =?utf-8?q?a?=\r\nTo: a@b\r\nContent-Type: multipart/mixed; boundary="q"\r\n\r\n'
        b"--q\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhoi\r\n--q\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--q--\r\n"
    )
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 10))] = data.draw(st.binary(max_size=6))
    path = tmp_path_factory.mktemp("mail") / "a.eml"
    path.write_bytes(bytes(raw))
    read_mail(path)
    read_head(path)
