#!/usr/bin/env python3
"""Checks the direction of includes: the table below is docs/architecture.md, for a machine.

Usage: check_layers.py [ROOT]. Prints one line per violation and exits with 1 if there is any.
"""

import re
import sys
from pathlib import Path

ORGANS = ("dose", "gut", "blood", "tissue", "kidney", "skin", "ligand", "effect")

# What the headers of a folder may include besides those of their own folder.
LAYERS: dict[str, set[str]] = {"units": set(), "evidence": {"units"}, "ode": set()}
LAYERS |= {organ: {"evidence", "units"} for organ in ORGANS}  # organs do not know each other
LAYERS["body"] = {*ORGANS, "evidence", "units"}
LAYERS["nca"] = {"units"}
LAYERS["isotope"] = {"units"}
LAYERS["random"] = set()
LAYERS["trial"] = {"random", "evidence", "units"}  # published means: no body, no plasma
LAYERS["record"] = {"units"}
LAYERS["timeline"] = {"record", "units"}
LAYERS["classic"] = {"ode", "timeline", "record", "evidence", "units"}
LAYERS["simulate"] = {"body", "classic", "isotope", "ode", "timeline", "record"}
LAYERS["simulate"] |= LAYERS["body"]
LAYERS["document"] = {"simulate", *LAYERS["simulate"]}
LAYERS["study"] = {"random", "simulate", *LAYERS["simulate"]}
LAYERS["people"] = {"random", "simulate", *LAYERS["simulate"]}

LAYERS["claim"] = {"people", "study", "trial", *LAYERS["people"]}

# Small headers beside the folders, open to everybody; to the solver core only the wish to be inlined.
COMMON = {"version.hpp", "law.hpp", "error.hpp", "compiled.hpp", "nearest_name.hpp", "inlined.hpp"}
OPEN_TO_SOLVER = {"inlined.hpp"}
UMBRELLA = "mgpk.hpp"

# Foreign libraries enter by one door each.
DOORS = {
    "boost/numeric/odeint": "include/mgpk/ode/odeint/",
    "pybind11/": "src/bindings/",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.MULTILINE)


def sources(root: Path) -> list[Path]:
    return sorted(
        path
        for folder in ("include", "src")
        for path in (root / folder).rglob("*")
        if path.suffix in {".hpp", ".cpp", ".h"}
    )


def check_door(place: str, target: str) -> str | None:
    for library, door in DOORS.items():
        if target.startswith(library) and not place.startswith(door):
            return f"{library} may be included only under {door}"
    return None


def check_layer(folder: str, target: str) -> str | None:
    """`folder` is where the header stands under include/mgpk; `target` is mgpk/..."""
    parts = target.split("/")
    if len(parts) == 2:
        if parts[1] == UMBRELLA:
            return f"{UMBRELLA} is for users; include the header that is needed"
        if parts[1] not in COMMON:
            return f"{target} stands beside the folders, where only {sorted(COMMON)} may"
        closed = folder == "ode" and parts[1] not in OPEN_TO_SOLVER
        return "ode includes nothing of mgpk" if closed else None
    if parts[1] not in LAYERS:
        return f"folder {parts[1]} has no layer; give it one in tools/check_layers.py"
    if parts[1] != folder and parts[1] not in LAYERS[folder]:
        return f"{folder} may not include {parts[1]}"
    return None


def check_header(root: Path, place: str, target: str) -> str | None:
    """An include of ours in a header of ours."""
    if not target.startswith("mgpk/"):
        ours = (root / Path(place).parent / target).exists()
        return "write the path from mgpk/ on" if ours else None
    if not (root / "include" / target).exists():
        return "no such header"
    parts = place.split("/")[2:]  # below include/mgpk
    if parts == [UMBRELLA]:
        return None
    if len(parts) == 1:
        return None if target.split("/")[-1] in COMMON else "a common header includes no folder"
    if parts[0] not in LAYERS:
        return f"folder {parts[0]} has no layer; give it one in tools/check_layers.py"
    return check_layer(parts[0], target)


def violations(root: Path) -> list[str]:
    found = []
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            target = match[1]
            problem = check_door(place, target)
            if problem is None and place.startswith("include/mgpk/"):
                problem = check_header(root, place, target)
            if problem:
                line = path.read_text(encoding="utf-8")[: match.start(1)].count("\n") + 1
                found.append(f"{place}:{line}: includes {target}: {problem}")
    return found


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    found = violations(root)
    print(*found, f"check_layers: {len(sources(root))} files, {len(found)} violations", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
