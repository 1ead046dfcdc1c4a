"""Runs every rival that is here on the reference problem and writes the table: make rivals

Rivals take turns, round after round, so that a slow minute of the machine hits all of them; the
times that are kept are medians over the rounds. JSON into out/bench/rivals/, one file for each
rival and problem; missing.json says who was left out and why.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUT = ROOT / "out/bench/rivals"
BUILD = ROOT / "build/rivals/benchmarks/rivals"
PROBLEMS = ("short", "long", "small", "stiff")
# The ruler and our own first; what a Python rival imports stands beside it.
COMPILED = ("odeint_dopri5", "mgpk_ensemble", "odeint_cash_karp54", "sundials_arkode",
            "sundials_cvode_adams", "sundials_cvode_bdf")
FROM_PYTHON = {
    "heyoka_taylor": ("heyoka",), "diffrax_vmap": ("diffrax",), "pydiffsol_jit": ("pydiffsol",),
    "roadrunner_cvode": ("roadrunner", "antimony"), "scipy_odeint": ("scipy",),
    "scipy_odeint_numba": ("scipy", "numba"), "scipy_solve_ivp": ("scipy",),
}
# The stiff problem compares mgpk's own methods; its program makes its reference itself.
ON_STIFF = "mgpk_stiff"
NEVER = {
    "numbalsoda": "pip finds no wheel of it",
    "mrgsolve": "an R package that Debian does not have",
    "rxode2": "an R package that Debian does not have",
}


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def rivals(python):
    """Name -> command, of those that are here; name -> reason, of the others."""
    here, missing = {}, dict(NEVER)
    for name in (*COMPILED, ON_STIFF):
        if (BUILD / f"rival_{name}").exists():
            here[name] = [str(BUILD / f"rival_{name}")]
        else:
            missing[name] = "it was not built"
    for name, modules in FROM_PYTHON.items():
        done = subprocess.run([python, "-c", f"import {', '.join(modules)}"], capture_output=True,
                              text=True)
        if done.returncode == 0:
            here[name] = [python, str(HERE / f"{name}.py")]
        else:
            missing[name] = last_line(done.stderr)
    if not shutil.which("Rscript"):
        missing["desolve_lsoda"] = "there is no R"
    elif subprocess.run(["Rscript", "-e", "library(deSolve)"], capture_output=True).returncode:
        missing["desolve_lsoda"] = "R has no deSolve"
    else:
        here["desolve_lsoda"] = ["Rscript", str(HERE / "desolve_lsoda.R")]
    return here, missing


def machine():
    """Model of the processor and what it can do; nothing that tells one machine from its twin."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")

    def of(key):
        found = re.search(rf"^{key}\s*: (.*)$", text, re.MULTILINE)
        return found.group(1) if found else "unknown"

    flags = [flag for flag in of("flags").split() if re.match(r"avx|fma|sse4", flag)]
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True).stdout
    return {
        "processor": f"{of('model name')}, family {of('cpu family')}, model {of('model')}",
        "cores": os.cpu_count(), "flags": flags, "system": platform.system(),
        "compiler": compiler.splitlines()[0] if compiler else "unknown",
        "compiler_flags": "-O3 -DNDEBUG -march=native",
    }


def run_once(command, problem, out):
    """The engines that the program reports, or the reason why it reports none."""
    out.unlink(missing_ok=True)
    environment = {
        **os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "DESOLVE_MODEL": str(BUILD / "rival_desolve_model.so"),
    }
    done = subprocess.run([*command, problem, str(ROOT), str(out)], capture_output=True, text=True,
                          env=environment)
    if done.returncode != 0 or not out.exists():
        return None, last_line(done.stderr)
    report = json.loads(out.read_text(encoding="utf-8"))
    return (report if isinstance(report, list) else [report]), None


def merged(rounds):
    """Medians over the rounds of one engine; errors and settings are the same in each."""
    result = {**rounds[0], "machine": machine(), "rounds": len(rounds)}
    result["points"] = [
        {**same[0], **{clock: statistics.median(point[clock] for point in same)
                       for clock in ("seconds", "cpu_seconds")},
         "cpu_spread": max(p["cpu_seconds"] for p in same) / min(p["cpu_seconds"] for p in same)}
        for same in zip(*(report["points"] for report in rounds), strict=True)
    ]
    return result


def make_reference(problem):
    if problem != "stiff" and not (ROOT / f"out/bench/reference_{problem}.bin").exists():
        subprocess.run([str(BUILD / "rival_reference"), problem, str(ROOT)], check=True)


def run_problem(problem, here, missing, n_rounds):
    make_reference(problem)
    here = {name: command for name, command in here.items()
            if (name == ON_STIFF) == (problem == "stiff")}
    seen = {}
    for turn in range(n_rounds):
        for name, command in here.items():
            print(f"{problem}, round {turn + 1} of {n_rounds}: {name}", flush=True)
            engines, reason = run_once(command, problem, OUT / f"{name}_{problem}.json")
            if engines is None:
                missing[f"{name} ({problem})"] = reason
                print(f"  failed: {reason}", flush=True)
                continue
            for engine in engines:
                seen.setdefault((name, engine["name"]), []).append(engine)
    for name in here:
        engines = [merged(rounds) for (program, _), rounds in seen.items() if program == name]
        file = OUT / f"{name}_{problem}.json"
        file.write_text(json.dumps(engines, indent=1), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--problems", nargs="+", default=PROBLEMS, choices=PROBLEMS)
    parser.add_argument("--only", nargs="+", help="names of programs, such as odeint_dopri5")
    parser.add_argument("--python", default=sys.executable, help="the one that has the rivals")
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    here, missing = rivals(arguments.python)
    if arguments.only:
        here = {name: command for name, command in here.items() if name in arguments.only}
    for problem in arguments.problems:
        run_problem(problem, here, missing, arguments.rounds)
    (OUT / "missing.json").write_text(json.dumps(missing, indent=1), encoding="utf-8")
    for script in ("table.py", "plot.py"):
        subprocess.run([arguments.python, str(HERE / script)], check=True)


if __name__ == "__main__":
    main()
