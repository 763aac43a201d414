"""What arrives when the mail server fails in every way that servers fail.

    python benchmarks/delivery_faults.py [--recipients 1000] [--connections 4]
        [--kills 20] [--database URL] [--only WORD] [--seed 1]

A server of our own refuses, puts off, hangs up and loses answers while an edition goes
out: to one sender, to two, and with `--database` (PostgreSQL) to two machines of two
senders each, which share nothing but the database. Then every row is compared with what
the server wrote down. The exit code is 1 when a promise was broken:

- nobody has it twice, and nobody has nothing while the row says otherwise;
- in doubt are those whose answer was lost (or, by a kill, could be), all named;
- refused for good are those whom the server refused, and no others.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mail_sink import Faults
from benchmarks.sending import server, site, table, verdict
from benchmarks.sending.run import Killer, Run, send
from benchmarks.sending.senders import Machine, Nursery, end

EVERYTHING = Faults(
    refuse_now_every=11,
    refuse_every=13,
    put_off_every=17,
    turn_away_every=4,
    close_after_every=30,
    lose_answer_every=23,
    cut_every=37,
)
MIXES = {
    "nothing": Faults(),
    "451 to every 10th recipient": Faults(refuse_now_every=10),
    "452 after every 10th message": Faults(put_off_every=10),
    "550 to every 10th recipient": Faults(refuse_every=10),
    "421 to every 4th connection": Faults(turn_away_every=4, close_after_every=30),
    "hung up after 20 messages": Faults(close_after_every=20),
    "every 25th taken, no answer": Faults(lose_answer_every=25),
    "every 25th cut in the middle": Faults(cut_every=25),
    "all of it": EVERYTHING,
    "all of it, and SIGKILL": EVERYTHING,
}
COLUMNS = (
    "database", "machines × senders", "server", "people", "exactly once", "refused for good",
    "put off", "retries", "answers lost", "kills", "in doubt", "twice", "lost in silence",
    "promises",
)  # fmt: skip


@dataclasses.dataclass
class Crew:
    """Machines with so many senders each, on one database."""

    database: str
    machines: int
    workers: int

    @property
    def label(self) -> str:
        """The size of it."""
        return f"{self.machines} × {self.workers}"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--database", default="", help="PostgreSQL address; empty: SQLite")
    parser.add_argument("--only", default="", help="mixes with this word in their name")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def crews(database: str) -> list[Crew]:
    """Return who sends: SQLite has one machine."""
    if database:
        return [Crew(database, 1, 1), Crew(database, 1, 2), Crew(database, 2, 2)]
    return [Crew("", 1, 1), Crew("", 1, 2)]


def machines(crew: Crew, folder: Path, smtp: str) -> list[Machine]:
    """Return its machines, each with a data folder and a host name of its own."""
    found = []
    for number in range(1, crew.machines + 1):
        data = folder / f"machine-{number}"
        settings = site.environment(data, crew.database, smtp)
        found.append(Machine(settings, "" if number == 1 else f"machine-{number}"))
    return found


@contextlib.contextmanager
def nurseries(places: list[Machine], connections: int) -> Iterator[list[Nursery]]:
    """Have something on each machine that starts senders quickly."""
    made = [Nursery(place, connections) for place in places]
    try:
        yield made
    finally:
        for nursery in made:
            nursery.close()


def one(options: argparse.Namespace, mix: str, crew: Crew, homes: list[Nursery]) -> Run:
    """Send one edition to new people through a server that fails."""
    site.forget_everybody()
    site.make_people(options.recipients)
    senders = [home.start() for home in homes for _worker in range(crew.workers)]
    killer = None
    if "SIGKILL" in mix:
        picked = random.Random(options.seed)
        again = homes[0].start if len(homes) == 1 else lambda: picked.choice(homes).start()
        killer = Killer(options.kills, options.recipients, again, picked)
    try:
        return send(senders, killer=killer, seconds=600)
    finally:
        end(senders)


def cells(crew: Crew, mix: str, run: Run, found: verdict.Verdict) -> list[object]:
    """Return a line of the table."""
    return [
        "PostgreSQL" if crew.database else "SQLite",
        crew.label,
        mix,
        run.recipients,
        found.once,
        found.refused,
        found.put_off,
        run.retries,
        found.answers_lost,
        run.kills,
        len(run.in_doubt),
        found.twice,
        found.lost,
        "; ".join(found.broken) or "kept",
    ]


def main() -> int:
    """Try every mix with everybody; the exit code says whether all promises were kept."""
    options = arguments()
    is_bad = False
    with tempfile.TemporaryDirectory(prefix="hub-faults-", ignore_cleanup_errors=True) as name:
        folder, smtp = Path(name), f"127.0.0.1:{server.free_port()}"
        is_first = True
        print(table.head(COLUMNS), flush=True)
        for crew in crews(options.database):
            places = machines(crew, folder, smtp)
            if is_first:
                site.set_up(places[0].settings)
                is_first = False
            for place in places[1:]:
                place.join()
            with nurseries(places, options.connections) as homes:
                for number, (mix, faults) in enumerate(MIXES.items()):
                    if options.only not in mix:
                        continue
                    spool = folder / f"{crew.label}-{number}.jsonl"
                    with server.own_server(smtp, spool, faults):
                        run = one(options, mix, crew, homes)
                    found = verdict.compare(run, spool, options.recipients)
                    print(table.row(cells(crew, mix, run, found)), flush=True)
                    is_bad |= bool(found.broken)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
