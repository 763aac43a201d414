import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import richtext

BASE = "https://hub.example/"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


def once(html):
    return richtext.to_html(richtext.parse(html, BASE))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", ""),
        ("<p></p><p> </p>", ""),
        ("Los", "<p>Los</p>"),
        ("<p>Een <b>vet</b> woord</p>", "<p>Een <b>vet</b> woord</p>"),
        ("<p><i><b>beide</b></i></p>", "<p><i><b>beide</b></i></p>"),
        ("<h2>Kop</h2><p>x</p>", "<h3>Kop</h3><p>x</p>"),
        ("<p>a<br/>b</p>", "<p>a<br>b</p>"),
        ("<ul><li>een</li><li>twee</li></ul>", "<ul><li>een</li><li>twee</li></ul>"),
        ("<ul><li>een<ol><li>in</li></ol></li></ul>", "<ul><li>een<ol><li>in</li></ol></li></ul>"),
        ('<p><a href="/nl/x/">x</a></p>', '<p><a href="https://hub.example/nl/x/">x</a></p>'),
        ('<p><a href="javascript:alert(1)">x</a></p>', "<p>x</p>"),
        ('<p><a>x</a></p>', "<p>x</p>"),
        ('<p><a href="http://[">x</a></p>', "<p>x</p>"),
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ('<p onclick="x">5 &lt; 6 &amp; 7</p>', "<p>5 &lt; 6 &amp; 7</p>"),
        ("<p>#import \"x\" $a$ [b] \\c</p>", '<p>#import "x" $a$ [b] \\c</p>'),
        ("<ul><li>open", "<ul><li>open</li></ul>"),
        ("</ul></li></b>x", "<p>x</p>"),
        ("woord <a href='https://example.org/'><br></a>", "<p>woord</p>"),
        ("<p>H<sup>2</sup>O\x0c\x01</p>", "<p>H<sup>2</sup>O</p>"),
    ],
)  # fmt: skip
def test_what_becomes_of_rich_text(given, shown):
    assert once(given) == shown


@given(st.text(max_size=200) | st.lists(
    st.sampled_from(["<ul>", "</ul>", "<li>", "</li>", "<p>", "</p>", "<b>", "</b>", "<ol>",
                     "</ol>", "<a href='/x'>", "</a>", "woord ", "<br>", "<h3>", "</h3>"]),
    max_size=40).map("".join))  # fmt: skip
def test_anything_is_read_and_reading_again_changes_nothing(html):
    shown = once(html)
    assert once(shown) == shown


def test_words_are_kept():
    blocks = richtext.parse("<p>een <b>twee</b></p><ul><li>drie</li><li>vier</li></ul>")
    assert richtext.plain_text(blocks) == "een twee\ndrie\nvier"
