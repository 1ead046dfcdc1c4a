"""`import mgpk` is quick: what is heavy is read only when it is used."""

import statistics
import subprocess
import sys

LIMIT_S = 0.05
HEAVY = ("pandas", "scipy", "matplotlib", "xarray", "tqdm")


def python(program):
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout


def test_import_costs_little_beyond_numpy():
    # Processor time, since other programs may hold the processor; the least of several, since the
    # first reads the disk.
    program = (
        "import time, numpy; start = time.process_time(); import mgpk;"
        "print(time.process_time() - start)"
    )
    times_s = [float(python(program)) for _ in range(7)]
    assert statistics.median(times_s) <= LIMIT_S, times_s


def test_nothing_heavy_is_imported():
    program = (
        "import sys, numpy; before = set(sys.modules); import mgpk;"
        "print(*(name.split('.')[0] for name in set(sys.modules) - before))"
    )
    assert not set(python(program).split()) & set(HEAVY)


def test_a_simulation_needs_numpy_alone():
    program = (
        "import sys, mgpk; run = mgpk.simulate(None, mgpk.Schedule().oral('citrate', mmol=5),"
        "until_h=24); run.summary(); run.header(); run.f_absorbed; print(*sys.modules)"
    )
    assert not {name.split(".")[0] for name in python(program).split()} & set(HEAVY)


def test_every_public_name_can_be_had():
    program = "import mgpk; [getattr(mgpk, name) for name in mgpk.__all__]; print(*dir(mgpk))"
    assert {"compare", "fit", "sweep", "plotting", "simulate"} <= set(python(program).split())
