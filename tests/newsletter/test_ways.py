"""Every way that a message can leave keeps the same promises."""

import email
import email.policy
import select
import socket

import pytest

from core.mail import transport
from newsletter.delivery.conversation import CannotConnectError, connect
from newsletter.delivery.dialogue import GO_AHEAD, as_given
from newsletter.delivery.outcomes import judge
from newsletter.delivery.ways import open_way
from newsletter.enums import DeliveryState
from tests.newsletter.providers import Provider, headers_of, use
from tests.newsletter.sending import quick, sink  # noqa: F401
from tests.newsletter.test_service import SENDER, message


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Speaker:
    """A conversation over SMTP, with one mail at a time."""

    def __init__(self):
        self.conversation = connect(transport())
        self.takes_8bit = self.conversation.takes_8bit
        self.is_open = True

    @property
    def handed_over(self):
        return self.conversation.handed_over

    def hand_over(self, sender, recipient, message, *, is_8bit):
        self.conversation.offer(sender, recipient, is_8bit=is_8bit)
        answer = self.verdict()
        if answer.code != GO_AHEAD:
            return answer
        self.conversation.give(as_given(message))
        return self.verdict()

    def verdict(self):
        while True:
            self.conversation.send()
            select.select([self.conversation.socket], [], [], 10)
            verdicts = self.conversation.take()
            if verdicts:
                return verdicts[0]
            if self.conversation.is_over:
                left = self.conversation.lost()
                return left.given or left.offered

    def quit(self):
        self.conversation.part()


def open_any():
    return Speaker() if transport().kind == "smtp" else open_way(transport())


class OverSmtp:
    def __init__(self, request, settings, tmp_path):
        self.sink, self.settings = request.getfixturevalue("sink"), settings

    def taken(self):
        return [_plain(mail.message) for mail in self.sink.taken]

    def lose_the_answer(self):
        self.sink.faults.lose_answer_every = 1

    def be_away(self):
        self.settings.EMAIL_PORT = free_port()


class InFolder:
    def __init__(self, request, settings, tmp_path):
        settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
        settings.MAIL_FOLDER = self.folder = tmp_path / "mail"

    def taken(self):
        return [_plain(path.read_bytes()) for path in sorted(self.folder.glob("*.eml"))]

    def be_away(self):
        self.folder.write_text("in the way")


class AtProvider:
    def __init__(self, request, settings, tmp_path):
        self.provider = Provider().start()
        request.addfinalizer(self.provider.stop)
        self.settings = settings
        use(settings, self.provider)

    def taken(self):
        return [
            {
                **headers_of(mail),
                "subject": mail["Subject"],
                "text": mail["TextBody"].strip(),
                "html": mail["HtmlBody"].strip(),
            }
            for mail in self.provider.taken
        ]

    def lose_the_answer(self):
        self.provider.plan = ["lose"]

    def be_away(self):
        use(self.settings, self.provider, POSTMARK_API_URL=f"http://127.0.0.1:{free_port()}/")


def _plain(raw):
    found = email.message_from_bytes(raw, policy=email.policy.default)
    return {
        **{name.lower(): " ".join(str(value).split()) for name, value in found.items()},
        "text": found.get_body(("plain",)).get_content().strip(),
        "html": found.get_body(("html",)).get_content().strip(),
    }


@pytest.fixture(params=[OverSmtp, InFolder, AtProvider], ids=lambda kind: kind.__name__)
def place(request, settings, tmp_path):
    return request.param(request, settings, tmp_path)


SAME = ("message-id", "list-unsubscribe", "list-unsubscribe-post", "list-id", "feedback-id")


@pytest.mark.django_db
def test_what_is_handed_over_arrives_whole(place):
    way = open_any()
    assert way.handed_over == 0 and way.is_open
    for _twice in range(2):
        answer = way.hand_over(SENDER, "ana@example.org", message(), is_8bit=way.takes_8bit)
        assert judge(answer).state == DeliveryState.SENT
    assert way.handed_over == 2
    way.quit()
    way.quit()
    first, second = place.taken()
    assert first["text"] == second["text"] == "Één regel"
    assert first["html"] == "<p>Één regel</p>"
    assert first["subject"] == "Nieuws – november"
    for name in SAME:
        assert first[name] == _plain(message())[name]


@pytest.mark.django_db
@pytest.mark.parametrize("place", [OverSmtp, AtProvider], indirect=True)
def test_a_lost_answer_is_in_doubt(place):
    way = open_any()
    place.lose_the_answer()
    answer = way.hand_over(SENDER, "ana@example.org", message(), is_8bit=True)
    assert judge(answer).state == DeliveryState.IN_DOUBT
    assert len(place.taken()) == 1
    way.quit()


@pytest.mark.django_db
def test_what_cannot_be_reached_has_taken_nothing(place):
    place.be_away()
    try:
        way = open_any()
        answer = way.hand_over(SENDER, "ana@example.org", message(), is_8bit=True)
    except CannotConnectError as error:
        answer = error.answer
    outcome = judge(answer)
    assert (outcome.state, outcome.is_trouble) == (DeliveryState.QUEUED, True)
