import io

from django.core.management import call_command

import pytest

from newsletter.management.commands import check_sender
from newsletter.sender_check import Level, LookupFailed, check

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
    monkeypatch.setattr(check_sender, "ask_dns", lambda *asked: GOOD.get(asked, []))
    out = io.StringIO()
    call_command("check_sender", domain="post.example", selector=["ander"], stdout=out)
    assert "WRONG  DKIM" in out.getvalue()
    assert "good   SPF" in out.getvalue()
