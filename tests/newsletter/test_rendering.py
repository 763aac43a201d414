"""The mail: valid for mail programs, readable as text, and the same after being stored."""

import datetime as dt
import re

from django.test import override_settings

import pytest
from bs4 import BeautifulSoup

from core.contracts import CardImage
from newsletter.parts import Button, Content, Heading, Item, Picture, Words, without_lone_headings
from newsletter.rendering import MOST_BYTES, Frame, as_html, as_text, size_of

BASE = "https://hub.example"
THUMB = CardImage(f"{BASE}/media/newsletter/a.jpg", 72, 100, "")
WIDE = CardImage(f"{BASE}/media/images/b.jpg", 552, 290, "Een ijsberg")
NEWS = Item(
    "research",
    "Onderzoek",
    "Wat mensen <b>bedoelen</b> & zeggen",
    f"{BASE}/nl/onderzoek/a/",
    "Een lange samenvatting. " * 8,
    date=dt.date(2026, 11, 3),
    facts=("SCP", "24 p."),
    image=THUMB,
    themes=("draagvlak",),
)
ENGLISH = Item(
    "research", "Onderzoek", "Words", f"{BASE}/en/a/", language="en", language_label="Engels"
)
MENDED = Item("research", "Onderzoek", "Cijfers", f"{BASE}/nl/c/", note="Er stond 34 procent.")
PARTS = (
    Words(f'<p>Dag, <a href="{BASE}/nl/">lees</a>.</p><ul><li>een</li></ul>'),
    Heading("Nieuw onderzoek"),
    NEWS,
    ENGLISH,
    Button("Bekijk alles", f"{BASE}/nl/alles/"),
    Picture(WIDE, "Foto: redactie"),
    Heading("Verbeterd"),
    MENDED,
)
CONTENT = Content("Nieuwsbrief", "Het onderwerp", "Wat erin staat", "nl", f"{BASE}/nl/n/", PARTS)
FRAME = Frame(
    organisation="OnMigration",
    home=f"{BASE}/nl/",
    why="U krijgt deze mail omdat u zich hebt aangemeld.",
    unsubscribe="@@unsubscribe_url@@",
    mine="@@mine_url@@",
    greeting="@@greeting@@,",
    postal=("Straat 1", "1234 AB Utrecht"),
)


@pytest.fixture(scope="module")
def soup():
    return BeautifulSoup(as_html(CONTENT, FRAME), "html.parser")


def test_there_is_a_language_a_title_and_one_first_heading(soup):
    assert soup.html["lang"] == "nl"
    assert soup.title.text == "Het onderwerp"
    assert [tag.text for tag in soup.find_all("h1")] == ["Nieuwsbrief"]


def test_headings_go_down_one_level_at_a_time(soup):
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_table_is_for_layout_and_the_column_is_600(soup):
    assert {table.get("role") for table in soup.find_all("table")} == {"presentation"}
    assert [table["width"] for table in soup.find_all("table", class_="column")] == ["600"]


def test_every_picture_has_a_size_and_an_alternative(soup):
    images = soup.find_all("img")
    assert len(images) == 2
    for image in images:
        assert image.has_attr("alt")
        assert int(image["width"]) <= 600
        assert int(image["height"]) > 0


def test_every_address_is_absolute_or_a_placeholder(soup):
    addresses = [tag["href"] for tag in soup.find_all("a")]
    addresses += [tag["src"] for tag in soup.find_all("img")]
    for address in addresses:
        assert re.match(r"https://|mailto:|@@\w+@@$", address), address


def test_styles_are_inlined_and_nothing_runs_or_follows(soup):
    assert not soup.find_all(["script", "link", "iframe", "form", "object"])
    [style] = soup.find_all("style")
    assert "prefers-color-scheme: dark" in style.text
    assert "url(" not in str(soup)
    assert all(
        "style" in tag.attrs for tag in soup.find_all(["h1", "h2", "h3", "td"]) if tag.get("class")
    )
    assert soup.find("meta", attrs={"name": "color-scheme"})["content"] == "light dark"
    assert not [tag for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_what_editors_type_is_never_markup(soup):
    assert "Wat mensen <b>bedoelen</b> & zeggen" in soup.text


def test_news_in_another_language_says_so(soup):
    assert soup.find("h3", lang="en").text == "Words"


def test_the_way_out_stands_in_both_parts():
    text = as_text(CONTENT, FRAME)
    for part in (as_html(CONTENT, FRAME), text):
        for needed in ("@@unsubscribe_url@@", "@@mine_url@@", "@@greeting@@,", CONTENT.url):
            assert needed in part
        assert "1234 AB Utrecht" in part


def test_the_charset_stands_where_parsers_look(soup):
    assert as_html(CONTENT, FRAME).encode()[:1024].count(b'charset="utf-8"') == 1


def test_plain_text_is_wrapped_and_complete():
    lines = as_text(CONTENT, FRAME).splitlines()
    assert all(len(line) <= 76 or line.startswith("http") for line in lines)
    assert "NIEUW ONDERZOEK" in lines
    assert "Onderzoek · 3 november 2026 · SCP · 24 p." in lines
    assert f"{BASE}/nl/onderzoek/a/" in lines
    assert "&amp;" not in "\n".join(lines)
    assert "\n\n\n\n" not in "\n".join(lines)


@override_settings(LANGUAGE_CODE="nl")
def test_each_language_has_its_own_words():
    english = Content("Newsletter", "S", "P", "en", f"{BASE}/en/n/", (NEWS,))
    assert "Unsubscribe" in as_html(english, FRAME)
    assert "Uitschrijven" in as_html(CONTENT, FRAME)


def test_it_is_the_same_after_being_stored():
    assert Content.from_json(CONTENT.as_json()) == CONTENT


def test_forty_pieces_of_news_fit():
    many = Content("N", "S", "P", "nl", CONTENT.url, tuple(NEWS for _ in range(40)))
    assert size_of(as_html(many, FRAME)) < MOST_BYTES


def test_a_heading_over_nothing_is_left_out():
    parts = (Heading("a"), Heading("b"), NEWS, Heading("c"))
    assert without_lone_headings(parts) == (Heading("b"), NEWS)
