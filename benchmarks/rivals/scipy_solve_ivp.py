"""SciPy's solve_ivp, its explicit methods and LSODA, right-hand side in Python."""

import scipy
from reference_problem import Stand, by_intervals, ladder, right_hand_side, text_of
from scipy.integrate import solve_ivp


def main():
    stand = Stand("SciPy solve_ivp", scipy.__version__)
    setting, n_subjects = stand.setting, stand.some(short=3, long=1)
    for method in ("LSODA", "RK45", "DOP853"):
        for rtol, atol in ladder(1e-4, 1e-8, 1):

            def solve(subject, rows, method=method, rtol=rtol, atol=atol):
                p = tuple(subject.tolist())

                def advance(x):
                    return solve_ivp(
                        lambda _, at: right_hand_side(at.tolist(), p), (0, setting.dose_every_h), x,
                        method=method, t_eval=setting.since_dose_h, rtol=rtol, atol=atol,
                    ).y.T

                by_intervals(setting, rows, advance)

            stand.time_each(f"{method}, {text_of(rtol, atol)}", n_subjects, solve)
    stand.write()


main()
