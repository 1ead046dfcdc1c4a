"""Reads the tables of data/ and checks every row.

One bad row stops everything: the error names its file and line.
"""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

from chemical_formula import atoms, molar_mass

KINDS = ("measured", "derived", "calibrated", "assumed")
PROVENANCES = ("published", "recalled", "derived", "choice")
DISSOLUTIONS = ("soluble", "sparing", "acid", "hydroxide", "food")
# What a modifier may act on, how, and in which unit.
TARGETS = {
    "gfr": ("times", "1"),
    "albumin": ("times", "1"),
    "tm": ("times", "1"),
    "tm_pt": ("times", "1"),
    "tm_tal": ("times", "1"),
    "tm_dct": ("times", "1"),
    "uptake_saturable": ("times", "1"),
    "uptake_linear": ("times", "1"),
    "acid_secreted": ("times", "1"),
    "ileum_length": ("times", "1"),
    "sweat": ("plus", "mmol/h"),
}
APPLIES = ("chronic", "acute", "both")
# The unit of a parameter and how its key must end; "1" has no ending.
UNIT_ENDINGS = {
    "1": "",
    "mmol/L": "_mmol_per_L",
    "mL/min": "_mL_per_min",
    "kg": "_kg",
    "mg/d": "_mg_per_d",
    "g/L": "_g_per_L",
    "L/kg": "_L_per_kg",
    "L/h/kg": "_L_per_h_per_kg",
    "mmol/kg": "_mmol_per_kg",
    "1/h": "_per_h",
    "mmol/d": "_mmol_per_d",
    "mmol": "_mmol",
    "mmol/h": "_mmol_per_h",
    "h": "_h",
    "g/mmol": "_g_per_mmol",
    "mg/dL": "_mg_per_dL",
    "m2": "_m2",
    "cm*kg/m4": "",
    "g/d": "_g_per_d",
    "g/mol": "_g_per_mol",
    "mV": "_mV",
    "1/mV": "_per_mV",
    "L/mmol": "_L_per_mmol",
}
COLUMNS = {
    "parameters.csv": "key value unit low high kind reference organ used_in note".split(),
    "references.csv": "key citation doi provenance note".split(),
    "salts.csv": (
        "name hydrate formula molar_mass_g_per_mol n_magnesium dissolution kind "
        "glycine_per_magnesium f_complexed n_unabsorbed_ions is_default_hydrate reference note"
    ).split(),
    "salt_aliases.csv": "alias name hydrate".split(),
    "classic_models.csv": "model name value unit kind reference note".split(),
    "modifiers.csv": (
        "modifier target how value low high unit kind reference applies note"
    ).split(),
    "atomic_masses.csv": "element mass_g_per_mol reference note".split(),
    "population.csv": (
        "quantity sex law center spread low high unit applies_to kind reference spread_reference note"
    ).split(),
    "population_correlations.csv": "first second r kind reference note".split(),
    "parameter_ridges.csv": "key law leader note".split(),
    "effects.csv": (
        "key module title rank rank_driver computed driver columns parameters says why_not "
        "reference verify"
    ).split(),
    "trial_effects.csv": (
        "key effect outcome population unit kind difference low high p_value se_from n placebo "
        "dose_low_mg_per_d dose_high_mg_per_d weeks better certainty rank simulated why_not "
        "reference verify note"
    ).split(),
}
# Columns that may be empty, besides doi and note.
OPTIONAL = {
    "salt_aliases.csv": {"hydrate"},
    "population.csv": {"applies_to"},
    "parameter_ridges.csv": {"leader"},
    "effects.csv": {"columns", "parameters", "why_not"},
    "trial_effects.csv": {
        *("difference", "low", "high", "p_value", "n", "placebo", "weeks", "why_not"),
        *("dose_low_mg_per_d", "dose_high_mg_per_d"),
    },
}
MOLAR_MASS_TOLERANCE_G_PER_MOL = 0.05


class TableError(ValueError):
    """A table that breaks a rule; the message names file and line."""


class Row(dict):
    """A row that knows where it stands."""

    def __init__(self, cells: dict[str, str], where: str):
        super().__init__(cells)
        self.where = where

    def fail(self, rule: str, value: object, advice: str) -> None:
        raise TableError(f'{self.where}: {rule}, but it is "{value}"; {advice}')

    def require(self, holds: bool, rule: str, value: object, advice: str) -> None:
        if not holds:
            self.fail(rule, value, advice)

    def number(self, column: str) -> float:
        try:
            value = float(self[column])
        except ValueError:
            value = math.nan
        self.require(
            math.isfinite(value), f"{column} must be a finite number", self[column], "give a number"
        )
        return value

    def one_of(self, column: str, known: object) -> str:
        self.require(
            self[column] in known,
            f"{column} must be known",
            self[column],
            "known are: " + ", ".join(known),
        )
        return self[column]


def read_table(
    data: Path, name: str, columns: list[str] | None = None, may_be_empty: frozenset[str] = frozenset()
) -> list[Row]:
    """Every row of one table; wrong columns, ragged rows and stray spaces are errors."""
    expected = COLUMNS[name] if columns is None else columns
    with open(data / name, newline="", encoding="utf-8") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if header != expected:
            raise TableError(
                f"data/{name} line 1: the columns must be {','.join(expected)}, "
                f"but they are {','.join(header)}; add, remove or rename columns"
            )
        rows = []
        for cells in reader:
            row = Row(
                dict(zip(expected, cells, strict=False)), f"data/{name} line {reader.line_num}"
            )
            row.require(
                len(cells) == len(expected),
                f"a row must have {len(expected)} cells ({','.join(expected)})",
                len(cells),
                "quote a cell that holds a comma",
            )
            for column, cell in row.items():
                row.require(
                    cell == cell.strip(), f"{column} must have no space around it", cell, "trim it"
                )
                optional = {"doi", "note"} | OPTIONAL.get(name, set()) | may_be_empty
                row.require(
                    bool(cell) or column in optional,
                    f"{column} must not be empty",
                    cell,
                    "fill it in",
                )
            rows.append(row)
    return rows


def require_unique(rows: list[Row], *columns: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        row.require(
            key not in seen,
            f"{' and '.join(columns)} must be unique",
            " ".join(key),
            f"it stands already at {seen.get(key)}",
        )
        seen[key] = row.where


def check_used_in(row: Row, headers: Path) -> None:
    """The headers of the laws that a number goes into, from include/mgpk on."""
    for name in row["used_in"].split(";"):
        row.require(
            name.endswith(".hpp") and (headers / name).is_file(),
            f"used_in of {row['key']} must name headers under include/mgpk, parted by ;",
            name,
            'name the law that reads the number, such as "kidney/reabsorption.hpp"',
        )


def check_parameters(rows: list[Row], headers: Path) -> None:
    require_unique(rows, "key")
    # The longest ending first: "_mmol_per_h" also ends in "_per_h".
    endings = sorted((ending for ending in UNIT_ENDINGS.values() if ending), key=len, reverse=True)
    for row in rows:
        key, unit = row["key"], row.one_of("unit", UNIT_ENDINGS)
        row.require(
            re.fullmatch(r"[a-z][A-Za-z0-9_]*", key) is not None,
            "key must be a C++ name that starts with a small letter",
            key,
            "use letters, digits and underscores",
        )
        ending = next((end for end in endings if key.endswith(end)), "")
        row.require(
            ending == UNIT_ENDINGS[unit],
            f'a key with unit {unit} must end in "{UNIT_ENDINGS[unit]}"',
            key,
            "let key and unit agree",
        )
        row.one_of("kind", KINDS)
        check_used_in(row, headers)
        low, value, high = row.number("low"), row.number("value"), row.number("high")
        row.require(
            low <= value <= high,
            f"value of {key} must lie between {row['low']} and {row['high']}",
            row["value"],
            "correct the value or its range",
        )


def check_references(rows: list[Row], users: list[Row], data: Path) -> None:
    """Every reference exists and is used; none contradicts the studies."""
    require_unique(rows, "key")
    known = {row["key"] for row in rows}
    used = {row["reference"] for row in users}
    for row in users:
        row.require(
            row["reference"] in known,
            "reference must stand in data/references.csv",
            row["reference"],
            "add it there",
        )
    doi_of_study = study_dois(data)
    for row in rows:
        row.one_of("provenance", PROVENANCES)
        row.require(
            row["key"] in used,
            "every reference must be used by a number",
            row["key"],
            "remove the row",
        )
        row.require(
            not row["doi"] or re.fullmatch(r"10\.\d{4,9}/\S+", row["doi"]) is not None,
            "doi must start with 10. and have no space",
            row["doi"],
            "give the bare doi",
        )
        row.require(
            row["doi"] == doi_of_study.get(row["key"], row["doi"]),
            f"doi of {row['key']} must be that of data/human_magnesium.csv",
            row["doi"],
            f"there it is {doi_of_study.get(row['key'])}",
        )


def study_dois(data: Path) -> dict[str, str]:
    with open(data / "human_magnesium.csv", newline="", encoding="utf-8") as file:
        return {row["study"]: row["doi"] for row in csv.DictReader(file) if row["doi"]}


def check_salts(rows: list[Row], masses: dict[str, float]) -> None:
    require_unique(rows, "name", "hydrate")
    for row in rows:
        row.one_of("dissolution", DISSOLUTIONS)
        row.one_of("kind", KINDS)
        row.one_of("is_default_hydrate", ("yes", "no"))
        for column in ("name", "hydrate"):
            row.require(
                row[column] == row[column].lower(),
                f"{column} must be in small letters",
                row[column],
                "lower it",
            )
        check_formula(row, masses)
        glycine = row.number("glycine_per_magnesium")
        row.require(
            glycine >= 0, "glycine_per_magnesium must not be negative", glycine, "give mol per mol"
        )
        complexed = row.number("f_complexed")
        row.require(
            0 <= complexed <= 1, "f_complexed must lie between 0 and 1", complexed, "give a share"
        )
        ions = row.number("n_unabsorbed_ions")
        row.require(
            1 <= ions <= 4, "n_unabsorbed_ions must lie between 1 and 4", ions, "count the metal too"
        )
    check_groups(rows)


def check_formula(row: Row, masses: dict[str, float]) -> None:
    try:
        computed = molar_mass(row["formula"], masses)
    except ValueError as error:
        raise TableError(
            f"{row.where}: {error}; correct the formula or data/atomic_masses.csv"
        ) from error
    row.require(
        abs(row.number("molar_mass_g_per_mol") - computed) <= MOLAR_MASS_TOLERANCE_G_PER_MOL,
        f"molar_mass_g_per_mol of {row['formula']} must be {computed:.2f}",
        row["molar_mass_g_per_mol"],
        "correct the mass or the formula",
    )
    n_magnesium = atoms(row["formula"])["Mg"]
    row.require(
        row["n_magnesium"] == str(n_magnesium) and n_magnesium > 0,
        f"n_magnesium of {row['formula']} must be {n_magnesium} and positive",
        row["n_magnesium"],
        "correct the count or the formula",
    )


def check_groups(rows: list[Row]) -> None:
    """The forms of a salt stand together and differ only in the water; one is the default."""
    groups: dict[str, list[Row]] = {}
    previous = None
    for row in rows:
        row.require(
            row["name"] == previous or row["name"] not in groups,
            "the forms of a salt must stand together",
            row["name"],
            "move the row to the others",
        )
        previous = row["name"]
        groups.setdefault(row["name"], []).append(row)
    for name, forms in groups.items():
        for column in (
            *("dissolution", "kind", "glycine_per_magnesium", "f_complexed"),
            *("n_unabsorbed_ions", "reference", "note"),
        ):
            for form in forms:
                form.require(
                    form[column] == forms[0][column],
                    f"{column} of {name} must be the same for every hydrate ({forms[0][column]})",
                    form[column],
                    "it does not depend on the water",
                )
        defaults = sum(form["is_default_hydrate"] == "yes" for form in forms)
        forms[-1].require(
            defaults == 1,
            f"{name} must have exactly one default hydrate",
            defaults,
            "say yes in one row",
        )


def check_aliases(rows: list[Row], salts: list[Row]) -> None:
    require_unique(rows, "alias")
    names = {salt["name"] for salt in salts}
    forms = {(salt["name"], salt["hydrate"]) for salt in salts}
    for row in rows:
        row.require(
            row["alias"] == row["alias"].lower(),
            "alias must be in small letters",
            row["alias"],
            "lower it",
        )
        row.require(
            row["alias"] not in names,
            "an alias must not be a salt's own name",
            row["alias"],
            "remove it",
        )
        row.one_of("name", sorted(names))
        row.require(
            not row["hydrate"] or (row["name"], row["hydrate"]) in forms,
            f"hydrate must be one of {row['name']}",
            row["hydrate"],
            "see data/salts.csv",
        )


def check_modifiers(rows: list[Row]) -> None:
    """Rows of one modifier stand together; a target is changed once, chronically and acutely."""
    previous, seen = None, set()
    for row in rows:
        name = row["modifier"]
        row.require(
            re.fullmatch(r"[a-z][a-z0-9_]*", name) is not None,
            "a modifier must be named in small letters, digits and underscores",
            name,
            "rename it",
        )
        row.require(
            name == previous or name not in seen,
            "the rows of a modifier must stand together",
            name,
            "move the row to the others",
        )
        previous = name
        seen.add(name)
        how, unit = TARGETS[row.one_of("target", TARGETS)]
        row.require(row["how"] == how, f"{row['target']} changes {how}", row["how"], f"say {how}")
        row.require(
            row["unit"] == unit,
            f"unit of {row['target']} must be {unit}",
            row["unit"],
            f"give {unit}",
        )
        row.one_of("kind", KINDS)
        row.one_of("applies", APPLIES)
        low, value, high = row.number("low"), row.number("value"), row.number("high")
        row.require(
            0 <= low <= value <= high,
            f"value must lie between {row['low']} and {row['high']}, which are not negative",
            row["value"],
            "correct the value or its range",
        )
    check_each_target_once(rows)


def check_each_target_once(rows: list[Row]) -> None:
    for when in ("chronic", "acute"):
        require_unique([row for row in rows if row["applies"] in (when, "both")],
                       "modifier", "target")


def check_classic_models(rows: list[Row]) -> None:
    require_unique(rows, "model", "name")
    for row in rows:
        row.number("value")
        row.one_of("kind", KINDS)


def read_all(data: Path) -> dict[str, list[Row]]:
    """All tables by their stem, checked."""
    tables = {name.removesuffix(".csv"): read_table(data, name) for name in COLUMNS}
    masses_rows = tables["atomic_masses"]
    require_unique(masses_rows, "element")
    masses = {row["element"]: row.number("mass_g_per_mol") for row in masses_rows}
    check_parameters(tables["parameters"], data.parent / "include" / "mgpk")
    check_salts(tables["salts"], masses)
    check_aliases(tables["salt_aliases"], tables["salts"])
    check_classic_models(tables["classic_models"])
    check_modifiers(tables["modifiers"])
    check_references(tables["references"], reference_users(tables), data)
    return tables


def reference_users(tables: dict[str, list[Row]]) -> list[Row]:
    """Every row with a reference; where center and spread have one each, the row counts twice."""
    names = ["parameters", "salts", "classic_models", "modifiers", "atomic_masses"]
    names += ["population", "population_correlations", "effects", "trial_effects"]
    users = [row for name in names for row in tables[name]]
    return users + [
        Row({"reference": row["spread_reference"]}, row.where) for row in tables["population"]
    ]
