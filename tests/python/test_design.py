"""What a planned study would tell, against other roads to the same numbers."""

import math

import numpy as np
import pytest

import mgpk

PLASMA, URINE = "c_plasma_total_mmol_per_L", "a_urine_mmol"
TM, VOLUME = "tm_mmol_per_L", "v_interstitial_L_per_kg"
PLAN = mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.33)
TIMES, ENDS = np.array([0.5, 2, 4, 8.0]), np.array([6.0, 12])
SINCE = np.array([0.0, 6])
TRUE = {TM: 0.6, VOLUME: 0.26}
ERRORS = {PLASMA: ("combined", 0.02, 0.02), URINE: ("proportional", 0.1)}
PERIOD = mgpk.PlannedPeriod({PLASMA: TIMES, URINE: (ENDS, SINCE)}, PLAN)


def planned(period=PERIOD, n=1, **more):
    given = {"parameters": [TM, VOLUME], "errors": ERRORS, "values": TRUE}
    return mgpk.design(mgpk.PlannedPerson(period, n=n), **{**given, **more})


def curve(parameters):
    """What is measured, by whole runs of another part of the library."""
    person = mgpk.Subject(parameters=dict(parameters), allow_outside_range=True)
    times_h = np.unique(np.concatenate([TIMES, ENDS]))
    run = mgpk.simulate(person, PLAN, times_h=times_h, with_baseline=False)
    plasma = run[PLASMA][np.searchsorted(run.time_h, TIMES)]
    urine = run[URINE][np.searchsorted(run.time_h, ENDS)]
    return np.concatenate([plasma, np.diff(urine, prepend=0.0)])


@pytest.fixture(scope="module")
def slopes():
    """Along the logarithms, by differences of whole runs."""
    columns = []
    for key in TRUE:
        high, low = ({**TRUE, key: TRUE[key] * math.exp(h)} for h in (1e-3, -1e-3))
        columns.append((curve(high) - curve(low)) / 2e-3)
    return np.stack(columns, axis=1)


def test_one_person_is_the_information_of_fisher(slopes):
    """Of normal values whose variance depends on their mean; written out anew."""
    f = curve(TRUE)
    plasma = np.arange(6) < 4
    share = np.where(plasma, 0.02, 0.1)
    additive, proportional = np.where(plasma, 0.02**2, 0.0), (share * f) ** 2
    variance = additive + proportional
    zero = np.zeros(6)
    mean = np.column_stack([slopes, zero, zero, zero])
    of_variance = np.column_stack(
        [
            2 * share[:, None] ** 2 * f[:, None] * slopes,
            2 * additive,
            np.where(plasma, 2 * proportional, 0.0),
            np.where(plasma, 0.0, 2 * proportional),
        ]
    )
    expected = (mean.T / variance) @ mean + 0.5 * (of_variance.T / variance**2) @ of_variance
    found = planned()
    assert found.names[2:] == [
        f"error_additive_sd({PLASMA})",
        f"error_proportional({PLASMA})",
        f"error_proportional({URINE})",
    ]
    assert found.information == pytest.approx(expected, rel=1e-3, abs=1e-3 * expected.max())


def test_standard_deviations_that_add_up(slopes):
    """The same with (a + b f)^2 in plasma."""
    f, additive, share = curve(TRUE)[:4], 0.02, 0.05
    sd = additive + share * f
    mean = np.column_stack([slopes[:4], np.zeros((4, 2))])
    of_variance = (2 * sd)[:, None] * np.column_stack(
        [share * slopes[:4], np.full(4, additive), share * f]
    )
    right = mean.T @ (mean / sd[:, None] ** 2)
    right += 0.5 * of_variance.T @ (of_variance / sd[:, None] ** 4)
    found = planned(
        mgpk.PlannedPeriod({PLASMA: TIMES}, PLAN), errors={PLASMA: ("combined_sd", additive, share)}
    )
    assert found.information == pytest.approx(right, rel=2e-3)


def test_a_population_is_the_usual_approximation(slopes):
    """Written out anew from the slopes of whole runs."""
    f = curve(TRUE)
    residual = np.concatenate([0.02**2 + (0.02 * f[:4]) ** 2, (0.1 * f[4:]) ** 2])
    omega = np.diag([0.05**2, 0.3**2])
    whole = np.diag(residual) + slopes @ omega @ slopes.T
    inverse = np.linalg.inv(whole)
    found = planned(n=12, random={TM: 0.05, VOLUME: 0.3})
    fixed = 12 * slopes.T @ inverse @ slopes
    assert found.information[:2, :2] == pytest.approx(fixed, rel=1e-3)
    assert found.information[:2, 2:] == pytest.approx(0.0)
    first, second = (inverse @ np.outer(z, z) for z in slopes.T)
    place = [found.names.index(f"omega({key})") for key in TRUE]
    assert found.information[place[0], place[1]] == pytest.approx(
        6 * np.trace(first @ second), rel=1e-2
    )
    assert found.n_people == 12
    assert found.values["omega(tm_mmol_per_L)"] == pytest.approx(0.0025)


def test_expected_errors_are_those_of_the_scatter_of_fits():
    """Errors known, many draws: estimates scatter as the design says."""
    errors = {PLASMA: ("additive", 0.03), URINE: ("additive", 0.3)}
    cumulative = mgpk.PlannedPeriod({PLASMA: TIMES, URINE: ENDS}, PLAN)
    expected = planned(cumulative, errors=errors)
    clean, random = curve(TRUE), np.random.default_rng(17)
    estimates = []
    for _ in range(25):
        levels = clean[:4] + 0.03 * random.normal(size=4)
        urine = np.cumsum(clean[4:]) + 0.3 * random.normal(size=2)
        observed = {PLASMA: (TIMES, levels, [0.03] * 4), URINE: (ENDS, urine, [0.3] * 2)}
        fit = mgpk.fit([TM, VOLUME], observed, plan=PLAN, bounds={TM: (0.4, 0.8)})
        estimates.append([fit.estimates[key] for key in TRUE])
    scatter = np.std(estimates, axis=0, ddof=1)
    # The scatter of 25 draws is known to 14 %; this is three times that.
    for key, one in zip(TRUE, scatter, strict=True):
        assert one == pytest.approx(expected.standard_errors[key], rel=0.43)


def test_more_people_tell_more():
    few, many = planned(n=3), planned(n=12)
    for name in few.names:
        assert few.standard_errors[name] == pytest.approx(2 * many.standard_errors[name])
    assert many.d_criterion == pytest.approx(4 * few.d_criterion)
    needed = few.n_people_needed(VOLUME, few.detectable(VOLUME) / 2)
    assert needed == 12
    assert few.power(VOLUME, few.detectable(VOLUME)) == pytest.approx(0.8, abs=1e-3)
    assert few.power(VOLUME, 0.0) == pytest.approx(0.05)


def test_a_coefficient_of_a_crossover():
    """Two periods of the same person: what differs between people drops out."""
    periods = [PERIOD._replace(covariates={"other": x}) for x in (0.0, 1.0)]
    effect = [mgpk.Covariate(VOLUME, "other", "linear", 0.0)]
    apart = mgpk.design(
        [mgpk.PlannedPerson(one, n=10) for one in periods],
        parameters=[TM, VOLUME],
        errors=ERRORS,
        values=TRUE,
        covariates=effect,
        random={VOLUME: 0.3},
    )
    crossed = planned(periods, n=10, covariates=effect, random={VOLUME: 0.3})
    name = f"{VOLUME}~other"
    assert crossed.standard_errors[name] < 0.5 * apart.standard_errors[name]
    # Two groups of 10 that differ by 0.3 each cannot do better than this.
    assert apart.standard_errors[name] > 0.3 * math.sqrt(2 / 10)
    by_day = planned(periods, n=10, covariates=effect, random_of_period={VOLUME: 0.2})
    assert by_day.standard_errors[name] > 0.2 * math.sqrt(2 / 10)


def test_a_factor_moves_its_keys_together():
    one = planned(parameters=[TM], values={TM: 0.6}, factors={"volumes": [VOLUME]})
    other = planned(values={TM: 0.6})
    relative = other.relative_standard_errors[VOLUME]
    assert one.standard_errors["volumes"] == pytest.approx(relative)
    assert one.values["volumes"] == 1.0


def test_what_a_study_does_not_determine_is_said():
    hidden = "ka_glycine_per_h"
    found = planned(parameters=[TM, hidden], values={TM: 0.6})
    assert found.not_identified == [hidden]
    assert found.standard_errors[hidden] == math.inf
    assert found.d_criterion == 0.0
    assert "not identified" in repr(found)
    assert found.n_people_needed(hidden, 0.2) == math.inf
    known = planned(parameters=[TM, hidden], values={TM: 0.6}, priors={hidden: 0.1})
    assert known.relative_standard_errors[hidden] == pytest.approx(0.1)


CANDIDATES = np.arange(0.5, 12.0, 1.0)


def searched(**more):
    plans = {
        f"{mmol} mmol": [
            mgpk.PlannedPerson(
                mgpk.PlannedPeriod(
                    {PLASMA: CANDIDATES, URINE: (ENDS, SINCE)},
                    mgpk.Schedule().iv("sulfate", mmol=mmol, over_h=0.33),
                )
            )
        ]
        for mmol in (5, 20)
    }
    given = {
        "choose": {PLASMA: 2},
        "parameters": [TM, VOLUME],
        "values": TRUE,
        "errors": {PLASMA: ("additive", 0.03), URINE: ("additive", 0.3)},
    }
    return mgpk.search_design(plans, **{**given, **more})


@pytest.mark.parametrize("criterion", ["D", VOLUME])
def test_a_search_finds_what_trying_all_finds(criterion):
    found = searched(criterion=criterion)
    scores = {}
    for i, one in enumerate(CANDIDATES):
        for other in CANDIDATES[:i]:
            period = mgpk.PlannedPeriod({PLASMA: [other, one], URINE: (ENDS, SINCE)}, PLAN)
            errors = {PLASMA: ("additive", 0.03), URINE: ("additive", 0.3)}
            tried = planned(period, errors=errors)
            scores[(other, one)] = (
                tried.d_criterion if criterion == "D" else -tried.standard_errors[VOLUME]
            )
    assert found.plan == "20 mmol"
    assert tuple(found.times[PLASMA]) == max(scores, key=scores.get)
    for (low, high), time_h in zip(found.windows[PLASMA], found.times[PLASMA], strict=True):
        assert low <= time_h <= high
    assert set(found.designs) == {"5 mmol", "20 mmol"}
    table = found.table.set_index("plan")
    assert table.efficiency["20 mmol"] == 1.0 and table.efficiency["5 mmol"] < 1.0
    assert "20 mmol" in repr(found)


def test_what_is_refused():
    with pytest.raises(mgpk.UnknownNameError):
        planned(parameters=["no_such_key"], values=None)
    with pytest.raises(ValueError, match="each key must be moved once"):
        planned(factors={"twice": [VOLUME]})
    with pytest.raises(ValueError, match="2 positive"):
        planned(errors={PLASMA: ("combined", 0.1), URINE: ("additive", 0.1)})
    with pytest.raises(ValueError, match="must be positive"):
        planned(random={TM: 0.0})
    with pytest.raises(ValueError, match="needs at least one parameter"):
        planned(parameters=[], values=None)
    with pytest.raises(ValueError, match=r"errors"):
        planned(errors={PLASMA: ("additive", 0.1)})
    with pytest.raises(TypeError, match="PlannedPerson"):
        mgpk.design([1], parameters=[TM], errors=ERRORS)
    with pytest.raises(ValueError, match="at most all candidates"):
        searched(choose={PLASMA: 99})
    with pytest.raises(mgpk.UnknownNameError, match="criterion"):
        searched(criterion="nothing")
    with pytest.raises(ValueError, match="must determine what is asked for"):
        searched(parameters=[TM, "ka_glycine_per_h"], values={TM: 0.6})
    with pytest.raises(ValueError, match="f_power must lie"):
        planned().detectable(TM, f_power=2.0)
