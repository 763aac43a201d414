import csv

from django.urls import reverse
from django.utils import timezone

import pytest

from newsletter.delivery.figures import figures
from newsletter.delivery.progress import progress
from newsletter.models import Bounce, Delivery, Edition, Reply
from tests.newsletter.editions import make_newsletters

pytestmark = pytest.mark.django_db

ROWS = [
    ("sent", {}),
    ("sent", {}),
    ("sent", {"bounced_at": True, "kind": "hard"}),
    ("sent", {"bounced_at": True, "kind": "soft"}),
    ("sent", {"unsubscribed_at": True}),
    ("sent", {"complained_at": True}),
    ("permanent", {"bounced_at": True}),
    ("in_doubt", {}),
    ("temporary", {}),
    ("queued", {}),
    ("skipped", {"skipped_because": "paused"}),
    ("skipped", {"skipped_because": "paused"}),
    ("skipped", {"skipped_because": "no_consent"}),
]


@pytest.fixture
def edition(site_tree):
    make_newsletters(site_tree)
    made = Edition.objects.create(title="=November", state="sending", started_at=timezone.now())
    now = timezone.now()
    for state, values in ROWS:
        kind = values.get("kind")
        fields = {k: now if v is True else v for k, v in values.items() if k != "kind"}
        row = Delivery.objects.create(edition=made, state=state, **fields)
        for _twice in range(2 if kind else 0):  # a report by mail and one by webhook
            Bounce.objects.create(
                digest=f"{row.pk}{_twice}", kind=kind, source="pipe", delivery=row
            )
    Reply.objects.create(edition=made, digest="a")
    Reply.objects.create(edition=made, digest="b")
    return made


def numbers(edition):
    return {one.key: one.number for one in figures(edition, progress(edition))}


def test_every_number_is_what_became_of_somebody(edition):
    found = numbers(edition)
    assert found == {
        "list": 13,
        "sent": 6,
        "delivered": 4,
        "bounced_hard": 1,
        "bounced_soft": 1,
        "permanent": 1,
        "in_doubt": 1,
        "waiting": 1,
        "temporary": 1,
        "skipped": 3,
        "skipped_paused": 2,
        "skipped_no_consent": 1,
        "complained": 1,
        "unsubscribed": 1,
        "answers": 2,
    }
    whole = ("sent", "permanent", "in_doubt", "waiting", "temporary", "skipped")
    assert sum(found[key] for key in whole) == found["list"]


def test_an_edition_that_nobody_got_has_numbers_too(site_tree):
    empty = Edition.objects.create(title="Leeg", state="sent")
    assert set(numbers(empty).values()) == {0}


def test_the_number_of_queries_does_not_grow(edition, django_assert_num_queries):
    now = progress(edition)
    with django_assert_num_queries(3):
        figures(edition, now)


def test_the_numbers_as_csv(edition, editor, client):
    url = reverse("newsletter_admin:figures_csv", args=[edition.pk])
    assert client.get(url).status_code == 302
    client.force_login(editor)
    answer = client.get(url)
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert len(lines) == 16
    assert lines[2][1] == "sent" and lines[2][3] == "6"
    assert lines[2][0] == "'=November"  # never a formula
    assert "no-store" in answer["Cache-Control"]


def test_the_desk_shows_them_and_leads_to_the_people(edition, editor, client):
    client.force_login(editor)
    page = client.get(reverse("newsletter_admin:edition", args=[edition.pk])).content.decode()
    assert "?state=in_doubt" in page
    assert "figures.csv" in page
