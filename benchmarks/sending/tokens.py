"""Addresses that hold a token, a true one for each, and ones that were guessed."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

LETTERS = string.ascii_letters + string.digits + "-_"


def names(patterns: Any = None) -> set[str]:
    """Return the names of every public address of the site with a token in it."""
    from django.urls import get_resolver

    found = set()
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(one, "url_patterns"):
            is_desk = str(one.pattern) == "admin/"
            found |= set() if is_desk else names(one.url_patterns)
        elif "token" in one.pattern.converters:
            found.add(one.name)
    return found


def true_tokens() -> dict[str, str]:
    """Make people and things for each address, and return a token that opens it.

    One person for each, so that using one does not end another.
    """
    from django.utils import timezone

    from benchmarks.sending.letters import person
    from newsletter import unsubscribing
    from newsletter.alerts import links as alert_links
    from newsletter.models import Alert, Follow
    from participants import joining, mine_address
    from participants.enums import Purpose
    from participants.links import mine_token
    from participants.models import NewAddress

    now = timezone.now()

    def of(name: str) -> Any:
        return person(f"token-{name}", "nl")

    def followed(name: str, **values: Any) -> Any:
        made = Follow.objects.create(participant=of(name), query="q=x", language="nl", **values)
        Alert.objects.create(participant=made.participant, day=now.date()).follows.add(made)
        return made

    asked = joining.ask(
        address="token-join@people.example.org", name="", language="nl",
        purposes=[Purpose.NEWSLETTER], form_address="/nl/",
    )  # fmt: skip
    joining.take_up(asked.pk)
    mover = of("mover")
    mine_address.ask_new_address(mover, "token-moved@people.example.org")
    stopped = followed("alert", confirmed_at=now)
    undone = unsubscribing.Found(of("undo"), 0)
    addresses = {
        "follow_confirm": _follow_confirm(),
        "follow_manage": alert_links.manage_url(of("manage")),
        "follow_stop": alert_links.stop_url(followed("stop", confirmed_at=now), "nl"),
        "mine_new_address": mine_address._confirm_url(NewAddress.objects.get(participant=mover)),
    }
    return {
        "alert_stop": alert_links.stop_all_token(stopped.alerts.get()),
        "join_confirm": joining.token_of(asked, now),
        "mine": mine_token(of("mine")),
        "mine_download": mine_token(of("download")),
        "mine_erase": mine_token(of("erase")),
        "unsubscribe": unsubscribing.token(of("unsubscribe").key, 0),
        "unsubscribe_undo": unsubscribing.undo_token(undone),
        **{name: url.rstrip("/").rpartition("/")[2] for name, url in addresses.items()},
    }


def _follow_confirm() -> str:
    from core.models import Letter
    from newsletter.alerts.subjects import Subject
    from newsletter.following import asking
    from newsletter.models.follow import Frequency

    wish = asking.Wish(
        Subject("q=y", "nl"), "token-follow@people.example.org", "", Frequency.DAILY, "/nl/"
    )
    asking.ask(wish)
    letter = Letter.objects.filter(template="follow_confirm").latest("pk")
    return next(word for word in letter.text.split() if "/bevestigen/" in word)


def guesses(true: str, number: int, picked: random.Random) -> Iterator[str]:
    """Yield so many random tokens, and as many that differ from a true one a little."""
    for _number in range(number):
        yield "".join(picked.choices(LETTERS, k=len(true)))
    for at in range(number):
        yield mutated(true, at, picked)


def mutated(true: str, kind: int, picked: random.Random) -> str:
    """Return a token with some letters changed, swapped, left out, added or turned round."""
    at = picked.randrange(len(true))
    other = picked.choice(LETTERS)
    ways = (
        true[:at] + other + true[at + 1 :],
        true[:at] + true[at].swapcase() + true[at + 1 :],
        true[:at] + true[at + 1 :],
        true[:at] + other + true[at:],
        true[: at or 1],
        true[at:] + true[:at],
        "".join(picked.sample(true, len(true))),
        true + true[at:],
    )
    found = ways[kind % len(ways)]
    return found if found != true else true[::-1]
