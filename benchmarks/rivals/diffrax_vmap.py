"""diffrax: explicit methods on JAX, many subjects at once by vmap, one CPU core, double precision.

Compiling is not timed. Under vmap all subjects of a group go on until the last has finished.
"""

import os

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # before JAX counts the cores

import diffrax
import jax
import jax.numpy as jnp
import numpy as np
from reference_problem import DOSE_MMOL, START, Stand, ladder, right_hand_side, text_of

jax.config.update("jax_enable_x64", True)
GROUP = 100


def slope(_, x, p):
    return jnp.stack(right_hand_side(x, p, jnp.exp, jnp.log))


def solver_of(setting, method, rtol, atol):
    """Compiled: [subject][parameter] to [subject][dose][output since the dose][state]."""
    term, saved = diffrax.ODETerm(slope), diffrax.SaveAt(ts=jnp.asarray(setting.since_dose_h))
    control = diffrax.PIDController(rtol=rtol, atol=atol)

    def one(p):
        def interval(x, _):
            states = diffrax.diffeqsolve(
                term, method, 0.0, setting.dose_every_h, 0.02, x.at[0].add(DOSE_MMOL), p,
                saveat=saved, stepsize_controller=control, max_steps=100_000,
            ).ys
            return states[-1], states

        return jax.lax.scan(interval, jnp.asarray(START), None, length=setting.n_doses)[1]

    return jax.jit(jax.vmap(one))


def solve_with(solver, setting, subjects, values):
    for first in range(0, len(subjects), GROUP):
        these = subjects[first : first + GROUP]
        states = np.asarray(solver(these))
        rows = values[first : first + GROUP]
        rows[:, :-1] = states[:, :, :-1].reshape(len(these), -1, 8)
        rows[:, -1] = states[:, -1, -1]


def main():
    stand = Stand("diffrax", f"{diffrax.__version__} on JAX {jax.__version__}")
    setting, n_subjects = stand.setting, stand.some(short=GROUP, long=GROUP)
    for method in (diffrax.Tsit5(), diffrax.Dopri5(), diffrax.Dopri8()):
        for rtol, atol in ladder(1e-4, 1e-8, 1):
            solver = solver_of(setting, method, rtol, atol)
            solver(stand.subjects[:n_subjects]).block_until_ready()
            stand.time_all(
                f"{type(method).__name__}, {text_of(rtol, atol)}", n_subjects,
                lambda subjects, values, solver=solver: solve_with(
                    solver, setting, subjects, values
                ),
            )
    stand.write()


main()
