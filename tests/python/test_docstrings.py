"""Every public name is documented, in a fixed order, with the names of its signature and units."""

import inspect
import re

import pytest

import mgpk
from mgpk import classic, columns, effect_plots, ensemble_plots, fit_plots, isotope_plots, plotting

SECTIONS = ["Parameters", "Attributes", "Returns", "Raises", "Notes", "See Also"]
#: A number is documented with its unit, or as something that has none.
UNIT = re.compile(
    r"\b(h|kg|cm|mV|mg|mmol|mEq|g|L|mL|min|d|mmol/L|mEq/L|mg/dL|mg/d|mL/min|g/L|mmol\*h/L|L/h|years|weeks|days|unit|"
    r"units|fraction|relative|shares?)\b"
)


def public_functions():
    """Name and object of each public function, class and public method."""
    modules = (mgpk, classic, plotting, ensemble_plots, effect_plots, isotope_plots, columns, fit_plots)
    for module in modules:
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing):
                yield f"{module.__name__}.{name}", thing
                for member, raw in vars(thing).items():
                    function = raw.__func__ if isinstance(raw, classmethod) else raw
                    if not member.startswith("_") and inspect.isfunction(function):
                        yield f"{module.__name__}.{name}.{member}", function
            elif inspect.isfunction(thing):
                yield f"{module.__name__}.{name}", thing


def public_properties():
    for name in mgpk.__all__:
        thing = getattr(mgpk, name)
        if inspect.isclass(thing):
            for owner in thing.__mro__:
                for member, raw in vars(owner).items():
                    if isinstance(raw, property) and not member.startswith("_"):
                        yield f"{name}.{member}", raw


FUNCTIONS = dict(public_functions())
PROPERTIES = dict(public_properties())


def sections(thing):
    """The summary and the sections of a docstring, in their order."""
    text = inspect.getdoc(thing) or ""
    parts = re.split(r"^([A-Z][\w ]+)\n-{3,}\n", text, flags=re.MULTILINE)
    return parts[0].strip(), dict(zip(parts[1::2], parts[2::2], strict=True))


def entries(section):
    """Each entry's name with what stands behind it."""
    found = re.split(r"^(\S.*)\n", section, flags=re.MULTILINE)[1:]
    return {
        head.split(" : ")[0]: (head.partition(" : ")[2], body)
        for head, body in zip(found[::2], found[1::2], strict=True)
    }


def signature_names(thing):
    try:
        parameters = inspect.signature(thing).parameters.values()
    except ValueError:
        return None
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [stars.get(p.kind, "") + p.name for p in parameters if p.name not in ("self", "cls")]


def made_by_the_user(thing):
    """Classes that the user makes; the others come out of functions."""
    return thing in (mgpk.Subject, mgpk.Schedule, mgpk.SimulationOptions)


def test_there_is_something_to_check():
    assert len(FUNCTIONS) > 40
    assert len(PROPERTIES) > 20


@pytest.mark.parametrize("name", FUNCTIONS)
def test_summary_and_order(name):
    summary, found = sections(FUNCTIONS[name])
    assert summary and summary.split("\n\n")[0].rstrip().endswith((".", ":")), summary
    known = [title for title in SECTIONS if title in found]
    assert list(found) == known, "sections are known and in their order"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_parameters_are_those_of_the_signature(name):
    thing = FUNCTIONS[name]
    if inspect.isclass(thing) and not made_by_the_user(thing):
        return
    _, found = sections(thing)
    documented = entries(found.get("Parameters", ""))
    assert list(documented) == signature_names(thing)
    for parameter, (kind, body) in documented.items():
        assert body.strip(), parameter
        if "float" in kind:
            assert UNIT.search(body), f"{parameter} needs a unit: {body}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_returned_is_said(name):
    thing = FUNCTIONS[name]
    if inspect.isclass(thing):
        return
    _, found = sections(thing)
    returns = inspect.signature(thing).return_annotation
    assert ("Returns" in found) == (returns not in (None, "None")), returns


@pytest.mark.parametrize("name", PROPERTIES)
def test_properties_are_documented(name):
    assert inspect.getdoc(PROPERTIES[name]), name


def test_fields_of_the_summary_have_a_unit():
    source = inspect.getsource(mgpk.Summary)
    for field in mgpk.Summary._fields:
        described = re.search(rf'    {field}: float\n    """(.*)"""', source)
        assert described, field
        assert UNIT.search(described[1]), field
