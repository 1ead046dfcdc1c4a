"""SciPy's odeint (LSODA), right-hand side in Python."""

import scipy
from reference_problem import Stand, by_intervals, ladder, right_hand_side, text_of
from scipy.integrate import odeint


def main():
    stand = Stand("SciPy odeint", scipy.__version__)
    setting, n_subjects = stand.setting, stand.some(short=10, long=3)
    for rtol, atol in ladder(1e-4, 1e-9, 1, (1e-3, 1e-2)):

        def solve(subject, rows, rtol=rtol, atol=atol):
            p = tuple(subject.tolist())

            def slope(x, _):
                return right_hand_side(x.tolist(), p)

            by_intervals(
                setting, rows,
                lambda x: odeint(slope, x, setting.since_dose_h, rtol=rtol, atol=atol, mxstep=10000),
            )

        stand.time_each(text_of(rtol, atol), n_subjects, solve)
    stand.write()


main()
