"""Checks at Python's door: kinds of values and names of keywords. Ranges are checked in C++."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, ParamSpec, TypeVar

import numpy as np

from mgpk import _core
from mgpk.errors import UnknownNameError

P = ParamSpec("P")
T = TypeVar("T")


def shown(value: object) -> str:
    """A value as messages show it: short, strings in quotes, numbers like in C++."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (float, np.floating)):
        return _core.text_of(float(value))
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def refuse(rule: str, value: str, advice: str, error: type[Exception] = ValueError) -> NoReturn:
    raise error(f"{rule}, but it is {value}; {advice}")


def number(name: str, value: object, advice: str = "give a plain number") -> float:
    """A real number, NumPy's included; no string, no bool, no None."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, (bool, np.bool_)) or not isinstance(
        value, (int, float, np.integer, np.floating)
    ):
        refuse(f"{name} must be a number", shown(value), advice, TypeError)
    return float(value)


def optional_number(name: str, value: object, advice: str = "give a plain number") -> float | None:
    return None if value is None else number(name, value, advice)


def count(name: str, value: object, advice: str = "give a whole number") -> int:
    """A whole number; 3.0 is one, 2.5 is not."""
    real = number(name, value, advice)
    if not math.isfinite(real) or real != math.floor(real):
        refuse(f"{name} must be a whole number", shown(value), advice)
    if abs(real) > 2**31 - 1:
        refuse(f"{name} must be below 2147483648", shown(value), advice)
    return int(real)


def flag(name: str, value: object) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        refuse(f"{name} must be True or False", shown(value), "give one of the two", TypeError)
    return bool(value)


def text(name: str, value: object, advice: str) -> str:
    if not isinstance(value, str):
        refuse(f"{name} must be a text", shown(value), advice, TypeError)
    return value


def numbers(name: str, value: object, advice: str = "give a list of numbers") -> list[float]:
    """A flat list of numbers: list, tuple, range, array, series."""
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        refuse(f"{name} must be a list of numbers", shown(value), advice, TypeError)
    return [number(f"{name}[{i}]", item, advice) for i, item in enumerate(value)]


def mapping(name: str, value: object, advice: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        refuse(f"{name} must be a mapping", shown(value), advice, TypeError)
    for key in value:
        text(f"each key of {name}", key, advice)
    return value


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to do about a word that is not known: the nearest ones, or all."""
    names = list(known)
    near = _core.nearest_names(word, names)
    if near:
        return "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
    return "known are " + ", ".join(names)


def known_keys(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuses a key of a plain dictionary that is read by nothing."""
    names = list(known)
    for key in given:
        if key not in names:
            raise UnknownNameError(
                f'each key of {what} must be one that mgpk knows, but it is "{key}"; '
                + suggestion(key, names)
            )


def all_keys(what: str, given: Mapping[str, Any], needed: Iterable[str]) -> None:
    for key in needed:
        if key not in given:
            refuse(f'{what} needs the key "{key}"', "missing", "give what to_dict gave")


def one_of(name: str, value: object, known: Iterable[str]) -> str:
    names = list(known)
    advice = "give one of " + ", ".join(names)
    word = text(name, value, advice)
    if word not in names:
        refuse(f"{name} must be a known word", shown(word), suggestion(word, names))
    return word


def keywords(hint: str = "") -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Turns Python's bare complaints about arguments into the grammar of the house.

    ``hint`` is the advice when a value that is keyword-only comes by position.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        code = function.__code__
        n_by_position = code.co_argcount
        known = code.co_varnames[: n_by_position + code.co_kwonlyargcount]
        names = [name for name in known if name != "self"]
        n_defaults = len(function.__defaults__ or ())
        optional = function.__kwdefaults__ or {}
        needed = [
            *known[: n_by_position - n_defaults],
            *(name for name in known[n_by_position:] if name not in optional),
        ]
        called = function.__qualname__.removesuffix(".__init__")
        advice = hint or f"give it by keyword: {', '.join(names)}"
        allowed = frozenset(names)

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            if not allowed.issuperset(kwargs):
                key = next(key for key in kwargs if key not in allowed)
                refuse(
                    f"each keyword of {called} must be one that it knows",
                    f'"{key}"',
                    suggestion(key, names),
                    TypeError,
                )
            if len(args) > n_by_position:
                refuse(
                    f"{called} takes its numbers by keyword",
                    f"{shown(args[n_by_position])} by position",
                    advice,
                    TypeError,
                )
            for name in needed[len(args) :]:
                if name not in kwargs and name != "self":
                    refuse(f"{called} needs {name}", "missing", "give it", TypeError)
            return function(*args, **kwargs)

        return checked

    return decorate
