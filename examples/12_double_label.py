"""70 mg of a label by mouth, 30 mg of another into a vein: what each method finds.

usage: 12_double_label.py [figure.png]
"""

import sys

import mgpk

plan = (
    mgpk.Schedule()
    .fast(at_h=0, over_h=12.5)
    .oral("chloride", elemental_mg=70, at_h=8, label="mg26")
    .iv("chloride", elemental_mg=30, at_h=8)
)
study = mgpk.trace(mgpk.Subject(sex="male"), plan, until_h=8 + 12 * 24)
print(study.methods())

print("half-times in urine, h:")
collected = [*range(1, 12), *range(12, 97, 6)]
for term in study.urine_exponentials(collected, 2):
    print(f"{term.t_half_h:10.2f}")
print(f"in the whole body, 1 to 3 d: {study.t_half_body_h(24, 72):.0f} h")
if len(sys.argv) > 1:
    study.plot(sys.argv[1])
print(mgpk.disclaimer, file=sys.stderr)
