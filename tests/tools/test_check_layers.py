"""tools/check_layers.py says no where the plan says no."""

from pathlib import Path

import pytest


def write(root: Path, place: str, *includes: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"#include {include}\n" for include in includes))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for header in ("law.hpp", "mgpk.hpp", "gut/acid.hpp", "dose/salt.hpp", "evidence/values.hpp",
                   "body/body.hpp", "ode/solve.hpp", "simulate/simulate.hpp", "study/fit.hpp"):
        write(tmp_path, f"include/mgpk/{header}", "<cmath>")
    return tmp_path


def test_allows_the_planned_direction(run_tool, tree):
    write(tree, "include/mgpk/gut/uptake.hpp", '"mgpk/gut/acid.hpp"', "<mgpk/law.hpp>",
          '"mgpk/evidence/values.hpp"')
    write(tree, "include/mgpk/body/map.hpp", '"mgpk/gut/acid.hpp"', '"mgpk/dose/salt.hpp"')
    write(tree, "include/mgpk/simulate/run.hpp", '"mgpk/body/body.hpp"', '"mgpk/ode/solve.hpp"')
    write(tree, "include/mgpk/ode/odeint/dopri5.hpp", "<boost/numeric/odeint.hpp>")
    write(tree, "include/mgpk/mgpk.hpp", '"mgpk/body/body.hpp"', '"mgpk/study/fit.hpp"')
    write(tree, "src/bindings/module.cpp", "<pybind11/pybind11.h>", "<mgpk/mgpk.hpp>")
    code, output = run_tool("check_layers.py", tree)
    assert code == 0, output
    assert "0 violations" in output


@pytest.mark.parametrize(
    ("place", "include", "word"),
    [
        ("include/mgpk/gut/x.hpp", '"mgpk/dose/salt.hpp"', "gut may not include dose"),
        ("include/mgpk/evidence/x.hpp", '"mgpk/gut/acid.hpp"', "evidence may not include gut"),
        ("include/mgpk/body/x.hpp", '"mgpk/ode/solve.hpp"', "body may not include ode"),
        ("include/mgpk/simulate/x.hpp", '"mgpk/study/fit.hpp"', "simulate may not include study"),
        ("include/mgpk/ode/x.hpp", "<mgpk/law.hpp>", "ode includes nothing of mgpk"),
        ("include/mgpk/ode/x.hpp", '"mgpk/evidence/values.hpp"', "ode may not include evidence"),
        ("include/mgpk/ode/x.hpp", "<boost/numeric/odeint.hpp>", "only under include/mgpk/ode/ode"),
        ("src/core/x.cpp", "<boost/numeric/odeint.hpp>", "only under include/mgpk/ode/odeint/"),
        ("include/mgpk/body/x.hpp", "<pybind11/numpy.h>", "only under src/bindings/"),
        ("include/mgpk/gut/x.hpp", '"../dose/salt.hpp"', "write the path from mgpk/ on"),
        ("include/mgpk/gut/x.hpp", "<mgpk/mgpk.hpp>", "is for users"),
        ("include/mgpk/gut/x.hpp", "<mgpk/gut/gone.hpp>", "no such header"),
        ("include/mgpk/law.hpp", '"mgpk/gut/acid.hpp"', "a common header includes no folder"),
        ("include/mgpk/bones/x.hpp", '"mgpk/gut/acid.hpp"', "folder bones has no layer"),
    ],
)
def test_refuses(run_tool, tree, place, include, word):
    write(tree, place, "<cmath>", include)
    code, output = run_tool("check_layers.py", tree)
    assert code == 1
    assert word in output
    assert f"{place}:2: includes" in output
    assert "1 violations" in output
