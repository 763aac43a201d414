"""Taking over a podcast: its feed, then its recordings; again and again without doubles."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

import pytest

from core import open_internet
from podcasts.enums import AudioState
from podcasts.importing import actions
from podcasts.importing.feed import FeedError, read_feed, text_of
from podcasts.importing.fetching import FetchError, fetch
from podcasts.importing.recordings import fetch_recording
from podcasts.importing.tasks import wake_overdue
from podcasts.models import AudioFile, EpisodePage, FeedImport, ImportState
from tests.podcasts.episodes import make_podcast
from tests.podcasts.recordings import mp3

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>Elders begonnen</title><podcast:guid>{guid}</podcast:guid>
<item><title>Twee</title><guid isPermaLink="false">old-2</guid>
 <pubDate>Tue, 05 Mar 2024 06:00:00 +0100</pubDate>
 <content:encoded><![CDATA[<p onclick="x()">Over <a href="https://example.org/">dit</a></p>
 <script>alert(1)</script>]]></content:encoded>
 <itunes:season>1</itunes:season><itunes:episode>2</itunes:episode>
 <itunes:duration>00:25:00</itunes:duration>
 <podcast:person role="guest" href="javascript:alert(1)">Ilse Bakker</podcast:person>
 <enclosure url="{server}/2.mp3" length="1000" type="audio/mpeg"/></item>
<item><title>Een</title><guid>old-1</guid><pubDate>Mon, 01 Jan 2024 06:00:00 GMT</pubDate>
 <description>Kort &amp; goed</description><itunes:episodeType>trailer</itunes:episodeType>
 <enclosure url="{server}/1.mp3?x=1" length="x" type="audio/mpeg"/></item>
<item><title>Een film</title><guid>old-0</guid>
 <enclosure url="{server}/0.mp4" length="1" type="video/mp4"/></item>
</channel></rss>"""


class Answers(BaseHTTPRequestHandler):
    """A server of somebody else, on this machine."""

    def do_GET(self):
        data = {
            "/1.mp3?x=1": mp3(50),
            "/2.mp3": b"geen geluid",
            "/feed": FEED.format(guid=GUID, server="http://127.0.0.1:1").encode(),
        }.get(self.path)
        if self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
        else:
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Length", str(len(data or b"") + 10 * (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server(settings):
    settings.FETCH_PRIVATE = True
    running = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture
def podcast(site_tree):
    return make_podcast(site_tree.home)


def begin(podcast, server="https://example.org", **values):
    feed = text_of(FEED.format(guid=GUID, server=server).encode())
    return FeedImport.objects.create(podcast=podcast, **{"name": "f.xml", "feed": feed, **values})


def kinds(row):
    return [(verdict["title"], verdict["kind"]) for verdict in row.verdicts]


def test_episodes_keep_what_they_were(podcast):
    row = actions.work(begin(podcast))
    assert kinds(row) == [("Een film", "refused"), ("Een", "new"), ("Twee", "new")]
    one, two = EpisodePage.objects.filter(live=True).order_by("first_published_at")
    assert (one.guid, one.episode_type, one.lead) == ("old-1", "trailer", "Kort & goed")
    assert (two.guid, two.season, two.number) == ("old-2", 1, 2)
    assert two.first_published_at.isoformat() == "2024-03-05T05:00:00+00:00"
    assert two.audio.duration == 1_500_000
    assert two.audio.url == "https://example.org/2.mp3"
    notes = str(two.notes)
    assert 'href="https://example.org/"' in notes
    assert "onclick" not in notes
    assert "script" not in notes
    assert [(person.name, person.role, person.url) for person in two.people.all()] == [
        ("Ilse Bakker", "guest", "")
    ]
    podcast.refresh_from_db()
    assert podcast.guid == GUID
    assert row.identity_kept


def test_again_brings_in_only_what_is_new(podcast):
    actions.work(begin(podcast))
    row = actions.work(begin(podcast))
    assert row.counts() == {"new": 0, "known": 2, "refused": 1}
    assert EpisodePage.objects.count() == AudioFile.objects.count() == 2


def test_drafts_on_request(podcast):
    actions.work(begin(podcast, publish=False))
    assert not EpisodePage.objects.filter(live=True).exists()
    assert EpisodePage.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Geen feed</body></html>",
        b"<rss><chan",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    ],
)
def test_what_is_no_feed_is_told(data):
    with pytest.raises(FeedError):
        read_feed(data)


def test_entities_of_a_feed_are_not_resolved():
    data = b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&f;</title></channel></rss>'
    assert "root" not in read_feed(data).title


def test_a_failed_import_says_why(podcast):
    row = FeedImport.objects.create(podcast=podcast, name="x.xml", feed="<html/>")
    actions.work(row)
    assert row.state == ImportState.FAILED
    assert row.error.endswith(".")


def test_recordings_are_fetched_or_it_is_told_why_not(podcast, server, client):
    row = actions.work(begin(podcast, server))
    for audio_id in actions.recordings_of(row):
        fetch_recording(audio_id)
    one, two = (EpisodePage.objects.get(guid=guid).audio for guid in ("old-1", "old-2"))
    assert (one.state, one.is_here, one.file.read()) == (AudioState.READY, True, mp3(50))
    assert client.get(one.url).status_code == 200
    assert (two.state, two.is_here) == (AudioState.FAILED, False)
    assert "MP3" in two.error
    assert two.url == f"{server}/2.mp3"
    actions.again(two)
    two.refresh_from_db()
    assert two.state == AudioState.ELSEWHERE


def test_the_same_recording_under_two_addresses_is_stored_once(podcast, server):
    actions.work(begin(podcast, server))
    one = EpisodePage.objects.get(guid="old-1")
    fetch_recording(one.audio_id)
    two = EpisodePage.objects.get(guid="old-2")
    AudioFile.objects.filter(pk=two.audio_id).update(source_url=f"{server}/1.mp3?x=1")
    fetch_recording(two.audio_id)
    two.refresh_from_db()
    assert two.audio_id == one.audio_id
    assert two.get_latest_revision_as_object().audio_id == one.audio_id
    assert AudioFile.objects.count() == 1


def test_work_of_a_dead_worker_is_taken_up(podcast, server):
    row = begin(podcast, server, lease_until=timezone.now())
    wake_overdue()
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    FeedImport.objects.update(lease_until=timezone.now(), attempts=3, state=ImportState.WORKING)
    wake_overdue()
    row.refresh_from_db()
    assert row.state == ImportState.FAILED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/feed",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://100.64.0.1/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user@example.org/",
        "http://",
        "geen adres",
    ],
)
def test_nothing_inside_our_network_is_fetched(url, monkeypatch):
    monkeypatch.setattr(open_internet.socket, "create_connection", pytest.fail)
    with pytest.raises(FetchError):
        fetch(url, BytesIO(), limit=100)


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    rows = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.5", 80))]
    monkeypatch.setattr(open_internet.socket, "getaddrinfo", lambda *a, **k: rows)
    monkeypatch.setattr(open_internet.socket, "create_connection", pytest.fail)
    with pytest.raises(FetchError):
        fetch("http://example.org/", BytesIO(), limit=100)


def test_a_redirect_inside_is_refused(server, settings, monkeypatch):
    checked = open_internet.checked_addresses

    def strict_after_the_first(host, port):
        settings.FETCH_PRIVATE = host == "127.0.0.1"
        return checked(host, port)

    monkeypatch.setattr(open_internet, "checked_addresses", strict_after_the_first)
    with pytest.raises(FetchError):
        fetch(f"{server}/inside", BytesIO(), limit=100)


@pytest.mark.parametrize("path", ["/round", "/nothing", "/cut"])
def test_what_a_server_does_wrong_is_told(server, path):
    with pytest.raises(FetchError):
        fetch(f"{server}{path}", BytesIO(), limit=10_000)


def test_what_is_too_large_is_not_read_on(server):
    with pytest.raises(FetchError, match="MB"):
        fetch(f"{server}/1.mp3?x=1", BytesIO(), limit=1_000)


def test_an_editor_hands_in_a_file(client, editor, podcast):
    client.force_login(editor)
    address = reverse("podcasts_admin:import")
    file = SimpleUploadedFile("f.xml", FEED.format(guid=GUID, server="https://e.org").encode())
    client.post(address, {"podcast": podcast.pk, "file": file, "publish": "on"})
    actions.work(FeedImport.objects.get())
    html = client.get(f"{address}?part=rows").content.decode()
    assert "Een film" in html
    assert "<html" not in html
    file.seek(0)
    both = {"podcast": podcast.pk, "file": file, "address": "https://example.org/"}
    assert client.post(address, both).context["form"].errors["address"]


def test_the_command_tells_what_became_of_each(podcast, server, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(FEED.format(guid=GUID, server=server))
    out = StringIO()
    call_command("import_podcast", podcast.pk, str(path), stdout=out)
    assert "new: Een" in out.getvalue()
    assert "refused: Een film" in out.getvalue()
    assert AudioFile.objects.filter(state=AudioState.READY).count() == 1
    with pytest.raises(CommandError):
        call_command("import_podcast", podcast.pk, "/nergens.xml")
    with pytest.raises(CommandError):
        call_command("import_podcast", 0, str(path))
