"""Code that never ends is stopped, and what runs afterwards in the same thread runs as ever."""

import subprocess
import sys
import threading

import pytest

from minigrad.workbook.watchdog import runs_within

AFTERWARDS = """
import sys, threading
from minigrad.workbook.watchdog import runs_within

def forever():
    while True:
        pass

def followed():
    return 1

def stop_and_follow():
    assert not runs_within(0.05, forever)
    sys.settrace(lambda *event: None)
    followed()
    sys.settrace(None)
    print("done")

{run}
"""

IN_A_THREAD = "thread = threading.Thread(target=stop_and_follow); thread.start(); thread.join()"


@pytest.mark.parametrize("run", ["stop_and_follow()", IN_A_THREAD], ids=["main thread", "another thread"])
def test_after_a_stop_calls_can_be_traced(run: str) -> None:
    """Python 3.11 would otherwise never return from the first call that is traced."""
    command = [sys.executable, "-c", AFTERWARDS.format(run=run)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.stdout == "done\n", ended.stderr


def test_what_ends_in_time_is_left_alone() -> None:
    done: list[int] = []
    assert runs_within(60, lambda: done.append(1))
    assert done == [1]
    assert not [each for each in threading.enumerate() if each.name == "minigrad-watchdog" and not each.daemon]


def test_an_exception_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        runs_within(60, lambda: 1 // 0)
