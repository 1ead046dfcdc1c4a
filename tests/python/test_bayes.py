"""The posterior of a fit as a function of a vector, its slopes, and draws from it."""

import importlib.util

import numpy as np
import pandas as pd
import pytest
from scipy.stats import lognorm, norm

import mgpk

PLASMA, URINE = "c_plasma_total_mmol_per_L", "a_urine_mmol"
ERROR = "error_additive_sd"
PRIORS = {"cl_L_per_h": ("log_normal", 2.8, 0.3), "v_central_L": ("normal", 32.0, 6.0)}
ERROR_PRIOR = {ERROR: ("log_normal", 0.7, 0.5)}


def first_of_theophylline():
    table = pd.read_csv("data/fit/theophylline.csv", comment="#")
    return table[table.ID == table.ID.iloc[0]]


def fit_of_one(**changes):
    model = mgpk.classic.one_compartment(cl_L_per_h=2.0, v_L=30, ka_per_h=1.0)
    given = {
        "parameters": ["ka_per_h", "cl_L_per_h", "v_L"],
        "error": "additive",
        "transforms": {"ka_per_h": (0.05, 10)},
        "priors": PRIORS,
    }
    return mgpk.fit_mixed(model, first_of_theophylline(), **{**given, **changes})


@pytest.fixture(scope="module")
def posterior():
    return mgpk.log_posterior(fit_of_one(), error_priors=ERROR_PRIOR)


@pytest.fixture(scope="module")
def body():
    """A real curve: 20 mmol into a vein (rows Biesenbach_2018_bolus of data/human_magnesium.csv)."""
    one = mgpk.ObservedPerson(
        {
            PLASMA: mgpk.Measured([1, 6, 12], [1.72, 1.27, 1.16], se=[0.14, 0.04, 0.03]),
            URINE: mgpk.Measured([12], [19.1], se=[1.9]),
        },
        plan=mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.5),
        start_c_plasma_total_mmol_per_L=1.04,
    )
    fit = mgpk.fit_people(
        [one],
        parameters=["gfr_mL_per_min", "v_interstitial_L_per_kg"],
        errors="known",
        priors={"gfr_mL_per_min": ("log_normal", 90, 0.3)},
        transforms={"v_interstitial_L_per_kg": (0.05, 1.5)},
        start={"gfr_mL_per_min": 90},
        n_threads=1,
    )
    return mgpk.log_posterior(fit)


def slopes_by_differences(posterior, x, step):
    steps = step * np.eye(x.size)
    return np.array([(posterior.logp(x + h) - posterior.logp(x - h)) / (2 * step) for h in steps])


def test_slopes_are_those_of_differences(posterior):
    random = np.random.default_rng(3)
    for _ in range(10):
        x = posterior.start + 0.3 * random.normal(size=posterior.start.size)
        value, slopes = posterior.logp_and_gradient(x)
        assert value == posterior.logp(x)
        expected = slopes_by_differences(posterior, x, 1e-5)
        assert slopes == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.abs(expected).max())


def test_slopes_of_the_body(body):
    x = body.start + np.array([0.1, -0.2])
    value, slopes = body.logp_and_gradient(x)
    assert np.isfinite(value)
    assert slopes == pytest.approx(slopes_by_differences(body, x, 1e-3), rel=2e-4, abs=1e-3)


def test_the_density_is_likelihood_times_prior_times_the_change_of_variable(posterior):
    """Worked out anew from the closed curve and the laws of scipy."""
    table = first_of_theophylline()
    observed = table[table.EVID == 0]
    dose = float(table.AMT.max())

    def expected(x):
        low, high = 0.05, 10.0
        share = 1 / (1 + np.exp(-x[0]))
        ka, cl, v, sd = low + (high - low) * share, *np.exp(x[1:])
        t_h, ke = observed.TIME.to_numpy(), cl / v
        curve = dose * ka / (v * (ka - ke)) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))
        total = norm.logpdf(observed.DV.astype(float).to_numpy(), curve, sd).sum()
        total += np.log((high - low) * share * (1 - share))  # flat in ka
        total += lognorm.logpdf(cl, 0.3, scale=2.8) + x[1]
        total += norm.logpdf(v, 32.0, 6.0) + x[2]
        return total + lognorm.logpdf(sd, 0.5, scale=0.7) + x[3]

    random = np.random.default_rng(5)
    start = posterior.start
    for _ in range(5):
        x = start + 0.3 * random.normal(size=start.size)
        # The constants of the priors are left out: differences are compared.
        found = posterior.logp(x) - posterior.logp(start)
        assert found == pytest.approx(expected(x) - expected(start), abs=1e-6)


def test_parameters_of_one_vector_and_of_many(posterior):
    fit = fit_of_one()
    one = posterior.to_parameters(posterior.start)
    assert one == pytest.approx(fit.estimates, rel=1e-6)
    many = posterior.to_parameters(np.tile(posterior.start, (3, 2, 1)))
    assert many[ERROR].shape == (3, 2)
    assert many["ka_per_h"][2, 1] == one["ka_per_h"]


def test_where_there_is_no_density(posterior):
    x = posterior.start.copy()
    x[1] = np.nan
    value, slopes = posterior.logp_and_gradient(x)
    assert value == -np.inf and np.isnan(slopes).all()
    x = posterior.start.copy()
    x[0] = 1e3  # a logit that no number between the bounds has
    assert posterior.logp(x) == -np.inf


def test_priors_in_words(posterior):
    assert posterior.priors["ka_per_h"] == "flat between 0.05 and 10"
    assert posterior.priors["v_central_L"] == "normal, mean 32, sd 6"
    assert "median 0.7" in posterior.priors[ERROR]
    assert "flat between 0.05 and 10" in repr(posterior)


def test_pooled_fits_with_priors_have_no_note_of_laplace():
    assert not any("Laplace" in note for note in fit_of_one().notes)


def test_what_is_refused(posterior):
    fit = fit_of_one()
    with pytest.raises(ValueError, match="each number of an error needs a prior"):
        mgpk.log_posterior(fit)
    with pytest.raises(mgpk.UnknownNameError, match="error_priors"):
        mgpk.log_posterior(fit, error_priors={"error_log_sd": ("log_normal", 1, 1)})
    with pytest.raises(ValueError, match="positive median and spread"):
        mgpk.log_posterior(fit, error_priors={ERROR: ("log_normal", -1, 1)})
    with pytest.raises(ValueError, match="a prior, or bounds"):
        mgpk.log_posterior(fit_of_one(transforms=None), error_priors=ERROR_PRIOR)
    model = mgpk.classic.one_compartment(cl_L_per_h=2.0, v_L=40, ka_per_h=1.0)
    mixed = mgpk.fit_mixed(
        model,
        "data/fit/theophylline.csv",
        parameters=["cl_L_per_h"],
        random=["cl_L_per_h"],
        error="additive",
    )
    with pytest.raises(ValueError, match="without random effects"):
        mgpk.log_posterior(mixed, error_priors=ERROR_PRIOR)
    with pytest.raises(ValueError, match="must have 4 numbers"):
        posterior.logp([1.0])
    with pytest.raises(TypeError, match="fit_people or fit_mixed"):
        mgpk.log_posterior(1.0)
    with pytest.raises(ValueError, match="n_draws must be at least 1"):
        mgpk.sample_posterior(posterior, n_draws=0)


WITHOUT_SAMPLER = any(importlib.util.find_spec(name) is None for name in ("nutpie", "arviz"))
needs_sampler = pytest.mark.skipif(WITHOUT_SAMPLER, reason="the extra bayes is not installed")


@needs_sampler
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_draws_settle_and_are_those_of_the_density(posterior):
    """R-hat, effective size, and means against a weighted grid of independent draws."""
    import arviz

    drawn = mgpk.sample_posterior(posterior, n_draws=1000, n_tune=400, n_chains=2, seed=11)
    table = arviz.summary(drawn, round_to="none")
    assert set(table.index) == set(posterior.names)
    assert (table.r_hat < 1.02).all() and (table.ess_bulk > 400).all()
    assert int(drawn.sample_stats.diverging.sum()) == 0
    assert "mgpk_version" in drawn.attrs and "flat between" in drawn.attrs["priors"]

    # Importance sampling from a wide t around the estimates: another road to the same means.
    random = np.random.default_rng(2)
    root = 1.3 * posterior._root()
    z = random.standard_t(5, size=(8000, posterior.start.size))
    x = posterior.start + z @ root.T
    proposal = -3.0 * np.log1p(z**2 / 5).sum(axis=1)
    weight = np.array([posterior.logp(one) for one in x]) - proposal
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    for name, values in posterior.to_parameters(x).items():
        sd = float(drawn.posterior[name].std())
        assert float(drawn.posterior[name].mean()) == pytest.approx(weight @ values, abs=0.15 * sd)


@needs_sampler
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_draws_of_the_body(body):
    drawn = mgpk.sample_posterior(body, n_draws=60, n_tune=60, n_chains=1, seed=3)
    gfr = drawn.posterior["gfr_mL_per_min"].to_numpy()
    assert gfr.shape == (1, 60) and np.ptp(gfr) > 0
    fitted = body.to_parameters(body.start)["gfr_mL_per_min"]
    assert gfr.mean() == pytest.approx(fitted, abs=4 * gfr.std())
