import pytest
import requests

from core.mail_provider import Fate, carries, fate
from newsletter import wire_addresses
from newsletter.checks import editions_can_leave
from newsletter.delivery import control, strikes
from newsletter.delivery.conversation import CannotConnectError
from newsletter.delivery.outcomes import Bounce, judge
from newsletter.delivery.service import message_of, open_service, unfit
from newsletter.enums import EditionState
from newsletter.models import Delivery
from participants.enums import State
from tests.newsletter.providers import INACTIVE, INVALID, Provider, headers_of, use
from tests.newsletter.sending import (  # noqa: F401
    hold_shortly,
    people,
    person,
    quick,
    scheduled,
    send,
    states,
)

SENDER = "nieuws+b-1-0123456789ab@example.org"


@pytest.fixture
def provider(settings, monkeypatch):
    hold_shortly(monkeypatch)
    made = Provider().start()
    use(settings, made)
    yield made
    made.stop()


def message(to="Ana <ana@example.org>"):
    return (
        f"To: {to}\r\nMessage-ID: <e1.1.ab@hub>\r\nDate: Mon, 2 Nov 2026 07:00:00 +0100\r\n"
        "List-Unsubscribe: <https://hub/u/x>,\r\n <mailto:u@hub>\r\n"
        "From: =?utf-8?b?T25NaWdyYXRpw6s=?=\r\n <nieuws@example.org>\r\n"
        "Subject: =?utf-8?b?TmlldXdzIOKAkyBub3ZlbWJlcg==?=\r\nList-Id: Hub <newsletter.hub>\r\n"
        "Feedback-ID: edition1:nl:newsletter:hub\r\nReply-To: <redactie@example.org>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nContent-Language: nl\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="q"\r\n\r\n'
        "--q\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "Één regel\r\n\r\n--q\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=89=C3=A9n regel</p>\r\n--q--\r\n"
    ).encode()


def hand_over(**values):
    way = open_service()
    answer = way.hand_over(SENDER, "ana@example.org", message(**values), is_8bit=True)
    way.quit()
    return answer


def test_a_provider_gets_the_same_mail_as_a_mail_server(provider):
    assert hand_over(to="=?utf-8?b?QW5hw69z?= <ana@example.org>").line == "250 2.0.0 Postmark: sent"
    [(path, headers, mail)] = provider.asked
    assert (path, headers["X-Postmark-Server-Token"]) == ("/email", "geheim")
    assert mail["Subject"] == "Nieuws – november"
    assert mail["TextBody"] == "Één regel\n"
    assert mail["HtmlBody"].strip() == "<p>Één regel</p>"
    assert "nieuws@example.org" in mail["From"] and "ana@example.org" in mail["To"]
    assert mail["ReplyTo"] == "redactie@example.org"
    assert headers_of(mail) == {
        "message-id": "<e1.1.ab@hub>",
        "list-unsubscribe": "<https://hub/u/x>, <mailto:u@hub>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        "list-id": "Hub <newsletter.hub>",
        "feedback-id": "edition1:nl:newsletter:hub",
        "content-language": "nl",
        "x-pm-keepid": "true",
    }


def test_nobody_is_followed_and_an_event_leads_back_to_the_delivery(provider):
    hand_over()
    [(_path, _headers, mail)] = provider.asked
    assert mail["TrackOpens"] is False and mail["TrackLinks"] == "None"
    assert mail["Metadata"] == {"mark": "b-1-0123456789ab"}


@pytest.mark.parametrize(
    ("step", "state", "bounce", "trouble"),
    [
        ((200, {"ErrorCode": 0, "Message": "OK", "MessageID": "x", "To": "{to}"}), "sent", 0, 0),
        ((422, INACTIVE), "permanent", Bounce.HARD, 0),
        ((422, INVALID), "permanent", Bounce.HARD, 0),
        ((422, {"ErrorCode": 400, "Message": "5.1.1 no such sender"}), "permanent", 0, 0),
        ((413, "too large"), "permanent", 0, 0),
        ((401, {"ErrorCode": 10, "Message": "No such key"}), "queued", 0, 1),
        ((403, "no"), "queued", 0, 1),
        ((404, "no such page"), "queued", 0, 1),
        ((429, "slow down"), "queued", 0, 1),
        ("redirect", "queued", 0, 1),
        ((500, {"Message": "Oops"}), "in_doubt", 0, 0),
        ((503, "busy"), "in_doubt", 0, 0),
        ((302, "nowhere"), "in_doubt", 0, 0),
        ("lose", "in_doubt", 0, 0),
        ("silence", "in_doubt", 0, 0),
        ("garbage", "in_doubt", 0, 0),
        ((200, "[]"), "in_doubt", 0, 0),
        ((200, '["what"]'), "in_doubt", 0, 0),
        ((200, {"ErrorCode": 0, "Message": "OK"}), "in_doubt", 0, 0),
    ],
    ids=str,
)
def test_what_a_providers_answer_means(provider, step, state, bounce, trouble):
    provider.plan = [step]
    outcome = judge(hand_over())
    assert outcome.state == state
    assert (outcome.bounce if outcome.bounce != Bounce.NONE else 0) == bounce
    assert outcome.is_trouble == bool(trouble)
    assert len(provider.asked) == 1  # never offered twice by itself, redirected or not
    assert "ana@" not in outcome.reply


def test_what_never_left_was_not_taken(provider, settings):
    provider.stop()
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": provider.address}
    outcome = judge(hand_over())
    assert (outcome.state, outcome.is_trouble) == ("queued", True)
    assert outcome.reply == "Postmark is niet bereikbaar."
    provider.start()


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (requests.exceptions.ConnectTimeout(), Fate.UNREACHED),
        (requests.exceptions.ReadTimeout(), Fate.UNKNOWN),
        (requests.exceptions.ConnectionError("reset by peer"), Fate.UNKNOWN),
        (requests.exceptions.ChunkedEncodingError(), Fate.UNKNOWN),
        (requests.exceptions.SSLError("eof"), Fate.UNKNOWN),
        (requests.exceptions.InvalidURL(), Fate.UNREACHED),
        (KeyError("To"), Fate.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_what_is_known_to_be_before_the_request_is_so(error, found):
    assert fate(error) == found


def test_a_name_without_an_address_is_not_reached(provider, settings, monkeypatch):
    def nowhere(*args, **kwargs):
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("urllib3.util.connection.socket.getaddrinfo", nowhere)
    assert judge(hand_over()).state == "queued"


@pytest.mark.parametrize(
    ("backend", "anymail", "words"),
    [
        ("anymail.backends.postmark.EmailBackend", {}, "POSTMARK_SERVER_TOKEN"),
        ("anymail.backends.nobody.EmailBackend", {}, "EMAIL_URL"),
        ("django.core.mail.backends.locmem.EmailBackend", {}, "SMTP"),
        ("anymail.backends.amazon_ses.EmailBackend", {}, "boto3"),
    ],
)
def test_a_provider_that_cannot_be_used_is_told_in_a_sentence(settings, backend, anymail, words):
    settings.EMAIL_BACKEND, settings.ANYMAIL = backend, anymail
    assert words in unfit()
    with pytest.raises(CannotConnectError) as found:
        open_service()
    assert judge(found.value.answer).is_trouble


def test_the_check_says_the_same(settings):
    assert editions_can_leave() == []
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {}
    [warning] = editions_can_leave()
    assert "POSTMARK_SERVER_TOKEN" in warning.msg
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "geheim"}
    assert editions_can_leave() == []


def test_a_provider_without_headers_is_refused(provider, monkeypatch):
    from anymail.backends.postmark import PostmarkPayload

    from core import mail_provider

    def headerless(self, headers):
        self.unsupported_feature("extra_headers")

    monkeypatch.setattr(mail_provider, "_carried", {})
    monkeypatch.setattr(PostmarkPayload, "set_extra_headers", headerless)
    assert "Postmark" in unfit()


def test_the_envelope_sender_is_given_where_it_is_ours_and_is_known(settings, provider):
    from django.core.mail import get_connection

    settings.EMAIL_BACKEND = "anymail.backends.sparkpost.EmailBackend"
    settings.ANYMAIL = {"SPARKPOST_API_KEY": "k"}
    assert "envelope_sender" in carries(get_connection())
    settings.BOUNCE_ADDRESS = "nieuws@example.org"
    seen = []
    way = open_service()
    way._backend.send_messages = seen.extend
    way.hand_over(SENDER, "ana@example.org", message(), is_8bit=True)
    assert seen[0].envelope_sender == SENDER
    settings.BOUNCE_ADDRESS = ""
    way.hand_over(SENDER, "ana@example.org", message(), is_8bit=True)
    assert not hasattr(seen[1], "envelope_sender")


def test_mailgun_gets_the_headers_too(provider, settings):
    settings.EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "k", "MAILGUN_API_URL": provider.address}
    provider.plan = [(200, {"id": "<x@mailgun>", "message": "Queued. Thank you."})]
    assert hand_over().line == "250 2.0.0 Mailgun: queued"
    [(path, _headers, mail)] = provider.asked
    assert path == "/example.org/messages"
    assert mail["h:List-Unsubscribe"] == "<https://hub/u/x>, <mailto:u@hub>"
    assert mail["h:Message-Id"] == "<e1.1.ab@hub>"
    assert (mail["o:tracking-opens"], mail["o:tracking-clicks"]) == ("no", "no")
    assert mail["v:mark"] == "b-1-0123456789ab"
    provider.plan = [(400, {"message": "to parameter is not a valid address: ana@example.org"})]
    assert judge(hand_over()).reply.startswith("554 5.6.0 Mailgun: to parameter is not a valid")


def test_a_message_without_html_or_text_is_read_as_far_as_it_goes():
    assert message_of(b"To: a@b.example\r\nFrom: c@d.example\r\nSubject: x\r\n\r\n").body == ""


# --- The whole way ------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_edition_goes_out_through_a_provider(provider, quick):  # noqa: F811
    people(30)
    person("weg@example.org")
    provider.for_recipient = {"weg@example.org": (422, INACTIVE)}
    edition = scheduled()
    send(connections=4)
    assert states(edition) == {"sent": 30, "permanent": 1}
    assert len(provider.taken) == len({mail["To"] for mail in provider.taken}) == 30
    assert len(provider.connections) == 4  # each kept open
    gone = Delivery.objects.get(state="permanent")
    assert gone.participant.state == State.BOUNCED and gone.bounced_at
    one = next(mail for mail in provider.taken if "u3@example.org" in mail["To"])
    row = Delivery.objects.get(address="u3@example.org")
    ours = wire_addresses.message_id(edition.pk, row.pk)
    assert headers_of(one)["message-id"] == f"<{ours}>"
    mark = one["Metadata"]["mark"]
    assert wire_addresses.delivery_of(f"x+{mark}@x") == row.pk


@pytest.mark.django_db(transaction=True)
def test_lost_answers_are_in_doubt_by_name_and_nothing_goes_twice(provider, quick):  # noqa: F811
    people(12)
    provider.plan = [None, "lose", None, "500 after", None, (429, "slow"), None, "garbage"]
    edition = scheduled()
    send(connections=2)
    assert states(edition) == {"sent": 9, "in_doubt": 3}
    assert len(provider.taken) == len({mail["To"] for mail in provider.taken}) == 12
    send(connections=2)
    assert states(edition) == {"sent": 9, "in_doubt": 3}


@pytest.mark.django_db(transaction=True)
def test_a_provider_that_does_not_let_us_in_loses_nobody(provider, quick):  # noqa: F811
    people(6)
    provider.plan = [(401, {"Message": "Key revoked"})] * 5
    edition = scheduled()
    send()
    assert states(edition) == {"sent": 6}
    assert len(provider.taken) == 6
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_provider_that_never_answers_does_not_put_everybody_in_doubt(provider, quick):  # noqa: F811
    people(60)
    provider.plan = [(502, "bad gateway")] * 200
    edition = scheduled()
    send(connections=2)
    edition.refresh_from_db()
    assert edition.state == EditionState.PAUSED
    assert "502" in edition.reason
    found = states(edition)
    # Both connections may end one together, and were let begin one more each by then.
    assert found["in_doubt"] <= strikes.MOST_REFUSALS - 1 + 2 * 2
    assert found["in_doubt"] + found["queued"] == 60
    provider.plan = []
    control.resume(edition)
    send()
    assert states(edition)["sent"] == found["queued"]
