"""A run file: read, run, written, and repeated from its own result with the same numbers."""

import sys
from pathlib import Path

import mgpk

file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_suffix(".json")
run = mgpk.run_file(file, out="run_file_out", overwrite=True)
s = run.summary()

print(f"note           {run.document.note}")
print(f"given          {s.dose_mmol:6.2f} mmol")
print(f"urine          {s.ae_mmol:6.2f} mmol above the baseline")
print(
    f"plasma         {s.c_max_above_baseline_mmol_per_L:+6.3f} mmol/L at most, at {s.t_max_h:.1f} h"
)
for name in ("table.csv", "result.json"):
    print(f"written        run_file_out/{name}")
again = mgpk.read_run_file("run_file_out/result.json")
print(f"repeated       {again.repeats(again.run())}")
print(mgpk.disclaimer)
