"""The page and the pictures of the validation report, and what the report promises."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
import pandas
from calibration_steps import FAILED
from validation_numbers import DETERMINED, Fitted
from validation_scenarios import SUPPLEMENT_MMOL_PER_D

import mgpk

# What must hold, stated before the fit. A cohort counts once.
GMFE_FIT, GMFE_WITHOUT, LEAST_COHORTS = 1.25, 1.35, 5
WITHIN_TWO = 0.80
ASKED_FOR = 4.0  #: of the cost, a sum of squares: two units of log-likelihood
LEAST_ENDPOINTS, LEAST_COHORTS_IN_ALL, MOST_EXCUSED = 45, 25, 0.10
#: Levels of healthy adults who take nothing: a model without effects is the model itself there.
WITHOUT_EFFECT = ("baseline",)
KIDNEY_RANGE_MMOL_PER_L = (0.58, 1.02)  # two deviations of the cited series, 0.80 +- 0.11

HEAD = """\
# The model against published figures

Written by `tools/write_validation.py`; a test fails when the model no longer says what stands here,
or when one of the promises below is broken.

> mgpk is research software. Its simulations are uncertain, are not validated for any individual and
> are not medical advice; they must not be used to choose, change or monitor a magnesium dose, least
> of all in kidney disease, pregnancy, childhood or during intravenous treatment.

Each line is one endpoint of [the catalogue](../studies.md).

| word | meaning |
|---|---|
| cohort | the people of one study; counts once, however many figures came of them |
| observed | a published mean, median or middle of a range, with its standard error where one was seen |
| predicted | by the constants of this version; the deviation is that of the fitted constants alone, not of people |
| without | predicted by free constants fitted without that cohort |
| null | a model in which dose, diet, drug and kidney have no effect. Where a level is needed it is that of the reference adult of this same fitted model; for shares absorbed, the one number that suits all figures best |
| z | the miss over the deviation: of the figure, and of the error that the model is granted (15 % of positive quantities, 20 % of changes with a least value; both in `data/study_observables.csv`, stated before the first fit) |
| mean z² | its mean square; 1 is what the stated errors expect |
| GMFE | geometric mean fold error, of positive quantities; 1 is perfect. Changes, which may be zero or negative, enter z alone |
| 0.80–1.25 | where bioequivalence asks the 90 % interval of a mean ratio to lie |

Most of these figures were fitted, or were looked at when the structure was chosen. *Without* refits the
free constants only: the fixed ones, the priors, the scenarios and the structure have seen every cohort.
It is no prediction for other people, and nothing here is validated for a person.
"""
COLUMNS = "| endpoint | unit | observed ± SE | predicted ± SD | without | null | z |\n|---|---|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Report:
    fitted: Fitted
    without: mgpk.Validation  #: each cohort by free constants fitted without it
    identifiability: pandas.DataFrame
    structures: pandas.DataFrame
    refits: pandas.DataFrame
    answers: pandas.DataFrame
    kidney: pandas.DataFrame


def shown(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3g}"


def words(name: str) -> str:
    return name.replace("_", " ")


def broken_promises(r: Report) -> list[str]:
    """What does not hold, with the number that breaks it."""
    found = []
    fit, without = r.fitted.validation.domains, r.without.domains
    for domain in fit.index:
        many = fit.loc[domain, "n_fold_cohorts"] >= LEAST_COHORTS
        for name, table, most in (("fit", fit, GMFE_FIT), ("without", without, GMFE_WITHOUT)):
            if many and not table.loc[domain, "gmfe"] <= most:
                found.append(f"{domain}: GMFE {name} is {table.loc[domain, 'gmfe']:.3f}, above {most}")
        if domain not in WITHOUT_EFFECT and not fit.loc[domain, "beats_null"]:
            found.append(f"{domain}: the null model is not beaten")
    endpoints = r.fitted.validation.endpoints
    within = float((endpoints["z"].abs() <= 2).mean())
    if not within >= WITHIN_TWO:
        found.append(f"only {within:.1%} of the endpoints lie within two deviations")
    found += [f"{row['what']}: {row['answer']:.3g} is outside {row['low']:g} to {row['high']:g}"
              for _, row in r.answers[~r.answers["inside"]].iterrows()]  # fmt: skip
    plain = r.kidney[~r.kidney["supplement"]]
    low, high = KIDNEY_RANGE_MMOL_PER_L
    found += [f"plasma at a GFR of {row.gfr_mL_per_min} is {row.plasma:.3f} mmol/L"
              for row in plain.itertuples() if not low <= row.plasma <= high]  # fmt: skip
    return found + counts_broken()


def counts_broken() -> list[str]:
    fit, excused = mgpk.studies(use="fit"), mgpk.studies(use="excused")
    found = []
    if len(fit) < LEAST_ENDPOINTS or len(fit.cohorts) < LEAST_COHORTS_IN_ALL:
        found.append(f"only {len(fit)} endpoints of {len(fit.cohorts)} cohorts")
    if len(excused) > MOST_EXCUSED * (len(fit) + len(excused)):
        found.append(f"{len(excused)} endpoints are excused")
    table = mgpk.parameters()
    outside = table[(table["value"] < table["low"]) | (table["value"] > table["high"])]
    return found + [f"{key} lies outside its range" for key in outside["key"]]


def domain_table(title: str, report: mgpk.Validation) -> str:
    table, endpoints = report.domains, report.endpoints
    n_ratios = endpoints[endpoints["score"] == "fold"].groupby("domain").size()
    lines = [
        f"### {title}\n",
        "| domain | endpoints (cohorts) | of them ratios | GMFE | within 1.25-fold | within 2-fold | "
        "mean ratio (90 % interval) | in 0.80–1.25 | mean z² | of the null model |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, row in table.iterrows():
        bounds = (row["low_ratio"], row["high_ratio"])
        known = not any(math.isnan(b) for b in bounds)
        interval = f"{shown(row['mean_ratio'])}" + (
            f" ({shown(bounds[0])} to {shown(bounds[1])})" if known else ""
        )
        like = ("yes" if bounds[0] >= 0.8 and bounds[1] <= 1.25 else "no") if known else ""
        cells = [words(str(name)), f"{row['n_endpoints']} ({row['n_cohorts']})",
                 f"{n_ratios.get(name, 0)} ({row['n_fold_cohorts']})", shown(row["gmfe"]),
                 shown(row["f_within_1_25"]), shown(row["f_within_2"]), interval, like,
                 shown(row["mean_square"]), shown(row["null_mean_square"])]  # fmt: skip
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def beside_the_tables(r: Report) -> str:
    """What the tables do not show by themselves."""
    endpoints = r.fitted.validation.endpoints
    bare = int(endpoints["se"].isna().sum())
    changes = endpoints[endpoints["score"] != "fold"].copy()
    changes = changes[changes["kind_of_spread"] != "upper_bound"]
    fold = np.exp(np.abs(np.log(changes["predicted"] / changes["observed"])))
    worst = fold.idxmax()
    ahead = endpoints["z"].abs() - endpoints["null_z"].abs()
    level = ahead.abs() < 1e-6  # both say the same, to what the solver leaves over
    nearer = endpoints[(ahead > 0) & ~level]
    return (
        f"\nOf {len(endpoints)} figures {bare} came without an error that could be read; it counts as "
        "zero, and only the granted error is left. Changes are in no column of ratios. As a ratio the "
        f"worst of those with one sign is `{worst}`: {shown(changes.loc[worst, 'predicted'])} predicted, "
        f"{shown(changes.loc[worst, 'observed'])} observed ({fold[worst]:.1f}-fold, z "
        f"{changes.loc[worst, 'z']:.2f}).\n\nThe null model is nearer to {len(nearer)} of the figures: "
        + ", ".join(
            f"{n} of {int((endpoints['domain'] == domain).sum())} in *{words(str(domain))}*"
            for domain, n in nearer["domain"].value_counts().items()
        )
        + f". Of {int(level.sum())} both say the same. The domain *baseline* holds levels of healthy adults who take nothing; there the null model "
        "is the reference adult of this model, who was fitted to such levels, and so it is no test. In "
        "*kidney disease* absorption alone beats it, not the levels of plasma. The clearances of the "
        "pre-eclampsia cohorts test mainly the GFR that was assumed for them.\n"
    )


def endpoint_tables(r: Report) -> str:
    endpoints, sd = r.fitted.validation.endpoints, r.fitted.predicted_sd()
    without = r.without.endpoints["predicted"]
    parts = []
    for domain in dict.fromkeys(endpoints["domain"]):
        lines = []
        for key, row in endpoints[endpoints["domain"] == domain].iterrows():
            bound = "< " if row["kind_of_spread"] == "upper_bound" else ""
            observed = bound + shown(row["observed"])
            if not math.isnan(row["se"]):
                observed += f" ± {shown(row['se'])}"
            unit = "" if row["unit"] == "1" else row["unit"]
            predicted = f"{shown(row['predicted'])} ± {shown(sd[key])}"
            cells = [key, unit, observed, predicted, shown(without[key]), shown(row["null"])]
            lines.append("| " + " | ".join([*cells, f"{row['z']:.2f}"]) + " |")
        parts.append(f"\n### {words(str(domain)).capitalize()}\n\n{COLUMNS}" + "\n".join(lines) + "\n")
    return "".join(parts)


def constants_part(r: Report) -> str:
    free = r.identifiability[r.identifiability["free"]]
    endpoints = r.fitted.validation
    table = mgpk.parameters()
    kinds = Counter(table[table["organ"] != "effect"]["kind"])
    lines = [
        "\n## Constants\n",
        f"{len(free)} constants are free, against {len(endpoints.studies)} endpoints of "
        f"{len(endpoints.studies.cohorts)} cohorts. Of the rows of `data/parameters.csv` that runs read "
        + ", ".join(f"{n} are {kind}" for kind, n in kinds.most_common())
        + ". Priors stand in `data/calibration.csv`.\n",
        "The table holds every constant of that file, given all others of `data/parameters.csv`: Tm, "
        "for one, is known only relative to the ultrafilterable share. A constant counts as determined "
        f"where the data narrow its prior by a tenth at least (deviation of the logarithm below "
        f"{DETERMINED:g} of the prior's): a low bar, set before the fit. One below it stays at its "
        "prior, and its range is to be carried along (`run.bands()`).\n",
        "| constant | prior | value | SD of ln: prior | data, together | data, alone | determined | free |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for key, row in r.identifiability.iterrows():
        cells = [f"`{key}`", shown(row["prior"]), shown(row["value"]), shown(row["sd_ln"]),
                 f"{row['sd_ln_together']:.2f}", f"{row['sd_ln_alone']:.2f}",
                 "yes" if row["f_of_prior"] < DETERMINED else "no",
                 "yes" if row["free"] else "no"]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def structures_part(r: Report) -> str:
    base = r.structures["cost"].iloc[0]
    domains = [name for name in r.structures.columns if name not in ("what", "kept", "cost")]
    lines = [
        "\n## What each structural choice costs\n",
        "Cost is the sum of squared weighted residuals and of squared distances from the priors, the "
        "free constants fitted again by two steps. A structure that costs four more is that much "
        "worse at one more constant; one that costs nothing is not asked for by these data. The "
        "domains show where. Nothing is granted for the number of structures that were tried. A run "
        f"that fails counts as {FAILED:g} deviations.\n",
        "| structure | what it means | cost above | " + " | ".join(map(words, domains)) + " |",
        "|---|---|---|" + "---|" * len(domains),
    ]
    for name, row in r.structures.iterrows():
        what = row["what"] if isinstance(row["what"], str) else ""
        cells = [str(name), what, f"{row['cost'] - base:.1f}", *(f"{row[d]:.1f}" for d in domains)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n" + not_asked_for(r.structures.iloc[1:], base)


def not_asked_for(structures: pandas.DataFrame, base: float) -> str:
    """Which structures would do as well, and why the model has others all the same."""
    cheap = structures[structures["cost"] - base < ASKED_FOR]
    lines = [
        f"\nThe data ask for what costs more than {ASKED_FOR:g} to leave out. They do not ask for the "
        "rest; what the model has of it is kept for other reasons:\n"
    ]
    had = cheap["kept"].map(lambda kept: isinstance(kept, str) and kept != "")
    for name, row in cheap[had].iterrows():
        lines.append(f"- *{name}* ({row['cost'] - base:+.1f}): {row['kept']}.")
    if others := [f"*{name}* ({row['cost'] - base:+.1f})" for name, row in cheap[~had].iterrows()]:
        lines.append(f"\nNor do they ask for these, which the model does without: {', '.join(others)}.")
    return "\n".join(lines) + "\n"


def answers_part(r: Report) -> str:
    lines = [
        "\n## One parameter set\n",
        "| question | unit | published | model | |",
        "|---|---|---|---|---|",
    ]
    for _, row in r.answers.iterrows():
        open_end = math.isinf(row["low"])
        verdict = "shown" if open_end else ("inside" if row["inside"] else "**misses**")
        unit = "" if row["unit"] == "1" else row["unit"]
        lines.append(f"| {row['what']} | {unit} | {row['published']} | {shown(row['answer'])} | {verdict} |")
    lines += [
        "\nThe bands are this project's own where the study gave none. A meal slows the stomach, which "
        "raises the share absorbed, and brings magnesium of its own, which lowers it: mineral water "
        "with a meal is met when that meal brings little (its magnesium was not seen), and missed with "
        "a usual breakfast. From bread without phytate less was absorbed than the model says; what was "
        "tried and what it costs stands above, and the miss is left open.",
        "\n## Kidney disease\n",
        "Fasting plasma by GFR, mmol/L, with the 95 % range from the fitted constants alone: not the "
        "range of patients. The cited series of chronic renal failure is 0.80 ± 0.11 (SD), its GFR not "
        f"seen. The supplement is {SUPPLEMENT_MMOL_PER_D} mmol a day as citrate with breakfast, for ever.\n",
        "| GFR, mL/min | without | under the supplement |",
        "|---|---|---|",
    ]
    for gfr in dict.fromkeys(r.kidney["gfr_mL_per_min"]):
        rows = r.kidney[r.kidney["gfr_mL_per_min"] == gfr].sort_values("supplement")
        cells = [f"{x.plasma:.2f} ({x.low:.2f} to {x.high:.2f})" for x in rows.itertuples()]
        lines.append(f"| {gfr} | " + " | ".join(cells) + " |")
    lines.append(
        "\nNo figure of the catalogue tests a supplement in kidney disease, and these rises must not be "
        "read as tolerated: of older users of magnesium oxide with a creatinine clearance below "
        "28.2 mL/min 27 % had too much magnesium in plasma, and 53 % of those on 900 mg a day or more "
        "(Magnes Res 36:23, 2023). A share of people is no level to hold the model against; it shows "
        "the mean of people who are all alike."
    )
    return "\n".join(lines) + "\n"


def tensions_part(r: Report) -> str:
    excused = mgpk.studies(use="excused")
    predicted = excused.predict().set_index("key")
    lines = ["\n## Excused, and why\n",
             f"{len(excused)} of {len(excused) + len(r.fitted.validation.studies)} endpoints.\n",
             "| endpoint | observed | predicted | why |", "|---|---|---|---|"]  # fmt: skip
    for study in excused:
        value = shown(float(predicted.loc[study.key, "predicted"]))
        lines.append(f"| {study.key} | {shown(study.observed)} | {value} | {study.note} |")
    far = r.fitted.validation.endpoints
    far = far[far["z"].abs() > 2]
    lines += ["\n## Missed by more than two deviations\n",
              "Left standing: no constant was bent for them. Some assumptions about their people and meals "
              "were chosen after a miss was seen ([0018](../decisions/0018-few-constants-are-free.md)).\n",
              "| endpoint | z | what was assumed |", "|---|---|---|"]  # fmt: skip
    for key, row in far.iterrows():
        lines.append(f"| {key} | {row['z']:.2f} | {row['assumed']} |")
    lines += [
        "\n## How the fit without a cohort is made\n",
        "By one Gauss–Newton step from the fit with it. For the cohorts that move the constants most it "
        "was checked by up to three steps that are run, with the same slopes:\n",
        "| endpoint | by the step | by three |",
        "|---|---|---|",
    ]
    for key, row in r.refits.iterrows():
        lines.append(f"| {key} | {shown(row['by_step'])} | {shown(row['by_refit'])} |")
    return "\n".join(lines) + "\n"


def text(r: Report) -> str:
    within = float((r.fitted.validation.endpoints["z"].abs() <= 2).mean())
    promises = (
        f"\n## Promises\n\nGMFE at most {GMFE_FIT} on the fit and {GMFE_WITHOUT} without the cohort, in "
        f"every domain with {LEAST_COHORTS} or more cohorts of positive quantities; the null model "
        f"beaten in every domain but *baseline*, which holds no effect; at least {WITHIN_TWO:.0%} of "
        f"the endpoints within two deviations (now {within:.0%}); at most a tenth excused; every row of the two tables below the constants "
        "inside its band; every constant inside its range.\n\n"
    )
    return "".join(
        [HEAD, promises,
         domain_table("On the fit", r.fitted.validation), "\n",
         domain_table("Each cohort by free constants fitted without it", r.without),
         beside_the_tables(r),
         "\n![Predicted against observed](agreement.png)\n\n![Misses](misses.png)\n",
         constants_part(r), structures_part(r), answers_part(r), tensions_part(r),
         "\n## Endpoint by endpoint\n", endpoint_tables(r)]
    )  # fmt: skip


def draw(r: Report, folder: Path) -> None:
    matplotlib.use("Agg")
    from mgpk.validation_plots import draw_agreement, draw_misses

    pictures = {"agreement": draw_agreement, "misses": draw_misses}
    for name, picture in pictures.items():
        figure = picture(r.fitted.validation.endpoints).figure
        figure.savefig(folder / f"{name}.png", dpi=110, metadata={"Software": None})
    assert np.isfinite(r.fitted.validation.log_likelihood)
