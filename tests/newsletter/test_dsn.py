import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.bounces.dsn import Kind, Report, read, without_addresses
from newsletter.bounces.reasons import is_hard
from tests.newsletter import reports
from tests.newsletter.reports import VERP, WHO, complaint, dsn, failed, mail

TABLE = [
    *((name, raw, Kind.HARD) for name, raw in reports.HARD.items()),
    *((name, raw, Kind.SOFT) for name, raw in reports.SOFT.items()),
    *((name, raw, Kind.DELAYED) for name, raw in reports.DELAYED.items()),
    *((name, raw, Kind.DELIVERED) for name, raw in reports.DELIVERED.items()),
    *((name, raw, Kind.COMPLAINT) for name, raw in reports.COMPLAINTS.items()),
    *((name, raw, Kind.OTHER) for name, raw in reports.OTHER.items()),
]


@pytest.mark.parametrize(("raw", "kind"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_a_mail_says(raw: bytes, kind: Kind) -> None:
    assert read(raw).kind == kind


def test_the_table_is_large_enough() -> None:
    assert len(TABLE) >= 60
    assert len(reports.HARD) + len(reports.SOFT) + len(reports.DELAYED) >= 40


@pytest.mark.parametrize("name", reports.HARD)
def test_bare_line_feeds_read_the_same(name: str) -> None:
    raw = reports.HARD[name]
    assert read(raw.replace(b"\r\n", b"\n")) == read(raw)


def test_where_it_was_sent_to_is_told_and_addresses_of_others_are_not() -> None:
    report = read(reports.HARD["Postfix, unknown user"], envelope_to="bounces+ander@example.org")
    assert report.sent_to[:2] == ("bounces+ander@example.org", VERP)
    assert report.status == "5.1.1"
    assert "User unknown" in report.diagnostic
    assert WHO not in report.diagnostic


def test_envelope_headers_come_before_the_to_line() -> None:
    raw = dsn(failed("5.1.1"), to="iemand@example.org", extra=f"X-Original-To: {VERP}")
    assert read(raw).sent_to == (VERP, "iemand@example.org")


def test_a_complaint_names_the_envelope_sender() -> None:
    assert read(complaint()).returned_to == (VERP,)
    assert read(reports.COMPLAINTS["Original-Mail-From instead of the mail"]).returned_to == (VERP,)


def test_a_report_that_we_sent_ourselves_as_text_is_nothing() -> None:
    raw = mail(f"To: {VERP}\nContent-Type: message/delivery-status", failed("5.1.1"))
    assert read(raw).kind == Kind.OTHER


@pytest.mark.parametrize(
    ("status", "said", "hard"),
    [
        ("5.1.1", "", True),
        ("5.1.10", "550 not found", True),
        ("5.2.2", "552 user unknown", False),
        ("4.1.1", "450 user unknown", False),
        ("5.7.1", "550 no such user", False),
        ("", "550 no such user", True),
        ("", "450 no such user", False),
        ("5.0.0", "no mailbox by that name", True),
        ("5.0.0", "something else", False),
        ("5.1.0", "550 5.1.0 blocked by reputation", False),
        ("", "", False),
    ],
)
def test_what_is_for_good(status: str, said: str, hard: bool) -> None:
    assert is_hard(status, said) is hard


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<ria@klas.example>: unknown", "<…>: unknown"),
        ("to ria@klas.example\n  now", "to … now"),
        ("x" * 400, "x" * 300),
    ],
)
def test_addresses_are_left_out(said: str, shown: str) -> None:
    assert without_addresses(said) == shown


@settings(max_examples=200)
@given(st.sampled_from(TABLE), st.data())
def test_no_broken_mail_raises(row: tuple[str, bytes, Kind], data: st.DataObject) -> None:
    raw = bytearray(row[1])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=6))
    assert isinstance(read(bytes(raw)), Report)


@pytest.mark.parametrize("depth", [100, 400, 20_000])
def test_deep_nesting_is_cut_off(depth: int) -> None:
    raw = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    assert read(raw).kind == Kind.OTHER
