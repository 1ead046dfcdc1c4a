"""A fit to a published mean curve: 20 mmol into a vein after cardiac surgery.

Biesenbach P et al. J Cardiothorac Vasc Anesth 32:1289-94 (2018); rows Biesenbach_2018_bolus of
data/human_magnesium.csv. The patients start loaded, at 1.04 mmol/L, not in a steady state. Three
numbers are estimated from three plasma values and one urine collection, so little is left to judge
the fit by. The picture goes to 05_fit_iv_curve.png.
"""

import mgpk

# Medians; sd is a quarter of the published interquartile range, or a tenth of the collection.
observed = {
    "c_plasma_total_mmol_per_L": ([1, 6, 12], [1.72, 1.27, 1.16], [0.14, 0.04, 0.03]),
    "a_urine_mmol": ([12], [19.1], [1.9]),
}
fit = mgpk.fit(
    # A person without a GFR has that of the reference adult: it is what can be estimated.
    ["gfr_reference_mL_per_min", "v_plasma_L_per_kg", "v_interstitial_L_per_kg"],
    observed,
    plan=mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.5),
    bounds={"gfr_reference_mL_per_min": (30, 140)},
    start={"gfr_reference_mL_per_min": 90},
    start_c_plasma_total_mmol_per_L=1.04,
)

gfr, v_plasma, v_interstitial = fit.estimates.values()
print(f"GFR            {gfr:8.1f} mL/min")
print(f"plasma volume  {v_plasma:8.4f} L/kg")
print(f"interstitium   {v_interstitial:8.4f} L/kg")
plasma, urine = fit.residuals.values()
names = ["plasma 1 h", "plasma 6 h", "plasma 12 h", "urine 12 h"]
for name, residual in zip(names, [*plasma, *urine]):
    print(f"{name:<12} {residual:+6.2f} spreads from the published value")
for note in fit.notes:
    print("note:", note)
fit.plot(title="20 mmol into a vein, Biesenbach 2018: what was measured, and the fit").savefig(
    "05_fit_iv_curve.png", dpi=150
)
print(mgpk.disclaimer)
