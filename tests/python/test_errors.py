"""Bad input: each is refused with one exact message: rule, offending value, what to do."""

import pytest

import mgpk
from mgpk import Schedule, SimulationOptions, Subject, compare, fit, simulate, sweep

LINE = Schedule().oral("citrate", mmol=5).to_dict()["doses"][0]
FOUR = Schedule()
for salt in ("citrate", "oxide", "malate", "sulfate"):
    FOUR.oral(salt, mmol=1)
TWO_THINGS = Schedule().oral("citrate", mmol=1, label="dose").oral("oxide", mmol=1, label="dose")
PAIR = (Subject(), Schedule().oral("citrate", mmol=1))
OBSERVED = {"a_urine_mmol": ([10, 20], [1, 2], None)}
RUN = simulate(*PAIR, until_h=24)
BARE = simulate(*PAIR, until_h=24, with_baseline=False)
NAN, INFINITE = float("nan"), float("inf")

#: What is done, the exception, its message.
CASES = {
    "weight negative": (
        lambda: Subject(weight_kg=-3),
        ValueError,
        "weight_kg must lie between 1 and 400, but it is -3; give the body weight in kilograms",
    ),
    "weight zero": (
        lambda: Subject(weight_kg=0),
        ValueError,
        "weight_kg must lie between 1 and 400, but it is 0; give the body weight in kilograms",
    ),
    "weight nan": (
        lambda: Subject(weight_kg=NAN),
        ValueError,
        "weight_kg must lie between 1 and 400, but it is nan; give the body weight in kilograms",
    ),
    "weight infinite": (
        lambda: Subject(weight_kg=INFINITE),
        ValueError,
        "weight_kg must lie between 1 and 400, but it is inf; give the body weight in kilograms",
    ),
    "weight as text": (
        lambda: Subject(weight_kg="70"),
        TypeError,
        'weight_kg must be a number, but it is "70"; give the body weight in kilograms',
    ),
    "weight as bool": (
        lambda: Subject(weight_kg=True),
        TypeError,
        "weight_kg must be a number, but it is True; give the body weight in kilograms",
    ),
    "weight as list": (
        lambda: Subject(weight_kg=[70]),
        TypeError,
        "weight_kg must be a number, but it is [70]; give the body weight in kilograms",
    ),
    "weight in grams": (
        lambda: Subject(weight_kg=70000),
        ValueError,
        "weight_kg must lie between 1 and 400, but it is 70000; give the body weight in kilograms",
    ),
    "sex misspelt": (
        lambda: Subject(sex="femal"),
        ValueError,
        'sex must be "female" or "male", but it is "femal"; give one of the two',
    ),
    "sex as number": (
        lambda: Subject(sex=1),
        TypeError,
        'sex must be a text, but it is 1; give "female" or "male"',
    ),
    "age negative": (
        lambda: Subject(age_y=-1),
        ValueError,
        "age_y must lie between 0 and 120, but it is -1; give the age in years",
    ),
    "height in metres": (
        lambda: Subject(height_cm=1.75),
        ValueError,
        "height_cm must lie between 30 and 260, but it is 1.75; give the height in centimetres",
    ),
    "absurd gfr": (
        lambda: Subject(gfr_mL_per_min=1200),
        ValueError,
        "gfr_mL_per_min must lie between 1 and 250, but it is 1200; give the GFR of the person in mL/min, not indexed and not in L/h",
    ),
    "gfr in litres per hour": (
        lambda: Subject(gfr_mL_per_min=0.12),
        ValueError,
        "gfr_mL_per_min must lie between 1 and 250, but it is 0.12; give the GFR of the person in mL/min, not indexed and not in L/h",
    ),
    "creatinine in umol per litre": (
        lambda: Subject(creatinine_mg_per_dL=88),
        ValueError,
        "creatinine_mg_per_dL must lie between 0.1 and 20, but it is 88; give serum creatinine in mg/dL (divide umol/L by 88.4)",
    ),
    "gfr and creatinine": (
        lambda: Subject(gfr_mL_per_min=90, creatinine_mg_per_dL=1),
        ValueError,
        "a subject takes either gfr_mL_per_min or creatinine_mg_per_dL, but it is 90 mL/min and 1 mg/dL; leave one of the two out",
    ),
    "creatinine without age": (
        lambda: Subject(sex="male", weight_kg=70, height_cm=175, creatinine_mg_per_dL=1),
        ValueError,
        "the GFR formula needs sex, age_y, weight_kg and height_cm, but it is without age_y; give all four, or give gfr_mL_per_min instead of creatinine",
    ),
    "gfr formula in pregnancy": (
        lambda: Subject(
            sex="female",
            age_y=30,
            weight_kg=70,
            height_cm=165,
            creatinine_mg_per_dL=0.6,
            pregnant=True,
        ),
        ValueError,
        "CKD-EPI 2021 does not hold in pregnancy, but it is pregnant = true; give a measured gfr_mL_per_min instead of creatinine",
    ),
    "gfr formula in a child": (
        lambda: Subject(
            sex="female", age_y=9, weight_kg=30, height_cm=130, creatinine_mg_per_dL=0.5
        ),
        ValueError,
        "CKD-EPI 2021 holds for adults only, age_y >= 18, but it is 9; give a measured gfr_mL_per_min instead of creatinine",
    ),
    "pregnant man": (
        lambda: Subject(sex="male", pregnant=True),
        ValueError,
        "a pregnant subject is female, but it is sex = male; set sex to female or pregnant to false",
    ),
    "diet in grams": (
        lambda: Subject(diet_mg_per_d=32000),
        ValueError,
        "diet_mg_per_d must lie between 0 and 3000, but it is 32000; give elemental magnesium in mg per day",
    ),
    "albumin in g per dL": (
        lambda: Subject(albumin_g_per_L=4),
        ValueError,
        "albumin_g_per_L must lie between 5 and 70, but it is 4; give albumin in g/L (ten times the value in g/dL)",
    ),
    "plasma in mg per dL": (
        lambda: Subject(c_plasma_total_mmol_per_L=20),
        ValueError,
        "c_plasma_total_mmol_per_L must lie between 0.3 and 3, but it is 20; give total plasma magnesium in mmol/L (mg/dL times 0.4114)",
    ),
    "meals not sorted": (
        lambda: Subject(meals_at_h=[13, 8]),
        ValueError,
        "meals_at_h must rise strictly, but it is 8; sort the meal times and give each once",
    ),
    "meal after midnight": (
        lambda: Subject(meals_at_h=[8, 24]),
        ValueError,
        "meals_at_h must be clock times from 0 to below 24, but it is 24; give hours after midnight, such as 8, 13, 19",
    ),
    "no meals with a diet": (
        lambda: Subject(meals_at_h=[]),
        ValueError,
        "a diet needs at least one meal a day, but it is an empty list of meals_at_h; give meals_at_h, or diet_mg_per_d = 0",
    ),
    "meals as text": (
        lambda: Subject(meals_at_h="8, 13"),
        TypeError,
        'meals_at_h must be a list of numbers, but it is "8, 13"; give a list of numbers',
    ),
    "meals as number": (
        lambda: Subject(meals_at_h=8),
        TypeError,
        "meals_at_h must be a list of numbers, but it is 8; give a list of numbers",
    ),
    "meal is not a number": (
        lambda: Subject(meals_at_h=[8, None]),
        TypeError,
        "meals_at_h[1] must be a number, but it is None; give a list of numbers",
    ),
    "acid negative": (
        lambda: Subject(f_acid_secreted=-0.1),
        ValueError,
        "f_acid_secreted must lie between 0 and 3, but it is -0.1; give gastric acid relative to normal: 1 untreated, less under an acid blocker",
    ),
    "pregnant as number": (
        lambda: Subject(pregnant=1),
        TypeError,
        "pregnant must be True or False, but it is 1; give one of the two",
    ),
    "parameter unknown": (
        lambda: Subject(parameters={"tm_mmol": 0.6}),
        mgpk.UnknownNameError,
        'parameter must be one of the evidence table, but it is "tm_mmol"; did you mean "tm_mmol_per_L"?',
    ),
    "parameter out of range": (
        lambda: Subject(parameters={"tm_mmol_per_L": 6}),
        ValueError,
        "tm_mmol_per_L must lie between 0.55 and 0.65, but it is 6; give a value in mmol/L in the range of the evidence, or set allow_outside_range",
    ),
    "parameter as text": (
        lambda: Subject(parameters={"tm_mmol_per_L": "high"}),
        TypeError,
        'tm_mmol_per_L must be a number, but it is "high"; give a plain number',
    ),
    "parameters as list": (
        lambda: Subject(parameters=[1]),
        TypeError,
        "parameters must be a mapping, but it is [1]; give names and numbers",
    ),
    "subject keyword misspelt": (
        lambda: Subject(wieght_kg=70),
        TypeError,
        'each keyword of Subject must be one that it knows, but it is "wieght_kg"; did you mean "weight_kg"?',
    ),
    "subject by position": (
        lambda: Subject("male"),
        TypeError,
        'Subject takes its numbers by keyword, but it is "male" by position; give it by keyword: sex, age_y, weight_kg, height_cm, gfr_mL_per_min, creatinine_mg_per_dL, diet_mg_per_d, albumin_g_per_L, diet_phytate_mmol_per_d, diet_oxalate_mmol_per_d, c_plasma_total_mmol_per_L, meals_at_h, f_acid_secreted, pregnant, parameters, allow_outside_range, modifiers',
    ),
    "subject set": (
        lambda: setattr(Subject(), "age_y", 3),
        AttributeError,
        "a subject must stay as it was made, but age_y is set; use replace(age_y=...)",
    ),
    "subject dictionary with an unknown key": (
        lambda: Subject.from_dict({"weight": 70}),
        mgpk.UnknownNameError,
        'each key of a subject must be one that mgpk knows, but it is "weight"; did you mean "weight_kg"?',
    ),
    "salt unknown": (
        lambda: Schedule().oral("citrat", mmol=5),
        mgpk.UnknownNameError,
        'salt must be one that mgpk knows, but it is "citrat"; did you mean "citrate"?',
    ),
    "salt far from all": (
        lambda: Schedule().oral("unobtainium", mmol=5),
        mgpk.UnknownNameError,
        'salt must be one that mgpk knows, but it is "unobtainium"; known are "acetate", "aspartate", "carbonate", "chloride", "citrate", "gluconate", "glycinate", "hydroxide", "lactate", "malate", "orotate", "oxide", "pidolate", "sulfate", "taurate" and "threonate"',
    ),
    "salt as number": (
        lambda: Schedule().oral(5, mmol=5),
        TypeError,
        "salt must be a text, but it is 5; give its name, or shares of several salts",
    ),
    "hydrate unknown": (
        lambda: Schedule().oral("sulfate", salt_mg=500, hydrate="dihydrate"),
        mgpk.UnknownNameError,
        'hydrate of sulfate must be one of "anhydrous" or "heptahydrate", but it is "dihydrate"; give one of these',
    ),
    "salt mass without hydrate": (
        lambda: Schedule().oral("sulfate", salt_mg=500),
        ValueError,
        'a salt with several hydrates must come with its hydrate here, but it is "sulfate" alone; give the hydrate: "anhydrous" (MgSO4) or "heptahydrate" (MgSO4.7H2O)',
    ),
    "amount by position": (
        lambda: Schedule().oral("citrate", 300),
        TypeError,
        "Schedule.oral takes its numbers by keyword, but it is 300 by position; write elemental_mg=, salt_mg=, mmol= or mEq= before the amount",
    ),
    "no amount": (
        lambda: Schedule().oral("citrate"),
        TypeError,
        "oral takes exactly one of elemental_mg, salt_mg, mmol, mEq, but it is none of them; say once what the amount is",
    ),
    "two amounts": (
        lambda: Schedule().oral("citrate", mmol=5, elemental_mg=120),
        TypeError,
        "oral takes exactly one of elemental_mg, salt_mg, mmol, mEq, but it is elemental_mg and mmol; say once what the amount is",
    ),
    "amount negative": (
        lambda: Schedule().oral("citrate", elemental_mg=-300),
        ValueError,
        "elemental_mg must be finite and positive, but it is -300; give the dose in milligrams of elemental magnesium",
    ),
    "amount zero": (
        lambda: Schedule().oral("citrate", mmol=0),
        ValueError,
        "mmol must be finite and positive, but it is 0; give the dose in millimoles of magnesium",
    ),
    "amount nan": (
        lambda: Schedule().oral("citrate", mmol=NAN),
        ValueError,
        "mmol must be finite and positive, but it is nan; give the dose in millimoles of magnesium",
    ),
    "amount as text": (
        lambda: Schedule().oral("citrate", elemental_mg="300 mg"),
        TypeError,
        'elemental_mg must be a number, but it is "300 mg"; give milligrams of elemental magnesium',
    ),
    "amount as bool": (
        lambda: Schedule().iv("sulfate", mmol=True),
        TypeError,
        "mmol must be a number, but it is True; give millimoles of magnesium",
    ),
    "huge dose": (
        lambda: Schedule().oral("citrate", elemental_mg=300000),
        ValueError,
        "elemental_mg must be at most 5000 per dose, but it is 300000; is the unit right? it must be milligrams of elemental magnesium",
    ),
    "huge dose in mmol": (
        lambda: Schedule().iv("sulfate", mmol=300),
        ValueError,
        "mmol must be at most 250 per dose, but it is 300; is the unit right? it must be millimoles of magnesium",
    ),
    "wrong unit": (
        lambda: Schedule().oral("citrate", mg=300),
        TypeError,
        'each keyword of Schedule.oral must be one that it knows, but it is "mg"; known are salt, elemental_mg, salt_mg, mmol, mEq, at_h, every_h, times, with_meal, label, hydrate, tlag_h, f_bioavailable, at_steady_state',
    ),
    "keyword misspelt": (
        lambda: Schedule().oral("citrate", mmol=5, every_hours=24),
        TypeError,
        'each keyword of Schedule.oral must be one that it knows, but it is "every_hours"; did you mean "every_h"?',
    ),
    "time negative": (
        lambda: Schedule().oral("citrate", mmol=5, at_h=-1),
        ValueError,
        "at_h must be finite and not negative, but it is -1; give hours after the start of the run",
    ),
    "times without interval": (
        lambda: Schedule().oral("citrate", mmol=5, times=3),
        ValueError,
        "a dose taken more than once needs every_h > 0, but it is 0; give the interval in hours",
    ),
    "interval without times": (
        lambda: Schedule().oral("citrate", mmol=5, every_h=24),
        ValueError,
        "a dose with every_h needs times > 1, but it is times = 1; say how often it is taken, or leave every_h out",
    ),
    "half a time": (
        lambda: Schedule().oral("citrate", mmol=5, every_h=24, times=2.5),
        ValueError,
        "times must be a whole number, but it is 2.5; give a whole number",
    ),
    "no times": (
        lambda: Schedule().oral("citrate", mmol=5, every_h=24, times=0),
        ValueError,
        "times must lie between 1 and 100000, but it is 0; give how often the dose is taken",
    ),
    "meal as text": (
        lambda: Schedule().oral("citrate", mmol=5, with_meal="yes"),
        TypeError,
        'with_meal must be True or False, but it is "yes"; give one of the two',
    ),
    "label with a space": (
        lambda: Schedule().oral("citrate", mmol=5, label="my dose"),
        ValueError,
        'a label takes lower-case letters, digits and _, does not begin with in_ and is not food or endogenous, but it is "my dose"; choose a name such as morning_dose',
    ),
    "label food": (
        lambda: Schedule().oral("citrate", mmol=5, label="food"),
        ValueError,
        'a label takes lower-case letters, digits and _, does not begin with in_ and is not food or endogenous, but it is "food"; choose a name such as morning_dose',
    ),
    "label of a segment": (
        lambda: Schedule().oral("citrate", mmol=5, label="in_colon"),
        ValueError,
        'a label takes lower-case letters, digits and _, does not begin with in_ and is not food or endogenous, but it is "in_colon"; choose a name such as morning_dose',
    ),
    "label empty": (
        lambda: Schedule().oral("citrate", mmol=5, label=""),
        ValueError,
        'label must not be empty, but it is ""; give a name, or leave it out',
    ),
    "mix without label": (
        lambda: Schedule().oral({"citrate": 0.5, "oxide": 0.5}, mmol=5),
        ValueError,
        'a mix needs a label, but it is missing; give one such as label="buffered"',
    ),
    "mix that does not add up": (
        lambda: Schedule().oral({"citrate": 0.5, "oxide": 0.4}, mmol=5, label="mix"),
        ValueError,
        "the shares of a mix must add up to 1, but it is 0.9; give each salt's share of the magnesium",
    ),
    "mix with a salt mass": (
        lambda: Schedule().oral({"citrate": 0.5, "oxide": 0.5}, salt_mg=5, label="mix"),
        ValueError,
        "the amount of a mix is its magnesium, but it is a salt mass; give elemental_mg, mmol or mEq of the whole mix",
    ),
    "mix with a hydrate": (
        lambda: Schedule().oral(
            {"citrate": 0.5, "oxide": 0.5}, mmol=5, label="mix", hydrate="dihydrate"
        ),
        ValueError,
        'a mix takes no hydrate, but it is "dihydrate"; leave it out: a mix has no salt mass',
    ),
    "share as text": (
        lambda: Schedule().oral({"citrate": "half", "oxide": 0.5}, mmol=5, label="mix"),
        TypeError,
        'the share of citrate must be a number, but it is "half"; give a fraction',
    ),
    "infusion negative": (
        lambda: Schedule().iv("sulfate", mmol=5, over_h=-1),
        ValueError,
        "over_h must be finite and not negative, but it is -1; give the length of the infusion in hours, 0 for a bolus",
    ),
    "oral infusion": (
        lambda: Schedule().oral("sulfate", mmol=5, over_h=1),
        TypeError,
        'each keyword of Schedule.oral must be one that it knows, but it is "over_h"; did you mean "every_h"?',
    ),
    "fast without end": (
        lambda: Schedule().fast(at_h=0, over_h=0),
        ValueError,
        "over_h must be finite and positive, but it is 0; give how many hours the change lasts",
    ),
    "diet too rich": (
        lambda: Schedule().diet(mg_per_d=9000, over_h=24),
        ValueError,
        "diet mg_per_d must lie between 0 and 3000, but it is 9000; give elemental magnesium in mg per day",
    ),
    "meal without amount": (
        lambda: Schedule().meal(),
        TypeError,
        "Schedule.meal needs elemental_mg, but it is missing; give it",
    ),
    "meal negative": (
        lambda: Schedule().meal(elemental_mg=-1),
        ValueError,
        "the magnesium of a meal must lie between 0 and 5000, but it is -1; give mg of elemental magnesium",
    ),
    "plan dictionary with an unknown key": (
        lambda: Schedule.from_dict({"dose": []}),
        mgpk.UnknownNameError,
        'each key of a plan must be one that mgpk knows, but it is "dose"; did you mean "doses"?',
    ),
    "plan line without a key": (
        lambda: Schedule.from_dict({"meals": [{"mmol": 1}]}),
        ValueError,
        'meals[0] needs the key "at_h", but it is missing; give what to_dict gave',
    ),
    "plan line of a wrong route": (
        lambda: Schedule.from_dict({"doses": [{**LINE, "route": "nasal"}]}),
        ValueError,
        'route must be "oral", "iv" or "im", but it is "nasal"; give one of these',
    ),
    "plan line without salts": (
        lambda: Schedule.from_dict({"doses": [{**LINE, "components": []}]}),
        ValueError,
        "a dose holds one salt, or by mouth a mix of them, but it is 0 salts; give its components",
    ),
    "plan line as text": (
        lambda: Schedule.from_dict({"doses": ["citrate"]}),
        TypeError,
        'doses[0] must be a mapping, but it is "citrate"; give what to_dict gave',
    ),
    "empty plan": (
        lambda: simulate(Subject(), Schedule(), until_h=24),
        ValueError,
        "a plan needs at least one dose, meal or change of diet, but it is empty; add one with oral, iv, im, meal, diet or fast, or leave the plan out to see the baseline",
    ),
    "subject and plan swapped": (
        lambda: simulate(Schedule(), Subject(), until_h=24),
        TypeError,
        "subject must be a Subject, but it is <Schedule: empty>; make one with Subject()",
    ),
    "plan is no plan": (
        lambda: simulate(Subject(), "citrate", until_h=24),
        TypeError,
        'plan must be a Schedule, but it is "citrate"; make one with Schedule()',
    ),
    "no end": (
        lambda: simulate(Subject()),
        ValueError,
        "a run needs until_h or times_h, but it is neither; give the end of the run in hours",
    ),
    "two ends": (
        lambda: simulate(Subject(), until_h=24, times_h=[1, 2]),
        ValueError,
        "a run takes either until_h or times_h, but it is both; leave one of them out",
    ),
    "end negative": (
        lambda: simulate(Subject(), until_h=-24),
        ValueError,
        "until_h must be finite and positive, but it is -24; give the end of the run in hours",
    ),
    "end in seconds": (
        lambda: simulate(Subject(), until_h=1e9),
        ValueError,
        "until_h must lie between 0 and 876600, but it is 1e+09; give hours, not minutes or seconds",
    ),
    "end by position": (
        lambda: simulate(Subject(), None, 24),
        TypeError,
        "simulate takes its numbers by keyword, but it is 24 by position; write until_h= and the like before the numbers",
    ),
    "times not sorted": (
        lambda: simulate(Subject(), times_h=[0, 2, 1]),
        ValueError,
        "times_h must rise strictly, but it is 1; sort the output times and give each once",
    ),
    "times empty": (
        lambda: simulate(Subject(), times_h=[]),
        ValueError,
        "times_h must hold at least one time, but it is empty; give hours",
    ),
    "times nan": (
        lambda: simulate(Subject(), times_h=[0, NAN]),
        ValueError,
        "times_h must lie between 0 and 876600, but it is nan; give hours after the start",
    ),
    "times as text": (
        lambda: simulate(Subject(), times_h="0, 1"),
        TypeError,
        'times_h must be a list of numbers, but it is "0, 1"; give output times in hours',
    ),
    "interval zero": (
        lambda: simulate(Subject(), until_h=24, every_h=0),
        ValueError,
        "every_h must be finite and positive, but it is 0; give the output interval in hours",
    ),
    "too many outputs": (
        lambda: simulate(Subject(), until_h=24, every_h=1e-6),
        ValueError,
        "a run has at most 5000000 output times, but it is 2.4e+07; raise every_h",
    ),
    "tolerance too loose": (
        lambda: simulate(Subject(), until_h=24, relative_tolerance=0.5),
        ValueError,
        "relative_tolerance must be at least 1e-14 and below 0.1, but it is 0.5; give a fraction such as 1e-9",
    ),
    "tolerance zero": (
        lambda: simulate(Subject(), until_h=24, absolute_tolerance_mmol=0),
        ValueError,
        "absolute_tolerance_mmol must be finite and positive, but it is 0; give an amount that does not matter, such as 1e-13",
    ),
    "method unknown": (
        lambda: simulate(Subject(), until_h=24, method="rosenbrock"),
        ValueError,
        'method must be a known word, but it is "rosenbrock"; did you mean "rosenbrock4"?',
    ),
    "no steps": (
        lambda: simulate(Subject(), until_h=24, max_steps=0),
        ValueError,
        "max_steps must be at least 1, but it is 0; give a budget of steps",
    ),
    "start in mg per dL": (
        lambda: simulate(Subject(), until_h=24, start_c_plasma_total_mmol_per_L=20),
        ValueError,
        "start_c_plasma_total_mmol_per_L must lie between 0.1 and 10, but it is 20; give total plasma magnesium in mmol/L (mg/dL times 0.4114)",
    ),
    "progress as text": (
        lambda: simulate(Subject(), until_h=24, progress="yes"),
        TypeError,
        'progress must be True, False or a function of the fraction done, but it is "yes"; give one of these',
    ),
    "option unknown": (
        lambda: simulate(Subject(), until_h=24, rtol=1e-6),
        TypeError,
        'each keyword of simulate must be one that it knows, but it is "rtol"; known are subject, plan, until_h, every_h, times_h, relative_tolerance, absolute_tolerance_mmol, max_steps, method, with_baseline, raise_on_failure, empty_gut_at_start, start_c_plasma_total_mmol_per_L, jump_limit, start, progress',
    ),
    "options dictionary with an unknown key": (
        lambda: SimulationOptions.from_dict({"until": 24}),
        mgpk.UnknownNameError,
        'each key of options must be one that mgpk knows, but it is "until"; did you mean "until_h"?',
    ),
    "too many salts": (
        lambda: simulate(Subject(), FOUR, until_h=24),
        ValueError,
        "a plan can hold at most 3 swallowed salts (each salt of a mix counts), but it is 4; drop some, or simulate them in separate runs",
    ),
    "label names two things": (
        lambda: simulate(Subject(), TWO_THINGS, until_h=24),
        ValueError,
        'a label names one thing, the same salt each time it is used, but it is "dose"; give the second salt a label of its own',
    ),
    "column unknown": (
        lambda: RUN["c_plasma_mmol_per_L"],
        mgpk.UnknownNameError,
        'column must be one of the run\'s, but it is "c_plasma_mmol_per_L"; did you mean "c_plasma_total_mmol_per_L", "c_glycine_mmol_per_L" or "c_plasma_ionized_mmol_per_L"?',
    ),
    "column by number": (
        lambda: RUN[0],
        TypeError,
        "column must be a text, but it is 0; give the name of a column",
    ),
    "clinical unit of something else": (
        lambda: RUN["a_urine_mg_per_dL"],
        mgpk.UnknownNameError,
        'column must be one of the run\'s, but it is "a_urine_mg_per_dL"; the names of all columns are in names()',
    ),
    "baseline missing": (
        lambda: BARE.baseline,
        ValueError,
        "a baseline must have been asked for, but it is missing; simulate with with_baseline=True",
    ),
    "summary without baseline": (
        lambda: BARE.summary(),
        ValueError,
        "a summary needs the baseline run beside it, but it is a run without baseline; simulate with with_baseline = true",
    ),
    "summary at no output time": (
        lambda: RUN.summary(from_h=1.23),
        ValueError,
        "from_h of a summary must be an output time, but it is 1.23 h; choose one of the run's times_h",
    ),
    "summary backwards": (
        lambda: RUN.summary(from_h=10, to_h=5),
        ValueError,
        "a summary must end after it starts, to_h > from_h, but it is 5; give a later to_h",
    ),
    "summary by position": (
        lambda: RUN.summary(5),
        TypeError,
        "Run.summary takes its numbers by keyword, but it is 5 by position; write from_h= and to_h= before the hours",
    ),
    "cite something unknown": (
        lambda: mgpk.cite("tm"),
        mgpk.UnknownNameError,
        'parameter must be one of the evidence table, but it is "tm"; the keys stand in data/parameters.csv',
    ),
    "compare one text": (
        lambda: compare("citrate", mmol=5),
        TypeError,
        'salts must be a list, but it is "citrate"; give such as ["citrate", "oxide"]',
    ),
    "compare nothing": (
        lambda: compare([], mmol=5),
        ValueError,
        "salts must hold at least one salt, but it is empty; name the salts to compare",
    ),
    "compare the same twice": (
        lambda: compare(["citrate", "Mg citrate"], mmol=5),
        ValueError,
        'each salt must come once, but it is "citrate" twice; drop one',
    ),
    "compare without amount": (
        lambda: compare(["citrate"]),
        TypeError,
        "oral takes exactly one of elemental_mg, salt_mg, mmol, mEq, but it is none of them; say once what the amount is",
    ),
    "compare with the salt mass": (
        lambda: compare(["citrate"], salt_mg=500),
        TypeError,
        'each keyword of compare must be one that it knows, but it is "salt_mg"; known are salts, elemental_mg, mmol, mEq, subject, at_h, with_meal, every_h, times, until_h, output_every_h, progress',
    ),
    "sweep nothing": (
        lambda: sweep(),
        ValueError,
        "a sweep needs salts and elemental_mg, or points, but it is neither; give one or the other",
    ),
    "sweep an unknown salt": (
        lambda: sweep(salts=["citrat"], elemental_mg=[100]),
        mgpk.UnknownNameError,
        'salt must be one that mgpk knows, but it is "citrat"; did you mean "citrate"?',
    ),
    "sweep no dose": (
        lambda: sweep(salts=["citrate"], elemental_mg=[]),
        ValueError,
        "elemental_mg must hold at least one value, but it is empty; give the values to sweep",
    ),
    "sweep an unknown regimen": (
        lambda: sweep(salts=["citrate"], elemental_mg=[100], regimens=[{"evry_h": 24}]),
        mgpk.UnknownNameError,
        'each key of a regimen must be one that mgpk knows, but it is "evry_h"; did you mean "every_h"?',
    ),
    "sweep points and grid": (
        lambda: sweep(points=[PAIR], salts=["citrate"]),
        ValueError,
        "a sweep takes either points or a grid, but it is both; leave one of them out",
    ),
    "sweep no points": (
        lambda: sweep(points=[]),
        ValueError,
        "a sweep needs at least one point, but it is empty; give points",
    ),
    "sweep a point that is none": (
        lambda: sweep(points=[Subject()]),
        TypeError,
        "points[0] must be a pair of Subject and Schedule, but it is Subject(); give both",
    ),
    "sweep no threads": (
        lambda: sweep(points=[PAIR], n_threads=0),
        ValueError,
        "n_threads must be at least 1, but it is 0; leave it out for all cores",
    ),
    "fit an unknown parameter": (
        lambda: fit(["tm_mmol"], OBSERVED),
        mgpk.UnknownNameError,
        'parameter must be one of the evidence table, but it is "tm_mmol"; did you mean "tm_mmol_per_L"?',
    ),
    "fit nothing": (
        lambda: fit([], OBSERVED),
        ValueError,
        "a fit needs at least one parameter, but it is none; name what to estimate",
    ),
    "fit a text": (
        lambda: fit("tm_mmol_per_L", OBSERVED),
        TypeError,
        'parameters must be a list of keys, but it is "tm_mmol_per_L"; put it in [ ]',
    ),
    "fit a parameter twice": (
        lambda: fit(["tm_mmol_per_L", "tm_mmol_per_L"], OBSERVED),
        ValueError,
        'each parameter must come once, but it is "tm_mmol_per_L" twice; drop one',
    ),
    "fit without observations": (
        lambda: fit(["tm_mmol_per_L"], {}),
        ValueError,
        "a fit needs observations, but it is none; give {column: (times_h, values, sd)}",
    ),
    "fit an unknown column": (
        lambda: fit(["tm_mmol_per_L"], {"a_urin_mmol": ([1, 2], [1, 2], None)}),
        mgpk.UnknownNameError,
        'column must be one of the run\'s, but it is "a_urin_mmol"; did you mean "a_urine_mmol" or "a_given_mmol"?',
    ),
    "fit nan": (
        lambda: fit(["tm_mmol_per_L"], {"a_urine_mmol": ([1, 2], [1, NAN], None)}),
        ValueError,
        "values of a_urine_mmol must be finite, but it is nan at position 1; leave out what was not measured",
    ),
    "fit empty values": (
        lambda: fit(["tm_mmol_per_L"], {"a_urine_mmol": ([], [], None)}),
        ValueError,
        "times_h of a_urine_mmol must not be empty, but it is empty; leave the column out",
    ),
    "fit values without times": (
        lambda: fit(["tm_mmol_per_L"], {"a_urine_mmol": ([1], [1, 2], None)}),
        ValueError,
        "values of a_urine_mmol must be as many as its times_h, but it is 2 for 1 times; give one for each time",
    ),
    "fit sd zero": (
        lambda: fit(["tm_mmol_per_L"], {"a_urine_mmol": ([1], [1], [0])}),
        ValueError,
        "sd of a_urine_mmol must be positive, but it is 0; or give None",
    ),
    "fit two columns without sd": (
        lambda: fit(
            ["tm_mmol_per_L"], {"a_urine_mmol": ([1], [1], None), "a_sweat_mmol": ([1], [1], [1])}
        ),
        ValueError,
        "observations of several columns need an sd, or their units would set the weights, but it is None for a_urine_mmol; give the sd of each value",
    ),
    "fit more than was observed": (
        lambda: fit(["tm_mmol_per_L", "splay_mmol_per_L"], {"a_urine_mmol": ([1], [1], None)}),
        ValueError,
        "a fit needs at least as many observations as parameters, but it is 1 for 2; estimate fewer parameters",
    ),
    "fit with bounds that fall": (
        lambda: fit(["tm_mmol_per_L"], OBSERVED, bounds={"tm_mmol_per_L": (1, 0.1)}),
        ValueError,
        "bounds of tm_mmol_per_L must be finite and rise, but it is 1 to 0.1; give (low, high)",
    ),
    "fit with a start out of bounds": (
        lambda: fit(["tm_mmol_per_L"], OBSERVED, start={"tm_mmol_per_L": 3}),
        ValueError,
        "start of tm_mmol_per_L must lie within its bounds, 0.55 to 0.65, but it is 3; move it or widen the bounds",
    ),
    "fit with bounds of something else": (
        lambda: fit(["tm_mmol_per_L"], OBSERVED, bounds={"tm": (0.1, 1)}),
        mgpk.UnknownNameError,
        'each key of bounds must be one that mgpk knows, but it is "tm"; known are tm_mmol_per_L',
    ),
    "module attribute": (
        lambda: mgpk.simulat,
        AttributeError,
        'module "mgpk" has no attribute "simulat"',
    ),
}


@pytest.mark.parametrize(("act", "error", "message"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_refused_with_its_message(act, error, message):
    with pytest.raises(error) as caught:
        act()
    assert type(caught.value) is error
    assert str(caught.value) == message


def test_there_are_many():
    assert len(CASES) >= 45


def test_bad_values_are_value_errors_and_unknown_names_key_errors_too():
    assert issubclass(mgpk.UnknownNameError, KeyError)
    assert issubclass(mgpk.UnknownNameError, ValueError)
    assert issubclass(mgpk.SolveError, RuntimeError)


def test_a_failed_solve_says_where_and_what_to_do():
    with pytest.raises(mgpk.SolveError) as caught:
        simulate(Subject(), until_h=24, max_steps=10)
    error = caught.value
    assert str(error) == (
        "a solve must end within its budget of steps, but all 10 are used at t = "
        f"{error.status.t_h!r} h; raise max_steps, loosen the tolerances or look for a discontinuity"
    )
    assert (error.status.code, error.status.ok) == ("step_budget_exhausted", False)
    assert error.status.message == str(error)
