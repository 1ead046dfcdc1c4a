#!/usr/bin/env python3
"""Checks the names of numbers against the tables of docs/naming.md.

Usage: check_names.py [ROOT]. Prints one line per violation and exits with 1 if there is any.
"""

import ast
import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path

CODE_FOLDERS = ("include", "src", "python", "examples")
NUMBER_TYPES = "double|float|Real|Par|Scalar|Number"
OPTIONAL = rf"std::optional<\s*(?:{NUMBER_TYPES})\s*>"
DECLARATION = re.compile(
    rf"(?:\b(?:{NUMBER_TYPES})\b|{OPTIONAL})(?:\s+const\b)?[\s&*]+(\w+)\s*(?=[;,)={{\[])"
)
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
TYPE_SCOPE = re.compile(r"\b(struct|class|union|enum)\b[^()=]*$")


@dataclass
class Register:
    """The tables of the page, by heading: one list of cells per row, code spans only."""

    tables: dict[str, list[list[list[str]]]]

    @classmethod
    def read(cls, page: Path) -> "Register":
        tables: dict[str, list[list[list[str]]]] = {}
        heading = ""
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                heading = line[3:].strip()
            elif line.startswith("| `"):
                cells = re.split(r"(?<!\\)\|", line)[1:-1]
                spans = [re.findall(r"`([^`]+)`", cell.replace("\\|", "|")) for cell in cells]
                tables.setdefault(heading, []).append(spans)
        return cls(tables)

    def words(self, heading: str) -> set[str]:
        return {word for row in self.tables[heading] for word in row[0]}

    def pairs(self, heading: str, column: int) -> dict[str, list[str]]:
        return {word: row[column] for row in self.tables[heading] for word in row[0]}

    def unit_of(self, name: str) -> str:
        """The longest end of the name that is a unit, or nothing; a name is not a unit alone."""
        words = f"(?:{'|'.join(sorted(self.words('Units'), key=len, reverse=True))})"
        numerator = f"{words}(?:_{words})*"
        unit = f"(?:{numerator}(?:_per_{words})*|per_{words}(?:_per_{words})*)"
        match = re.search(rf"(?:^|_)({unit})$", name)
        return match[1] if match else ""

    def spelling_problem(self, name: str) -> str | None:
        if name in self.words("Exceptions"):
            return None
        better = self.pairs("Forbidden", 1)
        for part in name.split("_"):
            if part in better:
                return f"'{part}' is never part of a name; write {' or '.join(better[part])}"
        for stem, qualifiers in self.pairs("Qualified", 1).items():
            rest = name.removeprefix(stem + "_") if name.startswith(stem + "_") else None
            if name == stem or (rest and rest.split("_")[0] not in qualifiers):
                return f"{stem} must say which: {', '.join(f'{stem}_{q}' for q in qualifiers)}"
        return None

    def unit_problem(self, name: str) -> str | None:
        """For the name of a number."""
        if name in self.words("Exceptions") | self.words("Unit elsewhere"):
            return None
        unit = self.unit_of(name)
        kind, forms = name.split("_")[0], self.pairs("Kinds", 2)
        if kind in forms and "_" in name:
            form = forms[kind][0]
            if form == "none":
                return None
            return None if re.fullmatch(form, unit) else f"kind '{kind}' needs a unit {form}"
        if unit or name.split("_")[-1] in self.words("Without a unit"):
            return None
        return "a number ends in its unit, or is in docs/naming.md"


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", blank, text, flags=re.DOTALL)


def without_bodies(text: str) -> str:
    """C++ text without strings, and without the inside of function bodies and of detail."""
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', blank, text)
    text = re.sub(r"^[ \t]*#[^\n]*", blank, text, flags=re.MULTILINE)
    kept, statement, open_scopes = [], "", []
    for character in text:
        inside_body = "body" in open_scopes
        if character == "{":
            head = re.sub(r"template\s*<[^{};()]*>", "", statement)
            is_scope = re.search(r"\bnamespace\b[^()]*$", head) or TYPE_SCOPE.search(head)
            private = re.search(r"\bnamespace\s[\w:\s]*\bdetail\s*$", head)
            open_scopes.append("scope" if is_scope and not private and not inside_body else "body")
        elif character == "}" and open_scopes:
            open_scopes.pop()
        statement = "" if character in "{};" else statement + character
        kept.append(character if not inside_body or character in "\n}" else " ")
    return "".join(kept)


def cpp_numbers(text: str) -> list[tuple[int, str]]:
    outside = without_bodies(without_comments(text))
    return [
        (outside.count("\n", 0, match.start(1)) + 1, match[1])
        for match in DECLARATION.finditer(outside)
        if not match[1].endswith("_")  # private
    ]


def python_numbers(text: str) -> list[tuple[int, str]]:
    """Parameters of public functions, and fields of classes, that are annotated float."""
    found: list[tuple[int, str]] = []

    def is_float(annotation: ast.expr | None) -> bool:
        return annotation is not None and re.fullmatch(
            r"float( \| None)?", ast.unparse(annotation)
        ) is not None

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            found += [(a.lineno, a.arg) for a in arguments if is_float(a.annotation)]
        elif isinstance(node, ast.ClassDef):
            fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
            found += [
                (field.lineno, field.target.id)
                for field in fields
                if isinstance(field.target, ast.Name) and is_float(field.annotation)
            ]
    return [(line, name) for line, name in found if not name.startswith("_")]


def spelled_names(path: Path, text: str) -> list[tuple[int, str]]:
    """Every identifier, in strings too: columns and keys are names that users type."""
    if path.suffix == ".py":
        # Prose in comments and docstrings may say "hours"; only words with an underscore count there.
        names = IDENTIFIER.finditer(text)
        return [(text.count("\n", 0, m.start()) + 1, m[0]) for m in names if "_" in m[0]]
    code = without_comments(text)
    strings = [(m.start(), m.end()) for m in re.finditer(r'"(?:\\.|[^"\\\n])*"', code)]

    def in_string(position: int) -> bool:
        return any(start < position < end for start, end in strings)

    return [
        (code.count("\n", 0, match.start()) + 1, match[0])
        for match in IDENTIFIER.finditer(code)
        if "_" in match[0] or not in_string(match.start())
    ]


def check_code(register: Register, root: Path, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(root).as_posix()
    problems = {(n, name, register.spelling_problem(name)) for n, name in spelled_names(path, text)}
    numbers: list[tuple[int, str]] = []
    if path.suffix == ".py" and place.startswith("python/"):
        numbers = python_numbers(text)
    elif place.startswith("include/") and not place.startswith("include/mgpk/ode/"):
        numbers = cpp_numbers(text)
    problems |= {(line, name, register.unit_problem(name)) for line, name in numbers}
    return [f"{place}:{line}: {name}: {why}" for line, name, why in sorted(
        problem for problem in problems if problem[2])]


def check_table(register: Register, root: Path, path: Path) -> list[str]:
    """The header of a data table, and its first column where that holds keys of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    names = list(rows[0]) if rows else []
    if names and names[0] == "key":
        names += [row[0] for row in rows[1:] if row]
    place = path.relative_to(root).as_posix()
    problems = [(name, register.spelling_problem(name)) for name in names]
    return [f"{place}: {name}: {why}" for name, why in problems if why]


def check(root: Path) -> tuple[int, list[str]]:
    register = Register.read(root / "docs/naming.md")
    code = [
        path
        for folder in CODE_FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in {".hpp", ".cpp", ".py"}
    ]
    tables = sorted((root / "data").rglob("*.csv"))
    found = [line for path in code for line in check_code(register, root, path)]
    found += [line for path in tables for line in check_table(register, root, path)]
    return len(code) + len(tables), found


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    count, found = check(root)
    print(*found, f"check_names: {count} files, {len(found)} violations", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
