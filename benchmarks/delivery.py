"""How fast, how safely and in how much memory editions go out, by the real senders.

    python benchmarks/delivery.py --recipients N [--smtp HOST:PORT] [--workers W]
        [--connections C] [--database URL] [--kills K] [--reference SMTP_SOURCE] [--json FILE]

Makes a scratch data folder with N confirmed participants, starts W times `manage.py
deliver` with C connections each, has them send one edition of 25 kB, and prints a table.
Without `--smtp` it starts a sink of its own on this machine. With `--kills` it ends senders
with SIGKILL at random moments and starts others, and compares what the sink took (its own
one) with the rows. With `--reference` postfix's smtp-source sends as many mails of the
same size to the same server before and after, and the table gives the ratio.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
WORDS = (  # noqa: SIM905
    "onderzoek netwerk kennis gemeente beleid nieuwe resultaten bijeenkomst verslag praktijk "
    "samenwerking financiële maatschappelijke coördinatie één evaluatie rapport deelnemers"
).split()
SOURCE_CONNECTIONS = 10


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, required=True)
    parser.add_argument("--smtp", default="", help="HOST:PORT; empty: a sink of its own")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--database", default="", help="PostgreSQL address; empty: SQLite")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--reference", default="", help="path of smtp-source")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="")
    return parser.parse_args()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def own_sink(folder: Path) -> Iterator[tuple[str, Path]]:
    """Run a sink as a process; give its address and its spool."""
    address, spool = f"127.0.0.1:{free_port()}", folder / "spool.jsonl"
    sink = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mail_sink", address, str(spool)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    try:
        assert sink.stdout is not None
        sink.stdout.readline()
        yield address, spool
    finally:
        sink.terminate()
        sink.wait(20)


def set_up(options: argparse.Namespace, folder: Path, smtp: str) -> None:
    """Point Django at the scratch folder and make its tables."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hub.settings.development",
        "HUB_DATA_DIR": str(folder / "data"),
        "DATABASE_URL": options.database,
        "EMAIL_URL": f"smtp://{smtp}",
        "BASE_URL": "https://hub.example.org",
        "LOG_LEVEL": "WARNING",
        "BOUNCE_ADDRESS": "bounces@hub.example.org",
    }
    os.environ.setdefault("NEWSLETTER_RETRY_SECONDS", "1")
    sys.path.insert(0, str(PROJECT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wagtail.models import Site

    from core.models import SiteSettings

    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(
        site=site,
        defaults={
            "organisation": "Netwerk Draagvlak",
            "sender_name": "Netwerk Draagvlak",
            "sender_address": "nieuws@hub.example.org",
        },
    )


def make_people(number: int) -> None:
    """Make so many confirmed participants; some have no name, some read English."""
    from django.utils import timezone

    from participants.enums import Method, Purpose, State
    from participants.models import Consent, Participant

    now = timezone.now()
    have = Participant.objects.count()
    for start in range(have, number, 5000):
        made = [
            Participant(
                address=f"u{at}@d{at % 997}.example.org",
                address_key=f"u{at}@d{at % 997}.example.org",
                name=f"Zoë {at}" if at % 3 else "",
                language="en" if at % 5 == 0 else "nl",
                state=State.ACTIVE,
                confirmed_at=now,
            )
            for at in range(start, min(start + 5000, number))
        ]
        rows = Participant.objects.bulk_create(made)
        Consent.objects.bulk_create(
            Consent(
                participant=row, purpose=Purpose.NEWSLETTER, given=True, method=Method.CONFIRMED
            )
            for row in rows
        )


def mail(language: str) -> dict[str, str]:
    """Return an edition of about 25 kB HTML and 4 kB text."""
    from newsletter import wire

    picked = random.Random(7)
    style = "font-family:Arial,sans-serif;font-size:16px;line-height:24px;margin:0 0 16px 0"

    def words(number: int) -> str:
        lines = (" ".join(picked.choices(WORDS, k=10)) for _ in range(number // 10))
        return "\n".join(lines)

    items = "\n".join(
        f'<h2 style="{style}"><a href="https://hub.example.org/{language}/onderzoek/{at}/">'
        f'{words(10)}</a></h2>\n<p style="{style}">{words(130)}</p>\n'
        f'<p style="{style}">{words(120)}</p>'
        for at in range(8)
    )
    html = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>Nieuws</title>'
        f'</head>\n<body><p style="{style}">{wire.GREETING},</p>\n{items}\n'
        f'<p><a href="{wire.UNSUBSCRIBE_URL}">Uitschrijven</a>\n'
        f'<a href="{wire.MINE_URL}">Uw gegevens</a></p></body></html>\n'
    )
    text = "\n\n".join(
        (
            f"{wire.GREETING},",
            *(words(50) for _ in range(8)),
            f"Uitschrijven: {wire.UNSUBSCRIBE_URL}",
            f"Uw gegevens: {wire.MINE_URL}",
        )
    )
    subject = {"nl": "Nieuwsbrief november: één jaar", "en": "Newsletter November"}[language]
    return {"subject": subject, "html": html, "text": text + "\n"}


def make_edition() -> Any:
    """Return an approved edition in two languages."""
    from newsletter.enums import EditionState
    from newsletter.models import Edition, FrozenMail

    edition = Edition.objects.create(title="November", state=EditionState.APPROVED)
    for language in ("nl", "en"):
        FrozenMail.objects.create(edition=edition, language=language, **mail(language))
    return edition


class Sender:
    """A `manage.py deliver` and how much memory it took."""

    def __init__(self, connections: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "deliver", "--connections", str(connections)],
            cwd=PROJECT,
        )
        self.idle = self.most = 0

    def memory(self) -> int:
        """Return what it holds now, in kB (VmRSS of proc(5)); 0 when it is gone."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0
        found = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        return int(found[0]) if found else 0

    def cpu(self) -> float:
        """Return the CPU seconds it took so far."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Ask it to stop."""
        self.process.terminate()
        self.process.wait(90)


def wait_until_seen(number: int) -> None:
    """Wait until so many senders have said that they are there."""
    from newsletter.models import Sender as Row

    end = time.monotonic() + 60
    while Row.objects.count() < number and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1.5)


def send(options: argparse.Namespace) -> dict[str, Any]:
    """Send one edition, killing senders on the way when that is asked, and measure."""
    from newsletter import scheduling
    from newsletter.enums import EditionState

    edition = make_edition()
    senders = [Sender(options.connections) for _ in range(options.workers)]
    wait_until_seen(options.workers)
    for sender in senders:
        sender.idle = sender.most = sender.memory()
    began_cpu = sum(sender.cpu() for sender in senders)
    scheduling.send_now(edition_id=edition.pk)
    began = time.monotonic()
    killer = Killer(options.kills, options.recipients, random.Random(options.seed))
    while edition.state != EditionState.SENT and time.monotonic() - began < options.timeout:
        time.sleep(0.05 if options.kills else 0.2)
        edition.refresh_from_db(fields=["state", "reason"])
        for sender in senders:
            sender.most = max(sender.most, sender.memory())
        if killer.strikes_now(edition):
            victim = random.randrange(len(senders))
            senders[victim].process.send_signal(signal.SIGKILL)
            senders[victim].process.wait()
            senders[victim] = Sender(options.connections)
        if edition.state == EditionState.PAUSED:
            print(f"paused: {edition.reason}")
            break
    cpu = sum(sender.cpu() for sender in senders) - began_cpu
    seconds = time.monotonic() - began
    for sender in senders:
        sender.end()
    result = facts(edition, seconds, cpu)
    result["kills"] = killer.done
    result["idle MB"] = round(max(sender.idle for sender in senders) / 1000, 1)
    grown = [sender.most - sender.idle for sender in senders if sender.idle]
    result["above idle MB"] = round(max(grown, default=0) / 1000, 1)
    if options.kills:  # the senders at the end are not those of the beginning
        for name in ("CPU ms/mail", "idle MB", "above idle MB"):
            result[name] = "–"
    return result


class Killer:
    """Says when to kill: at so many moments spread at random over the sending."""

    def __init__(self, number: int, recipients: int, picked: random.Random) -> None:
        # Not among the very last, or the edition ends before its last kill.
        last = max(int(recipients * 0.9), number + 1)
        self.left = sorted(picked.sample(range(1, last), number))
        self.done = 0

    def strikes_now(self, edition: Any) -> bool:
        """Say whether enough was sent for the next one."""
        if not self.left:
            return False
        from newsletter.models import Delivery

        if Delivery.objects.filter(edition=edition).exclude(sent_at=None).count() < self.left[0]:
            return False
        time.sleep(random.random() * 0.05)
        self.left.pop(0)
        self.done += 1
        return True


def facts(edition: Any, seconds: float, cpu: float) -> dict[str, Any]:
    """Return what the rows say."""
    from django.db.models import Count, Max, Min

    from newsletter.models import Delivery

    rows = Delivery.objects.filter(edition=edition)
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    span = rows.aggregate(first=Min("sent_at"), last=Max("sent_at"))
    sent = states.get("sent", 0)
    sending = (span["last"] - span["first"]).total_seconds() if sent > 1 else 0
    return {
        "states": states,
        "seconds": round(seconds, 1),
        "mails/s": round((sent - 1) / sending, 1) if sending else 0.0,
        "CPU ms/mail": round(1000 * cpu / sent, 2) if sent else 0.0,
        "in doubt": list(rows.filter(state="in_doubt").values_list("address", flat=True)),
        "edition": edition.pk,
    }


def compare(result: dict[str, Any], spool: Path, recipients: int) -> None:
    """Compare what our own sink took with the rows, and add what differs."""
    from newsletter.models import Delivery

    mark = f"e{result['edition']}."
    taken: collections.Counter[str] = collections.Counter()
    for line in spool.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"].startswith(mark):
            taken[row["to"]] += 1
    rows = dict(Delivery.objects.filter(edition=result["edition"]).values_list("address", "state"))
    result["taken"] = sum(taken.values())
    result["twice"] = sum(number - 1 for number in taken.values())
    result["lost in silence"] = sum(
        1 for address, state in rows.items() if state == "sent" and not taken[address]
    ) + max(0, recipients - len(rows))
    result["doubt that arrived"] = sum(1 for address in result["in doubt"] if taken[address])


def reference(options: argparse.Namespace, smtp: str, folder: Path) -> float:
    """Return the mails a second of smtp-source with a mail of the same size."""
    from newsletter import wire
    from newsletter.wire_headers import Envelope, SenderIdentity

    sender = SenderIdentity("Netwerk", "nieuws@hub.example.org", "hub.example.org")
    text = wire.MailText("nl", **mail("nl"))
    prepared = wire.prepare(text, sender, edition=0, allow_8bit=True)
    address = "https://hub.example.org/nl/uitschrijven/" + "x" * 66 + "/"
    envelope = Envelope("x@example.org", "reference@hub.example.org", address, "mailto:x@y.nl")
    message = prepared.message(envelope, wire.Personal("Zoë", address, address))
    (folder / "reference.eml").write_bytes(message.replace(b"\r\n", b"\n"))
    library = str(Path(options.reference).resolve().parents[1] / "lib" / "postfix")
    number = min(options.recipients, 5000)
    began = time.monotonic()
    subprocess.run(
        [
            options.reference, "-d", "-s", str(SOURCE_CONNECTIONS), "-m", str(number), "-N",
            "-f", "nieuws@hub.example.org", "-t", "u@example.org",
            "-F", str(folder / "reference.eml"), smtp,
        ],
        check=True,
        env={**os.environ, "LD_LIBRARY_PATH": library},
    )  # fmt: skip
    return number / (time.monotonic() - began)


def show(options: argparse.Namespace, results: list[dict[str, Any]]) -> None:
    """Print the table."""
    columns = [
        "recipients", "database", "workers", "connections", "mails/s", "reference", "ratio",
        "CPU ms/mail", "idle MB", "above idle MB", "sent", "other", "kills", "in doubt",
        "twice", "lost in silence",
    ]  # fmt: skip
    print("| " + " | ".join(columns) + " |")
    print("|" + " --- |" * len(columns))
    for result in results:
        states = dict(result["states"])
        row = {
            **result,
            "recipients": options.recipients,
            "database": "PostgreSQL" if options.database else "SQLite",
            "workers": options.workers,
            "connections": options.connections,
            "sent": states.pop("sent", 0),
            "in doubt": len(result["in doubt"]),
            "other": ", ".join(f"{n} {s}" for s, n in states.items() if s != "in_doubt") or "0",
        }
        print("| " + " | ".join(str(row.get(column, "–")) for column in columns) + " |")
        for address in result["in doubt"]:
            print(f"in doubt: {address}", file=sys.stderr)


def main() -> int:
    """Measure so many rounds; the exit code says whether all was as it must be."""
    options = arguments()
    results: list[dict[str, Any]] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-delivery-")))
        (folder / "data").mkdir()
        smtp, spool = options.smtp, None
        if not smtp:
            smtp, spool = stack.enter_context(own_sink(folder))
        set_up(options, folder, smtp)
        make_people(options.recipients)
        for _round in range(options.rounds):
            rates = [reference(options, smtp, folder)] if options.reference else []
            result = send(options)
            if options.reference:
                rates.append(reference(options, smtp, folder))
                result["reference"] = round(statistics.mean(rates), 1)
                result["ratio"] = round(result["mails/s"] / statistics.mean(rates), 2)
            if spool:
                compare(result, spool, options.recipients)
            results.append(result)
    show(options, results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))
    bad = any(result.get("twice") or result.get("lost in silence") for result in results)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
