// The same supplement in kidneys that filter less and less: the baseline, and what is added to it.
//
// Only the GFR is changed. In kidney disease gut uptake falls too, which overstates the rises;
// other errors may go either way, and nothing was checked at a low GFR.
#include <cstdio>

#include <mgpk/mgpk.hpp>

int main() {
  std::printf("%12s %18s %18s %14s\n", "GFR, mL/min", "baseline, mmol/L", "after 4 weeks", "rise");
  for (const double gfr : {120.0, 60.0, 30.0, 15.0, 10.0}) {
    mgpk::Subject person;
    person.gfr_mL_per_min = gfr;
    mgpk::Schedule plan;
    plan.oral("citrate", mgpk::elemental_mg(300), {.at_h = 8, .every_h = 24, .times = 28}, true);
    const auto run = mgpk::simulate(person, plan, {.until_h = 28 * 24.0, .every_h = 24});
    const std::size_t last = run.trajectory.n_rows() - 1;
    const double before = run.baseline.at(last, "c_plasma_total_mmol_per_L");
    const double after = run.trajectory.at(last, "c_plasma_total_mmol_per_L");
    std::printf("%12.0f %18.3f %18.3f %14.3f\n", gfr, before, after, after - before);
  }
  std::puts(mgpk::disclaimer.data());
}
