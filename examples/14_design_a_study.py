"""What should the next study measure to settle glycinate against citrate, and in how many people?

The model holds both salts for one once they are dissolved: it expects no difference. What a study
can find is how much less of a citrate dose is open to uptake because its ligand does not let go
(f_labile_complex; 0.65 of the dose is complexed). Each person takes both salts, fasting, in two
periods. Assumed, and printed below: how people differ, errors of measurement, and how much the
availability of a dose varies from one day to the next.
"""

import math

import mgpk

PLASMA, URINE = "c_plasma_total_mmol_per_L", "a_urine_mmol"
SALTS = ("glycinate", "citrate")
F_COMPLEXED = 0.65  # of citrate: data/salts.csv
# The keys that uptake_factor of data/population.csv moves together, and spreads from there.
UPTAKE = [
    "vmax_duodenum_mmol_per_h",
    "vmax_jejunum_mmol_per_h",
    "vmax_ileum_mmol_per_h",
    "vmax_colon_mmol_per_h",
    "k_uptake_linear_small_per_h",
    "k_uptake_linear_colon_per_h",
]
BETWEEN_PEOPLE = {"uptake": 0.244, "tm_mmol_per_L": 0.0435}
BETWEEN_DAYS = 0.15  # assumed: of the logarithm of what a dose offers
PLASMA_SD, URINE_SHARE, LABEL_SHARE = 0.03, 0.25, 0.03  # mmol/L, of a day's urine, of the dose
BLOOD_H = [7.5, 9, 10, 11, 12, 14, 16, 20]
MEASURES = {
    "plasma, 8 levels": (PLASMA,),
    "urine, 24 h": (URINE,),
    "plasma and urine": (PLASMA, URINE),
    "isotope label": ("label",),
    "all three": (PLASMA, URINE, "label"),
}


def crossover(elemental_mg, measures, n=20):
    """Everybody takes both salts at 8 h, each in a period of its own."""
    periods = []
    for salt in SALTS:
        times = {PLASMA: BLOOD_H, URINE: ([32.0], [8.0]), "label": [72.0]}
        named = {m if m != "label" else f"a_absorbed_{salt}_mmol": times[m] for m in measures}
        plan = mgpk.Schedule().oral(salt, elemental_mg=elemental_mg, at_h=8)
        periods.append(mgpk.PlannedPeriod(named, plan))
    return mgpk.PlannedPerson(periods, n=n)


def planned(elemental_mg, measures, days=BETWEEN_DAYS):
    errors = {PLASMA: ("additive", PLASMA_SD), URINE: ("proportional", URINE_SHARE)}
    errors = {column: errors[column] for column in measures if column in errors}
    if "label" in measures:
        sd_mmol = LABEL_SHARE * elemental_mg / 24.305
        errors |= {f"a_absorbed_{salt}_mmol": ("additive", sd_mmol) for salt in SALTS}
    # Both days vary; in the model the one of citrate carries the difference of the two.
    of_difference = days * math.sqrt(2) / F_COMPLEXED
    # Level and uptake of the people are roughly known beforehand.
    return mgpk.design(
        crossover(elemental_mg, measures),
        parameters=["f_labile_complex", "tm_mmol_per_L"],
        factors={"uptake": UPTAKE},
        errors=errors,
        random=BETWEEN_PEOPLE,
        random_of_period={"f_labile_complex": of_difference},
        priors={"uptake": 0.1, "tm_mmol_per_L": 0.02},
    )


print("people needed to find that glycinate offers 1.2 times what citrate does (power 0.8, level")
print("0.05), and the ratio that 20 people find; errors are expected to first order at no difference:")
wanted = math.log(1.2) / F_COMPLEXED
for name, measures in MEASURES.items():
    for elemental_mg in (100, 300):
        found = planned(elemental_mg, measures)
        n = found.n_people_needed("f_labile_complex", wanted)
        ratio = math.exp(F_COMPLEXED * found.detectable("f_labile_complex"))
        shown = f"{ratio:.2f}" if ratio < 2 else "above 2"
        print(f"{name:<18} {elemental_mg} mg  {n:6.0f} people   {shown}")
print("isotope label, 100 mg, if days differ by 0 or 0.3:")
for days in (1e-6, 0.3):
    found = planned(100, ("label",), days)
    print(f"  {days:.1f}  {found.n_people_needed('f_labile_complex', wanted):.0f} people")

times_h = [8.5 + 0.5 * i for i in range(24)]
best = mgpk.search_design(
    {
        f"{mg} mg": [
            mgpk.PlannedPerson(
                [
                    mgpk.PlannedPeriod(
                        {PLASMA: times_h}, mgpk.Schedule().oral(salt, elemental_mg=mg, at_h=8)
                    )
                    for salt in SALTS
                ],
                n=20,
            )
        ]
        for mg in (100, 300, 600)
    },
    choose={PLASMA: 4},
    criterion="f_labile_complex",
    parameters=["f_labile_complex", "tm_mmol_per_L"],
    factors={"uptake": UPTAKE},
    errors={PLASMA: ("additive", PLASMA_SD)},
    random=BETWEEN_PEOPLE,
    random_of_period={"f_labile_complex": BETWEEN_DAYS * math.sqrt(2) / F_COMPLEXED},
    priors={"uptake": 0.1, "tm_mmol_per_L": 0.02},
)
print(f"if it must be 4 levels of plasma: {best.plan}, at {best.times[PLASMA]} h")
print(best.table[["plan", "efficiency"]].to_string(index=False))
print(mgpk.disclaimer)
