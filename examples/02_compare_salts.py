"""The same magnesium as four salts, with breakfast and on an empty stomach."""

import mgpk

SALTS = ["glycinate", "citrate", "oxide", "sulfate"]


def compare(title, at_h, with_meal):
    print(title)
    print(f"{'salt':<10} {'absorbed':>12} {'urine':>12} {'stool water':>12} {'plasma rise':>12}")
    comparison = mgpk.compare(
        SALTS, elemental_mg=300, at_h=at_h, with_meal=with_meal, until_h=120, output_every_h=0.5
    )
    for row in comparison.rows:
        print(
            f"{row['salt']:<10} {100 * row['f_absorbed']:10.1f} % {row['ae_mmol']:7.2f} mmol "
            f"{row['stool_water_g']:10.0f} g {row['c_max_above_baseline_mmol_per_L']:6.3f} mmol/L"
        )


compare("300 mg with breakfast", at_h=8, with_meal=True)
compare("300 mg at four in the morning, fasted", at_h=4, with_meal=False)
print(mgpk.disclaimer)
