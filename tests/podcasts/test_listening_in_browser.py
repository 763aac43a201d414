"""A listener in a real browser: keys, chapters, words, deep links; and one without script."""

from __future__ import annotations

import re
import struct
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from podcasts.cues import Cue
from podcasts.models import Chapter, EpisodeMention, EpisodePerson
from tests.hub.test_accessibility import RULES
from tests.podcasts.episodes import make_audio, make_episode, make_podcast, make_transcript
from tests.podcasts.pictures import make_picture
from tests.research import make_research

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

SECONDS = 180
ADDRESS = "/nl/in-gesprek/aflevering/"


def silence(seconds: int, rate: int = 8000) -> bytes:
    """Return a WAV file in which nothing is heard."""
    size = seconds * rate
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + size,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        rate,
        rate,
        1,
        8,
        b"data",
        size,
    )
    return head + b"\x80" * size


@pytest.fixture
def episode(site_tree: Any) -> Any:
    """An episode of three minutes with everything it can have."""
    podcast = make_podcast(site_tree.home, artwork=make_picture())
    make_episode(podcast, "Eerder", season=1, number=1)
    made = make_episode(
        podcast,
        season=1,
        number=2,
        audio=make_audio(silence(SECONDS), "stil.mp3", duration=SECONDS * 1000),
        chapters=[
            Chapter(start=0, title="Begin"),
            Chapter(start=60_000, title="De buurt"),
            Chapter(start=120_000, title="Slot", url="https://example.org/"),
        ],
        people=[EpisodePerson(name="Noor de Wit", role="host")],
        mentions=[EpisodeMention(subject=make_research(site_tree.library), start=61_000)],
    )
    lines = [
        Cue(n * 6000, n * 6000 + 6000, f"Zin {n} over de wijk.", ("Noor", "Samir")[n // 5 % 2])
        for n in range(30)
    ]
    make_transcript(made, *lines, Cue(180_000, 181_000, "Café, en dan naar huis.", "Noor"))
    return made


def moment(tab: Tab) -> float:
    return round(tab.evaluate("document.querySelector('audio').currentTime"))


def playing(tab: Tab) -> None:
    expect(tab.get_by_role("button", name="Pauzeren")).to_be_visible()


def open_to_listen(tab: Tab) -> None:
    """Open the episode; let it creep, so that a busy machine does not outrun what is expected."""
    tab.goto(ADDRESS)
    tab.evaluate("document.querySelector('audio').playbackRate = 0.0625")


def test_by_keyboard_alone(episode: Any, tab: Tab) -> None:
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    open_to_listen(tab)
    slider = tab.get_by_role("slider", name="Plaats in de opname")
    expect(slider).to_have_attribute("aria-valuetext", "0 seconden van 3 minuten")
    assert not [url for url in fetched if "/audio/" in url], "nothing is fetched before play"
    slider.focus()
    tab.keyboard.press("l")
    tab.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "35 seconden van 3 minuten")
    tab.keyboard.press("j")
    expect(slider).to_have_attribute("aria-valuetext", "20 seconden van 3 minuten")
    tab.keyboard.press(" ")
    playing(tab)
    assert 20 <= moment(tab) <= 22
    tab.keyboard.press("k")
    tab.get_by_role("button", name="30 seconden vooruit").press("Enter")
    assert 50 <= moment(tab) <= 53
    tab.get_by_role("button", name="15 seconden terug").press(" ")
    assert 35 <= moment(tab) <= 38
    tab.get_by_label("Snelheid").select_option("1.5")
    assert tab.evaluate("document.querySelector('audio').playbackRate") == 1.5
    tab.locator("input[name=q]:visible").first.focus()
    tab.keyboard.type("l k")
    assert 35 <= moment(tab) <= 38, "letters belong to the field that has the focus"
    tab.reload()
    expect(tab.get_by_text("U was bij 0:3")).to_be_visible()
    assert tab.complaints == []  # type: ignore[attr-defined]


def test_a_step_taken_as_the_file_becomes_known_is_kept(episode: Any, tab: Tab) -> None:
    open_to_listen(tab)
    tab.get_by_role("slider", name="Plaats in de opname").press("l")
    ready = tab.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener("loadedmetadata", (event) => {
                document.querySelector("[data-forward]").click();
                setTimeout(resolve, 0, event.target.readyState);
            }, { capture: true, once: true });
            document.querySelector("[data-toggle]").click();
        })"""
    )
    assert ready > 0, "the file is known, and its event is being heard"
    assert 60 <= moment(tab) <= 62
    assert tab.complaints == []  # type: ignore[attr-defined]


def test_chapters_and_words_follow_one_another(episode: Any, tab: Tab) -> None:
    open_to_listen(tab)
    tab.get_by_role("link", name="De buurt").click()
    playing(tab)
    assert 60 <= moment(tab) <= 62
    current = tab.locator("[data-chapter][aria-current]")
    expect(current).to_contain_text("De buurt")
    tab.get_by_text("Lees mee").click()
    now = tab.locator(".cue[aria-current]")
    expect(now).to_contain_text("Zin 10 over de wijk.")
    tab.get_by_role("link", name="2:30").click()
    assert 150 <= moment(tab) <= 152
    expect(now).to_contain_text("Zin 25")
    expect(now).to_be_in_viewport()
    expect(current).to_contain_text("Slot")
    tab.get_by_label("Zoek in deze aflevering").fill("cafe")
    expect(tab.get_by_text("Eén keer gezegd")).to_be_visible()
    expect(tab.locator("mark")).to_have_text("Café")
    tab.get_by_label("Zoek in deze aflevering").fill("wijk")
    expect(tab.get_by_text("30 keer gezegd")).to_be_visible()
    tab.get_by_label("Zoek in deze aflevering").fill("<b>")
    expect(tab.get_by_text("Wordt in deze aflevering niet gezegd")).to_be_visible()
    assert tab.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("hash", "second", "cue"),
    [("#t=66", 66, "Zin 11"), ("#t=1:06,70", 66, "Zin 11"), ("#t=99999", 180, ""), ("#t=x", 0, "")],
)
def test_an_address_with_a_moment_opens_there(
    episode: Any, tab: Tab, hash: str, second: int, cue: str
) -> None:
    tab.goto(ADDRESS + hash)
    expect(tab.locator("[data-now]")).to_have_text(
        f"{max(second - (second == 180), 0) // 60}:{(second - (second == 180)) % 60:02}"
    )
    if cue:
        expect(tab.locator(".cue[aria-current]")).to_contain_text(cue)
        expect(tab.locator(".cue[aria-current]")).to_be_in_viewport()
    else:
        assert (tab.locator("details[data-transcript]").get_attribute("open") is None) == (
            not second
        )


def test_without_script_everything_is_a_control_or_a_link(
    episode: Any, browser: Any, live_server: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("button", name="Afspelen")).to_be_hidden()
    page.get_by_role("link", name="De buurt").click()
    expect(page.locator("audio")).to_have_attribute("src", re.compile("#t=60$"))
    page.get_by_text("Lees mee").click()
    page.get_by_role("link", name="Het transcript op een eigen pagina").click()
    expect(page.get_by_text("Zin 29 over de wijk.")).to_be_visible()
    page.goto(f"{ADDRESS}transcript/#t=174")
    assert page.locator("[id='t=174']").evaluate("e => e.matches(':target')")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_moves_or_scrolls_sideways(
    episode: Any, tab: Tab, width: int, scheme: Any
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    tab.add_init_script(
        "addEventListener('error', () => {}); window.moved = 0;"
        "new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.moved += e.value)))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    for address in ("/nl/in-gesprek/", ADDRESS, f"{ADDRESS}#t=66", f"{ADDRESS}transcript/"):
        tab.goto("about:blank")
        tab.goto(address)
        if "#" in address:
            tab.locator(".cue[aria-current]").wait_for()
        assert [
            (found["id"], [n["html"][:160] for n in found["nodes"]])
            for found in Axe().run(tab, options=RULES).response["violations"]
        ] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
        if "#" not in address:
            assert tab.evaluate("window.moved") < 0.02, address
    assert tab.complaints == []  # type: ignore[attr-defined]
