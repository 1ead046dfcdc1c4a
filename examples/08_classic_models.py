"""Classic models on a table of records: an oral model with columns, and published IV models."""

import mgpk

# A table as NONMEM would read it, here as columns; a path to a CSV does as well.
records = {
    "ID": [1] * 9,
    "TIME": [0, 1, 2, 4, 8, 24, 25, 30, 48],
    "AMT": [100, 0, 0, 0, 0, 100, 0, 0, 0],
    "CMT": [1, 0, 0, 0, 0, 2, 0, 0, 0],
    "RATE": [0, 0, 0, 0, 0, -2, 0, 0, 0],
    "ALAG": [0.5] * 9,
    "F": [0.8] * 9,
    "D": [3] * 9,
}
model = mgpk.classic.one_compartment(
    cl_L_per_h=1.1,
    v_L=20,
    ka_per_h=1.5,
    tlag_h="ALAG",  # of the depot, where doses go by default
    f_bioavailable={"depot": "F", "central": 1.0},
    duration_h={"central": "D"},  # of infusions with RATE = -2
)
predictions = model.predict(records)
for time_h, c in zip(records["TIME"], predictions["c_central_amount_per_L"], strict=True):
    print(f"{time_h:4d} h  {c:7.4f} per L")
print("engine:", predictions.engine["1"])

# 4 g of MgSO4 heptahydrate (16.2 mmol) over 20 min, then 1 g/h for 12 h, by three models.
drip = {
    "TIME": [0, 1 / 3, 6, 12],
    "AMT": [16.23, 48.69, 0, 0],
    "RATE": [48.69, 4.057, 0, 0],
    "CMT": ["central"] * 4,
}
published = (
    mgpk.classic.salinger_2013(weight_kg=70, creatinine_mg_per_dL=0.8),
    mgpk.classic.clin_pharmacokinet_2002(c_baseline_mmol_per_L=0.85),
    mgpk.classic.easterling_2018(weight_kg=90, creatinine_mg_per_dL=0.75),
)
for each in published:
    c_mmol_per_L = each.predict(drip)["c_central_amount_per_L"]
    half_life_h = each.read_outs()["half_lives_h"][-1]
    print(f"{each.name:25s} {c_mmol_per_L[-1]:.2f} mmol/L at 12 h, half-life {half_life_h:.1f} h")
print(mgpk.disclaimer)
