"""The first fit."""

import pickle

import numpy as np
import pytest

import mgpk

PLASMA, URINE = "c_plasma_total_mmol_per_L", "a_urine_mmol"
START = "start_c_plasma_total_mmol_per_L"
PLAN = mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.33)
TRUE = {"tm_mmol_per_L": 0.62, "v_plasma_L_per_kg": 0.13}
TIMES = np.array([0.5, 1, 2, 4, 6, 9, 12, 24.0])


@pytest.fixture(scope="module")
def observed():
    """Two columns without noise, from known parameters."""
    person = mgpk.Subject(parameters=TRUE)
    run = mgpk.simulate(person, PLAN, times_h=TIMES, start_c_plasma_total_mmol_per_L=1.05)
    return {
        PLASMA: (TIMES, run[PLASMA], np.full(TIMES.size, 0.02)),
        URINE: (TIMES, run[URINE], np.full(TIMES.size, 0.5)),
    }


@pytest.fixture(scope="module")
def fitted(observed):
    return mgpk.fit([*TRUE, START], observed, plan=PLAN)


def test_known_parameters_are_found_again(fitted):
    assert fitted.estimates == pytest.approx({**TRUE, START: 1.05}, rel=1e-4)
    assert fitted.cost < 1e-6
    assert fitted.degrees_of_freedom == 13
    assert fitted.at_bound == fitted.not_identified == []
    assert set(fitted.residuals) == {PLASMA, URINE}
    assert fitted.residuals[PLASMA].shape == TIMES.shape


def test_standard_errors_are_those_of_the_linearised_problem(fitted, observed):
    """An independent Jacobian, by differences of whole runs in the parameters themselves."""
    names = [*TRUE, START]

    def residual(values):
        named = dict(zip(names, values, strict=True))
        level = named.pop(START)
        person = mgpk.Subject(parameters=named)
        run = mgpk.simulate(person, PLAN, times_h=TIMES, start_c_plasma_total_mmol_per_L=level)
        return np.concatenate([(run[c] - o[1]) / o[2] for c, o in observed.items()])

    best = np.array([fitted.estimates[name] for name in names])
    columns = []
    for i in range(3):
        step = np.zeros(3)
        step[i] = 1e-4 * best[i]
        columns.append((residual(best + step) - residual(best - step)) / (2 * step[i]))
    jacobian = np.stack(columns, axis=1)
    covariance = np.linalg.inv(jacobian.T @ jacobian)
    errors = np.sqrt(np.diag(covariance))
    assert [fitted.standard_errors[name] for name in names] == pytest.approx(errors, rel=1e-2)
    correlation = covariance / np.outer(errors, errors)
    assert fitted.correlation == pytest.approx(correlation, abs=1e-2)


def test_standard_errors_meet_the_scatter_of_repeated_fits():
    """Noise of a known size, many times: the estimates scatter as their standard error says."""
    random = np.random.default_rng(7)
    times = np.array([1.0, 3, 6, 10])
    clean = mgpk.simulate(
        None, PLAN, times_h=times, with_baseline=False, start_c_plasma_total_mmol_per_L=1.1
    )[PLASMA]
    estimates, errors = [], []
    for _ in range(40):
        noisy = clean + random.normal(0, 0.01, times.size)
        found = mgpk.fit([START], {PLASMA: (times, noisy, [0.01] * 4)}, plan=PLAN)
        estimates.append(found.estimates[START])
        errors.append(found.standard_errors[START])
    # The scatter of 40 draws is known to 11 %; this is three times that.
    assert np.std(estimates, ddof=1) == pytest.approx(np.median(errors), rel=0.34)
    assert np.mean(estimates) == pytest.approx(1.1, abs=3.5 * np.median(errors) / np.sqrt(40))


def test_without_sd_the_residuals_set_the_error():
    times = np.array([1.0, 3, 6, 10, 14])
    clean = mgpk.simulate(None, PLAN, times_h=times, with_baseline=False)[PLASMA]
    values = clean + 0.01 * np.array([1, -1, 1, -1, 1])
    name = "v_interstitial_L_per_kg"
    free = mgpk.fit([name], {PLASMA: (times, values, None)}, plan=PLAN)
    given = mgpk.fit([name], {PLASMA: (times, values, [0.01] * 5)}, plan=PLAN)
    assert free.estimates == pytest.approx(given.estimates, rel=1e-5)
    scale = np.sqrt(2 * given.cost / given.degrees_of_freedom)
    assert free.standard_errors[name] == pytest.approx(
        given.standard_errors[name] * scale, rel=1e-3
    )
    assert "no sd was given" in " ".join(free.notes)


def test_an_estimate_at_its_bound_is_said_plainly():
    times = np.array([6.0, 12, 24])
    urine = 3 * mgpk.simulate(None, PLAN, times_h=times, with_baseline=False)[URINE]
    found = mgpk.fit(["tm_mmol_per_L"], {URINE: (times, urine, [1, 1, 1])}, plan=PLAN)
    assert found.at_bound == ["tm_mmol_per_L"]
    assert np.isnan(found.standard_errors["tm_mmol_per_L"])
    assert "stands at a bound" in " ".join(found.notes)
    assert "(at a bound)" in repr(found)


def test_a_parameter_that_the_data_do_not_show_is_said_plainly():
    times = np.array([1.0, 3, 6, 12])
    plasma = mgpk.simulate(None, PLAN, times_h=times, with_baseline=False)[PLASMA]
    shown, hidden = "v_interstitial_L_per_kg", "ka_glycine_per_h"
    found = mgpk.fit([shown, hidden], {PLASMA: (times, plasma + 0.01, [0.02] * 4)}, plan=PLAN)
    assert found.not_identified == [hidden]
    assert found.standard_errors[hidden] == np.inf
    assert 0 < found.standard_errors[shown] < 0.3
    assert f"{hidden} is not identified by these data" in " ".join(found.notes)


def test_bounds_and_start(observed):
    found = mgpk.fit(
        ["v_plasma_L_per_kg"],
        {PLASMA: observed[PLASMA]},
        subject=mgpk.Subject(parameters={"tm_mmol_per_L": 0.62}),
        plan=PLAN,
        bounds={"v_plasma_L_per_kg": (0.01, 0.5)},
        start={"v_plasma_L_per_kg": 0.3},
        start_c_plasma_total_mmol_per_L=1.05,
    )
    assert found.estimates["v_plasma_L_per_kg"] == pytest.approx(0.13, rel=1e-4)
    assert found.bounds == {"v_plasma_L_per_kg": (0.01, 0.5)}


def test_the_fitted_run_stands_at_the_observed_times(fitted, observed):
    run = fitted.run
    at = np.searchsorted(run.time_h, TIMES)
    assert run.time_h[at] == pytest.approx(TIMES, abs=0)
    assert run[PLASMA][at] == pytest.approx(observed[PLASMA][1], rel=1e-4)
    assert len(run) > 200


def test_table_html_and_pickle(fitted):
    assert fitted.table["parameter"].tolist() == [*TRUE, START]
    assert fitted.table["unit"].tolist() == ["mmol/L", "L/kg", "mmol/L"]
    assert mgpk.disclaimer in fitted._repr_html_()
    twin = pickle.loads(pickle.dumps(fitted))
    assert twin.estimates == fitted.estimates
    assert repr(twin) == repr(fitted)


def test_a_search_that_does_not_settle_is_refused(observed):
    with pytest.raises(
        RuntimeError, match="must end within max_evaluations, but it is not settled"
    ):
        mgpk.fit(list(TRUE), observed, plan=PLAN, max_evaluations=1)
