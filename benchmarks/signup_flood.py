"""Measure a flood of sign-ups from one network while other people sign up too.

    python -m benchmarks.signup_flood [--flood 2000] [--others 200] [--robots 6]

A site with a scratch data folder runs on this machine (one worker, four threads) and takes
addresses from `X-Forwarded-For`, as behind a proxy. Robots post from one range, each time
from another address in it and with another mail address; meanwhile visitors of other
ranges sign up one by one. Printed, for an IPv4 and an IPv6 flood: what was let through and
what refused, how many rows and mails were made of it, and how long visitors waited with
and without a flood. In both cases nothing more than the limit may come of the flood, and
every visitor must get through: the exit code says so.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATH = "/nl/aanmelden/"
RANGES = {
    "IPv4, one /24": lambda number: f"203.0.113.{number % 250 + 1}",
    "IPv6, one /48": lambda number: f"2001:db8:7:{number % 60000:x}::{number:x}",
}


@dataclass
class Tally:
    """What the answers were, and how long they took in milliseconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    walls: list[float] = field(default_factory=list)

    def row(self, who: str, rows: int, mails: int) -> str:
        """Return a row of the table."""
        slowest = statistics.quantiles(self.walls, n=20)[-1]
        cells = [who, len(self.walls), self.statuses[303], self.statuses[429], rows, mails]
        cells += [f"{statistics.median(self.walls):.0f}", f"{slowest:.0f}"]
        return f"| {' | '.join(map(str, cells))} |"


def set_up(folder: str) -> None:
    """Prepare Django, here and for the server, with a database of its own."""
    os.environ |= {
        "HUB_DATA_DIR": folder,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "hub.settings.development",
        "TRUSTED_PROXY": "1",
        "BASE_URL": "http://localhost",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def form_token() -> str:
    """Return the token of a form that was opened a minute ago."""
    from django.utils import timezone, translation

    from core import signed_links
    from participants.forms import JoinForm

    with translation.override("nl"):
        guard = JoinForm().guard
    opened = timezone.now() - dt.timedelta(minutes=1)
    return signed_links.make(f"form:{guard}", "/nl/", at=opened)


class Visitor:
    """Somebody with a browser, or a robot, on one connection."""

    def __init__(self, port: int, token: str, tally: Tally) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token, self.tally = token, tally

    def sign_up(self, address: str, ip: str) -> None:
        """Send the form once."""
        body = urlencode(
            {"name": "Noor", "address": address, "newsletter": "on", "form_token": self.token}
        )
        headers = {
            "Host": "localhost",
            "X-Forwarded-For": ip,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start = time.perf_counter()
        self.connection.request("POST", PATH, body, headers)
        response = self.connection.getresponse()
        response.read()
        self.tally.walls.append((time.perf_counter() - start) * 1000)
        self.tally.statuses[response.status] += 1


def others(port: int, token: str, number: int, mark: str) -> Tally:
    """Let people of as many other ranges sign up, one after the other."""
    tally = Tally()
    visitor = Visitor(port, token, tally)
    for at in range(number):
        visitor.sign_up(f"{mark}{at}@others.example", f"10.{at // 250}.{at % 250}.9")
    return tally


def flood(port: int, token: str, kind: str, number: int, robots: int, mark: str) -> Tally:
    """Post so often from one range, by several robots at once."""
    tally, left = Tally(), iter(range(number))
    lock = threading.Lock()

    def go_on() -> None:
        visitor = Visitor(port, token, tally)
        while True:
            with lock:
                at = next(left, None)
            if at is None:
                return
            visitor.sign_up(f"{mark}{at}@flood.example", RANGES[kind](at))

    threads = [threading.Thread(target=go_on) for _robot in range(robots)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def made_of(mark: str) -> tuple[int, int]:
    """Return the rows that came of some sign-ups, and the mails once a worker took them up."""
    from core.models import Letter
    from participants import joining
    from participants.models import JoinRequest

    rows = JoinRequest.objects.filter(address__startswith=mark)
    for pk in rows.values_list("pk", flat=True):
        joining.take_up(pk)
    return rows.count(), Letter.objects.filter(to_address__startswith=mark).count()


def wait_for_a_window() -> None:
    """Wait for the next window of the limit when this one is nearly over."""
    from participants.views import JOIN

    seconds = JOIN.window.total_seconds()
    if (left := seconds - time.time() % seconds) < seconds / 4:
        time.sleep(left + 1)


def measure(port: int, token: str, kind: str, args: argparse.Namespace) -> bool:
    """Print the rows of one flood; return whether it was held and nobody else was."""
    from participants.views import JOIN

    mark = "v4-" if "IPv4" in kind else "v6-"
    tallies: dict[str, Tally] = {}

    def robots() -> None:
        tallies["flood"] = flood(port, token, kind, args.flood, args.robots, f"{mark}f")

    wait_for_a_window()
    thread = threading.Thread(target=robots)
    thread.start()
    people = others(port, token, args.others, f"{mark}o")
    meanwhile = thread.is_alive()
    thread.join()
    made = made_of(f"{mark}f"), made_of(f"{mark}o")
    print(tallies["flood"].row(kind, *made[0]))
    print(people.row(f"others, during it{'' if meanwhile else ' (it ended first)'}", *made[1]))
    refused = tallies["flood"].statuses[429] == args.flood - JOIN.most
    only = made == ((JOIN.most, JOIN.most), (args.others, args.others))
    return refused and only


def main() -> int:
    """Print the table; the exit code says whether the flood was held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flood", type=int, default=2000)
    parser.add_argument("--others", type=int, default=200)
    parser.add_argument("--robots", type=int, default=6)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from benchmarks.load import Server

        server = Server("hub.settings.development")
        try:
            token = form_token()
            others(server.port, token, 20, "warm")
            print("| who | posts | let through | refused (429) | rows | mails | median ms | 95 % |")
            print("| --- | --- | --- | --- | --- | --- | --- | --- |")
            quiet = others(server.port, token, args.others, "quiet")
            print(quiet.row("others, before it", *made_of("quiet")))
            held = [measure(server.port, token, kind, args) for kind in RANGES]
        finally:
            server.stop()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
