import pytest

from core.middleware import ADMIN_POLICY, PUBLIC_POLICY
from tests.research import make_research

PUBLIC = [
    "/nl/",
    "/nl/onderzoek/",
    "/nl/vragen/",
    "/nl/zoeken/",
    "/nl/bestaat-niet/",
    "/robots.txt",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_answer_is_strict_and_sets_no_cookie(client, site_tree, path):
    response = client.get(path)
    assert response["Content-Security-Policy"] == PUBLIC_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in response["Permissions-Policy"]
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_the_public_policy_allows_nothing_inline_and_nobody_else():
    assert "unsafe" not in PUBLIC_POLICY
    assert "http" not in PUBLIC_POLICY
    assert "http" not in ADMIN_POLICY


def test_what_an_editor_sees_is_not_kept(client, site_tree, editor):
    client.force_login(editor)
    for path in ("/nl/", "/admin/"):
        response = client.get(path)
        assert "public" not in response["Cache-Control"]


def test_text_is_compressed_and_asked_for_again(client, site_tree):
    make_research(site_tree.library, lead="woord " * 200)
    response = client.get("/nl/onderzoek/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    etag = response["ETag"]
    again = client.get("/nl/onderzoek/", headers={"if-none-match": etag})
    assert again.status_code == 304


def test_language_root_leads_to_a_language(client, site_tree):
    assert client.get("/")["Location"] == "/nl/"
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/en/"


@pytest.mark.parametrize("path", ["/bestaat-niet/", "/nl/bestaat-niet/", "/en/nothing/", "/x"])
def test_not_found_is_said_at_once(client, site_tree, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Language"]
