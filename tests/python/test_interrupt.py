"""Ctrl-C ends a long solve at once, with KeyboardInterrupt."""

import os
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
import signal, sys, time
# What runs in the background, a build server's job for one, hands on that SIGINT is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
import mgpk
plan = mgpk.Schedule().oral("citrate", mmol=5, at_h=8, every_h=6, times=100_000)
person = mgpk.Subject()
print("ready", flush=True)
start = time.monotonic()
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(42)
print("ended by itself", time.monotonic() - start)
"""
CALLS = {
    "simulate": "mgpk.simulate(person, plan, until_h=800_000, every_h=24)",
    "failure as data": (
        "mgpk.simulate(person, plan, until_h=800_000, every_h=24, raise_on_failure=False)"
    ),
    "sweep": "mgpk.sweep(points=[(person, plan)] * 4, until_h=800_000, every_h=24, n_threads=2)",
    "population": "mgpk.population(20_000, n_threads=2)",
    "many": "mgpk.simulate_many([person] * 20_000, plan, until_h=800, n_threads=2)",
    "bands": "mgpk.simulate(person, until_h=24).bands(n=20_000, n_threads=2)",
}


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_ctrl_c_ends_a_solve(call):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(call=call)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.7)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
        took_s = time.monotonic() - sent
    finally:
        process.kill()
    assert "interrupted" in output, output + errors
    assert process.returncode == 42
    assert took_s < 5, "an interrupt is noticed within a fraction of a second of computing"
