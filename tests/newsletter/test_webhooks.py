"""Events of a provider lead back to the very mail they are about."""

import json

from django.utils import timezone

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from newsletter.bounces.proof import alert_return_address
from newsletter.enums import DeliveryState
from newsletter.models import Alert, Bounce
from newsletter.wire_addresses import return_address
from participants.enums import State
from tests.newsletter.follows import make_follow, make_person
from tests.newsletter.test_receiving import HARD, about, deliver, state_of

pytestmark = pytest.mark.django_db


def mark_of(address):
    return address.partition("@")[0].partition("+")[2]


def tell(kind, mark="", reason=None, said="", recipient="ria@klas.example", number="e1"):
    event = AnymailTrackingEvent(
        event_type=kind,
        reject_reason=reason,
        mta_response=said,
        description="",
        event_id=number,
        recipient=recipient,
        timestamp=timezone.now(),
        message_id="m",
        metadata={"mark": mark} if mark else {},
    )
    tracking.send(sender=object, event=event, esp_name="Post")


def marked(delivery):
    return mark_of(return_address(delivery.pk, "nieuws@example.org"))


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [("bounced", "invalid", "bounced_at"), ("complained", None, "complained_at")],
)
def test_an_event_is_written_on_the_mail_it_is_about(site_tree, kind, reason, field):
    delivery, other = deliver(), deliver()
    tell(kind, marked(delivery), reason)
    delivery.refresh_from_db()
    other.refresh_from_db()
    assert getattr(delivery, field) and not getattr(other, field)
    assert Bounce.objects.get().delivery == delivery


def test_leaving_at_the_provider_counts_for_the_edition(site_tree):
    delivery = deliver()
    tell("unsubscribed", marked(delivery))
    delivery.refresh_from_db()
    assert delivery.unsubscribed_at
    assert state_of(delivery) == State.UNSUBSCRIBED


def test_the_mark_goes_before_the_address_and_a_false_one_is_none(site_tree):
    delivery, other = deliver(), deliver("bo@klas.example")
    tell("complained", marked(delivery), recipient="bo@klas.example")
    assert (state_of(delivery), state_of(other)) == (State.COMPLAINED, State.ACTIVE)
    tell("complained", f"b-{delivery.pk}-000000000000", recipient="bo@klas.example", number="e2")
    assert state_of(other) == State.COMPLAINED  # then the address decides


def test_an_alert_is_found_as_well(site_tree):
    follow = make_follow(make_person())
    now = timezone.now()
    alert = Alert.objects.create(
        participant=follow.participant,
        day=now.date(),
        made_at=now,
        address=follow.participant.address,
    )
    tell("bounced", mark_of(alert_return_address(alert.pk, "n@example.org")), "invalid")
    alert.refresh_from_db()
    assert alert.bounced_at and Bounce.objects.get().alert == alert


@pytest.mark.parametrize(
    ("kind", "reason", "state"),
    [
        ("delivered", None, DeliveryState.SENT),
        ("complained", None, DeliveryState.SENT),
        ("bounced", "invalid", DeliveryState.PERMANENT),
        ("bounced", "blocked", DeliveryState.PERMANENT),
        ("opened", None, DeliveryState.IN_DOUBT),
    ],
)
def test_an_event_ends_the_doubt(site_tree, kind, reason, state):
    delivery = deliver()
    delivery.state, delivery.sent_at, delivery.attempted_at = "in_doubt", None, timezone.now()
    delivery.save()
    tell(kind, marked(delivery), reason, "550 nope")
    delivery.refresh_from_db()
    assert delivery.state == state
    assert bool(delivery.sent_at) == (state == DeliveryState.SENT)


def test_a_report_ends_the_doubt_too(site_tree):
    delivery = deliver()
    delivery.state, delivery.sent_at, delivery.attempted_at = "in_doubt", None, timezone.now()
    delivery.save()
    about(HARD, delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reply) == (
        DeliveryState.PERMANENT,
        "550 5.1.1 <…> User unknown",
    )


def test_a_bounce_of_somebody_who_was_erased_is_still_counted(site_tree):
    from participants.standing import erase

    delivery = deliver()
    erase(delivery.participant)
    about(HARD, delivery)
    delivery.refresh_from_db()
    assert delivery.bounced_at and delivery.participant is None
    assert Bounce.objects.get().participant is None


def test_what_postmark_posts_is_read_with_its_mark(site_tree, client, settings):
    from django.test import RequestFactory

    from anymail.webhooks.postmark import PostmarkTrackingWebhookView

    settings.ANYMAIL = {"WEBHOOK_SECRET": "hub:geheim"}
    delivery = deliver()
    body = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "Email": "ander@klas.example",
        "Details": "smtp;550 5.1.1 unknown",
        "BouncedAt": "2026-11-02T07:00:00Z",
        "Metadata": {"mark": marked(delivery)},
    }
    request = RequestFactory().post(
        "/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": "Basic aHViOmdlaGVpbQ=="},
    )
    assert PostmarkTrackingWebhookView.as_view()(request).status_code == 200
    assert state_of(delivery) == State.BOUNCED
