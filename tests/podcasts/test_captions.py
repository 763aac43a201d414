"""The words of an episode in each format, read back by other programs."""

import re
from html.parser import HTMLParser
from io import StringIO

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from podcasts import captions
from podcasts.cues import Cue

CUES = (
    Cue(0, 4_000, "Welkom <b>allemaal</b> & hallo.", "Noor de Wit"),
    Cue(4_000, 7_250, "Twee\n\nregels --> hier", "Noor de Wit"),
    Cue(3_600_000, 3_601_000, "Ja.", "Samir > Haddad"),
    Cue(3_602_000, 3_603_000, "Zonder naam."),
)


def test_vtt():
    assert captions.as_vtt(CUES) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:04.000\n<v Noor de Wit>Welkom &lt;b&gt;allemaal&lt;/b&gt; &amp; hallo.</v>\n\n"
        "00:00:04.000 --> 00:00:07.250\n<v Noor de Wit>Twee\nregels --&gt; hier</v>\n\n"
        "01:00:00.000 --> 01:00:01.000\n<v Samir &gt; Haddad>Ja.</v>\n\n"
        "01:00:02.000 --> 01:00:03.000\nZonder naam.\n"
    )


def test_srt():
    assert captions.as_srt(CUES[1:3]) == (
        "1\n00:00:04,000 --> 00:00:07,250\nNoor de Wit: Twee\nregels -> hier\n\n"
        "2\n01:00:00,000 --> 01:00:01,000\nSamir > Haddad: Ja.\n"
    )


def test_text_is_a_paragraph_for_each_turn():
    assert captions.as_text(CUES) == (
        "Noor de Wit: Welkom <b>allemaal</b> & hallo. Twee regels --> hier\n\n"
        "Samir > Haddad: Ja.\n\nZonder naam.\n"
    )


class Reader(HTMLParser):
    """Collects what stands in cite, time and p."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag in ("cite", "time", "p") else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside:
            self.found.append((self.inside, data))


def test_html_has_cite_time_and_p():
    reader = Reader()
    reader.feed(captions.as_html(CUES, title="<x>", language="nl", canonical="https://e.org/?a&b"))
    assert reader.found == [
        ("cite", "Noor de Wit:"),
        ("time", "0:00"),
        ("p", "Welkom <b>allemaal</b> & hallo. Twee regels --> hier"),
        ("cite", "Samir > Haddad:"),
        ("time", "1:00:00"),
        ("p", "Ja."),
        ("time", "1:00:02"),
        ("p", "Zonder naam."),
    ]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1)
LINES = st.builds(
    lambda start, length, text, speaker: Cue(start, start + length, f"a{text}", speaker),
    st.integers(0, 9_000_000),
    st.integers(1, 60_000),
    WORDS,
    st.one_of(st.just(""), WORDS.map(lambda name: f"N{name}")),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(LINES, max_size=5))
def test_another_program_reads_as_many_lines_at_the_same_times(cues):
    read = webvtt.from_buffer(StringIO(captions.as_vtt(cues)))
    assert [round(one.start_in_seconds * 1000) // 1000 for one in read] == [
        cue.start // 1000 for cue in cues
    ]
    srt = captions.as_srt(cues)
    assert len(re.findall(r"^\d+:\d\d:\d\d,\d{3} --> ", srt, re.MULTILINE)) == len(cues)


@pytest.mark.parametrize("write", [captions.as_vtt, captions.as_srt, captions.as_text])
def test_nothing_said_is_no_error(write):
    assert isinstance(write(()), str)
