"""Letters through a provider's own interface, imitated on this machine."""

from django.utils import timezone

import pytest

from core import mail_sending
from core.models import Letter, LetterState
from tests.newsletter.providers import INACTIVE, Provider, headers_of, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    made = Provider().start()
    use(settings, made)
    yield made
    made.stop()


def letter(**values):
    made = Letter.objects.create(
        template="welcome",
        language="nl",
        to_address="anna@example.org",
        to_name="Anna",
        subject="Welkom",
        text="Dag",
        html="<p>Dag</p>",
        due_at=timezone.now(),
        **values,
    )
    mail_sending.send_letter.enqueue(made.pk)
    made.refresh_from_db()
    return made


def test_a_letter_leaves_with_its_headers_and_is_not_followed(site_tree, provider):
    made = letter(return_address="nieuws+a-7-0123456789ab@example.org")
    assert made.state == LetterState.SENT
    [mail] = provider.taken
    assert mail["TextBody"] == "Dag" and mail["HtmlBody"] == "<p>Dag</p>"
    assert "noreply@" in mail["From"] and "+a-7" not in mail["From"]
    assert headers_of(mail)["auto-submitted"] == "auto-generated"
    assert mail["Metadata"] == {"mark": "a-7-0123456789ab"}
    assert mail["TrackOpens"] is False


@pytest.mark.parametrize(
    ("step", "state", "once"),
    [
        ((422, INACTIVE), LetterState.FAILED, LetterState.FAILED),
        ((422, {"ErrorCode": 300, "Message": "Bad"}), LetterState.FAILED, LetterState.FAILED),
        ((401, {"Message": "No"}), LetterState.QUEUED, LetterState.QUEUED),
        ((429, {"Message": "Slow"}), LetterState.QUEUED, LetterState.QUEUED),
        ((500, {"Message": "Oops"}), LetterState.QUEUED, LetterState.IN_DOUBT),
        ("lose", LetterState.QUEUED, LetterState.IN_DOUBT),
    ],
    ids=str,
)
def test_what_a_provider_says_decides_whether_to_try_again(site_tree, provider, step, state, once):
    provider.plan = [step, step]
    assert letter().state == state
    assert letter(only_once=True).state == once
