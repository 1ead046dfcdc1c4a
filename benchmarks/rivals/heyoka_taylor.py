"""heyoka: Taylor's method, compiled by LLVM, sixteen subjects at once in SIMD lanes; and one at once.

The tolerance sets only the order, a whole number, so neighbouring tolerances may do the same.
Compiling is not timed.
"""

import heyoka as hy
import numpy as np
from reference_problem import DOSE_MMOL, NAMES, START, Stand, by_intervals, ladder, right_hand_side

STATES = hy.make_vars(*(f"x{i}" for i in range(1, 9)))
PARAMETERS = [hy.par[i] for i in range(len(NAMES))]
SYSTEM = list(zip(STATES, right_hand_side(STATES, PARAMETERS, hy.exp, hy.log), strict=True))
LANES = 16  # 4, 8 and 32 were tried: slower, with or without forced 512-bit registers


def time_one_at_once(stand, tolerance, n_subjects):
    integrator = hy.taylor_adaptive(SYSTEM, START.tolist(), tol=tolerance, pars=[0.0] * len(NAMES))
    setting = stand.setting
    times_h = setting.since_dose_h

    def advance(x):
        integrator.time = 0.0
        integrator.state[:] = x
        return integrator.propagate_grid(times_h)[5]

    def solve(subject, rows):
        integrator.pars[:] = subject
        by_intervals(setting, rows, advance)

    stand.time_each(f"one at once, tol {tolerance:.2g}", n_subjects, solve)


def time_in_lanes(stand, tolerance, n_subjects):
    integrator = hy.taylor_adaptive_batch(
        SYSTEM, np.zeros((8, LANES)), tol=tolerance, pars=np.zeros((len(NAMES), LANES))
    )
    setting, per_dose = stand.setting, stand.setting.per_dose
    times_h = np.repeat(setting.since_dose_h[:, np.newaxis], LANES, axis=1)

    def solve_group(subjects, values):
        n = len(subjects)
        integrator.pars[:] = subjects[np.minimum(np.arange(LANES), n - 1)].T  # fill idle lanes
        x = np.repeat(START[:, np.newaxis], LANES, axis=1)
        for dose in range(setting.n_doses):
            x[0] += DOSE_MMOL
            integrator.set_time(0.0)
            integrator.state[:] = x
            states = integrator.propagate_grid(times_h)[1]  # [output][state][lane]
            first = dose * per_dose
            values[:, first : first + per_dose + 1] = states.transpose(2, 0, 1)[:n]
            values[:, first] = x.T[:n]
            x = states[-1].copy()

    def solve(subjects, values):
        for first in range(0, n_subjects, LANES):
            solve_group(subjects[first : first + LANES], values[first : first + LANES])

    stand.time_all(f"lanes of {LANES}, tol {tolerance:.2g}", n_subjects, solve)


def main():
    stand = Stand("heyoka", hy.__version__)
    for tolerance, _ in ladder(1e-4, 1e-12, 1):
        time_one_at_once(stand, tolerance, stand.setting.n_subjects)
        if stand.setting.n_subjects > 1:
            time_in_lanes(stand, tolerance, stand.setting.n_subjects)
    stand.write()


main()
