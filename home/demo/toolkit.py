"""The toolkit of the demo, with its releases: composed, looked at by a second editor, built."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from core.models import User
from home.demo import markup, records
from home.demo.texts import FOLDER, LANGUAGES, typographic
from home.demo.tree import HOME
from toolkit import building, releasing
from toolkit.models import ReleasePage, ToolkitPage

KEY = "toolkit"
RICH = ("body", "when", "note", "goal", "transcript")


def texts() -> dict[str, Any]:
    """Read the texts of the toolkit."""
    values = tomllib.loads((FOLDER / "toolkit.toml").read_text(encoding="utf-8"))
    printed: dict[str, Any] = typographic(values)
    return printed


def build(editor: User, reader: User, values: Mapping[str, Any] | None = None) -> int:
    """Make what is missing, and return how many releases came out."""
    values = values or texts()
    for language in LANGUAGES:
        _add_toolkit(values[language], language, values["release"][0]["date"], editor)
    made = 0
    for release in values["release"]:
        for language in LANGUAGES:
            made += _release(release, language, values, editor, reader)
    return made


@transaction.atomic
def _add_toolkit(words: Mapping[str, str], language: str, added: dt.date, editor: User) -> None:
    home = records.page_of("page", HOME, language)
    if home is None or records.is_made("page", KEY, language):
        return
    page = ToolkitPage(
        title=words["title"], slug=words["slug"], lead=words["lead"], show_in_menus=True
    )
    # Wagtail turns the list into a stream; the stubs only know the field itself.
    page.body = markup.stream(words["body"])  # type: ignore[assignment]
    records.add(page, home, kind="page", key=KEY, language=language, added=added, editor=editor)
    records.publish(page, editor)


def _release(
    release: Mapping[str, Any],
    language: str,
    values: Mapping[str, Any],
    editor: User,
    reader: User,
) -> int:
    """Compose, offer, approve and build one release; 0 when it is there or has no text."""
    key, toolkit = f"release-{release['version']}", records.page_of("page", KEY, language)
    if language not in release or toolkit is None or records.is_made("release", key, language):
        return 0
    words = release[language]
    page = ReleasePage(
        title=f"{toolkit.title} {release['version']}",
        version=release["version"],
        released_on=release["date"],
        lead=words["lead"],
        notes=markup.html(words["notes"]),
        chapters=list(_chapters(release, language, values)),
    )
    with transaction.atomic():
        records.add(
            page, toolkit, kind="release", key=key, language=language,
            added=release["date"], editor=editor,
        )  # fmt: skip
        page.save_revision(user=editor, log_action=True)
        page.refresh_from_db()
        offered = releasing.offer(page=page, user=editor)
        releasing.approve(release_id=offered.pk, user=reader)
    # The worker may have taken it already; whoever comes second finds nothing to do.
    building.build(offered.pk)
    return 1


def _chapters(
    release: Mapping[str, Any], language: str, values: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the chapters as the CMS stores them, with ids that are the same in all releases."""
    changed = release.get("earlier", {}).get(language, {})
    for chapter in release["chapters"]:
        words = values["chapter"][chapter["key"]][language]
        parts = [
            part
            for key in chapter["parts"]
            if (part := _part(key, values["part"][key], language, changed.get(key, {})))
        ]
        yield {
            "type": "chapter",
            "id": str(records.identity("chapter", chapter["key"])),
            "value": {
                "title": words["title"],
                "intro": markup.html(words["intro"]),
                "parts": parts,
            },
        }


def _part(
    key: str, part: Mapping[str, Any], language: str, changed: Mapping[str, Any]
) -> dict[str, Any] | None:
    value = {name: _stored(key, name, text) for name, text in {**part[language], **changed}.items()}
    if part["kind"] == "study":
        study = records.page_of("study", part["study"], language)
        if study is None or not study.live:
            return None  # an editor took it away, or the demo is loaded in part
        value["study"] = study.pk
    return {"type": part["kind"], "id": str(records.identity("part", key)), "value": value}


def _stored(key: str, name: str, text: Any) -> Any:
    """Return a text as its block stores it; what is a list, with an id for each item."""
    if isinstance(text, list):
        values = [markup.html(step) for step in text] if name == "steps" else text
        return [
            {"type": "item", "id": str(records.identity(key, name, str(place))), "value": value}
            for place, value in enumerate(values)
        ]
    return markup.html(text) if name in RICH else text
