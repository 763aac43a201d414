import datetime as dt

from django.contrib.auth.models import Group
from django.utils import timezone

import pytest

from core import mail_folder
from core.models import Letter, LetterState
from participants import permissions, standing
from participants.models import Participant

pytestmark = pytest.mark.django_db

MAIL = (
    b"From: a@example.org\r\nTo: Anna <anna@example.org>\r\nSubject: Dag\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: text/plain\r\n\r\nKijk op https://hub.example.org/a/\r\n"
    b'--x\r\nContent-Type: text/html\r\n\r\n<p title="a">Kijk<script>1</script></p>\r\n--x--\r\n'
)


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


@pytest.fixture
def administrator(client, editor):
    client.force_login(editor)
    return client


def test_mail_in_the_folder_can_be_read_and_taken_along(administrator, folder):
    path = mail_folder.store(MAIL, folder)
    html = administrator.get("/admin/mail/").content.decode()
    assert "Anna &lt;anna@example.org&gt;" in html
    assert "<title>Mail" in " ".join(html.split()).replace("<title> ", "<title>")
    page = administrator.get(f"/admin/mail/{path.stem}/").content.decode()
    assert 'href="https://hub.example.org/a/"' in page
    assert "<script>1</script>" not in page
    assert "sandbox" in page
    raw = administrator.get(f"/admin/mail/{path.stem}.eml")
    assert raw.content == MAIL
    assert raw["Content-Disposition"].startswith("attachment")


def test_an_empty_folder_and_a_mail_that_is_none_are_no_error(administrator, folder):
    assert "Er is nog geen mail geschreven" in administrator.get("/admin/mail/").content.decode()
    path = mail_folder.store(b"\xff\x00 rommel", folder)
    assert administrator.get("/admin/mail/").status_code == 200
    assert administrator.get(f"/admin/mail/{path.stem}/").status_code == 200


def test_what_waits_and_what_failed_is_told_without_whose_it_is(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    Letter.objects.create(
        template="join_confirm",
        language="nl",
        to_address="anna@example.org",
        attempts=2,
        error="450",
    )
    Letter.objects.create(template="x", language="nl", state=LetterState.FAILED, error="550")
    html = administrator.get("/admin/mail/").content.decode()
    assert "450" in html
    assert "550" in html
    assert "anna@" not in html


@pytest.mark.parametrize("name", ["onbekend", "..", "a.b", "%2e%2e%2fdb"])
def test_no_other_file_is_given(administrator, folder, name):
    mail_folder.store(MAIL, folder)
    assert administrator.get(f"/admin/mail/{name}/", follow=True).status_code == 404
    assert administrator.get(f"/admin/mail/{name}.eml", follow=True).status_code == 404


def test_who_may_see_addresses_may_read_mail(client, member, folder):
    permissions.make_group()
    member.groups.add(Group.objects.get(name=permissions.GROUP))
    path = mail_folder.store(MAIL, folder)
    assert client.get(f"/admin/mail/{path.stem}/").status_code == 200


def test_nobody_else_reads_mail(client, member, folder):
    path = mail_folder.store(MAIL, folder)
    for address in ("", f"{path.stem}/", f"{path.stem}.eml"):
        response = client.get(f"/admin/mail/{address}")
        assert response.status_code in (302, 403)
        assert b"anna@example.org" not in response.content
    assert "/admin/mail/" not in client.get("/admin/").content.decode()


@pytest.fixture
def doubtful(site_tree):
    """Two letters whose answer was lost."""
    values = {
        "template": "alert",
        "language": "nl",
        "text": "Kijk",
        "html": "<p>Kijk",
        "error": "x",
    }
    return [
        Letter.objects.create(
            to_address=f"{name}@example.org",
            to_name=name.title(),
            subject=f"Nieuw voor {name}",
            state=LetterState.IN_DOUBT,
            only_once=True,
            created_at=timezone.now() - dt.timedelta(days=9),
            **values,
        )
        for name in ("anna", "bram")
    ]


def test_who_may_see_addresses_sees_by_name_what_is_in_doubt(client, member, doubtful):
    permissions.make_group()
    member.groups.add(Group.objects.get(name=permissions.GROUP))
    html = client.get("/admin/mail/").content.decode()
    assert "Anna &lt;anna@example.org&gt;" in html
    assert "Nieuw voor bram" in html
    assert "Mail in twijfel" in client.get("/admin/").content.decode()


def test_nobody_else_does_nor_decides(client, member, doubtful):
    assert "Mail in twijfel" not in client.get("/admin/").content.decode()
    answer = client.post("/admin/mail/in-doubt/", {"letter": doubtful[0].pk, "send_again": "1"})
    assert answer.status_code in (302, 403)
    assert Letter.objects.in_doubt().count() == 2


def test_one_is_sent_again_once_and_the_other_left(
    administrator, editor, doubtful, mailoutbox, django_capture_on_commit_callbacks
):
    again, left = doubtful
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            administrator.post("/admin/mail/in-doubt/", {"letter": again.pk, "send_again": "1"})
            administrator.post("/admin/mail/in-doubt/", {"letter": left.pk, "consider_sent": "1"})
    (message,) = mailoutbox
    assert message.to == ["Anna <anna@example.org>"]
    for letter in doubtful:
        letter.refresh_from_db()
        assert (letter.state, letter.decided_by, letter.to_address) == ("sent", editor, "")
    assert not Letter.objects.in_doubt().exists()
    assert "Mail in twijfel" not in administrator.get("/admin/").content.decode()


@pytest.mark.parametrize("chosen", [[], ["x"], ["-1"], ["9" * 40], ["0"]])
def test_choosing_nothing_or_nonsense_decides_nothing(administrator, doubtful, chosen):
    answer = administrator.post("/admin/mail/in-doubt/", {"letter": chosen}, follow=True)
    assert "Er is niets gekozen" in answer.content.decode()
    assert Letter.objects.in_doubt().count() == 2


def test_erasing_a_person_empties_what_is_in_doubt(doubtful):
    person = Participant.objects.create(address="Anna@example.org", name="Anna")
    standing.erase(person)
    kept = Letter.objects.get(pk=doubtful[0].pk)
    assert (kept.state, kept.to_address, kept.text) == ("failed", "", "")
    assert Letter.objects.in_doubt().get() == doubtful[1]


def test_one_hostile_mail_does_not_hide_the_others(administrator, folder):
    mail_folder.store(MAIL, folder)
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(1000)
    )
    path = mail_folder.store(b"Subject: =?x?y?z\r\nTo: a@[\r\n" + nested, folder)
    assert "Anna" in administrator.get("/admin/mail/").content.decode()
    assert administrator.get(f"/admin/mail/{path.stem}/").status_code == 200
