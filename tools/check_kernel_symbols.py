#!/usr/bin/env python3
"""Checks that code for one instruction set cannot be taken for code for all machines.

Usage: check_kernel_symbols.py OBJECT... where OBJECT is src/ensemble/<set>.cpp as compiled.

A linker keeps one copy of each function that several files define alike, such as those of
std::vector. Were it the copy of the file for AVX-512, the program would stop on any other machine.
So everything that such a file defines for others to see must bear the name of its set.
"""

import re
import subprocess
import sys
from pathlib import Path

# What the compilers add to every file with a destructor: an address; and clang's function that ends
# the program, two calls in whatever instructions.
HARMLESS = re.compile(r"^(DW\.ref\.__gxx_personality_v0|__clang_call_terminate)$")


def foreign_symbols(listing: str, instruction_set: str) -> list[str]:
    """The symbols of `nm -C --defined-only` that other files see and that do not name the set."""
    own = re.compile(rf"::{instruction_set}::|::{instruction_set}_kernels\(\)")
    found = []
    for line in listing.splitlines():
        parts = line.split(maxsplit=2)
        if len(parts) < 3 or parts[1] not in set("ABCDGRSTVWiu"):
            continue
        if not own.search(parts[2]) and not HARMLESS.match(parts[2]):
            found.append(parts[2])
    return found


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    status = 0
    for argument in sys.argv[1:]:
        path = Path(argument)
        instruction_set = path.name.split(".")[0]
        listing = subprocess.run(
            ["nm", "-C", "--defined-only", str(path)], check=True, capture_output=True, text=True
        ).stdout
        if f"{instruction_set}_kernels()" not in listing:
            print(f"{path}: does not define {instruction_set}_kernels()")
            status = 1
        for symbol in foreign_symbols(listing, instruction_set):
            print(f"{path}: defines {symbol}, which does not bear the name {instruction_set}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
