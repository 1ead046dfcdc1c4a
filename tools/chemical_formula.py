"""Reads a chemical formula such as "Mg3(C6H5O7)2.9H2O".

A dot joins parts; a number before a part multiplies it.
"""

from __future__ import annotations

import re
from collections import Counter

TOKEN = re.compile(
    r"(?P<element>[A-Z][a-z]?)(?P<count>\d*)|(?P<open>\()|(?P<close>\))(?P<times>\d*)"
)


def atoms_of_part(part: str) -> Counter[str]:
    stack = [Counter()]
    at = 0
    while at < len(part):
        token = TOKEN.match(part, at)
        if token is None:
            raise ValueError(
                f'a formula is made of elements, numbers and brackets, but it is "{part}"'
            )
        at = token.end()
        if token["element"]:
            stack[-1][token["element"]] += int(token["count"] or 1)
        elif token["open"]:
            stack.append(Counter())
        else:
            if len(stack) == 1:
                raise ValueError(f'brackets must pair, but the formula is "{part}"')
            group = stack.pop()
            for element, count in group.items():
                stack[-1][element] += count * int(token["times"] or 1)
    if len(stack) != 1:
        raise ValueError(f'brackets must pair, but the formula is "{part}"')
    return stack[0]


def atoms(formula: str) -> Counter[str]:
    """How many atoms of each element the formula holds."""
    total: Counter[str] = Counter()
    for part in formula.split("."):
        coefficient, rest = re.fullmatch(r"(\d*)(.*)", part).groups()
        if not rest:
            raise ValueError(f'a formula must not have an empty part, but it is "{formula}"')
        for element, count in atoms_of_part(rest).items():
            total[element] += count * int(coefficient or 1)
    return total


def molar_mass(formula: str, masses: dict[str, float]) -> float:
    """Grams per mole, from the masses of the elements."""
    unknown = sorted(set(atoms(formula)) - set(masses))
    if unknown:
        raise ValueError(f'every element needs a mass, but {unknown[0]} of "{formula}" has none')
    return sum(masses[element] * count for element, count in atoms(formula).items())
