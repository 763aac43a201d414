"""Rich text as mail takes it, and as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.markup import as_text, clean, wrap

BASE = "https://hub.example"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Dag</p>", "<p>Dag</p>"),
        ('<p><a href="/nl/x/">x</a></p>', '<p><a href="https://hub.example/nl/x/">x</a></p>'),
        ('<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'),
        ('<a href="mailto:a@b.nl">x</a>', '<a href="mailto:a@b.nl">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x">x</a>', "x"),
        ("<a>x</a>", "x"),
        ('<p style="color:red" onclick="x()">Dag</p>', "<p>Dag</p>"),
        ("<script>alert(1)</script><p>Dag</p>", "<p>Dag</p>"),
        ("<div><p>Dag</p></div>", "<p>Dag</p>"),
        ("<h2>Kop</h2>", "Kop"),
        ("a &amp; b &lt;i&gt;", "a &amp; b &lt;i&gt;"),
        ("", ""),
    ],
)
def test_only_what_mail_knows_is_kept(html, expected):
    assert clean(html, BASE) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Een</p><p>Twee</p>", "Een\n\nTwee"),
        ("<p>Een<br>Twee</p>", "Een\nTwee"),
        ('<p>Lees <a href="https://a.nl/x">dit</a>.</p>', "Lees dit (https://a.nl/x)."),
        ('<p><a href="https://a.nl/">https://a.nl</a></p>', "https://a.nl"),
        ('<p><a href="mailto:a@b.nl">a@b.nl</a></p>', "a@b.nl"),
        ("<ul><li>Een</li><li>Twee</li></ul>", "- Een\n- Twee"),
        ("<ol><li>Een</li><li>Twee</li></ol>", "1. Een\n2. Twee"),
        ("<ul><li>Een<ul><li>Diep</li></ul></li></ul>", "- Een\n  - Diep"),
        ("<p>Een &amp; twee</p>", "Een & twee"),
        ("los", "los"),
        ("", ""),
    ],
)
def test_plain_text_reads_as_if_typed(html, expected):
    assert as_text(html) == expected


@given(st.lists(st.text(alphabet="abcdefg éï", min_size=1, max_size=30), max_size=40))
def test_wrapping_keeps_every_word_and_the_width(words):
    text = " ".join(words)
    wrapped = wrap(text)
    assert wrapped.split() == text.split()
    assert all(len(line) <= 72 for line in wrapped.splitlines())


def test_an_address_is_never_broken():
    url = "https://hub.example/" + "een-lang-pad/" * 12
    assert url in wrap(f"Lees {url} daarna verder").splitlines()
