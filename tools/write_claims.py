#!/usr/bin/env python3
"""Writes docs/claims: what the articles say, answered with numbers.

    python3 tools/write_claims.py            page, picture and HTML page
    python3 tools/write_claims.py --check    fail if a number of the page has moved by 2 %

Needs mgpk installed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import matplotlib

import mgpk
from mgpk.claiming import LITERATURE, VERDICTS, Claim, Claims
from mgpk.claims_page import HOW, KNOW, interval_in_words, region_in_words

sys.path.insert(0, str(Path(__file__).resolve().parent))
from write_study_page import drift  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "claims"
PAGE, PICTURE, HTML = (FOLDER / name for name in ("README.md", "claims.png", "claims.html"))
HEAD = f"""\
# What the articles say, answered with numbers

Written by `tools/write_claims.py`; a test fails when the page and the model have drifted apart. In
Python: `mgpk.claims()`, with `.to_pandas()`, `.plot()` and `.to_page("claims.html")`; the same as one
HTML page: [claims.html](claims.html). The tables behind it: `data/claims.csv` (as they were read),
`data/claim_tests.csv`, `data/claim_measures.csv`, `data/claim_scenarios.csv`, `data/claim_plans.csv`.

> {mgpk.disclaimer}

{HOW}

![verdicts, and numbers against where their claims would hold](claims.png)

"""
RULE = """\
## How a number gets its uncertainty

The uncertain constants are drawn together, each within its range in `data/parameters.csv` by a
triangular law (nine draws here); the interval is where the draws lie. The size of a modifier (a drug,
caffeine) and a choice in a scenario are not drawn. A published effect keeps its own interval and gives
no verdict: no law of the model leads to it. A share of people is off by what the number of people drawn
leaves open.

"""


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def row(claim: Claim) -> str:
    numbers = "–"
    if claim.by is not None:
        numbers = interval_in_words(claim.by)
        if claim.limits:
            numbers += f"; would hold {region_in_words(claim.holds)}"
    words = (
        claim.id,
        claim.claim,
        numbers,
        claim.verdict.replace("_", " "),
        claim.reason,
        claim.literature.replace("_", " "),
        f"{claim.evidence} ({claim.reference})",
    )
    return "| " + " | ".join(cell(word) for word in words) + " |"


def table(title: str, claims: list[Claim]) -> str:
    head = "| | claim | number | model | because | literature | which says |\n|---|---|---|---|---|---|---|"
    return "\n".join([f"## {title}\n", head, *(row(claim) for claim in claims)]) + "\n\n"


def counts(claims: Claims) -> str:
    lines = [
        "| model \\ literature | " + " | ".join(w.replace("_", " ") for w in LITERATURE) + " |",
        "|---|" + "---:|" * len(LITERATURE),
    ]
    for word in VERDICTS:
        numbers = claims.counts[word]
        lines.append(
            f"| {word.replace('_', ' ')} | "
            + " | ".join(str(numbers[other] or "") for other in LITERATURE)
            + " |"
        )
    return "\n".join(lines) + "\n\n"


def page(claims: Claims) -> str:
    differ = list(claims.disagreements)
    agree = sorted((c for c in claims if not c.disagrees), key=lambda c: c.id)
    with_number = [c for c in agree if c.by is not None]
    without = [c for c in agree if c.by is None]
    return (
        HEAD
        + counts(claims)
        + table(f"Where model and literature differ ({len(differ)})", differ)
        + table(f"Where they do not, or one is silent ({len(with_number)})", with_number)
        + table(f"Where no number can say anything ({len(without)})", without)
        + RULE
        + "## What has to be known\n\n"
        + "".join(f"- {line}\n" for line in KNOW)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a drift")
    only_check = parser.parse_args().check
    claims = mgpk.claims(progress=False)
    current = page(claims)
    if not only_check:
        matplotlib.use("Agg")
        FOLDER.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(current, encoding="utf-8")
        claims.plot().savefig(PICTURE, dpi=110)
        claims.to_page(HTML)
        return 0
    found = drift(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", current)
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
