"""pydiffsol: diffsol with a model compiled by LLVM; explicit and implicit methods.

Compiling is not timed.
"""

import numpy as np
import pydiffsol as ds
from reference_problem import NAMES, Stand, by_intervals, ladder, text_of

MODEL = f"""
in_i {{ {", ".join(f"{name} = 1" for name in NAMES)},
       {", ".join(f"start{i} = 0" for i in range(1, 9))} }}
u_i {{ {", ".join(f"x{i} = start{i}" for i in range(1, 9))} }}
c {{ fu * (x5 / V) }}
excreted {{ s * log(1.0 + exp((GFR * c - Tm * c / (Kr + c)) / s)) }}
taken {{ Vmax * x3 / (Km + x3) + kp * x3 }}
tofast {{ k56 * x5 - k65 * x6 }}
toslow {{ k57 * x5 - k75 * x7 }}
F_i {{
  -kd * x1 - kge * x1,
  kd * x1 - kge * x2,
  kge * x2 - taken - kt * x3,
  kge * x1 + kt * x3 - kc * x4 - kf * x4,
  taken + kc * x4 + kin - tofast - toslow - excreted,
  tofast,
  toslow,
  excreted,
}}
"""


def main():
    stand = Stand("pydiffsol", ds.version())
    setting, n_subjects = stand.setting, stand.some(short=20, long=5)
    ode = ds.Ode(MODEL, matrix_type=ds.nalgebra_dense)
    ode.h0 = 0.02
    for method in ("tsit45", "bdf", "esdirk34"):
        ode.ode_solver = getattr(ds, method)
        for rtol, atol in ladder(1e-4, 1e-8, 1):
            ode.rtol, ode.atol = rtol, atol

            def solve(subject, rows):
                by_intervals(
                    setting, rows,
                    lambda x: ode.solve_dense(np.concatenate([subject, x]), setting.since_dose_h)
                    .ys.T,
                )

            stand.time_each(f"{method}, {text_of(rtol, atol)}", n_subjects, solve)
    stand.write()


main()
