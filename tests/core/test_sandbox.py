"""The sandbox: however a child ends, the parent gets to hear it in one word."""

from __future__ import annotations

import gc
import os
import signal
import time

import pytest

from core import sandbox
from core.sandbox import Ending, Limits

CASES = "tests.core.sandbox_cases"


def run(name, arguments=None, **options):
    return sandbox.run(f"{CASES}:{name}", arguments or {}, **options)


def is_alive(pid):
    """Tell whether a process still runs; one that waits to be reaped does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def wait_until_gone(pid):
    for _ in range(100):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_the_result_comes_back_with_what_it_cost():
    outcome = run("echo", {"text": "één \x00 twee", "list": [1, None, 2.5]})

    assert outcome.ending is Ending.OK
    assert outcome.value == {"text": "één \x00 twee", "list": [1, None, 2.5]}
    assert outcome.cpu_seconds > 0
    assert outcome.peak_memory > 1_000_000


def test_a_large_result_arrives_whole():
    text = "x" * 100_000
    outcome = run("echo", {"text": text})
    assert outcome.value == {"text": text}


def test_progress_arrives_in_order():
    seen = []
    outcome = run("count", {"to": 50}, on_progress=seen.append)

    assert outcome.value == 50
    assert [line["done"] for line in seen] == list(range(1, 51))


def test_the_child_stands_apart(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for parsers")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    value = run("look_around").value

    assert "SECRET_KEY" not in value["environment"]
    assert "PYTHONPATH" not in value["environment"]
    assert value["directory"] == "/"
    assert value["path"] == []
    assert value["leader"]


ENDINGS = [
    ("fail", {}, Limits(), Ending.FAILED),
    ("leave", {}, Limits(), Ending.FAILED),
    ("leave_without_a_word", {}, Limits(), Ending.FAILED),
    ("no_such_function", {}, Limits(), Ending.FAILED),
    ("return_something_odd", {}, Limits(), Ending.FAILED),
    ("write_garbage_on_the_pipe", {}, Limits(), Ending.FAILED),
    ("open_many", {}, Limits(), Ending.FAILED),
    ("spin", {}, Limits(cpu_seconds=1), Ending.CPU_LIMIT),
    ("refuse_to_stop", {}, Limits(cpu_seconds=1), Ending.CPU_LIMIT),
    ("allocate", {"bytes": 1 << 29}, Limits(memory_bytes=1 << 28), Ending.MEMORY_LIMIT),
    ("sleep", {}, Limits(wall_seconds=1), Ending.WALL_LIMIT),
    ("talk", {}, Limits(output_bytes=100_000), Ending.OUTPUT_LIMIT),
    ("segfault", {}, Limits(), Ending.CRASHED),
    ("print_garbage", {}, Limits(), Ending.OK),
]


@pytest.mark.parametrize(("name", "arguments", "limits", "ending"), ENDINGS)
def test_every_ending_has_its_word(name, arguments, limits, ending):
    outcome = run(name, arguments, limits=limits)

    assert outcome.ending is ending
    assert ending is Ending.OK or outcome.value is None


def test_an_error_is_named_and_cut_short():
    outcome = run("fail")

    assert outcome.error == "ValueError"
    assert 0 < len(outcome.message) <= 300


def test_a_crash_tells_its_signal():
    assert run("segfault").signal == signal.SIGSEGV


def test_a_child_may_write_no_file(tmp_path):
    outcome = run("write_a_file", {"path": str(tmp_path / "file")})

    assert outcome.ending is Ending.FAILED
    assert outcome.error == "OSError"


def test_a_grandchild_that_holds_the_pipe_is_killed_and_not_waited_for():
    outcome = run("leave_a_grandchild", limits=Limits(wall_seconds=30))

    assert outcome.ending is Ending.OK
    assert outcome.wall_seconds < 30
    assert wait_until_gone(outcome.value)


def test_a_killed_child_takes_its_own_children_along():
    seen = []
    outcome = run("spawn", limits=Limits(wall_seconds=1), on_progress=seen.append)

    assert outcome.ending is Ending.WALL_LIMIT
    assert wait_until_gone(seen[0]["pid"])


def test_the_heartbeat_goes_on_while_the_child_is_silent():
    beats = []
    run("sleep", limits=Limits(wall_seconds=3), on_heartbeat=lambda: beats.append(1))

    assert len(beats) >= 2


def test_the_heartbeat_goes_on_while_the_child_talks():
    beats = []
    limits = Limits(wall_seconds=3, output_bytes=1 << 40)
    run("talk", limits=limits, on_heartbeat=lambda: beats.append(1))

    assert len(beats) >= 2


class LeaseLost(Exception):
    pass


def test_what_a_callback_raises_ends_the_child_and_is_passed_on():
    pids = []

    def stop(values):
        pids.append(values["pid"])
        raise LeaseLost

    with pytest.raises(LeaseLost):
        run("spawn", on_progress=stop)
    assert wait_until_gone(pids[0])


def test_no_descriptor_is_left_open():
    gc.collect()  # closes what earlier tests dropped
    before = len(os.listdir("/proc/self/fd"))
    for name in ("echo", "segfault", "leave_a_grandchild"):
        run(name)
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before
