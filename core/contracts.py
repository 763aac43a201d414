"""The contracts by which an upper floor reaches a lower one without knowing it.

`search`, listings, feeds and the newsletter see pages only through these. They
hold plain values (no models, no requests), so that they can be stored, sent to
a task and compared in a test.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Badge:
    """A short fact shown beside a title: evidence strength, language, status.

    `tone` is the styling role (`evidence-strong`, `language`, `neutral` …).
    """

    label: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class CardImage:
    """A picture with its real size in CSS pixels, so that layout never shifts."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """How a page shows itself in a list: listings, search results, newsletter.

    `kind` is the machine name of the content type (`research`, `answer` …) and
    `kind_label` its name for people, in the language of the page. `coins` is an
    OpenURL ContextObject (ANSI/NISO Z39.88-2004) for reference managers.
    """

    kind: str
    kind_label: str
    title: str
    url: str
    lead: str = ""
    language: str = "nl"
    date: dt.date | None = None
    year: int | None = None
    image: CardImage | None = None
    badges: tuple[Badge, ...] = ()
    facts: tuple[str, ...] = ()
    coins: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the card as JSON values; `from_json` is its inverse."""
        values = asdict(self)
        values["date"] = self.date.isoformat() if self.date else None
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Card:
        """Build a card from what `as_json` gave."""
        image = values.get("image")
        date = values.get("date")
        return cls(
            **{
                **values,
                "date": dt.date.fromisoformat(date) if date else None,
                "image": CardImage(**image) if image else None,
                "badges": tuple(Badge(**badge) for badge in values.get("badges", ())),
                "facts": tuple(values.get("facts", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """The smallest thing search can point at: a PDF page, a section of a page.

    `locator` is unique within its document; `label` is what a reader sees
    ("p. 7"); `url` opens the passage itself (`….pdf#page=7`, `…/#limits`).
    """

    locator: str
    label: str
    text: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What a page gives to the index.

    `key` names this document, `work` is shared by all its translations: a
    reader sees one hit per work, in their own language where it exists.
    `themes` are theme slugs, which are the same in every language.
    """

    key: str
    work: str
    kind: str
    language: str
    title: str
    url: str
    summary: str = ""
    body: str = ""
    themes: tuple[str, ...] = ()
    year: int | None = None
    date: dt.date | None = None
    card: Mapping[str, Any] | None = None
    passages: tuple[SearchPassage, ...] = ()


class Searchable:
    """A page class that can be found. Mixed into `BasePage`.

    Override the small hooks, not `search_document`. A class that should stay
    out of the index sets `search_kind = ""`.
    """

    search_kind: str = ""
    search_kind_label: Any = ""
    search_kind_weight: float = 1.0
    answers_questions: bool = False
    """Editors may begin one from a question that visitors asked and search did not answer."""

    def search_summary(self) -> str:
        """Return the text that ranks just under the title."""
        return ""

    def search_body(self) -> str:
        """Return the running text of the page, without markup."""
        return ""

    def search_year(self) -> int | None:
        """Return the year a reader would filter on."""
        return None

    def search_passages(self) -> Iterable[SearchPassage]:
        """Return the places inside this page that a hit can point at."""
        return ()


class Announces:
    """A page class that enters the change log when it is first published."""

    announces: bool = True
    announced_as: str = "new"
    """The kind of its line in the change log: one of `core.models.AnnouncementKind`."""

    def announcement_note(self) -> str:
        """Return what the line says about it, "" when its title says enough."""
        return ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of a page comes along when another room takes it up.

    Rows are a name, a label for people in the language of the page, and a value:
    plain text in `facts`, rich text in `sections`. `links` are a label and an address.
    `citation` is one reference as plain text.
    """

    title: str
    citation: str
    facts: tuple[tuple[str, str, str], ...] = ()
    sections: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class Quotable:
    """A page class of which another room can take an excerpt."""

    def excerpt(self) -> Excerpt:
        """Return what comes along. Every class says it for itself."""
        raise NotImplementedError


class Person(Protocol):
    """Somebody of whom the hub may hold something, as rooms see them.

    Rows of a room point at the person by `pk`; `key` is what links and exports show.
    """

    pk: Any
    key: Any
    address: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class PersonalSection:
    """What a room holds about a person, told to that person in their language.

    `rows` are a label and a value, both plain text; `note` says how long it is kept; `links`
    are a label and an address where the person changes it.
    """

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()


class PersonalData:
    """What a room holds about people. Registered with `core.personal_data.register`.

    `name` is unique, and the key of this room's part in an export.
    """

    name: str = ""

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Return what is held, for people to read, in the active language; nothing is nothing."""
        raise NotImplementedError

    def export(self, person: Person) -> Any:
        """Return what is held as JSON values; None when there is nothing."""
        raise NotImplementedError

    def erase(self, person: Person) -> None:
        """Delete it, or make it nobody's. Called inside no transaction; may run twice."""
        raise NotImplementedError
