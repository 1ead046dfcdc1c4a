// One dose of 300 mg at bedtime, three hours after dinner: what becomes of it in three days.
#include <cstdio>

#include <mgpk/mgpk.hpp>

int main() {
  const mgpk::Subject person{.weight_kg = 70};
  mgpk::Schedule plan;
  plan.oral("glycinate", mgpk::elemental_mg(300), {.at_h = 22});
  const mgpk::Run run = mgpk::simulate(person, plan, {.until_h = 96});
  const mgpk::Summary s = mgpk::summary(run);

  std::printf("given          %6.2f mmol (300 mg of magnesium as glycinate)\n", s.dose_mmol);
  std::printf("absorbed       %6.1f %% of the dose, one way\n",
              100 * run.f_absorbed().at("glycinate"));
  std::printf("urine          %6.2f mmol above the baseline\n", s.ae_mmol);
  std::printf("stool          %6.2f mmol above the baseline, %.0f g of water\n", s.a_feces_mmol,
              s.stool_water_g);
  std::printf("plasma         %+6.3f mmol/L at most, at %.1f h\n",
              s.c_max_above_baseline_mmol_per_L, s.t_max_h);
  for (const auto& assumption : run.assumptions) std::printf("assumed: %s\n", assumption.c_str());
  std::printf("%.*s\n", static_cast<int>(mgpk::disclaimer.size()), mgpk::disclaimer.data());
}
