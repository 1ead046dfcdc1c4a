"""SciPy's odeint (LSODA), right-hand side compiled by Numba; compiling is not timed."""

import math

import numba
import numpy as np
import scipy
from reference_problem import START, Stand, by_intervals, ladder, right_hand_side, text_of
from scipy.integrate import odeint

fluxes = numba.njit(right_hand_side)


@numba.njit
def slope(x, _, p, dxdt):
    states = (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7])
    numbers = (p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11], p[12],
               p[13], p[14], p[15], p[16], p[17], p[18])
    result = fluxes(states, numbers, math.exp, math.log)
    for i in range(8):
        dxdt[i] = result[i]
    return dxdt


def main():
    stand = Stand("SciPy odeint, compiled right-hand side", f"{scipy.__version__} with "
                  f"Numba {numba.__version__}")
    setting, n_subjects = stand.setting, stand.some(short=20, long=5)
    dxdt = np.empty(8)
    slope(START, 0.0, stand.subjects[0], dxdt)
    for rtol, atol in ladder(1e-4, 1e-9, 1, (1e-3, 1e-2)):

        def solve(subject, rows, rtol=rtol, atol=atol):
            by_intervals(
                setting, rows,
                lambda x: odeint(slope, x, setting.since_dose_h, args=(subject, dxdt), rtol=rtol,
                                 atol=atol, mxstep=10000),
            )

        stand.time_each(text_of(rtol, atol), n_subjects, solve)
    stand.write()


main()
