"""The stored reference solution: reading, writing, and the fingerprints of what it rests on."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np
from reference_model import ROOT, parameters_read, read_magnesium_mg_per_mmol, read_parameters

HERE = Path(__file__).resolve().parent
STORED = HERE / "reference.npz"
FLOOR_MMOL = 1e-6


def read_cases() -> list[dict]:
    return json.loads((HERE / "cases.json").read_text(encoding="utf-8"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def equations_text() -> str:
    """The formulas of docs/equations.md, without its prose: code spans and the balances."""
    text = (ROOT / "docs" / "equations.md").read_text(encoding="utf-8")
    start, end = text.index("## Laws"), text.index("## Baseline")
    pieces = re.findall(r"```(.*?)```|`([^`]+)`", text[start:end], flags=re.DOTALL)
    formulas = [a or b for a, b in pieces if ".hpp" not in a + b]
    return "\n".join(" ".join(f.split()) for f in formulas)


def fingerprints() -> dict[str, str]:
    values = read_parameters()
    numbers = [f"{key}={values[key]!r}" for key in parameters_read()]
    numbers.append(f"Mg={read_magnesium_mg_per_mmol()!r}")
    return {
        "values": digest("\n".join(numbers)),
        "equations": digest(equations_text()),
        "cases": digest(json.dumps(read_cases(), sort_keys=True)),
    }


def save(results: dict[str, tuple[list[str], np.ndarray, np.ndarray]]) -> None:
    arrays: dict[str, np.ndarray] = {}
    for name, (columns, times_h, states) in results.items():
        arrays[f"{name}_columns"] = np.array(columns)
        arrays[f"{name}_times_h"] = np.asarray(times_h)
        arrays[f"{name}_states"] = states
    for key, value in fingerprints().items():
        arrays[f"fingerprint_{key}"] = np.array(value)
    np.savez_compressed(STORED, **arrays)


class Reference:
    def __init__(self) -> None:
        with np.load(STORED, allow_pickle=False) as file:
            self._arrays = {key: file[key] for key in file.files}

    def fingerprint(self, key: str) -> str:
        return str(self._arrays[f"fingerprint_{key}"])

    def case(self, name: str) -> tuple[list[str], np.ndarray, np.ndarray]:
        parts = (self._arrays[f"{name}_{part}"] for part in ("columns", "times_h", "states"))
        columns, times_h, states = parts
        return columns.tolist(), times_h, states


def relative_difference(ours: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """|Δ| / max(|reference|, 1e-6), element by element; NaN if either is."""
    return np.abs(ours - reference) / np.maximum(np.abs(reference), FLOOR_MMOL)
