"""Installs mgpk, moves the installed tree, and builds and runs programs against it.

The programs are a folder of C++ files, or the ```cpp blocks of a Markdown page; the way in is CMake's
find_package or pkg-config. Needs nothing but Python's standard library.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CONSUMER = Path(__file__).parent / "consumer"


def run(command, **options):
    print("+", *command, flush=True)
    subprocess.run([str(word) for word in command], check=True, **options)


def programs(source: Path) -> list[dict[str, str]]:
    """The files of each program: a folder of .cpp files is one, each block of a page is another."""
    if source.is_dir():
        return [{path.name: path.read_text(encoding="utf-8") for path in source.glob("*.cpp")}]
    text = source.read_text(encoding="utf-8")
    blocks = re.findall(r"^```cpp\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    if not blocks:
        sys.exit(f"{source} must show at least one ```cpp program, but it shows none")
    for number, block in enumerate(blocks, start=1):
        if "int main(" not in block:
            sys.exit(f"{source}: ```cpp block {number} must be a whole program, but it has no main")
    return [{"main.cpp": block} for block in blocks]


def install(arguments) -> None:
    staged, moved = arguments.work / "staged", arguments.work / "moved"
    for folder in (staged, moved):
        shutil.rmtree(folder, ignore_errors=True)
    run(["cmake", "--install", arguments.build, "--prefix", staged])
    staged.rename(moved)  # an installed tree may be moved: no path in it may be absolute


def build_with_find_package(arguments, folder: Path) -> Path:
    shutil.copy(CONSUMER / "CMakeLists.txt", folder)
    build = folder / "build"
    run([
        "cmake", "-S", folder, "-B", build, "-G", "Ninja", "--fresh",
        f"-DCMAKE_PREFIX_PATH={arguments.work / 'moved'}",
        f"-DMGPK_TARGET={arguments.package}",
        f"-DCMAKE_CXX_COMPILER={arguments.compiler}",
        f"-DCMAKE_CXX_COMPILER_LAUNCHER={arguments.launcher}",
    ])
    run(["cmake", "--build", build])
    return build / "program"


def build_with_pkg_config(arguments, folder: Path) -> Path:
    package_files = next((arguments.work / "moved").rglob("mgpk.pc")).parent
    environment = os.environ | {"PKG_CONFIG_PATH": str(package_files)}
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", arguments.package],
        check=True, capture_output=True, text=True, env=environment,
    ).stdout.split()
    launcher = [arguments.launcher] if arguments.launcher else []
    program, objects = folder / "program", []
    for source in sorted(folder.glob("*.cpp")):
        objects.append(source.with_suffix(".o"))
        run([*launcher, arguments.compiler, "-std=c++20", "-c", source, "-o", objects[-1],
             *(flag for flag in flags if not flag.startswith(("-l", "-L")))])
    run([arguments.compiler, *objects, *flags, "-o", program])
    return program


def consume(arguments) -> None:
    build = {"find_package": build_with_find_package, "pkg_config": build_with_pkg_config}
    label = f"{arguments.step}-{arguments.package.replace(':', '')}-{arguments.source.stem}"
    for number, files in enumerate(programs(arguments.source), start=1):
        folder = arguments.work / f"{label}-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        program = build[arguments.step](arguments, folder)
        output = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        print(output)
        if not output.strip():
            sys.exit(f"program {number} of {arguments.source} must print something")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="build folder of mgpk")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder")
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--launcher", default="", help="ccache, or nothing")
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("install")
    for name in ("find_package", "pkg_config"):
        step = steps.add_parser(name)
        step.add_argument("package", help="what to link: mgpk::core, mgpk-core, ...")
        step.add_argument("source", type=Path, help="a folder of .cpp files or a .md page")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    install(arguments) if arguments.step == "install" else consume(arguments)


if __name__ == "__main__":
    main()
