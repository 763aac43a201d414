"""Toolkits and releases for tests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from wagtail.models import Page

from toolkit import building, releasing
from toolkit.models import Release, ReleasePage, ToolkitPage

TEXT = {"title": "Luisteren", "body": "<p>Begin met <b>luisteren</b>.</p>"}
EXERCISE = {
    "title": "Rondje vragen",
    "time": "30 minuten",
    "group": "4 tot 12 mensen",
    "goal": "<p>Elkaar horen.</p>",
    "steps": ["<p>Ga zitten.</p>", "<p>Stel een vraag.</p>"],
    "materials": ["stoelen", "papier"],
}
CHAPTERS = [
    (
        "chapter",
        {
            "title": "Beginnen",
            "intro": "<p>Waar u begint.</p>",
            "parts": [("text", TEXT), ("exercise", EXERCISE)],
        },
    )
]


def make_toolkit(home: Page, slug: str = "toolkit") -> ToolkitPage:
    """Publish a toolkit without releases."""
    page = ToolkitPage(title="Toolkit", slug=slug, lead="Alles bij elkaar.", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    return ToolkitPage.objects.get(pk=page.pk)


def make_release(toolkit: Page, version: str = "1.0", chapters: Any = None) -> ReleasePage:
    """Compose a release as a draft."""
    page = ReleasePage(
        title=f"Toolkit {version}",
        version=version,
        lead="De eerste uitgave.",
        notes="<p>Alles is nieuw.</p>",
        chapters=CHAPTERS if chapters is None else chapters,
        live=False,
        locale=toolkit.locale,
    )
    toolkit.add_child(instance=page)
    page.save_revision()
    return ReleasePage.objects.get(pk=page.pk)


def release_now(page: ReleasePage) -> Release:
    """Bring a release out: one editor offers it, another approves, and it is built."""
    first, second = editors()
    offered = releasing.offer(page=page, user=first)
    releasing.approve(release_id=offered.pk, user=second)
    building.build(offered.pk)
    release = Release.objects.get(pk=offered.pk)
    assert release.is_public, release.error
    return release


def editors() -> tuple[Any, Any]:
    """Two people who may do everything."""
    users = get_user_model().objects
    return tuple(
        users.filter(username=name).first() or users.create_superuser(name, f"{name}@example.org")
        for name in ("schrijver", "lezer")
    )


def chapters(*parts):
    """Return one chapter that holds these parts."""
    return [("chapter", {"title": "Deel", "intro": "", "parts": list(parts)})]
