"""Work against precision: what one engine needs for an error, read off all its points."""

import json
import math
from pathlib import Path

OUT = Path(__file__).parents[2] / "out/bench"


def reports():
    """What each engine reported on each problem, as it was written."""
    for file in sorted((OUT / "rivals").glob("*.json")):
        if file.name != "missing.json":
            yield from json.loads(file.read_text(encoding="utf-8"))


def seconds_of(point):
    """Of the processor, which other programs disturb least; of the wall, with several threads."""
    return point["seconds"] if point.get("n_threads", 1) > 1 else point["cpu_seconds"]


def front(points, n_subjects):
    """The points that no other beats in both, as (error, seconds for n_subjects), loosest first."""
    scaled = sorted(
        (seconds_of(point) * n_subjects / point["n_subjects"], point["max_error"])
        for point in points
        if point["max_error"]
    )
    best = []
    for seconds, error in scaled:
        # What differs by rounding only is the same error.
        if not best or error < 0.999 * best[-1][0]:
            best.append((error, seconds))
    return best


def seconds_at(target_error, best):
    """Interpolated between the neighbours on the front, logarithms on both axes.

    None where the engine was never as exact; the loosest point where it was never as inexact.
    """
    if not best or best[-1][0] > target_error:
        return None
    if best[0][0] <= target_error:
        return best[0][1]
    for (loose, fast), (tight, slow) in zip(best, best[1:], strict=False):
        if tight <= target_error:
            share = math.log(loose / target_error) / math.log(loose / tight)
            return fast * (slow / fast) ** share
    raise AssertionError("a front that ends below the target passes it")
