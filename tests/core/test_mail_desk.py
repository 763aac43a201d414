from django.contrib.auth.models import Group

import pytest

from core import mail_folder
from core.models import Letter, LetterState
from participants import permissions

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
