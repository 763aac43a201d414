"""How fast, how safely and in how much memory editions go out, by the real senders.

    python benchmarks/delivery.py --recipients N [--smtp HOST:PORT] [--workers W]
        [--connections C] [--database URL] [--curve N,N,N] [--rounds R] [--machines M]
        [--kills K] [--reference SMTP_SOURCE] [--folder FOLDER] [--json FILE]

Makes a scratch data folder with N confirmed participants, starts W times `manage.py
deliver` with C connections each, has them send one edition of 25 kB, and prints a table;
with `--curve` a row for each size. Without `--smtp` it starts a mail server of its own,
and compares what that took with the rows.

`--kills` ends senders with SIGKILL at random moments of the send and starts others.
`--machines` spreads W senders over each of M machines: data folders and, where the system
allows it, host names of their own, on one PostgreSQL. `--reference` has postfix's
smtp-source send as many mails of the same size to the same server before and after.
`--folder` keeps the scratch folder, so that the next run needs no new people.

The exit code is 1 when a promise was broken: anything twice, lost in silence, or in doubt
without a name; or more in doubt by one kill than there are connections.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import random
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.sending import server, site, table, verdict
from benchmarks.sending.run import Killer, Run, send
from benchmarks.sending.senders import Machine, Nursery, Sender, end, start


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=0)
    parser.add_argument("--curve", default="", help="sizes of the list, with commas between")
    parser.add_argument("--smtp", default="", help="HOST:PORT; empty: a server of its own")
    parser.add_argument("--workers", type=int, default=1, help="senders on each machine")
    parser.add_argument("--machines", type=int, default=1, help="more than one: --database")
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--database", default="", help="PostgreSQL address; empty: SQLite")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--reference", default="", help="path of smtp-source")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for one edition")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", default="", help="kept afterwards; empty: a temporary one")
    parser.add_argument("--json", default="", help="a file for all figures")
    options = parser.parse_args()
    sizes = options.curve.split(",") if options.curve else [str(options.recipients)]
    options.sizes = sorted(int(size) for size in sizes if size.isdigit() and int(size))
    if not options.sizes:
        parser.error("give --recipients or --curve")
    if options.machines > 1 and not options.database:
        parser.error("several machines share a database: give --database")
    return options


def machines(options: argparse.Namespace, folder: Path, smtp: str) -> list[Machine]:
    """Return the machines; the first is this process too, the others are let in."""
    found = []
    for number in range(1, options.machines + 1):
        data = folder / ("data" if number == 1 else f"machine-{number}")
        settings = site.environment(data, options.database, smtp)
        found.append(Machine(settings, "" if number == 1 else f"machine-{number}"))
    site.set_up(found[0].settings)
    for machine in found[1:]:
        machine.join()
    return found


def one(options: argparse.Namespace, places: list[Machine], people: int) -> Run:
    """Send one edition with new senders."""
    everywhere = [place for place in places for _worker in range(options.workers)]
    if not options.kills:
        senders = [start(place, options.connections) for place in everywhere]
        run = send(senders, seconds=options.timeout)
        end(senders)
        return run
    nurseries = [Nursery(place, options.connections) for place in places]
    picked = random.Random(options.seed)

    def another() -> Sender:
        return picked.choice(nurseries).start()

    senders = [nursery.start() for nursery in nurseries for _worker in range(options.workers)]
    killer = Killer(options.kills, people, another, picked)
    run = send(senders, killer=killer, seconds=options.timeout)
    end(senders)
    for nursery in nurseries:
        nursery.close()
    return run


def with_reference(
    options: argparse.Namespace, places: list[Machine], people: int, smtp: str, folder: Path
) -> Run:
    """Send one edition, with the reference before and after it when that is asked."""
    rates = []
    if options.reference:
        rates.append(server.reference(options.reference, people, smtp, folder))
    run = one(options, places, people)
    if options.reference:
        rates.append(server.reference(options.reference, people, smtp, folder))
        run.reference = statistics.mean(rates)
    return run


def broken(options: argparse.Namespace, run: Run, found: verdict.Verdict | None) -> bool:
    """Say whether a promise was broken in this run, and print which."""
    words = list(found.broken) if found else []
    if run.kills < options.kills:
        words.append(f"only {run.kills} of {options.kills} kills")
    if run.most_by_a_kill > options.connections:
        words.append("more in doubt by one kill than connections")
    if run.reason:
        words.append(f"held: {run.reason}")
    for address in run.in_doubt:
        print(f"in doubt: {address}", file=sys.stderr)
    for word in words:
        print(f"broken: {word}", file=sys.stderr)
    return bool(words)


def measure(options: argparse.Namespace, folder: Path) -> tuple[list[Run], bool]:
    """Send as often as asked and print a line for each; True when a promise was broken."""
    runs, is_bad = [], False
    with contextlib.ExitStack() as stack:
        smtp, spool = options.smtp, None
        if not smtp:
            smtp = f"127.0.0.1:{server.free_port()}"
            spool = stack.enter_context(server.own_server(smtp, folder / "spool.jsonl"))
        places = machines(options, folder, smtp)
        print(table.head([*table.SPEED, *table.SAFETY]), flush=True)
        for people in [size for size in options.sizes for _round in range(options.rounds)]:
            site.make_people(people)
            run = with_reference(options, places, people, smtp, folder)
            found = verdict.compare(run, spool, people) if spool else None
            crew = f"{options.machines * options.workers} × {options.connections}"
            database = "PostgreSQL" if options.database else "SQLite"
            cells = [*table.speed(run, database, crew), *table.safety(run, found)]
            print(table.row(cells), flush=True)
            is_bad |= broken(options, run, found)
            runs.append(run)
    return runs, is_bad


def main() -> int:
    """Measure; the exit code says whether all promises were kept."""
    options = arguments()
    with contextlib.ExitStack() as stack:
        name = options.folder or stack.enter_context(
            tempfile.TemporaryDirectory(prefix="hub-delivery-", ignore_cleanup_errors=True)
        )
        folder = Path(name).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        runs, is_bad = measure(options, folder)
    if options.json:
        Path(options.json).write_text(
            json.dumps([dataclasses.asdict(run) for run in runs], indent=1), encoding="utf-8"
        )
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
