// A second file with the same headers: what they define must bear being defined twice.
#include <mgpk/mgpk.hpp>

double absorbed_mmol(const char* salt);

double absorbed_mmol(const char* salt) {
  mgpk::Schedule plan;
  plan.oral(salt, mgpk::elemental_mg(300), {.at_h = 8});
  mgpk::simulation::Options options;
  options.until_h = 24;
  const mgpk::Run run = mgpk::simulate(mgpk::Subject{}, plan, options);
  return mgpk::summary(run).a_absorbed_above_baseline_mmol;
}
