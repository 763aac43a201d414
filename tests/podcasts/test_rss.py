"""A table of what each tag of the feed must be, and a walk over everything the feed holds."""

import datetime as dt
import re
import uuid
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcasts import rss
from podcasts.addresses import podcast_guid
from podcasts.categories import NAMES, SEPARATOR
from podcasts.chapters import Mark
from podcasts.enums import ROLE_GROUPS, EpisodeType
from podcasts.feed_parts import (
    FeedEpisode,
    FeedLicence,
    FeedLink,
    FeedPerson,
    FeedSeries,
    FeedTrailer,
    FeedTranscript,
    Media,
)

AT = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
HOST = "https://example.org/nl/in-gesprek/"
MEDIA = Media("https://example.org/audio/0a/een.mp3", 1_234_567, "audio/mpeg")
EPISODE = FeedEpisode(
    guid="8f1d5a3e-0001",
    title="Wie er meedoet & wie niet",
    url=f"{HOST}een/",
    at=AT,
    media=MEDIA,
    seconds=2712,
    summary="Over de buurt.",
    notes="<p>Lees <a href='https://example.org/'>meer</a>.</p>",
    season=2,
    number=4,
    image="https://example.org/media/een.jpg",
    people=(FeedPerson("Noor de Wit", "host", "cast", "https://example.org/noor"),),
    transcripts=(
        FeedTranscript(f"{HOST}een/transcript.vtt", "text/vtt", True),
        FeedTranscript(f"{HOST}een/transcript.srt", "application/x-subrip", True),
        FeedTranscript(f"{HOST}een/transcript.html", "text/html", False),
    ),
    chapters_url=f"{HOST}een/chapters.json",
    chapters=(Mark(0, "Begin"), Mark(3_754_500, "Later", "https://example.org/")),
)
SERIES = FeedSeries(
    guid=podcast_guid(f"{HOST}feed.xml"),
    title="In gesprek",
    description="Gesprekken over draagvlak.",
    url=HOST,
    own_url=f"{HOST}feed.xml",
    language="nl",
    author="OnMigration",
    owner_name="De redactie",
    owner_email="podcast@example.org",
    image="https://example.org/media/serie.jpg",
    changed=AT,
    categories=(("Society & Culture", "Documentary"), ("Education",)),
    copyright="OnMigration",
    licence=FeedLicence("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    funding=FeedLink("https://example.org/steun", "Steun deze serie"),
    frequency="FREQ=MONTHLY",
    frequency_label="Elke maand",
    texts=(("verify", "abc123"),),
    people=(FeedPerson("Noor de Wit"),),
    trailers=(FeedTrailer("Trailer", MEDIA, AT, 2),),
    moved_to="https://elsewhere.example/feed.xml",
    page=2,
    pages=3,
)


def named(tag):
    """Return a tag with the prefix that apps look for."""
    for prefix, url in rss.NAMESPACES.items():
        if tag.startswith(f"{{{url}}}"):
            return f"{prefix}:{tag.rpartition('}')[2]}"
    return tag


def url(text):
    return bool(re.fullmatch(r"https?://[!-~]+", text or ""))


def date(text):
    """Say whether a date is of RFC 2822, with its zone as a number."""
    return bool(parsedate_to_datetime(text).tzinfo) and re.search(r" [+-]\d{4}$", text)


def one_of(*values):
    return lambda text: text in values


def words(text, most=4000):
    return bool(text and text.strip() == text and len(text) <= most)


def short(text):
    return words(text, 128)


def count(text):
    return text.isdecimal() and int(text) > 0


def guid(text):
    return uuid.UUID(text).version == 5


def seconds(text):
    return re.fullmatch(r"\d{2,}:[0-5]\d:[0-5]\d\.\d{3}", text)


def holds_elements(text):
    return not (text or "").strip()


NOTHING = holds_elements
AUDIO = one_of("audio/mpeg", "audio/mp4")
MAIL = r"[^@ ]+@[^@ ]+"

# Tag: where it may stand, how often at most (0: any number), the rule of its text, and of
# each attribute; an attribute in capitals must be there. Rules of RSS 2.0, Apple (Podcast
# RSS feed requirements), the podcast namespace 1.0, RFC 5005 and Podlove Simple Chapters.
RULES = {
    "channel": (("rss",), 1, NOTHING, {}),
    "title": (("channel", "item", "image"), 1, words, {}),
    "link": (("channel", "item", "image"), 1, url, {}),
    "description": (("channel", "item"), 1, lambda t: len(t.encode()) <= 4000, {}),
    "language": (("channel",), 1, lambda t: re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", t), {}),
    "copyright": (("channel",), 1, words, {}),
    "lastBuildDate": (("channel",), 1, date, {}),
    "docs": (("channel",), 1, url, {}),
    "image": (("channel",), 1, NOTHING, {}),
    "url": (("image",), 1, url, {}),
    "item": (("channel",), 0, NOTHING, {}),
    "guid": (("item",), 1, words, {"ISPERMALINK": one_of("false")}),
    "pubDate": (("item",), 1, date, {}),
    "enclosure": (("item",), 1, NOTHING, {"URL": url, "LENGTH": str.isdecimal, "TYPE": AUDIO}),
    "atom:link": (
        ("channel",),
        0,
        NOTHING,
        {
            "REL": one_of("self", "first", "last", "next", "previous"),
            "HREF": url,
            "TYPE": one_of("application/rss+xml"),
        },
    ),
    "content:encoded": (("item",), 1, bool, {}),
    "itunes:title": (("channel", "item"), 1, words, {}),
    "itunes:author": (("channel",), 1, words, {}),
    "itunes:owner": (("channel",), 1, NOTHING, {}),
    "itunes:name": (("itunes:owner",), 1, words, {}),
    "itunes:email": (("itunes:owner",), 1, lambda t: re.fullmatch(MAIL, t), {}),
    "itunes:image": (("channel", "item"), 1, NOTHING, {"HREF": url}),
    "itunes:category": (
        ("channel", "itunes:category"),
        2,
        NOTHING,
        {"TEXT": lambda t: t in {part for name in NAMES for part in name.split(SEPARATOR)}},
    ),
    "itunes:explicit": (("channel", "item"), 1, one_of("true", "false"), {}),
    "itunes:type": (("channel",), 1, one_of("episodic", "serial"), {}),
    "itunes:complete": (("channel",), 1, one_of("Yes"), {}),
    "itunes:new-feed-url": (("channel",), 1, url, {}),
    "itunes:duration": (("item",), 1, str.isdecimal, {}),
    "itunes:season": (("item",), 1, count, {}),
    "itunes:episode": (("item",), 1, count, {}),
    "itunes:episodeType": (("item",), 1, one_of(*EpisodeType.values), {}),
    "podcast:guid": (("channel",), 1, guid, {}),
    "podcast:locked": (
        ("channel",),
        1,
        one_of("yes", "no"),
        {"owner": lambda t: re.fullmatch(MAIL, t)},
    ),
    "podcast:medium": (("channel",), 1, one_of("podcast"), {}),
    "podcast:updateFrequency": (
        ("channel",),
        1,
        short,
        {"rrule": lambda t: t.startswith("FREQ="), "complete": one_of("true")},
    ),
    "podcast:license": (("channel",), 1, lambda t: short(t) and t == t.lower(), {"url": url}),
    "podcast:funding": (("channel",), 0, short, {"URL": url}),
    "podcast:txt": (("channel",), 0, words, {"purpose": short}),
    "podcast:trailer": (
        ("channel",),
        0,
        short,
        {"URL": url, "PUBDATE": date, "LENGTH": str.isdecimal, "TYPE": AUDIO, "season": count},
    ),
    "podcast:person": (
        ("channel", "item"),
        0,
        short,
        {"role": lambda t: t in ROLE_GROUPS, "group": one_of(*ROLE_GROUPS.values()), "href": url},
    ),
    "podcast:transcript": (
        ("item",),
        0,
        NOTHING,
        {
            "URL": url,
            "TYPE": one_of("text/vtt", "application/x-subrip", "text/html", "text/plain"),
            "rel": one_of("captions"),
        },
    ),
    "podcast:chapters": (
        ("item",),
        1,
        NOTHING,
        {"URL": url, "TYPE": one_of("application/json+chapters")},
    ),
    "podcast:season": (("item",), 1, count, {}),
    "podcast:episode": (("item",), 1, count, {}),
    "psc:chapters": (("item",), 1, NOTHING, {"VERSION": one_of("1.2")}),
    "psc:chapter": (("psc:chapters",), 0, NOTHING, {"START": seconds, "TITLE": bool, "href": url}),
}
NEEDED = {
    "channel": {
        "title", "link", "description", "language", "itunes:image", "itunes:category",
        "itunes:explicit", "itunes:author", "podcast:guid", "podcast:medium", "podcast:locked",
    },
    "item": {"title", "guid", "pubDate", "enclosure", "itunes:duration", "itunes:explicit"},
    "image": {"url", "title", "link"},
    "itunes:owner": {"itunes:name", "itunes:email"},
}  # fmt: skip


def check(feed):
    """Walk a whole feed; return its tags. Fails on whatever breaks a rule."""
    root = ElementTree.fromstring(feed)
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    seen = set()
    below(root, seen)
    return seen


def below(parent, seen):
    where, names = named(parent.tag), [named(child.tag) for child in parent]
    assert NEEDED.get(where, set()) <= set(names), where
    for child, name in zip(parent, names, strict=True):
        assert name in RULES, f"{name} has no rule"
        parents, most, rule, attributes = RULES[name]
        assert where in parents, f"{name} in {where}"
        assert not most or names.count(name) <= most, f"{name} more than {most} times in {where}"
        assert rule(child.text or "") or rule is NOTHING and holds_elements(child.text), (
            name,
            child.text,
        )
        check_attributes(name, child.attrib, attributes)
        seen.add(name)
        below(child, seen)


def check_attributes(name, found, rules):
    needed = {key.lower() for key in rules if key.isupper()}
    assert needed <= {key.lower() for key in found}, (name, found)
    by_name = {key.lower(): rule for key, rule in rules.items()}
    for key, value in found.items():
        assert by_name[key.lower()](value), (name, key, value)


def test_every_tag_keeps_its_rule_and_the_full_feed_shows_them_all():
    whole = check(rss.write(SERIES, [EPISODE]))
    assert set(RULES) - whole == {"itunes:complete"}


def test_a_bare_feed_keeps_the_rules_too():
    bare = FeedSeries(
        guid=SERIES.guid, title="Kaal", description="", url=HOST, own_url=SERIES.own_url,
        language="en", author="A", owner_name="", owner_email="", image=SERIES.image, changed=AT,
        categories=(("Arts",),), complete=True, frequency="", frequency_label="Afgesloten",
    )  # fmt: skip
    episode = FeedEpisode(guid="1", title="Een", url=HOST, at=AT, media=MEDIA, seconds=0)
    assert "itunes:complete" in check(rss.write(bare, [episode]))
    check(rss.write(bare, []))


@pytest.mark.parametrize(
    "broken",
    [
        (b"<itunes:explicit>false", b"<itunes:explicit>no"),
        (b'length="1234567"', b'length="1,2 MB"'),
        (b"+0000", b"GMT"),
        (b"<podcast:medium>podcast</podcast:medium>", b""),
        (b'type="audio/mpeg"', b'type="audio/mp3"'),
        (b"<language>nl", b"<language>Nederlands"),
    ],
)
def test_the_rules_can_fail(broken):
    feed = rss.write(SERIES, [EPISODE]).replace(*broken)
    with pytest.raises(AssertionError):
        check(feed)


@pytest.mark.parametrize(
    ("page", "pages", "rels"),
    [
        (1, 1, {"self": ""}),
        (1, 3, {"self": "", "first": "", "next": "?page=2", "last": "?page=3"}),
        (
            2,
            3,
            {"self": "?page=2", "first": "", "previous": "", "next": "?page=3", "last": "?page=3"},
        ),
        (3, 3, {"self": "?page=3", "first": "", "previous": "?page=2", "last": "?page=3"}),
    ],
)
def test_pages_lead_to_one_another(page, pages, rels):
    series = FeedSeries(
        **{n: getattr(SERIES, n) for n in SERIES.__slots__} | {"page": page, "pages": pages}
    )
    root = ElementTree.fromstring(rss.write(series, []))
    links = root.findall(f"channel/{{{rss.NAMESPACES['atom']}}}link")
    assert {e.get("rel"): e.get("href") for e in links} == {
        rel: SERIES.own_url + ending for rel, ending in rels.items()
    }


def test_an_independent_parser_reads_the_same():
    feed = feedparser.parse(rss.write(SERIES, [EPISODE]))
    assert not feed.bozo
    assert feed.feed.title == "In gesprek"
    assert feed.feed.publisher_detail.email == "podcast@example.org"
    item = feed.entries[0]
    assert (item.title, item.id, item.guidislink) == (EPISODE.title, EPISODE.guid, False)
    assert item.published_parsed[:5] == (2026, 11, 2, 9, 30)
    assert [dict(e) for e in item.enclosures] == [
        {"length": "1234567", "type": "audio/mpeg", "href": MEDIA.url}
    ]
    assert (item.itunes_season, item.itunes_episode, item.itunes_duration) == ("2", "4", "2712")
    assert "https://example.org/" in item.content[-1].value


def wordy(number, size):
    return FeedEpisode(
        **{name: getattr(EPISODE, name) for name in EPISODE.__slots__}
        | {
            "guid": f"8f1d5a3e-{number:04}",
            "summary": f"Aflevering {number}. " + "Zo gaat dat hier. " * (size // 18),
            "notes": "<p>" + "Zo gaat dat hier. " * (size // 18) + "</p>",
        }
    )


@pytest.mark.parametrize("size", [200, 3000, 20_000])
def test_a_feed_of_300_episodes_stays_below_what_directories_take(size):
    feed = rss.write(SERIES, [wordy(number, size) for number in range(300)])
    assert len(feed) < 512_000
    items = ElementTree.fromstring(feed).findall("channel/item")
    assert len({item.findtext("guid") for item in items}) == 300
    assert all(item.findtext("description") for item in items)
    notes = [item.find(f"{{{rss.NAMESPACES['content']}}}encoded") is not None for item in items]
    assert notes[0], "the newest keeps its notes"


ODD = st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from("<>&]\"'\x00\x0b😀")))


@settings(max_examples=60)
@given(title=ODD, notes=ODD, chapter=ODD)
def test_any_words_give_valid_xml_that_reads_back(title, notes, chapter):
    episode = FeedEpisode(
        **{name: getattr(EPISODE, name) for name in EPISODE.__slots__}
        | {
            "title": f"a {title} b",
            "notes": f"]]>{notes}]]>",
            "chapters": (Mark(0, f"c{chapter}"),),
        }
    )
    feed = rss.write(SERIES, [episode])
    check(feed)
    item = ElementTree.fromstring(feed).find("channel/item")
    read = item.findtext(f"{{{rss.NAMESPACES['content']}}}encoded")
    lines = rss_clean(f"]]>{notes}]]>").replace("\r\n", "\n").replace("\r", "\n")
    assert read == lines
    assert item.findtext("title").split() == rss_clean(f"a {title} b").split()


def rss_clean(text):
    """Leave out, in our own words, what XML 1.0 cannot hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r"
        or " " <= sign <= "\ud7ff"
        or "\ue000" <= sign <= "\ufffd"
        or sign > "\uffff"
    )
