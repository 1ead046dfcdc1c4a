"""The command line: ``mgpk run FILE`` runs a run file, or repeats a result file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

import mgpk

__all__: list[str] = []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mgpk",
        description="What magnesium does between the mouth and the urine.",
        epilog=mgpk.disclaimer,
    )
    parser.add_argument("--version", action="version", version=f"mgpk {mgpk.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run", help="run a run file, or repeat the run of a result file", epilog=mgpk.disclaimer
    )
    run.add_argument("file", help="a run file or a result file (JSON)")
    run.add_argument("--out", metavar="DIR", help="write the outputs of the file into this folder")
    run.add_argument("--overwrite", action="store_true", help="replace files that are there")
    run.add_argument("--check", action="store_true", help="only read the file and check it")
    commands.add_parser("schema", help="print the JSON schema of run files")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    document = mgpk.read_run_file(arguments.file)
    if arguments.check:
        if arguments.out is not None:
            document._inner.check_folder(arguments.out, arguments.overwrite)
        print(f"{arguments.file}: no problems found")
        return 0
    if arguments.out is not None:
        document._inner.check_folder(arguments.out, arguments.overwrite)
    run = document.run()
    _print_run(run)
    if arguments.out is None:
        print("no file was written; --out DIR writes the outputs of the run file")
    else:
        for file in document.write_outputs(run, arguments.out, overwrite=arguments.overwrite):
            print(f"written: {file}")
    repeats = document.repeats(run)
    if repeats:
        print(f"numbers: {repeats}")
    return 0 if run.status.ok else 1


def _print_run(run: mgpk.Run) -> None:
    print(run.header())
    if run.has_baseline and len(run) > 1:
        print("summary, above the baseline unless its name says otherwise:")
        for name, value in run.summary().to_dict().items():
            print(f"  {name:<34} {value:.6g}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit status: 0 done, 1 refused or failed, 2 misused."""
    given = _parser().parse_args(arguments)
    if given.command == "schema":
        print(json.dumps(mgpk.run_file_schema(), indent=2))
        return 0
    try:
        return _run(given)
    except (ValueError, OSError, mgpk.SolveError) as error:
        print(f"mgpk: {error}", file=sys.stderr)
        return 1
