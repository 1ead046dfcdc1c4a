"""libRoadRunner: a model compiled by LLVM, solved by CVODE. Compiling is not timed."""

import antimony
import roadrunner
from reference_problem import NAMES, Stand, by_intervals, ladder, text_of

STATES = [f"x{i}" for i in range(1, 9)]
RULES = """
  c := fu * (x5 / V)
  excreted := s * ln(1 + exp((GFR * c - Tm * c / (Kr + c)) / s))
  taken := Vmax * x3 / (Km + x3) + kp * x3
  x1' = -kd * x1 - kge * x1
  x2' = kd * x1 - kge * x2
  x3' = kge * x2 - taken - kt * x3
  x4' = kge * x1 + kt * x3 - kc * x4 - kf * x4
  x5' = taken + kc * x4 + kin - k56 * x5 + k65 * x6 - k57 * x5 + k75 * x7 - excreted
  x6' = k56 * x5 - k65 * x6
  x7' = k57 * x5 - k75 * x7
  x8' = excreted
"""
MODEL = (
    f"model reference\n{RULES}"
    + "".join(f"  {name} = 1\n" for name in NAMES)
    + "".join(f"  {state} = 0\n" for state in STATES)
    + "end\n"
)


def compiled():
    if antimony.loadAntimonyString(MODEL) < 0:
        raise RuntimeError(antimony.getLastError())
    model = roadrunner.RoadRunner(antimony.getSBMLString("reference"))
    model.timeCourseSelections = STATES
    return model


def main():
    stand = Stand("libRoadRunner", roadrunner.__version__)
    setting, n_subjects = stand.setting, stand.some(short=10, long=3)
    runner = compiled()
    integrator = runner.getIntegrator()
    for stiff in (False, True):
        integrator.setValue("stiff", stiff)
        for rtol, atol in ladder(1e-5, 1e-9, 1, (1e-3,)):
            integrator.setValue("relative_tolerance", rtol)
            integrator.setValue("absolute_tolerance", atol)

            def solve(subject, rows):
                for name, value in zip(NAMES, subject, strict=True):
                    runner[name] = value

                def advance(x):
                    for state, amount in zip(STATES, x, strict=True):
                        runner[state] = amount
                    return runner.simulate(0, setting.dose_every_h, setting.per_dose + 1)

                by_intervals(setting, rows, advance)

            method = "BDF" if stiff else "Adams"
            stand.time_each(f"{method}, {text_of(rtol, atol)}", n_subjects, solve)
    stand.write()


main()
