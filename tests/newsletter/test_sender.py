import datetime as dt
import io
import re

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

import pytest

from core.models import SiteSettings
from newsletter.models import SenderCheck
from newsletter.sender import asking, looking, words
from newsletter.sender.checking import Level, LookupFailed, check
from tests.newsletter.editions import boss, make_newsletters

GOOD = {
    ("post.example", "TXT"): ["google-site-verification=1", "v=spf1 mx include:r.example ~all"],
    ("r.example", "TXT"): ["v=spf1 ip4:192.0.2.1 -all"],
    ("mail._domainkey.post.example", "TXT"): ["v=DKIM1; k=rsa; p=MIGf"],
    ("_dmarc.post.example", "TXT"): ["v=DMARC1; p=none; rua=mailto:x@post.example"],
    ("post.example", "MX"): ["10 mx.post.example."],
}


def levels(records, **options):
    found = check("post.example", lookup=lambda *asked: records.get(asked, []), **options)
    return {(one.about, one.level) for one in found}


def test_all_is_well():
    assert levels(GOOD) == {(name, Level.GOOD) for name in ("SPF", "DKIM", "DMARC", "MX")}


LOOP = {("post.example", "TXT"): ["v=spf1 include:post.example ~all"]}
MANY = {("post.example", "TXT"): [f"v=spf1 {' '.join(f'a:h{n}.example' for n in range(11))} -all"]}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({("post.example", "TXT"): []}, ("SPF", Level.WRONG)),
        ({("post.example", "TXT"): ["v=spf10 ~all"]}, ("SPF", Level.WRONG)),
        ({("post.example", "TXT"): ["v=spf1 ~all", "v=spf1 -all"]}, ("SPF", Level.WRONG)),
        ({("post.example", "TXT"): ["v=spf1 +all"]}, ("SPF", Level.WRONG)),
        ({("post.example", "TXT"): ["v=spf1 all"]}, ("SPF", Level.WRONG)),
        ({("post.example", "TXT"): ["v=spf1 mx"]}, ("SPF", Level.ADVICE)),
        (MANY, ("SPF", Level.WRONG)),
        (LOOP, ("SPF", Level.GOOD)),
        ({("mail._domainkey.post.example", "TXT"): []}, ("DKIM", Level.WRONG)),
        ({("mail._domainkey.post.example", "TXT"): ["v=DKIM1; p="]}, ("DKIM", Level.WRONG)),
        ({("_dmarc.post.example", "TXT"): []}, ("DMARC", Level.WRONG)),
        ({("_dmarc.post.example", "TXT"): ["v=DMARC1"]}, ("DMARC", Level.WRONG)),
        ({("_dmarc.post.example", "TXT"): ["v=DMARC1; p=reject"]}, ("DMARC", Level.GOOD)),
        ({("post.example", "MX"): []}, ("MX", Level.WRONG)),
        ({("post.example", "MX"): [], ("post.example", "A"): ["192.0.2.1"]}, ("MX", Level.GOOD)),
    ],
)
def test_what_is_missing_is_said(change, expected):
    assert expected in levels({**GOOD, **change})


def test_a_subdomain_falls_under_the_policy_of_its_parent():
    records = {("_dmarc.post.example", "TXT"): ["v=DMARC1; p=none"]}
    found = check("nieuws.post.example", lookup=lambda *asked: records.get(asked, []))
    assert ("DMARC", Level.GOOD) in {(one.about, one.level) for one in found}


def test_returned_mail_elsewhere_is_advice():
    assert ("DMARC", Level.ADVICE) in levels(GOOD, bounces="terug.example")


def test_a_name_server_that_is_silent_is_no_verdict():
    def silent(name, kind):
        raise LookupFailed(name)

    found = check("post.example", lookup=silent)
    assert {one.level for one in found} == {Level.ADVICE}


@pytest.mark.django_db
def test_the_command_prints_it(site_tree, monkeypatch):
    monkeypatch.setattr(asking, "ask_dns", lambda *asked: GOOD.get(asked, []))
    out = io.StringIO()
    call_command("check_sender", domain="post.example", selector=["ander"], stdout=out)
    assert "WRONG  DKIM" in out.getvalue()
    assert "good   SPF" in out.getvalue()
    assert "DKIM_SELECTORS" in out.getvalue()


def test_everything_that_is_not_good_says_what_to_do_in_both_languages():
    assert set(words.TO_DO) == {code for code in words.FOUND if not code.endswith("_good")}
    asked_for = set(re.findall(r"%\((\w+)\)s", " ".join(map(str, words.TO_DO.values()))))
    assert asked_for == {"domain"}
    changes = ({("post.example", "TXT"): []}, MANY, LOOP, {("post.example", "MX"): []})
    for language in ("nl", "en"):
        with translation.override(language):
            for change in changes:
                records = {**GOOD, **change}
                for one in check("post.example", lookup=lambda *asked, r=records: r.get(asked, [])):
                    assert one.text
                    assert bool(one.advice) == (one.level != Level.GOOD)


@pytest.fixture
def desk(site_tree, settings, monkeypatch, client):
    make_newsletters(site_tree)
    settings.LOOK_OUTSIDE = True
    asked = []
    monkeypatch.setattr(asking, "ask_dns", lambda *what: asked.append(what) or [])
    client.force_login(boss())
    return asked


@pytest.mark.django_db
def test_the_worker_looks_once_a_day_and_when_asked(desk, client):
    looking.wake_due()
    row = SenderCheck.objects.get()
    assert row.domain == "example.org"
    assert looking.is_wrong()
    number = len(desk)
    looking.wake_due()
    assert len(desk) == number
    client.post(reverse("newsletter_admin:sender_again"))
    assert len(desk) == 2 * number
    SenderCheck.objects.update(looked_at=timezone.now() - dt.timedelta(hours=25), asked_at=None)
    looking.wake_due()
    assert len(desk) == 3 * number


@pytest.mark.django_db
def test_editors_read_what_is_wrong_and_what_to_do(desk, client):
    address = reverse("newsletter_admin:sender")
    assert "wordt opgezocht" in client.get(address).content.decode()
    assert desk == []
    looking.wake_due()
    for part in ("", "?part=found"):
        html = client.get(address + part).content.decode()
        assert "example.org heeft geen SPF-record" in html
        assert "v=spf1 include:NAAM ~all" in html
    assert (
        "Post kan geweigerd worden" in client.get(reverse("newsletter_admin:desk")).content.decode()
    )


@pytest.mark.django_db
def test_another_sender_is_looked_at_anew(desk, site_tree):
    looking.wake_due()
    SiteSettings.objects.update(sender_address="post@anders.example")
    assert looking.is_due()
    assert not looking.is_wrong()
    looking.wake_due()
    assert [row.domain for row in SenderCheck.objects.all()] == ["anders.example"]


@pytest.mark.django_db
def test_without_a_way_out_nobody_asks_dns(desk, client, settings):
    settings.LOOK_OUTSIDE = False
    client.post(reverse("newsletter_admin:sender_again"))
    looking.wake_due()
    assert desk == []
    html = client.get(reverse("newsletter_admin:sender")).content.decode()
    assert "niet in DNS gekeken" in html


@pytest.mark.django_db
def test_the_sender_is_for_who_composes(desk, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("niemand"))
    for name, method in (("sender", client.get), ("sender_again", client.post)):
        assert method(reverse(f"newsletter_admin:{name}")).status_code in (302, 403)
    assert desk == []
