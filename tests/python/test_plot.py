"""The figures are made, labelled, and nothing lies on anything else."""

import itertools

import numpy as np
import pytest
from matplotlib import pyplot

import mgpk


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def comparison():
    return mgpk.compare(
        ["glycinate", "citrate", "oxide", "sulfate", "hydroxide"], elemental_mg=300, until_h=60
    )


@pytest.fixture(scope="module")
def fitted():
    plan = mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.33)
    times = [1.0, 6, 12]
    run = mgpk.simulate(None, plan, times_h=times)
    observed = {
        "c_plasma_total_mmol_per_L": (times, run["c_plasma_total_mmol_per_L"] + 0.01, [0.1] * 3),
        "a_urine_mmol": (times, run["a_urine_mmol"], [1.0] * 3),
    }
    return mgpk.fit(["tm_mmol_per_L", "v_plasma_L_per_kg"], observed, plan=plan)


def check(figure, n_axes):
    assert len(figure.axes) == n_axes
    figure.canvas.draw()
    words = " ".join(figure.get_supxlabel().split())
    assert words.endswith(mgpk.disclaimer)
    for axes in figure.axes:
        assert axes.get_title(loc="left")
        assert axes.get_xlabel()
        assert axes.get_legend() is not None
    check_nothing_overlaps(figure)


def check_nothing_overlaps(figure):
    """Titles, labels, legends and the words at the foot are clear of one another, on the page."""
    boxes = [text.get_window_extent() for text in (figure._supxlabel, figure._suptitle) if text]
    for axes in figure.axes:
        boxes += [axes.get_window_extent(), axes.get_legend().get_window_extent()]
        boxes += [axes.xaxis.label.get_window_extent(), axes.yaxis.label.get_window_extent()]
    page = figure.bbox
    for box in boxes:
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, (box, page)
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, (box, page)
    for one, two in itertools.combinations(boxes, 2):
        width = min(one.x1, two.x1) - max(one.x0, two.x0)
        height = min(one.y1, two.y1) - max(one.y0, two.y0)
        assert width < 1 or height < 1, (one, two)


def test_run(run):
    figure = run.plot()
    check(figure, 4)
    plasma = figure.axes[0]
    assert plasma.get_ylabel() == "magnesium, mmol/L"
    assert plasma.get_xlabel() == "time, h"
    total = next(line for line in plasma.lines if line.get_label() == "total")
    assert (total.get_ydata() == run["c_plasma_total_mmol_per_L"]).all()


def test_long_run_counts_days(person):
    plan = mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=28)
    figure = mgpk.simulate(person, plan, until_h=28 * 24, every_h=2).plot(title="Four weeks")
    check(figure, 4)
    assert figure.axes[0].get_xlabel() == "time, d"
    assert figure.get_suptitle() == "Four weeks"


def test_baseline_alone(person):
    check(mgpk.simulate(person, until_h=24).plot(), 4)


def test_comparison(comparison):
    figure = comparison.plot()
    check(figure, 4)
    labels = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    alike = ["glycinate, citrate", "oxide", "sulfate", "hydroxide"]
    assert labels == alike, "salts alike share a line, and no others"


def test_bars_add_up_to_the_dose(comparison):
    axes = comparison.plot().axes[3]
    for i in range(len(comparison)):
        widths = [bars[i].get_width() for bars in axes.containers]
        assert sum(widths) == pytest.approx(100, abs=1e-5)


def test_lines_differ_in_colour_or_dash():
    runs = {str(i): run for i, run in enumerate(different_runs())}
    _, axes = pyplot.subplots()
    mgpk.plotting.draw_rise(axes, runs)
    lines = [line for line in axes.lines if len(line.get_xdata()) > 2]
    assert len({(line.get_color(), line.get_linestyle()) for line in lines}) == len(runs) == 12


def different_runs():
    for i in range(12):
        plan = mgpk.Schedule().iv("sulfate", mmol=1 + i)
        yield mgpk.simulate(None, plan, until_h=5)


def test_fit(fitted):
    figure = fitted.plot()
    check(figure, 2)
    assert figure.axes[0].get_ylabel() == "mmol/L"
    assert figure.axes[1].get_ylabel() == "mmol"
    curve = figure.axes[0].lines[0]
    assert (np.asarray(curve.get_ydata()) == fitted.run["c_plasma_total_mmol_per_L"]).all()


def test_figures_can_be_saved(run, tmp_path):
    for kind in ("png", "svg", "pdf"):
        run.plot().savefig(tmp_path / f"run.{kind}")
        assert (tmp_path / f"run.{kind}").stat().st_size > 10_000


def test_drawing_on_axes_of_ones_own(run):
    _, axes = pyplot.subplots()
    mgpk.plotting.draw_plasma(axes, run)
    assert axes.get_ylabel() == "magnesium, mmol/L"
