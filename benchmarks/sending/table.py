"""The lines of a table that go in RESULTS.md as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.sending.run import Run
from benchmarks.sending.verdict import Verdict

SPEED = (
    "recipients", "database", "senders × connections", "mails/s", "reference", "ratio",
    "CPU ms/mail", "idle MB", "above idle MB", "MB by thirds", "sent", "other",
)  # fmt: skip
SAFETY = ("kills", "in doubt", "most by one kill", "twice", "lost in silence", "promises")


def row(cells: Iterable[object]) -> str:
    """Return one line."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def head(columns: Sequence[str]) -> str:
    """Return the two lines that every table begins with."""
    return row(columns) + "\n|" + " --- |" * len(columns)


def speed(run: Run, database: str, crew: str) -> list[object]:
    """Return the cells of `SPEED`. What was not measured is a dash."""
    killed = bool(run.kills)
    others = [f"{n} {s}" for s, n in run.states.items() if s not in ("sent", "in_doubt")]
    return [
        run.recipients,
        database,
        crew,
        run.mails_a_second,
        round(run.reference, 1) or "–",
        f"{run.ratio:.2f}" if run.reference else "–",
        "–" if killed else run.cpu_ms,
        "–" if killed else run.idle_mb,
        "–" if killed else run.above_mb,
        " / ".join(map(str, run.thirds_mb)) or "–",
        run.states.get("sent", 0),
        ", ".join(others) or 0,
    ]


def safety(run: Run, verdict: Verdict | None) -> list[object]:
    """Return the cells of `SAFETY`. Only our own server can tell what arrived."""
    counted: list[object] = ["–", "–", "–"]
    if verdict:
        counted = [verdict.twice, verdict.lost, "; ".join(verdict.broken) or "kept"]
    return [run.kills or "–", len(run.in_doubt), run.most_by_a_kill or "–", *counted]
