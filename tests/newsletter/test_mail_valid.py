"""The HTML of an edition: valid by the standard, and by the rules of mail programs."""

import re

import html5lib
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.parts import Heading
from newsletter.rendering import MOST_BYTES, as_html, as_text, size_of
from tests.newsletter.mails import EDITIONS, FRAME, LONG, edition, news

KNOWN = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "h1",
    "h2", "h3", "p", "a", "img", "ul", "ol", "li", "b", "strong", "i", "em", "br", "sup",
}  # fmt: skip


def faults(html):
    """Return what is wrong by the HTML standard and by our own rules."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    found = [f"{place}: {code}" for place, code, _values in parser.errors]
    soup = BeautifulSoup(html, "html.parser")
    tags = soup.find_all(True)
    found += [f"<{tag.name}>" for tag in tags if tag.name not in KNOWN]
    found += [f"{name}=" for tag in tags for name in tag.attrs if name.startswith("on")]
    if not soup.html.get("lang"):
        found.append("no language")
    found += ["table" for tag in soup.find_all("table") if tag.get("role") != "presentation"]
    for image in soup.find_all("img"):
        if not {"alt", "width", "height"} <= set(image.attrs):
            found.append(f"picture {image}")
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    if levels.count(1) != 1 or levels[0] != 1:
        found.append("first heading")
    if any(after - before > 1 for before, after in zip(levels, levels[1:], strict=False)):
        found.append("headings skip a level")
    found += ["link without words" for tag in soup.find_all("a") if not tag.get_text(strip=True)]
    found += [str(tag) for tag in soup.find_all("a") if not tag["href"].startswith("https://")]
    if "url(" in html or "@import" in html:
        found.append("something from outside in the styles")
    return found


@pytest.mark.parametrize("name", EDITIONS)
def test_the_mail_is_valid(name):
    assert faults(as_html(EDITIONS[name], FRAME)) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<p>a</div></p>", "end-tag"),
        ("<script>1</script>", "<script>"),
        ("<form></form>", "<form>"),
        ("<img src='https://x'>", "picture"),
        ("<table></table>", "table"),
        ("<h4>a</h4>", "level"),
        ("<a href='https://x'></a>", "without words"),
        ("<a href='javascript:x'>x</a>", "javascript"),
        ("<p onclick='x'>a</p>", "onclick"),
        ("<style>@import 'x'</style>", "styles"),
    ],
)
def test_the_rules_see_what_is_wrong(broken, fault):
    html = as_html(EDITIONS["one"], FRAME).replace("</h1>", f"</h1>{broken}")
    assert [one for one in faults(html) if fault in one]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]), max_size=40)


@settings(max_examples=30)
@given(title=TEXTS, lead=TEXTS)
def test_whatever_is_typed_the_mail_is_valid_and_shows_it(title, lead):
    shown = f"x{title}x"
    content = edition(Heading(f"h{lead}"), news(shown, lead), title=f"t{title}")
    html = as_html(content, FRAME)
    assert faults(html) == []
    words = BeautifulSoup(html, "html.parser").find("h3").get_text()
    assert " ".join(words.split()) == " ".join(shown.split())


def test_sixty_pieces_of_news_are_not_cut_off():
    assert size_of(as_html(EDITIONS["sixty"], FRAME)) < MOST_BYTES


def test_a_picture_has_words_in_the_plain_text():
    text = as_text(EDITIONS["normal"], FRAME)
    assert "[Afbeelding: Een ijsberg]" in text


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_everything_can_be_read(browser, scheme):
    context = browser.new_context(color_scheme=scheme, offline=True)
    tab = context.new_page()
    for name, width in (("long", 320), ("odd", 320), ("normal", 320), ("long", 600)):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.set_content(as_html(EDITIONS[name], FRAME))
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        contrasts = tab.evaluate(CONTRASTS)
        assert len(contrasts) > 5
        assert min(contrasts) >= 4.5, (name, scheme)
    assert LONG[:80] in tab.content()
    context.close()


CONTRASTS = """() => {
  const light = (text) => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255);
    const [r, g, b] = parts.map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (tag) => {
    for (let one = tag; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const words = [...document.querySelectorAll("h1, h2, h3, p, a, li, td")]
    .filter((tag) => [...tag.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return words.map((tag) => {
    const pair = [light(getComputedStyle(tag).color), light(ground(tag))];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  });
}"""
